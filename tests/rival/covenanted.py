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


def balanced_case(number: int, most_plans: int = 400) -> Case:
    """The same with lenders that look at balances, and now and then at flows as well."""
    fields, chance = covenanted_fields(number, most_plans), Random(f"balances-{number}")
    asked = {
        "least_liquidity": f"{chance.randint(1, 60)} mn JPY",
        "most_loan_to_value": f"{chance.choice([10, 30, 50, 80, 100])} %",
        "most_debt_to_equity": chance.choice([0.2, 0.5, 1, 2]),
    }
    kept = {name: figure for name, figure in asked.items() if chance.random() < 0.5}
    some = kept or {"most_debt_to_equity": asked["most_debt_to_equity"]}
    fields["finance"]["covenants"] = some | (fields["finance"]["covenants"] if chance.random() < 0.3 else {})
    return Case.model_validate(fields)
