"""What a plan is worth: every flow discounted from its day, as XNPV does from the day before the horizon."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from planner.audit import audit
from tests.audit.by_month import quarters
from tests.audit.cubes import bought, claims
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.decided import decided

VALUED_ON = datetime.date(2024, 12, 31)
HALF_A_YEAR: dict[str, Any] = {"calendar__periods": 2, "finance__discount_rate": 0.1}


def xnpv(flows: Mapping[str, float]) -> float:
    """Millions by date, at 10 % a year: each over 1.1 to the power of its days over 365."""
    aged = [((datetime.date.fromisoformat(date) - VALUED_ON).days, amount) for date, amount in flows.items()]
    return float(sum(amount / 1.1 ** (days / 365) for days, amount in aged))


def test_an_order_of_the_first_month_counts_in_full_and_income_from_the_end_of_its_month() -> None:
    case = quarters(**HALF_A_YEAR)
    audited = audit(case, bought(serve={("training", "cube", "east", t): 1.0 for t in range(2)}))
    value = xnpv(
        {
            "2024-12-31": -100,
            "2025-01-31": 31,
            "2025-02-28": 28,
            "2025-03-31": 31,
            "2025-04-30": 30,
            "2025-05-31": 31,
            "2025-06-30": 30,
        }
    )
    assert audited.accounts.npv == pytest.approx(value * MILLION)
    assert audited.objective == audited.accounts.npv
    # 31 * 0.991938 + 28 * 0.984712 + 31 * 0.976772 + 30 * 0.969151 + 31 * 0.961339 + 30 * 0.953838 = 176.093.
    assert value == pytest.approx(76.093, abs=0.001)


def test_discount_factors_go_by_the_turns_of_months() -> None:
    accounts = audit(quarters(finance__discount_rate=0.1), decided()).accounts
    assert len(accounts.discount) == 13
    assert accounts.discount[0] == 1
    assert accounts.discount[1] == pytest.approx(1.1 ** (-31 / 365))
    assert accounts.discount[2] == pytest.approx(1.1 ** (-59 / 365))
    assert accounts.discount[12] == pytest.approx(1 / 1.1)
    leap = audit(toy(calendar__start="2024-01", finance__discount_rate=0.1), decided()).accounts
    assert leap.discount[2] == pytest.approx(1.1 ** (-60 / 365))
    assert leap.discount[12] == pytest.approx(1.1 ** (-366 / 365))


def test_what_moves_at_the_start_of_a_month_is_dated_the_day_before() -> None:
    # Ordered in April, 40 at once and 60 in May; both are ends of the months before. Nothing works.
    terms = {"lead_time": "1 months", "payment": {"at_order": 0.4}}
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2025-03", "unpaid": mn(7)}]
    case = quarters(
        finance__discount_rate=0.1, offers__maker={"system": "cube", "supplier": "m", **terms}, sites__east__fleet=fleet
    )
    audited = audit(case, decided(order={("maker", "east", 1): 1}))
    value = xnpv({"2025-02-28": -7, "2025-03-31": -40, "2025-04-30": -60})
    assert audited.accounts.npv == pytest.approx(value * MILLION)


def test_what_moves_at_the_end_of_a_month_is_dated_on_its_last_day() -> None:
    # A grant four months after January comes on 31 May; a cube sold in July pays on the 31st. Rent is paid monthly.
    case = quarters(
        finance__discount_rate=0.1,
        finance__resale=[{"age": "0 months", "share": 0.5}],
        sites__east__rent="2_000_000 JPY/kW-month",
        programmes={"half": programme(0.5, payment_lag="4 months")},
    )
    audited = audit(case, bought(claim=claims(half=1), exit={("cube", "east", "2025-01 maker", 2): 1}))
    months = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30"]
    rent = xnpv(dict.fromkeys(months, -2))
    value = xnpv({"2024-12-31": -100, "2025-05-31": 50, "2025-07-31": 50}) + rent
    assert audited.accounts.npv == pytest.approx(value * MILLION)
    assert audited.broken == ()


def test_tax_and_loans_are_dated_and_owners_count_nothing() -> None:
    # 90 are taxed half in May. 100 are drawn in April at 12 % a year, and repaid at the end of September.
    bank = {"limit": mn(100), "rate": 0.12, "term": "6 months"}
    case = quarters(
        calendar__fiscal_year_start_month=4,
        finance__discount_rate=0.1,
        finance__tax={"rate": "50 %"},
        finance__loans={"bank": bank},
        finance__funding={"2025-02": mn(10)},
        sites__east__fleet=[{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    )
    made = decided(
        draw={("bank", 1): 100 * MILLION},
        repay={("bank", 2): 100 * MILLION},
        serve={("training", "cube", "east", 0): 1.0},
    )
    audited = audit(case, made)
    ends = ["2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31", "2025-09-30"]
    value = (
        xnpv({"2025-01-31": 31, "2025-02-28": 28, "2025-03-31": 31 + 100, "2025-05-31": -45, "2025-09-30": -100})
        + xnpv(dict.fromkeys(ends, -1))
    )  # fmt: skip
    assert audited.accounts.npv == pytest.approx(value * MILLION)
    assert audited.broken == ()


def test_what_is_left_at_the_end_is_dated_on_its_last_day() -> None:
    # Two years of 730 days; half of the price is left then.
    case = toy(
        calendar__periods=2,
        finance__discount_rate=0.1,
        finance__terminal_value=True,
        finance__resale=[{"age": "0 months", "share": 0.5}],
    )
    audited = audit(case, bought())
    assert audited.accounts.npv == pytest.approx((50 / 1.21 - 100) * MILLION)


def test_the_cost_of_a_plan_counts_no_revenue() -> None:
    case = quarters(**HALF_A_YEAR, objective__kind="cost", workloads__training__price=yearly(36500))
    audited = audit(case, decided(order={("maker", "east", 1): 1}, serve={("training", "cube", "east", 1): 1.0}))
    assert audited.objective == pytest.approx(100 / 1.1 ** (90 / 365) * MILLION)
    assert audited.accounts.npv > 0


@pytest.mark.parametrize(("period", "periods"), [("month", 12), ("quarter", 4), ("half", 2), ("year", 1)])
def test_the_length_of_periods_changes_no_value(period: str, periods: int) -> None:
    # The same cube, bought in January and at work all year: 31 at the end of January, and so on.
    case = quarters(calendar__period=period, calendar__periods=periods, finance__discount_rate=0.1)
    audited = audit(case, bought(serve={("training", "cube", "east", t): 1.0 for t in range(periods)}))
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    earned = sum(one / 1.1 ** (sum(days[: m + 1]) / 365) for m, one in enumerate(days))
    assert audited.accounts.npv == pytest.approx((earned - 100) * MILLION)
