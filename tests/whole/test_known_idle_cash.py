"""Known answers by hand: what cash earns while it waits pays for more, and is worth nothing by itself."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.coefficients import coefficients_of
from planner.finance.idle_cash import interest_on_cash
from planner.model.build import build
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided

LATER = {"offers__maker__order_window": {"from": "2026-01"}, "workloads__training__price": yearly(90)}


def waiting(cash: float, **changes: Any) -> Outcome:
    """The toy with so much cash, where a cube of 100 can be bought in 2026; cash earns 1 % a month."""
    terms = {"finance__opening_cash": mn(cash), "finance__interest_on_cash": "12 %", **LATER}
    return plan_case(toy(**{**terms, **changes}), gap=0.0)


@pytest.mark.parametrize(("cash", "bought"), [(100 / 1.01**12 + 1e-6, 1), (100 / 1.01**12 - 1e-6, 0)])
def test_a_cube_is_bought_where_cash_grows_to_its_price_in_time(cash: float, bought: int) -> None:
    """88.745 grow to 100 in twelve months."""
    made = waiting(cash)
    assert sum(made.decisions.order.values()) == bought
    assert not made.audit.broken
    assert made.audit.accounts.lines["interest_on_cash"][0] == pytest.approx((1.01**12 - 1) * cash * MILLION)


def test_interest_on_cash_is_no_value_and_is_taxed_no_further() -> None:
    """A cube of 100 that earns 90 twice is worth 80, whatever else lies in the bank; with tax, 80 less its part."""
    for rate, tax in ((0, 0.0), ("12 %", 0.0), ("12 %", 0.3)):
        taxed = {"finance__tax": {"rate": tax}, "finance__depreciation": {"systems": "2 years"}} if tax else {}
        made = waiting(500, finance__interest_on_cash=rate, finance__cost_of_equity=0, **taxed)
        accounts = made.audit.accounts
        assert accounts.npv == pytest.approx(80 * (1 - tax) * MILLION)
        assert accounts.equity == pytest.approx(accounts.npv)
        assert bool(sum(accounts.lines["interest_on_cash"])) == bool(rate)


def test_nobody_borrows_to_lend_the_money_to_the_bank() -> None:
    """At 1 % from one bank and 12 % from the other a plan could go on for ever, and would be worth nothing more."""
    loan = {"limit": mn(500), "rate": "1 %", "term": "5 years"}
    made = waiting(500, finance__loans={"bank": loan})
    assert not made.decisions.draw
    assert made.audit.accounts.npv == pytest.approx(80 * MILLION)


def test_what_is_paid_at_the_start_of_a_month_earns_nothing_in_it_and_rates_change() -> None:
    """100 of 150 are paid at once: 50 earn 1 % in January, and from July on half a per cent."""
    terms = {"2025-01": "12 %", "2025-07": "6 %"}
    case = toy(
        calendar={"start": "2025-01", "period": "half", "periods": 2, "fiscal_year_start_month": 1},
        finance__opening_cash=mn(150),
        finance__interest_on_cash=terms,
    )
    seen = audit(case, decided(order={("maker", "east", 0): 1})).accounts
    balance = 50.0
    for month in range(12):
        earned = balance * (0.01 if month < 6 else 0.005)
        assert seen.by_month["interest_on_cash"][month] == pytest.approx(earned * MILLION)
        balance += earned
        assert seen.cash_at_end[month] == pytest.approx(balance * MILLION)
    assert interest_on_cash(50.0, 0.12) == 0.5


def test_the_row_of_cash_earns_on_what_the_start_of_the_month_leaves() -> None:
    model = build(coefficients_of(toy(finance__interest_on_cash="12 %")))
    ends = [row for row in model.text("cash_balance") if row.startswith("cash_balance[2025-01 end]")]
    assert ends == [
        "cash_balance[2025-01 end]: - 1.01 cash[2025-01 start] + cash[2025-01 end] - 0.0849315 hourly[2025-01]"
        " - 0.0833333 monthly[2025-01] = 0"
    ]
