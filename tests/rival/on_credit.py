"""Random tiny cases in which customers pay later and suppliers are paid later, drawn on top of the other cases."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.generator import tiny_fields
from tests.rival.supply import Fields

DAYS = (0, 0, 15, 30, 30, 45, 60, 90, 100, 400)


def case_on_credit(number: int) -> Case:
    """The tiny or financed case of a number, with terms of payment of its own chance."""
    fields = (financed_fields if number % 2 else tiny_fields)(number)
    return Case.model_validate(with_credit(fields, Random(f"working capital {number}")))


def with_credit(fields: Fields, chance: Random) -> Fields:
    """The same case with terms of payment: of all customers or of some alone, of suppliers, and open ones."""
    case = Case.model_validate(fields)
    terms: Fields = {}
    for field in ("customer_days", "energy_days", "rent_days", "operations_days", "maintenance_days"):
        if chance.random() < 0.6:
            terms[field] = chance.choice(DAYS)
    for field in ("opening_receivables", "opening_payables"):
        if chance.random() < 0.5:
            months = [str(case.calendar.start.plus(chance.choice([0, 1, 2, 5, 100]))) for _ in range(2)]
            terms[field] = {month: f"{chance.uniform(0.1, 30):.3f} mn JPY" for month in months}
    for workload in fields["workloads"].values():
        if chance.random() < 0.4:
            workload["customer_days"] = chance.choice(DAYS)
    if terms or chance.random() < 0.5:
        fields["finance"]["working_capital"] = terms
    return fields
