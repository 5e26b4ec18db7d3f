"""The random cases about value, with lenders that ask for something besides: that is drawn apart from the rest."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def covenanted_case(number: int, most_plans: int = 400) -> Case:
    """The case of a number."""
    return Case.model_validate(covenanted_fields(number, most_plans))


def covenanted_fields(number: int, most_plans: int) -> Fields:
    """The same as it would stand in a case file."""
    fields, chance = financed_fields(number, most_plans), Random(f"covenants-{number}")
    finance: Fields = fields["finance"]
    fields["calendar"]["fiscal_year_start_month"] = int(fields["calendar"]["start"][-2:])
    for loan in finance["loans"].values():
        if chance.random() < 0.5:
            loan["repayment"] = "equal_parts"
    finance["covenants"] = {"least_debt_service_cover": chance.choice([0.8, 1, 1.25, 1.5, 2, 3, 5])}
    return fields
