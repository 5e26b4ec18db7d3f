"""Small cases in which the terms of a loan decide about the best plan, worked out by hand; millions of yen.

No cash is there, and a cube for 100 can only be ordered in the first year. It earns 120 in the second year and in the
third, and in the first as much as a test says. A bank lends all of it for two years at 10 %.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import laid_flat, with_tables
from tests.whole.test_known_answers import best, orders


def lent(first_year: float, **terms: Any) -> Case:
    """The case, by what the first year earns and the terms of the loan."""
    loan = {"limit": mn(100), "rate": "10 %", "term": "2 years", **terms}
    return toy(
        workloads__training__price={"2025-01": yearly(first_year), "2026-01": yearly(120)},
        offers__maker__order_window={"to": "2025-12"},
        finance__opening_cash=mn(0),
        finance__loans={"bank": loan},
    )


# Two equal sums that pay 100 back at 10 %: the first of them pays back 47.62 beside an interest of 10.
LEVEL = 100 * 0.1 * 1.21 / 0.21
LEAST = [
    ({"repayment": "equal_parts"}, 60.0),
    ({"repayment": "level_payment"}, LEVEL),
    ({"repayment": "level_payment", "rate": "0 %"}, 50.0),
    ({"repayment": "equal_parts", "balloon": "40 %"}, 40.0),
    ({"repayment": "level_payment", "balloon": "40 %"}, 0.6 * LEVEL + 4),
    ({"repayment": "equal_parts", "grace": "6 months"}, 10 + 100 / 3),
]
"""Terms, and what the first year has to earn at least, so that interest and what is due can be paid."""


@pytest.mark.parametrize(("terms", "least"), LEAST)
def test_the_first_year_must_earn_what_is_due(terms: dict[str, Any], least: float) -> None:
    interest = 10.0 if terms.get("rate") != "0 %" else 0.0
    repaid = least - interest
    left = 100 - repaid
    npv = least + 240 - 100 - interest - left * interest / 100
    made = best(lent(least + 1e-7, **terms), npv)
    assert orders(made) == {("maker", 0): 1}
    assert laid_flat(made.decisions.repay)["bank", 1] / MILLION == pytest.approx(left, abs=1e-5)
    assert orders(best(lent(least - 0.001, **terms), 0)) == {}


@pytest.mark.parametrize("repayment", ["at_end", "equal_parts", "level_payment"])
def test_in_a_grace_period_interest_is_all_that_is_paid(repayment: str) -> None:
    # An interest of 10 by equal months, of what earns 11 or 9 by their days.
    terms = {"repayment": repayment, "grace": "12 months"}
    assert orders(best(lent(11, **terms), 11 + 240 - 100 - 10 - 9.9)) == {("maker", 0): 1}
    assert orders(best(lent(9, **terms), 0)) == {}


@pytest.mark.parametrize(("terms", "least"), LEAST)
def test_a_plan_that_repays_less_than_is_due_is_refused(terms: dict[str, Any], least: float) -> None:
    case = lent(150, **terms)
    made, due = plan_case(case), least - (0 if terms.get("rate") == "0 %" else 10)
    for repaid, rules in ((due + 1e-6, set()), (due - 0.01, {"loan_term"})):
        repay = {("bank", 0): repaid * MILLION, ("bank", 1): (100 - repaid) * MILLION}
        assert {limit.rule for limit in audit(case, with_tables(made.decisions, repay=repay)).broken} == rules


@pytest.mark.parametrize(
    ("tight", "loose"),
    [
        ({"repayment": "equal_parts"}, {"repayment": "level_payment"}),
        ({"repayment": "level_payment"}, {"repayment": "level_payment", "balloon": "10 %"}),
        ({"repayment": "level_payment", "balloon": "10 %"}, {"repayment": "level_payment", "balloon": "60 %"}),
        ({"repayment": "equal_parts"}, {"repayment": "equal_parts", "grace": "3 months"}),
        ({"repayment": "level_payment", "grace": "3 months"}, {"repayment": "level_payment", "grace": "9 months"}),
        ({"repayment": "level_payment", "grace": "9 months"}, {"repayment": "at_end"}),
    ],
)
def test_looser_terms_are_worth_no_less_to_owners(tight: dict[str, Any], loose: dict[str, Any]) -> None:
    """Owners who expect 20 % would keep a loan at 10 % as long as they may."""
    owners = {"objective": {"kind": "equity"}}
    worth = []
    for terms in (tight, loose):
        case = lent(150, **terms)
        finance = case.finance.model_copy(update={"cost_of_equity": 0.2})
        case = Case.model_validate(case.model_dump(mode="json", by_alias=True) | owners | {"finance": finance})
        worth.append(plan_case(case).proof.objective)
    assert worth[0] < worth[1] - 1e4
