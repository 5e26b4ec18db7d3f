"""What customers owe and what is owed to suppliers, as the audit counts it: by hand, and against spoilt plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Audit
from planner.planning import plan_case
from tests.cases.on_credit import on_credit_case
from tests.cases.toy import mn, toy
from tests.decided import decided

DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def one_cube(case: Case) -> Audit:
    """One cube bought at the start and at work all the time."""
    order = {("maker", "east", 0): 1}
    return audit(case, decided(order=order, serve={("training", "cube", "east", t): 1.0 for t in range(3)}))


def test_balances_are_what_was_worked_out_by_hand() -> None:
    """Of sales the last month and half of the one before are open, and of rent the last month; 12 were open before."""
    books = one_cube(on_credit_case()).accounts.books
    assert (books.opening_receivables, books.opening_payables) == (12e6, 0.0)
    # 31 days of December and half of November's 30; 5 are due after the horizon.
    assert books.receivables == pytest.approx([5e6 + 60e6 * 46 / 365] * 3)
    assert books.payables == pytest.approx([1e6] * 3)


def test_each_month_grows_by_what_becomes_open_less_what_is_paid() -> None:
    accounts = one_cube(on_credit_case()).accounts
    per_day = 60e6 / 365
    first_year = accounts.by_month["receivables_increase"][:12]
    sold = [per_day * days for days in DAYS]
    paid = [0.0, sold[0] / 2, *((sold[m - 2] + sold[m - 1]) / 2 for m in range(2, 12))]
    paid[2] += 7e6
    assert first_year == pytest.approx([a - b for a, b in zip(sold, paid, strict=True)])
    assert accounts.by_month["payables_increase"] == pytest.approx([1e6] + [0.0] * 35, abs=1e-3)
    assert accounts.cash_at_end[0] == pytest.approx(110e6 - 100e6 - 0.5e6), "only operations are paid in January"


def test_what_is_no_whole_month_is_split_whatever_the_length_of_the_periods() -> None:
    """The same days of credit give the same cash month by month in months, quarters and years."""
    found = []
    for period, count in (("month", 36), ("quarter", 12), ("year", 3)):
        case = toy(
            calendar={"start": "2025-01", "period": period, "periods": count, "fiscal_year_start_month": 1},
            finance__working_capital={"customer_days": 100},
        )
        serve = {("training", "cube", "east", t): 1.0 for t in range(count)}
        found.append(audit(case, decided(order={("maker", "east", 0): 1}, serve=serve)).accounts.cash_at_end)
    assert found[0] == pytest.approx(found[2])
    assert found[1] == pytest.approx(found[2])
    # After 100 days, a third of what is paid three months later is left for the fourth.
    per_day = 60e6 / 365
    assert found[2][2:4] == pytest.approx((900e6, 900e6 + 31 * per_day * 2 / 3))


def test_what_is_longer_open_than_the_plan_runs_is_never_paid_in_it() -> None:
    accounts = one_cube(toy(finance__working_capital={"customer_days": 3000})).accounts
    assert accounts.cash_at_end[-1] == pytest.approx(900e6)
    assert accounts.end_value == pytest.approx(180e6)
    assert accounts.npv == pytest.approx(80e6)


def test_a_plan_that_lives_on_money_of_customers_who_pay_later_is_refused() -> None:
    """The best plan without the terms of payment breaks the floor of cash with them."""
    rent = {"sites__east__rent": "2 mn JPY/kW-month", "finance__opening_cash": mn(100)}
    plan = plan_case(toy(**rent), gap=0.0)
    assert plan.decisions.buys_anything
    later = audit(toy(**rent, finance__working_capital={"customer_days": 30}), plan.decisions)
    assert {(limit.rule, str(limit.subject)) for limit in later.broken} == {
        ("cash_balance", "cash at the end of 2025-01"),
        ("cash_balance", "cash at the start of 2025-02, after payments"),
    }


def test_the_balance_sheet_would_not_balance_without_what_is_open() -> None:
    """Each balance that is left out breaks it, so neither can be forgotten."""
    from planner.audit.facts import Facts  # noqa: PLC0415 - only here the audit is looked into
    from planner.audit.limits.books import taxable_profit  # noqa: PLC0415
    from planner.audit.quantities import quantities_of  # noqa: PLC0415

    case = on_credit_case()
    plan = plan_case(case, gap=0.0)
    facts, accounts = Facts(case, plan.decisions), plan.audit.accounts
    nothing = (0.0,) * 3
    for spoilt, holds in ((accounts.books, True), (replace(accounts.books, receivables=nothing), False),
                          (replace(accounts.books, payables=nothing), False)):  # fmt: skip
        limits = taxable_profit(facts, replace(accounts, books=spoilt), quantities_of(facts))
        assert all(limit.holds for limit in limits) == holds


def keeps_debt_to_equity(multiple: float, cash: float, rent: str, owed: dict[str, Any]) -> bool:
    """Whether a year that ends with 45 of debt keeps this much debt to equity, with what is open at its start."""
    loan = {
        "limit": mn(80),
        "rate": "10 %",
        "term": "4 years",
        "repayment": "equal_parts",
        "draw_window": {"to": "2025-12"},
        "outstanding": mn(0),
    }
    case = toy(
        calendar={"start": "2025-01", "period": "year", "periods": 1, "fiscal_year_start_month": 1},
        finance__opening_cash=mn(cash),
        finance__loans={"bank": loan},
        finance__covenants={"most_debt_to_equity": multiple},
        finance__depreciation={"systems": "2 years"},
        finance__terminal_value=True,
        finance__resale=[{"age": "0 months", "share": "100 %"}],
        sites__east__rent=rent,
        finance__working_capital=owed,
    )
    decisions = decided(
        order={("maker", "east", 0): 1},
        serve={("training", "cube", "east", 0): 1.0},
        draw={("bank", 0): 80e6},
        repay={("bank", 0): 35e6},
    )
    return "year_end_covenants" not in {limit.rule for limit in audit(case, decisions).broken}


@pytest.mark.parametrize(("multiple", "buys"), [(0.58, True), (0.57, False)])
def test_equity_of_a_covenant_counts_what_is_open(multiple: float, buys: bool) -> None:
    """20 of cash, 110 owed by customers and 30 to suppliers are an equity of 100.

    A year earns 60 less 50 of depreciation, 24 of rent and 8 of interest: it ends with 78 of equity and 45 of debt.
    """
    owed = {
        "rent_days": 30,
        "opening_receivables": {"2025-01": mn(10), "2026-02": mn(100)},
        "opening_payables": {"2026-03": mn(30)},
    }
    assert keeps_debt_to_equity(multiple, 20, "2 mn JPY/kW-month", owed) == buys
