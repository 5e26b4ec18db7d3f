"""What customers have paid in advance, as the audit counts it: by hand, and against spoilt plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.audit import audit
from planner.audit.facts import Facts
from planner.audit.limits.books import taxable_profit
from planner.audit.quantities import quantities_of
from planner.case.case import Case
from planner.outcome import Audit
from planner.planning import plan_case
from tests.audit.test_working_capital import keeps_debt_to_equity
from tests.cases.in_advance import in_advance_case
from tests.cases.toy import mn, toy
from tests.decided import decided

PER_DAY = 60e6 / 365


def one_cube(case: Case) -> Audit:
    """One cube bought at the start and at work all the time."""
    periods = case.calendar.periods
    order = {("maker", "east", 0): 1}
    return audit(case, decided(order=order, serve={("training", "cube", "east", t): 1.0 for t in range(periods)}))


def test_balances_are_what_was_worked_out_by_hand() -> None:
    """Three months of work are owed at the end of a year, January to March; 7 of the 12 are worked off in its March."""
    accounts = one_cube(in_advance_case()).accounts
    assert accounts.books.opening_prepayments == 12e6
    assert accounts.books.prepayments == pytest.approx([5e6 + 90 * PER_DAY, 5e6 + 90 * PER_DAY, 5e6])
    assert accounts.end_value == pytest.approx(-5e6)
    first_year = accounts.by_month["prepayments_increase"][:12]
    grown = [30, 31, 30, 31 - 30, 31 - 31, 30 - 30, 31 - 31, 30 - 31, 31 - 30, 31 - 31, 28 - 30, 31 - 31]
    assert first_year == pytest.approx([PER_DAY * n - (7e6 if m == 2 else 0.0) for m, n in enumerate(grown)], abs=1)
    assert accounts.lines["revenue"] == pytest.approx([60e6] * 3), "profit does not ask when it is paid"


@pytest.mark.parametrize("months", [1, 5, 14, 40])
def test_months_in_advance_are_months_whatever_the_length_of_the_periods(months: int) -> None:
    found = []
    for period, count in (("month", 36), ("quarter", 12), ("year", 3)):
        case = toy(
            calendar={"start": "2025-01", "period": period, "periods": count, "fiscal_year_start_month": 1},
            workloads__training__paid_in_advance=f"{months} months",
        )
        found.append(one_cube(case).accounts.cash_at_end)
    assert found[0] == pytest.approx(found[2])
    assert found[1] == pytest.approx(found[2])
    assert found[2][-1] == pytest.approx(1080e6)
    if months == 40:
        assert found[2][0] == pytest.approx(900e6 + 31 * PER_DAY), "nobody could pay before the horizon"


def test_a_plan_that_lives_on_what_nobody_pays_in_advance_is_refused() -> None:
    terms: dict[str, Any] = {
        "offers__maker__order_window": {"from": "2026-01"},
        "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
        "finance__opening_cash": mn(90),
    }
    plan = plan_case(toy(**terms, workloads__training__paid_in_advance="3 months"), gap=0.0)
    assert plan.decisions.buys_anything
    later = audit(toy(**terms), plan.decisions)
    assert [(limit.rule, str(limit.subject)) for limit in later.broken][:1] == [
        ("cash_balance", "cash at the start of 2026-01, after payments")
    ]


def test_the_balance_sheet_would_not_balance_without_what_is_owed_in_work() -> None:
    case = in_advance_case()
    plan = plan_case(case, gap=0.0)
    facts, accounts = Facts(case, plan.decisions), plan.audit.accounts
    for spoilt, holds in (
        (accounts.books, True),
        (replace(accounts.books, prepayments=(0.0,) * 3), False),
        (replace(accounts.books, opening_prepayments=0.0), False),
    ):
        limits = taxable_profit(facts, replace(accounts, books=spoilt), quantities_of(facts))
        assert all(limit.holds for limit in limits) == holds


@pytest.mark.parametrize(("multiple", "holds"), [(0.46, True), (0.45, False)])
def test_equity_of_a_covenant_is_less_by_what_is_owed_in_work(multiple: float, holds: bool) -> None:
    """130 of cash less 30 that were paid for later work are an equity of 100; debt ends at 45 with 98.

    A year earns 60 less 50 of depreciation, 4 of rent and 8 of interest.
    """
    owed = {"opening_prepayments": {"2026-03": mn(30)}}
    assert keeps_debt_to_equity(multiple, 130, f"{1 / 3!r} mn JPY/kW-month", owed) == holds
