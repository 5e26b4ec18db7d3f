"""Small cases in which the terms of a loan decide about the best plan, worked out by hand; millions of yen.

No cash is there, and a cube for 100 can only be ordered in the first year. It earns 120 in the second year and in the
third, and in the first as much as a test says. A bank lends all of it for two years at 10 %.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.planning import plan_case
from planner.report.headline import headline
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


OPEN = {"repayment": "at_end", "limit": mn(200), "share_of_investment": "100 %"}
"""Half of the limit is always left."""


@pytest.mark.parametrize(
    ("tight", "loose"),
    [
        ({"repayment": "equal_parts"}, {"repayment": "level_payment"}),
        ({"repayment": "level_payment"}, {"repayment": "level_payment", "balloon": "10 %"}),
        ({"repayment": "level_payment", "balloon": "10 %"}, {"repayment": "level_payment", "balloon": "60 %"}),
        ({"repayment": "equal_parts"}, {"repayment": "equal_parts", "grace": "3 months"}),
        ({"repayment": "level_payment", "grace": "3 months"}, {"repayment": "level_payment", "grace": "9 months"}),
        ({"repayment": "level_payment", "grace": "9 months"}, {"repayment": "at_end"}),
        (
            {"repayment": "level_payment", "grace": "12 months", "interest_capitalised_until": "2025-03"},
            {"repayment": "level_payment", "grace": "12 months", "interest_capitalised_until": "2025-12"},
        ),
        ({**OPEN, "commitment_fee": "2 %"}, {**OPEN, "commitment_fee": "1 %"}),
        ({"repayment": "at_end", "arrangement_fee": "2 %"}, {"repayment": "at_end", "arrangement_fee": "1 %"}),
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


# --- Fees ---


@pytest.mark.parametrize(("limit", "plan"), [(103.1, {("maker", 0): 1}), (103.09, {})])
def test_a_draw_must_pay_its_own_fee(limit: float, plan: dict[tuple[str, int], int]) -> None:
    # Of what is drawn 97 % are left: 100 / 0.97 = 103.0928 pay for the cube and 3.0928 for the loan.
    fee = 0.03 * 100 / 0.97
    made = best(lent(60, limit=mn(limit), rate="0 %", arrangement_fee="3 %"), 60 + 240 - 100 - fee if plan else 0)
    assert orders(made) == plan
    if plan:
        assert sum(made.audit.accounts.lines["arrangement_fees"]) == pytest.approx(fee * MILLION)


def test_a_plan_that_draws_too_little_for_the_fee_is_refused() -> None:
    case = lent(60, limit=mn(110), rate="0 %", arrangement_fee="3 %")
    made = plan_case(case)
    for drawn, rules in ((103.0928, set()), (103.09, {"cash_balance"})):
        move = {"draw": {("bank", 0): drawn * MILLION}, "repay": {("bank", 1): drawn * MILLION}}
        assert {limit.rule for limit in audit(case, with_tables(made.decisions, **move)).broken} == rules


def kept_ready(**terms: Any) -> Case:
    """A cube and cash for it, and a bank that asks for 12 % a year of 100 that it keeps ready until the end of 2025."""
    loan = {"limit": mn(100), "term": "3 years", "commitment_fee": "12 %", "draw_window": {"to": "2025-12"}, **terms}
    return toy(finance__loans={"bank": loan})


@pytest.mark.parametrize(
    ("terms", "cost", "drawn"),
    [
        ({"rate": "13 %"}, 12, {}),
        ({"rate": "11 %"}, 11, {("bank", 0): 100}),
        ({"rate": "13 %", "draw_window": {"to": "2025-09"}}, 9, {}),
        # From December on: a month of the first year; then one year of interest is cheaper than two years of fees.
        ({"rate": "13 %", "draw_window": {"from": "2025-12"}}, 1 + 13, {("bank", 1): 100}),
        # What is owed is not kept ready.
        ({"rate": "11 %", "outstanding": mn(100)}, 11, {}),
    ],
)
def test_what_is_kept_ready_costs_a_fee_unless_it_is_cheaper_to_draw_it(
    terms: dict[str, Any], cost: float, drawn: dict[tuple[str, int], float]
) -> None:
    # A cube earns 60 in each of three years: 80.
    made = best(kept_ready(**terms), 80 - cost)
    assert laid_flat(made.decisions.draw) == {key: pytest.approx(money * MILLION) for key, money in drawn.items()}
    assert sum(made.audit.accounts.loan_costs.values()) == pytest.approx(cost * MILLION)


@pytest.mark.parametrize(("revolving", "fees"), [(True, [0, 12, 12]), (False, [0, 0, 0])])
def test_what_is_repaid_to_a_revolving_loan_is_ready_again(revolving: bool, fees: list[float]) -> None:
    # 100 are owed at 13 %, more than keeping them ready costs, and repaid by the end of 2025.
    terms = {"outstanding": mn(100), "rate": "13 %", "draw_window": {}, "term": "1 year"}
    made = best(kept_ready(revolving=revolving, **terms), 80 - 13 - sum(fees))
    assert [fee / MILLION for fee in made.audit.accounts.lines["commitment_fees"]] == pytest.approx(fees, abs=1e-6)


def test_fees_lower_profit_and_the_tax_that_they_save_is_taken_out_of_the_value() -> None:
    # 40 % of a profit of 60 - 100/3 a year; the fee of 12 saves 4.8 in tax, which is no value of the plan.
    tax = {"rate": "40 %", "payment_lag": "0 months"}
    case = kept_ready(rate="13 %")
    finance = case.finance.model_dump(mode="json", by_alias=True) | {"tax": tax, "depreciation": {"systems": "3 years"}}
    made = best(Case.model_validate(case.model_dump(mode="json", by_alias=True) | {"finance": finance}), 0.6 * 80 - 12)
    accounts = made.audit.accounts
    assert sum(accounts.lines["tax"]) == pytest.approx(0.4 * (80 - 12) * MILLION)
    assert sum(accounts.shield) == pytest.approx(4.8 * MILLION)


def test_debt_service_counts_what_is_owed_every_year_and_not_what_is_paid_once() -> None:
    # 103.0928 drawn; half of it, 10 % interest on it, and 1 % on the other 96.9072 are owed in a year that earns 150.
    drawn = 100 / 0.97
    fees = {"arrangement_fee": "3 %", "commitment_fee": "1 %", "draw_window": {"to": "2025-12"}}
    made = plan_case(lent(150, limit=mn(200), repayment="equal_parts", **fees))
    service = drawn / 2 + drawn / 10 + (200 - drawn) / 100
    assert laid_flat(made.decisions.draw) == {("bank", 0): pytest.approx(drawn * MILLION)}
    assert headline(made).lowest_debt_service_cover == pytest.approx(150 / service)


@pytest.mark.parametrize(("outstanding", "fee"), [(mn(1), 0.12), (mn(0), None), (None, None)])
def test_who_does_nothing_agrees_upon_no_new_loan(outstanding: str | None, fee: float | None) -> None:
    case = kept_ready(rate="1 %", outstanding=outstanding)
    assert case.finance.loans["bank"].commitment_fee == 0.12
    assert doing_nothing(case).finance.loans["bank"].commitment_fee == fee


# --- Interest that is added to what is owed ---


ADDED = {"repayment": "equal_parts", "grace": "12 months", "interest_capitalised_until": "2025-12"}


@pytest.mark.parametrize("repayment", ["at_end", "equal_parts", "level_payment"])
def test_interest_that_is_added_falls_due_with_what_it_is_owed_on(repayment: str) -> None:
    # 100 become 110 in the first year. What that year earns repays a part; of the rest 110 % are due a year later, when
    # 120 are there: 110 - 120 / 1.1 = 0.909 have to be repaid at once.
    least, terms = 110 - 120 / 1.1, ADDED | {"repayment": repayment, "limit": mn(110)}
    made = best(lent(least + 1e-7, **terms), least + 240 - 100 - 10 - (110 - least) / 10)
    assert orders(made) == {("maker", 0): 1}
    lines = made.audit.accounts.lines
    assert [interest / MILLION for interest in lines["interest"]] == pytest.approx([10, 120 / 11, 0])
    assert [added / MILLION for added in lines["interest_capitalised"]] == pytest.approx([10, 0, 0])
    assert orders(best(lent(least - 0.001, **terms), 0)) == {}


@pytest.mark.parametrize(("limit", "plan"), [(110, {("maker", 0): 1}), (109.99, {})])
@pytest.mark.parametrize("revolving", [True, False])
def test_interest_that_is_added_counts_against_the_limit(
    limit: float, plan: dict[tuple[str, int], int], revolving: bool
) -> None:
    made = plan_case(lent(40, limit=mn(limit), revolving=revolving, **ADDED))
    assert orders(made) == plan


def test_interest_of_some_months_is_added_and_that_of_the_others_paid() -> None:
    # Five of the ten; 40 are earned, of which 35 are left to repay 105 with. 7 on the rest in the second year.
    made = best(lent(40, limit=mn(110), **ADDED | {"interest_capitalised_until": "2025-06"}), 40 + 240 - 100 - 10 - 7)
    lines = made.audit.accounts.lines
    assert sum(lines["interest_capitalised"]) == pytest.approx(5 * MILLION)
    assert laid_flat(made.decisions.repay)["bank", 0] == pytest.approx(35 * MILLION)
    assert made.audit.accounts.books.debt["bank"][0] == pytest.approx(70 * MILLION)


def test_a_plan_that_leaves_interest_unpaid_is_refused() -> None:
    case = lent(40, limit=mn(110), **ADDED)
    made = plan_case(case)
    for repaid, rules in ((110.0, set()), (109.9, {"loan_term"}), (110.1, {"loan_balance"})):
        changed = with_tables(made.decisions, repay={("bank", 1): repaid * MILLION})
        assert {limit.rule for limit in audit(case, changed).broken} == rules
    # What is repaid early spares its interest: 40 now are 44 then.
    early = with_tables(made.decisions, repay={("bank", 0): 30 * MILLION, ("bank", 1): 80 * MILLION})
    assert audit(case, early).broken == ()


def test_debt_service_holds_interest_that_is_paid_and_a_grown_repayment() -> None:
    # Nothing in the first year; in the second the interest on what is left, and that itself: 110 - 40 = 70.
    made = plan_case(lent(40, limit=mn(110), **ADDED))
    assert headline(made).lowest_debt_service_cover == pytest.approx(120 / (70 + 7))
