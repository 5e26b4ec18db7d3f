"""Random tiny cases that pay their owners: those about value, with dividends drawn by a chance of their own."""

from __future__ import annotations

from random import Random

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.case import Case
from tests.rival.financed import financed_fields
from tests.rival.supply import Fields


def paying_case(number: int, most_plans: int = 300) -> Case:
    """The case of a number."""
    fields, chance = financed_fields(number, most_plans), Random(f"dividends-{number}")
    finance: Fields = fields["finance"]
    fields["calendar"]["fiscal_year_start_month"] = int(fields["calendar"]["start"][-2:])
    if chance.random() < 0.75:
        fields["objective"] = {"kind": "equity"}
        finance["cost_of_equity"] = f"{chance.choice([2, 5, 10, 25])} %"
    elif chance.random() < 0.5:
        finance["interest_on_cash"] = f"{chance.choice([1, 5])} %"
    for loan in finance["loans"].values():
        if chance.random() < 0.5:
            loan["repayment"] = "equal_parts"
    if chance.random() < 0.3:
        finance["covenants"] = chance.choice([{"least_debt_service_cover": 1.1}, {"most_debt_to_equity": 2}])
    finance["dividends"] = dividends(fields, chance)
    return Case.model_validate(fields | {"name": f"paying-{number}"})


def dividends(fields: Fields, chance: Random) -> Fields:
    """Draws when owners are paid, of what, and what lenders ask for before."""
    found: Fields = {"payment_lag": f"{chance.choice([0, 1, 3, 3, 5, 12])} months"}
    if chance.random() < 0.7:
        found["opening_retained_profit"] = f"{chance.randint(-20, 120)} mn JPY"
    if chance.random() < 0.5:
        found["most_share_of_profit"] = f"{chance.choice([0, 20, 50, 100])} %"
    if chance.random() < 0.6:
        found["lock_up_cover"] = chance.choice([1, 1.5, 2, 3, 6])
    year, months = int(fields["calendar"]["start"][:4]), MONTHS_PER_PERIOD[fields["calendar"]["period"]]
    whole_years = months * fields["calendar"]["periods"] // 12
    if whole_years > 1 and chance.random() < 0.4:
        stated = f"FY{year + chance.randrange(whole_years - 1)}"
        found["stated"] = {stated: f"{chance.choice([0, 1, 3, 8])} mn JPY"}
        found["payment_lag"] = "3 months"
    return found
