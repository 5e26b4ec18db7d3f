"""Cash keeps to its floor after what is paid at the start of every month and at its end; money in millions."""

from __future__ import annotations

import pytest

from planner.audit import audit
from planner.case.case import Case
from tests.audit.by_month import quarters, tight
from tests.audit.cubes import A_CUBE, bought, millions
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided


def at_start(month: str) -> str:
    return f"cash at the start of {month}, after payments"


def at_end(month: str) -> str:
    return f"cash at the end of {month}"


def test_a_purchase_without_cash_is_not_paid_from_the_sales_of_its_year() -> None:
    # The cube costs 100 in January and earns a million a day: at the end of the year there are 265.
    case = toy(finance__opening_cash=mn(0), workloads__training__price=yearly(365), calendar__periods=1)
    made = bought(serve={("training", "cube", "east", 0): 1.0})
    accounts = audit(case, made).accounts
    assert millions(accounts.cash) == [265]
    assert millions(accounts.cash_after_payments[:5]) == [-100, -69, -41, -10, 20]
    assert millions(accounts.cash_at_end[:4]) == [-69, -41, -10, 20]
    months = ["2025-01", "2025-02", "2025-03"]
    short = [text(month) for month in months for text in (at_start, at_end)]
    assert tight(case, made) == [*short, at_start("2025-04")]


@pytest.mark.parametrize(("opening", "broken"), [(100, []), (99.999, [at_start("2025-01")])])
def test_what_is_paid_at_the_start_of_a_month_is_there_before_its_income(opening: float, broken: list[str]) -> None:
    case = quarters(finance__opening_cash=mn(opening))
    assert tight(case, bought(serve={("training", "cube", "east", 0): 1.0})) == broken


@pytest.mark.parametrize(("month", "holds"), [("2025-01", True), ("2025-02", False)])
def test_owners_and_lenders_pay_before_orders_are_paid(month: str, holds: bool) -> None:
    case = quarters(finance__opening_cash=mn(0), finance__funding={month: mn(100)})
    assert tight(case, bought()) == ([] if holds else [at_start("2025-01"), at_end("2025-01")])
    loans = {"bank": {"limit": mn(100), "rate": 0, "term": "5 years", "draw_window": {"from": month}}}
    case = quarters(finance__opening_cash=mn(0), finance__loans=loans)
    drawn = bought(draw={("bank", 0 if holds else 1): 100 * MILLION})
    assert (tight(case, drawn) == []) == holds


def in_the_middle(**changes: str) -> Case:
    """A cube ordered in January and paid as it comes in February; owners give 60 in March."""
    finance = {"opening_cash": mn(50), "funding": {"2025-03": mn(60)}, **changes}
    return quarters(
        offers__maker__lead_time="1 month", **{f"finance__{name}": value for name, value in finance.items()}
    )


def test_cash_that_is_short_within_a_quarter_only_is_seen() -> None:
    # 50 at the end of January, -50 in February, 10 from March on.
    accounts = audit(in_the_middle(), bought()).accounts
    assert millions(accounts.cash) == [10, 10, 10, 10]
    assert millions(accounts.cash_after_payments[:4]) == [50, -50, 10, 10]
    assert millions(accounts.cash_at_end[:4]) == [50, -50, 10, 10]
    assert tight(in_the_middle(), bought()) == [at_start("2025-02"), at_end("2025-02")]


@pytest.mark.parametrize(("opening", "holds"), [(100, True), (99.999, False)])
def test_a_delivery_within_a_quarter_is_paid_from_what_is_there_then(opening: float, holds: bool) -> None:
    assert (tight(in_the_middle(opening_cash=mn(opening)), bought()) == []) == holds


@pytest.mark.parametrize(
    ("least", "broken"),
    [
        (1, []),
        (1.001, [at_end("2025-02")]),
        (3, [at_end("2025-02")]),
        (3.001, [at_end("2025-01"), at_start("2025-02"), at_end("2025-02")]),
    ],
)
def test_the_end_of_a_month_counts_after_its_rent(least: float, broken: list[str]) -> None:
    # 5, less 2 of rent in each month: 3 and 1 are left. Owners bring 100 in March.
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-01"}]
    case = quarters(
        sites__east__fleet=fleet,
        sites__east__rent="2_000_000 JPY/kW-month",
        finance__opening_cash=mn(5),
        finance__minimum_cash=mn(least),
        finance__funding={"2025-03": mn(100)},
    )
    assert tight(case, decided()) == broken


def test_tax_is_paid_after_the_income_of_its_month_and_before_that_of_the_next() -> None:
    # Earned from January to March: 90, less 0.25 of wear, half of that is the tax of May. Owners take 100 in April.
    case = quarters(
        calendar__fiscal_year_start_month=4,
        finance__opening_cash=mn(100),
        finance__tax={"rate": "50 %"},
        finance__depreciation={"systems": "100 years"},
        workloads__training__amount={"2025-01": 1, "2025-04": 0.5},
    )
    serve = {("training", "cube", "east", 0): 1.0, ("training", "cube", "east", 1): 0.5}
    accounts = audit(case, bought(serve=serve)).accounts
    tax = (90 - 100 / 400) / 2
    assert millions(accounts.cash_at_end[2:5]) == [90, 105, pytest.approx(105 + 15.5 - tax)]
    funding = quarters(finance__funding={"2025-04": mn(-100), "2025-06": mn(50)}).finance.funding
    spent = case.model_copy(update={"finance": case.finance.model_copy(update={"funding": funding})})
    # -10 in April before its income of 15, then 5; 5 + 15.5 - 44.875 at the end of May.
    assert tight(spent, bought(serve=serve)) == [at_start("2025-04"), at_end("2025-05")]


def test_the_floor_of_a_month_is_that_of_its_period_at_its_exchange_rate() -> None:
    # 1 mn USD are 100 yen until March and 110 from April on; the rate of May counts from July on.
    rates = {"USD": {"2025-01": "100 JPY", "2025-04": "110 JPY", "2025-05": "120 JPY"}}
    case = quarters(finance__minimum_cash="1 mn USD", finance__exchange_rates=rates, finance__opening_cash=mn(105))
    limits = [one for one in audit(case, decided()).limits if one.rule == "cash_balance"]
    assert millions(one.right for one in limits) == [100] * 6 + [110] * 6 + [120] * 12
    assert [one.period for one in limits] == [t for t in range(4) for _ in range(6)]
    months = [f"2025-{month:02}" for month in range(1, 13)]
    assert [one.subject for one in limits] == [text(month) for month in months for text in (at_start, at_end)]
    assert [one.holds for one in limits] == [True] * 6 + [False] * 18


def test_a_month_is_a_period_where_periods_are_months() -> None:
    case = toy(calendar__period="month", calendar__periods=2, finance__opening_cash=mn(99))
    accounts = audit(case, decided(order={A_CUBE: 1}, serve={("training", "cube", "east", 0): 1.0})).accounts
    earned = 60 * 31 / 365
    assert millions(accounts.cash_after_payments) == [-1, pytest.approx(earned - 1)]
    assert accounts.cash == accounts.cash_at_end
    assert millions(accounts.cash) == [pytest.approx(earned - 1)] * 2
