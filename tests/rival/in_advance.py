"""Random tiny cases in which customers pay in advance, drawn on top of the other cases by a chance of their own."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.supply import Fields

MONTHS = (1, 2, 3, 3, 6, 12, 30)


def case_in_advance(number: int) -> Case:
    """The tiny or financed case of a number, some of whose customers pay before the work."""
    fields, chance = (financed_fields if number % 2 else tiny_fields)(number), Random(f"prepayments {number}")
    case, terms = Case.model_validate(fields), dict[str, Fields | int]()
    for workload in fields["workloads"].values():
        if chance.random() < 0.75:
            workload["paid_in_advance"] = f"{chance.choice(MONTHS)} months"
        elif chance.random() < 0.5:
            workload["customer_days"] = chance.choice([0, 45])
    if chance.random() < 0.5:
        months = [str(case.calendar.start.plus(chance.choice([0, 1, 2, 5, 100]))) for _ in range(2)]
        terms["opening_prepayments"] = {month: f"{chance.uniform(0.1, 15):.3f} mn JPY" for month in months}
    if chance.random() < 0.3:
        terms["customer_days"] = 30
    if terms:
        fields["finance"]["working_capital"] = terms
    return Case.model_validate(fields)
