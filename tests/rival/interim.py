"""Random tiny cases that pay tax in advance: the draws about value, with chances of its own for the advance."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def interim_case(number: int) -> Case:
    """The case of a number."""
    return Case.model_validate(interim_fields(number))


def interim_fields(number: int) -> Fields:
    """The same as it would stand in a case file."""
    fields, chance = financed_fields(number), Random(f"{number} interim tax")
    finance: Fields = fields["finance"]
    start = int(fields["calendar"]["start"][5:])
    if chance.random() < 0.6:
        fields["calendar"]["fiscal_year_start_month"] = start
    if "tax" not in finance:
        finance["tax"] = {"rate": "30 %", "payment_lag": f"{chance.choice([0, 2, 5])} months"}
    interim: Fields = {"after": f"{chance.choice([1, 3, 6, 6, 9, 11])} months"}
    if chance.random() < 0.5:
        interim["share"] = chance.choice([0.3, 0.8, 1.0])
    if chance.random() < 0.6:
        interim["tax_of_year_before"] = f"{chance.randint(1, 40)} mn JPY"
    finance["tax"]["interim"] = interim
    fields["name"] = f"interim-{number}"
    return fields
