"""Best plans that show by hand how financing is judged: loans, the value to the owners, and the last day.

Amounts are in millions of yen. A cube costs 100 and earns 60 in each of the years 2025, 2026 and 2027, by the day; 10 %
is discounted a year unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from tests.audit.test_financing import annuity, revenue
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import laid_flat
from tests.places import FAULTS

WORTH = revenue(0.1) - 100
"""Of one cube, bought at once: 55.9."""


def borrowing(cash: float, rate: float, **changes: Any) -> Case:
    """The toy with so much cash, and a loan of at most 100 for five years."""
    bank = {"limit": mn(100), "rate": rate, "term": "5 years"}
    terms = {"finance__discount_rate": 0.1, "finance__loans": {"bank": bank}, "finance__opening_cash": mn(cash)}
    return toy(**{**terms, **changes})


def best(case: Case) -> Outcome:
    """The best plan, its bound included."""
    outcome = plan_case(case, gap=0.0)
    assert outcome.proof.relative_gap < 1e-6
    return outcome


def lent(outcome: Outcome) -> tuple[dict[int, float], dict[int, float]]:
    """What is drawn and what is repaid, by period, in millions."""
    moved = (outcome.decisions.draw, outcome.decisions.repay)
    drawn, repaid = ({t: round(amount / MILLION, 6) for (_, t), amount in laid_flat(of).items()} for of in moved)
    return drawn, repaid


@pytest.mark.parametrize("rate", [0.0, 0.02, 0.2])
def test_nobody_borrows_beside_idle_cash(rate: float) -> None:
    outcome = best(borrowing(150, rate))
    assert lent(outcome) == ({}, {})
    assert outcome.audit.accounts.npv == pytest.approx(WORTH * MILLION)


@pytest.mark.parametrize("rate", [0.02, 0.08])
def test_a_cheap_loan_bridges_what_is_missing_and_adds_nothing(rate: float) -> None:
    # 40 are missing on the first day; 60 come in over the year, which pay interest and the loan back at its end.
    outcome = best(borrowing(60, rate))
    assert lent(outcome) == ({0: 40}, {0: 40})
    accounts = outcome.audit.accounts
    assert accounts.loan_costs == {"bank": 0.0}
    assert accounts.npv == accounts.unlevered == pytest.approx(WORTH * MILLION)
    assert sum(accounts.lines["interest"]) == pytest.approx(40 * rate * MILLION)


def test_a_dear_loan_is_drawn_where_cash_needs_it_and_its_cost_is_told() -> None:
    # 20 % on 40 for a year are two thirds a month; 40 come at once and go after a year.
    outcome = best(borrowing(60, 0.2))
    assert lent(outcome) == ({0: 40}, {0: 40})
    cost = annuity(40 * 0.2 / 12, 1) + 40 / 1.1 - 40
    assert outcome.audit.accounts.loan_costs["bank"] == pytest.approx(cost * MILLION)
    assert outcome.audit.accounts.npv == pytest.approx((WORTH - cost) * MILLION)
    assert cost == pytest.approx(3.96, abs=0.01)


def test_a_loan_that_costs_more_than_the_cube_is_worth_is_not_drawn() -> None:
    # The cube earns 46 a year: 20.0 are gained over three years, and 40 at 90 % for a year cost 30.6.
    earns = {"workloads__training__price": yearly(46)}
    assert best(borrowing(100, 0.9, **earns)).decisions.order
    poor = best(borrowing(60, 0.9, **earns))
    assert not poor.decisions.order
    assert lent(poor) == ({}, {})
    assert poor.audit.accounts.npv == 0


def test_the_cheapest_loan_is_drawn_though_none_below_the_cost_of_capital_counts() -> None:
    loans = {name: {"limit": mn(100), "rate": rate, "term": "5 years"} for name, rate in (("a", 0.06), ("b", 0.03))}
    outcome = best(borrowing(60, 0, finance__loans=loans))
    assert set(outcome.decisions.draw) == {("b", 0)}


def test_tax_that_interest_saves_makes_nobody_borrow() -> None:
    taxed = {"finance__tax": {"rate": 0.4, "payment_lag": "0 months"}, "finance__depreciation": {"systems": "3 years"}}
    rich, poor = best(borrowing(150, 0.08, **taxed)), best(borrowing(60, 0.08, **taxed))
    assert lent(rich) == ({}, {})
    assert lent(poor)[0] == {0: 40}
    # 40 * 8 % * 40 %: paid less at the end of 2025, and taken out of the value before financing.
    saved = sum(rich.audit.accounts.lines["tax"]) - sum(poor.audit.accounts.lines["tax"])
    assert saved == pytest.approx(40 * 0.08 * 0.4 * MILLION)
    assert poor.audit.accounts.npv == pytest.approx(rich.audit.accounts.npv)


def test_owners_who_expect_more_than_a_loan_costs_borrow_all_they_may() -> None:
    # 100 at 2 % until the end, where owners expect 15 %: 100 - 100 / 1.15 ** 3 less interest of a sixth a month.
    owners = {"finance__cost_of_equity": 0.15, "objective": {"kind": "equity"}}
    outcome = best(borrowing(150, 0.02, **owners))
    accounts = outcome.audit.accounts
    assert lent(outcome)[0] == {0: 100}
    assert lent(outcome)[1] in ({}, {2: 100})  # what is owed at the end counts as if it were repaid
    value = revenue(0.15) - 100 + 100 - annuity(100 * 0.02 / 12, 3, 0.15) - 100 / 1.15**3
    assert outcome.proof.objective == accounts.equity == pytest.approx(value * MILLION)
    assert accounts.npv == pytest.approx(WORTH * MILLION)


def test_owners_do_not_borrow_at_more_than_they_expect() -> None:
    owners = {"finance__cost_of_equity": 0.15, "objective": {"kind": "equity"}}
    assert lent(best(borrowing(150, 0.2, **owners))) == ({}, {})


IDLE = {
    "finance__discount_rate": 0,
    "finance__tax": {"rate": 0.3, "payment_lag": "0 months"},
    "finance__depreciation": {"systems": "10 years"},
    "finance__resale": [{"age": "0 months", "share": 0.2}],
    "finance__terminal_value": True,
    "workloads__training__price": {
        f"{year}-01": yearly(earned) for year, earned in ((2025, 95), (2026, 95), (2027, 2))
    },
    "workloads__steady": {"metric": "accelerators", "amount": 1, "price": yearly(60), "must_serve": 1},
    "workloads__training__amount": 1,
}


def test_no_plan_sells_for_the_sake_of_the_last_day() -> None:
    """Two cubes: one earns 60 a year, the other 95, 95 and 2, and both fetch 20 at any age.

    Sold at the start of 2027 the second one would write 60 off, and no tax would be paid for that year. On the last day
    its loss saves the tax of the year as well, so it stays for the 2 that it still earns.
    """
    outcome = best(toy(**IDLE))
    assert not outcome.decisions.exit
    accounts = outcome.audit.accounts
    # 2027 earns 62 and writes 20 off: a tax of 12.6. Two times 50 are lost on the last day, which saves no more.
    assert accounts.books.end_tax == pytest.approx(-12.6 * MILLION)
    assert accounts.npv == pytest.approx((155 + 155 + 62 - 200 - 0.3 * (135 + 135 + 42) + 40 + 12.6) * MILLION)


def flip(closes: str) -> Outcome:
    """Servers at 200,000 USD and a quarter on top that fetch 76 % of 390,000 in three months, without work."""
    offer = {"offers.b200-late.price": "200_000 USD", "offers.b200-late.order_window": f"{{to: {closes}}}"}
    return plan(read_case(FAULTS / "min-flip.yaml", overrides=offer), gap=0.0)


def test_nothing_is_bought_to_be_sold_while_a_new_one_costs_less_than_the_typical_price() -> None:
    outcome = flip("2029-10")
    assert not any(outcome.decisions.bought.values())
    assert outcome.audit.accounts.npv == 0


def test_where_no_offer_is_open_a_used_system_fetches_its_share_of_the_typical_price() -> None:
    outcome = flip("2028-01")
    assert outcome.decisions.ordered
    assert outcome.audit.accounts.npv > 0
