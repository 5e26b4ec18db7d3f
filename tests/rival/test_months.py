"""The witness moves money by month: known answers, worked out by hand from the page of decision 38."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pytest

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy
from tests.decided import decided
from tests.rival.moments import Moments
from tests.rival.rival import best_plan, judge
from tests.rival.statement import Statement, statement

A_DAY = "8333.333333333334 JPY/accelerator-hour"
"""What a busy cube earns in an hour if it earns 0.2 million in a day: 73 million in a year, or 18.25 in a quarter."""


def quarters(first: str = "2025-01", number: int = 4, **changes: Any) -> Case:
    """The toy case in quarters, in which a busy cube earns 0.2 million a day."""
    calendar = {"start": first, "period": "quarter", "periods": number, "fiscal_year_start_month": 1}
    return toy(**{"calendar": calendar, "workloads__training__price": A_DAY, **changes})


def moved(seen: Statement, line: str, first: str = "2025-01") -> dict[str, float]:
    """Millions of a line by month, where there are any."""
    year, month = map(int, first.split("-"))
    found = {}
    for m, amount in enumerate(seen.lines[line]):
        if amount:
            place = year * 12 + month - 1 + m
            found[f"{place // 12}-{place % 12 + 1:02d}"] = round(float(amount) / 1e6, 9)
    return found


def test_the_start_of_a_month_is_as_old_as_the_end_of_the_month_before() -> None:
    moments = Moments(quarters("2024-01", 1).calendar)
    assert moments.age.tolist() == [0, 31, 31, 60, 60, 91]
    assert moments.factors(0.1)[4] == pytest.approx(1.1 ** (-60 / 365), rel=1e-12)


def test_a_delivery_is_paid_in_its_month_and_earns_from_the_next_quarter() -> None:
    case = quarters(
        offers__maker__lead_time="5 months", offers__maker__payment={"at_order": 0.3}, finance__opening_cash=mn(100)
    )
    plan = decided(
        order={("maker", "east", 0): 1},
        serve={("training", "cube", "east", t): 1.0 for t in (2, 3)},
    )
    seen = statement(case, plan)
    assert moved(seen, "system_price") == {"2025-01": 30, "2025-06": 70}
    assert moved(seen, "revenue") == {
        "2025-07": 6.2, "2025-08": 6.2, "2025-09": 6, "2025-10": 6.2, "2025-11": 6, "2025-12": 6.2,
    }  # fmt: skip
    after = [70, 70, 70, 70, 70, 0, 0, 6.2, 12.4, 18.4, 24.6, 30.6]
    assert (seen.cash_after_payments / 1e6).tolist() == pytest.approx(after)
    assert (seen.cash_at_end / 1e6).tolist() == pytest.approx([*after[:5], *after[6:], 36.8])
    assert (seen.cash / 1e6).tolist() == pytest.approx([70, 0, 18.4, 36.8])
    assert (seen.advances / 1e6).tolist() == pytest.approx([30, 100, 0, 0])
    assert judge(case, plan)[0] == []
    short = quarters(
        offers__maker__lead_time="5 months", offers__maker__payment={"at_order": 0.3}, finance__opening_cash=mn(99.9)
    )
    broken = ["2025-06, start", "2025-06, end", "2025-07, start"]
    assert judge(short, plan)[0] == [f"cash_balance: {moment}" for moment in broken]


def test_what_is_due_on_delivery_takes_the_exchange_rate_of_the_period_that_holds_it() -> None:
    rates = {"EUR": {"2025-01": "100 JPY", "2025-04": "110 JPY", "2025-07": "130 JPY"}}
    case = quarters(offers__maker__lead_time="5 months", offers__maker__price="1 mn EUR", finance__exchange_rates=rates)
    assert moved(statement(case, decided(order={("maker", "east", 0): 1})), "system_price") == {"2025-06": 110}


def test_a_purchase_is_not_paid_from_the_sales_of_its_own_year() -> None:
    """With no cash at all nothing is bought, although every year ends well."""
    dear = {"workloads__training__price": "40000 JPY/accelerator-hour", "offers__maker__allocation": 1}
    poor = best_plan(toy(**dear, finance__opening_cash=mn(99)))
    assert poor is not None
    assert poor.decisions.order == {}
    rich = best_plan(toy(**dear, finance__opening_cash=mn(100)))
    assert rich is not None
    assert rich.objective == pytest.approx(3 * 350.4e6 - 100e6)


def test_the_floor_holds_inside_a_period_as_well_as_at_its_end() -> None:
    """A contract takes all cash in May; the quarter's sales bring it back by the end of June."""
    old = {"system": "cube", "quantity": 1, "arrives": "2024-01"}
    new = {"system": "cube", "quantity": 1, "arrives": "2025-05", "unpaid": mn(10)}
    work = {("training", "cube", "east", 1): 1.0}
    case = quarters(
        sites__east__fleet=[old, new], finance__opening_cash=mn(8), finance__minimum_cash=mn(4), finance__funding={}
    )
    seen = statement(case, decided(serve=work))
    assert moved(seen, "contracted") == {"2025-05": 10}
    assert (seen.cash_after_payments[3:6] / 1e6).tolist() == pytest.approx([8, 4, 10.2])
    assert (seen.cash_at_end[3:6] / 1e6).tolist() == pytest.approx([14, 10.2, 16.2])
    assert judge(case, decided(serve=work))[0] == []
    higher = quarters(sites__east__fleet=[old, new], finance__opening_cash=mn(8), finance__minimum_cash=mn(4.1))
    assert judge(higher, decided(serve=work))[0] == ["cash_balance: 2025-05, start"]


def test_a_contract_is_paid_in_its_month_at_the_rate_of_that_period_and_one_from_before_in_the_first() -> None:
    rates = {"EUR": {"2025-01": "100 JPY", "2025-04": "110 JPY", "2025-07": "130 JPY"}}
    fleet = [
        {"system": "cube", "quantity": 1, "arrives": "2025-05", "unpaid": "100 thousand EUR"},
        {"system": "cube", "quantity": 1, "arrives": "2024-05", "unpaid": "200 thousand EUR"},
    ]
    seen = statement(quarters(sites__east__fleet=fleet, finance__exchange_rates=rates), decided())
    assert moved(seen, "contracted") == {"2025-01": 20, "2025-05": 11}
    # The second quarter has paid and nothing stands yet; all that stands then was written off for eight months at most.
    assert (seen.advances / 1e6).tolist() == pytest.approx([0, 11, 0, 0])
    assert (seen.fixed_assets[1] / 1e6) == pytest.approx(20 * (1 - 6 / 52))


def test_money_of_owners_comes_at_the_start_of_its_month() -> None:
    changes = {"offers__maker__lead_time": "4 months", "finance__opening_cash": mn(0)}
    plan = decided(order={("maker", "east", 0): 1})
    in_time = quarters(**changes, finance__funding={"2025-05": mn(100)})
    seen = statement(in_time, plan)
    assert (seen.funding / 1e6).tolist() == [0, 0, 0, 0, 100, *[0] * 7]
    assert (seen.cash_after_payments / 1e6).tolist() == [0] * 12
    assert judge(in_time, plan)[0] == []
    late = quarters(**changes, finance__funding={"2025-06": mn(100)})
    assert judge(late, plan)[0] == ["cash_balance: 2025-05, start", "cash_balance: 2025-05, end"]


def test_a_loan_is_drawn_at_the_start_and_repaid_at_the_end_of_its_period_and_interest_runs_in_equal_months() -> None:
    bank = {"limit": mn(60), "rate": "4 %", "term": "6 months"}
    plan = decided(draw={("bank", 0): 60e6}, repay={("bank", 1): 60e6})
    seen = statement(quarters(finance__loans={"bank": bank}), plan)
    assert moved(seen, "loans_drawn") == {"2025-01": 60}
    assert moved(seen, "loans_repaid") == {"2025-06": 60}
    assert moved(seen, "interest") == dict.fromkeys([f"2025-0{month}" for month in range(1, 7)], 0.2)
    assert (seen.cash_after_payments[:2] / 1e6).tolist() == pytest.approx([1060, 1059.8])


def test_energy_goes_with_the_hours_and_rent_and_maintenance_in_equal_months() -> None:
    system = {"typical": mn(120)}
    case = quarters(
        systems__cube__price=system,
        systems__cube__maintenance_per_year="10 %",
        sites__east__rent="50000 JPY/kW-month",
        sites__east__operations="7000 JPY/kW-month",
        sites__east__energy_price="100 JPY/kWh",
        sites__east__fleet=[{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    )
    seen = statement(case, decided())
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    assert moved(seen, "rent") == dict.fromkeys(months, 0.05)
    assert moved(seen, "operations") == dict.fromkeys(months, 0.007)
    assert moved(seen, "maintenance") == dict.fromkeys(months, 1.0)
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert moved(seen, "energy") == pytest.approx(dict(zip(months, [0.0024 * n for n in days], strict=True)))


def test_resale_is_paid_in_the_first_month_after_the_exit_at_its_end() -> None:
    case = quarters(
        finance__resale=[{"age": "0 months", "share": "50 %"}],
        sites__east__fleet=[{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    )
    seen = statement(case, decided(exit={("cube", "east", "2024-01", 2): 1}))
    assert moved(seen, "resale") == {"2025-07": 50}
    assert (seen.cash_after_payments[6:8] / 1e6).tolist() == pytest.approx([1000, 1050])


def test_parts_of_a_grant_come_so_many_months_after_the_order_or_the_start_of_use() -> None:
    """An order of January is delivered in May and in use from July."""
    parts = [
        {"share": 0.5, "event": "order", "lag": "1 month"},
        {"share": 0.3, "event": "delivery", "lag": "0 months"},
        {"share": 0.2, "event": "delivery", "lag": "4 months"},
    ]
    aid = programme(0.5, milestones=parts, early_exit="repay_all", retention="1 year")
    case = quarters(offers__maker__lead_time="4 months", programmes={"aid": aid})
    key = ("aid", "maker", "east", 0)
    bought = {"order": {("maker", "east", 0): 1}, "claim": {key: 1.0}}
    seen = statement(case, decided(**bought))
    assert moved(seen, "grants") == {"2025-02": 25, "2025-07": 15, "2025-11": 10}
    left = decided(**bought, exit={("cube", "east", "2025-07 maker", 3): 1}, claimed_exit={(*key, 3): 1.0})
    # It leaves in October: what was paid goes back at the end of that month, the last part as soon as it comes.
    assert moved(statement(case, left), "grants_repaid") == {"2025-10": 40, "2025-11": 10}


def test_tax_is_paid_so_many_months_after_the_last_month_of_the_fiscal_year() -> None:
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2020-01"}]
    work = {("training", "cube", "east", t): 1.0 for t in range(6)}
    profit = 0.2 * (31 + 28 + 31)  # January to March 2025
    for lag, month in ((0, "2025-03"), (1, "2025-04"), (2, "2025-05"), (5, "2025-08")):
        tax = {"rate": "30 %", "payment_lag": f"{lag} months"}
        calendar = {"start": "2025-01", "period": "quarter", "periods": 5, "fiscal_year_start_month": 4}
        case = quarters(calendar=calendar, sites__east__fleet=fleet, finance__tax=tax)
        seen = statement(case, decided(serve={key: x for key, x in work.items() if key[3] < 5}))
        first = next(iter(moved(seen, "tax").items()))
        assert first == (month, pytest.approx(0.3 * profit))
        owed = [0.3 * profit * (t < (int(month[5:]) - 1) // 3) for t in range(4)]
        assert (seen.tax_payable[:4] / 1e6).tolist() == pytest.approx(owed)
        # It leaves at the end of its month: after the start of that, there is as much as at the end of the one before.
        place = int(month[5:]) - 1
        assert seen.cash_after_payments[place] == seen.cash_at_end[place - 1]


def xnpv(rate: float, first: datetime.date, flows: list[tuple[datetime.date, float]]) -> float:
    return sum(amount * (1 + rate) ** (-(date - first).days / 365) for date, amount in flows)


@pytest.mark.parametrize("period", ["month", "quarter", "half", "year"])
def test_an_investment_is_worth_the_same_whatever_the_length_of_the_periods(period: str) -> None:
    """Paid on the day of valuation; sales on the last day of each month, and what is left on the last day of all."""
    length = {"month": 1, "quarter": 3, "half": 6, "year": 12}[period]
    calendar = {"start": "2025-01", "period": period, "periods": 24 // length, "fiscal_year_start_month": 1}
    case = toy(
        calendar=calendar,
        workloads__training__price=A_DAY,
        finance__discount_rate="8 %",
        finance__terminal_value=True,
        finance__resale=[{"age": "0 months", "share": "30 %"}],
        offers__maker__order_window={"to": "2025-01"},
        offers__maker__allocation=1,
    )
    found = best_plan(case)
    assert found is not None
    last = [datetime.date(2025 + m // 12, m % 12 + 1, 1) - datetime.timedelta(days=1) for m in range(25)]
    sales = [(end, 0.2e6 * (end - before).days) for before, end in itertools.pairwise(last)]
    worth = xnpv(0.08, last[0], [(last[0], -100e6), *sales, (last[-1], 30e6)])
    assert found.objective == pytest.approx(worth, rel=1e-12)
    assert statement(case, found.decisions).npv == pytest.approx(worth, rel=1e-12)
