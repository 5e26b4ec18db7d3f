"""Customers who pay in advance: plans worked out by hand in which that decides."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import mn, toy
from tests.rival.currency import reported_in, restated

LATER: dict[str, Any] = {
    "offers__maker__order_window": {"from": "2026-01"},
    "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
}
"""A cube of 100 that earns 60 a year, which can be had from 2026 on; all its work is paid within the horizon."""
FIRST_QUARTER = 60 * 90 / 365
"""What January to March 2026 earn: 14.795."""


def planned(cash: float, months: int | None = 3, **changes: Any) -> Outcome:
    """The best plan with so many millions of cash, and customers who pay so many months before."""
    early = {"workloads__training__paid_in_advance": f"{months} months"} if months else {}
    terms = {"finance__opening_cash": mn(cash), **early, **changes}
    return plan_case(toy(**{**LATER, **terms}), gap=0.0, time_limit=60.0)


def bought(outcome: Outcome) -> int:
    return sum(outcome.decisions.order.values())


def test_customers_of_the_first_quarter_pay_for_a_part_of_the_system() -> None:
    """They pay 14.795 from October to December 2025: so much less has to be there."""
    need = 100 - FIRST_QUARTER
    just, short = planned(need + 1e-3), planned(need - 1e-3)
    assert (bought(just), bought(short)) == (1, 0)
    assert bought(planned(100, None)) == 1
    assert bought(planned(99.9, None)) == 0
    assert just.npv == pytest.approx(20e6), "without discounting it is worth as much, whenever it is paid"
    accounts = just.audit.accounts
    assert accounts.cash_after_payments[12] == pytest.approx(1e3, abs=1)
    assert accounts.books.prepayments == pytest.approx((FIRST_QUARTER * 1e6, FIRST_QUARTER * 1e6, 0), abs=1)


def test_work_that_would_be_paid_before_the_horizon_is_paid_in_its_month() -> None:
    """Of a cube that works from January 2025 on, nobody has paid for January to March: that comes as it is done."""
    at_once = planned(200, 3, offers__maker__order_window={}, workloads__training__amount=1)
    sold = [60e6 * days / 365 for days in (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)]
    came = [sold[m] + sold[m + 3] if m < 3 else sold[(m + 3) % 12] for m in range(12)]
    cash = at_once.audit.accounts.cash_at_end
    assert [after - before for before, after in zip((100e6, *cash), cash[:12], strict=False)] == pytest.approx(came)
    assert cash[-1] == pytest.approx(280e6)


def test_each_month_is_discounted_from_when_it_is_paid() -> None:
    outcome = planned(200, 6, finance__discount_rate="5 %")
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 3
    ends = [sum(days[: m + 1]) for m in range(36)]
    income = [60e6 * days[m] / 365 * 1.05 ** (-ends[m - 6] / 365) for m in range(12, 36)]
    assert outcome.npv == pytest.approx(sum(income) - 100e6 * 1.05**-1)


def test_work_that_was_paid_before_the_plan_brings_so_much_less() -> None:
    """7 of March 2026 were paid before the plan, so that they are missing then, and before it as little as ever."""
    terms = {"finance__working_capital": {"opening_prepayments": {"2026-03": mn(7), "2028-02": mn(5)}}}
    need = 100 - FIRST_QUARTER
    assert bought(planned(need + 1e-3, **terms)) == 1
    assert bought(planned(need - 1e-3, **terms)) == 0
    # The 5 are for work after the horizon, and are owed in work on its last day.
    assert planned(need + 1e-3, **terms).npv == pytest.approx((20 - 7 - 5) * 1e6)
    assert planned(need + 1e-3, **terms).audit.accounts.end_value == pytest.approx(-5e6)


def test_profit_and_tax_do_not_ask_when_it_is_paid() -> None:
    tax = {"finance__tax": {"rate": "30 %"}, "finance__depreciation": {"systems": "3 years"}}
    at_once, early = planned(200, None, **tax), planned(200, 12, **tax)
    assert early.audit.accounts.books.profit == pytest.approx(at_once.audit.accounts.books.profit)
    assert early.audit.accounts.books.tax_charge == pytest.approx(at_once.audit.accounts.books.tax_charge)
    assert early.npv == pytest.approx(at_once.npv)


def test_customers_who_pay_sooner_never_hurt() -> None:
    terms = {"finance__discount_rate": "3 %", "offers__maker__allocation": 3, "workloads__training__amount": 3}
    late = {"finance__working_capital": {"customer_days": 60}}
    found = [planned(109, None, **terms, **late).npv, *(planned(109, m, **terms).npv for m in (None, 1, 3, 8, 12))]
    assert found == sorted(found)
    assert found[0] < found[1] < found[-1]


def test_the_currency_does_not_matter() -> None:
    """The same in dollars of 150 yen, and told in dollars while prices stay in yen."""
    terms: dict[str, Any] = {
        "finance__working_capital": {"opening_prepayments": {"2025-02": mn(3)}},
        "workloads__training__paid_in_advance": "3 months",
        "finance__opening_cash": mn(103 - FIRST_QUARTER + 1e-3),
    }
    fields = toy(**{**LATER, **terms}).model_dump(mode="json", by_alias=True)
    for changed in (restated(fields, "USD", 150.0), reported_in(fields, "USD", 150.0)):
        outcome = plan_case(Case.model_validate(changed), gap=0.0, time_limit=60.0)
        assert outcome.npv * 150 == pytest.approx((20 - 3) * 1e6)
