"""In which month every line of cash moves, worked out by hand; money in millions, periods are the quarters of 2025."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import AuditError
from planner.vocabulary.keys import Stand
from tests.audit.by_month import monthly, paid, quarters, tight
from tests.audit.cubes import A_CUBE, IN_BOOKS, VINTAGE, bought, broken, claims, line, millions
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.decided import decided, with_tables

DOLLARS = {"finance__exchange_rates": {"USD": {"2025-01": "100 JPY", "2025-04": "110 JPY", "2025-07": "120 JPY"}}}
AT_WORK = {("training", "cube", "east", t): 1.0 for t in range(4)}
HALL = {"site": "east", "adds": {"power": "1 kW"}, "capex": mn(100), "blocks": 1}


def delivered_after(months: int, **changes: Any) -> Case:
    """40 of 100 are due with the order, 60 so many months later; a tenth more for additions."""
    terms = {"offers__maker__lead_time": f"{months} months", "offers__maker__payment": {"at_order": 0.4}}
    return quarters(**{**terms, "offers__maker__additions": 0.1, **changes})


def at_ends(months: dict[int, float]) -> list[float]:
    """Amounts by month, of months counted from 1."""
    return [months.get(month, 0.0) for month in range(1, 13)]


# What runs over a period


def test_revenue_and_energy_come_with_the_hours_of_each_month() -> None:
    # A million a day, and a tenth of it for energy: 24 h of 1 kW. One of two cubes draws half as much and earns none.
    case = quarters(
        sites__east__energy_price=f"{MILLION / 240!r} JPY/kWh",
        systems__cube__installation={"power": "1 kW", "rack_units": 1, "cooling": ["air"], "idle_power_share": 0.5},
    )
    audited = audit(case, bought(2, serve=AT_WORK))
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert monthly(audited, "revenue") == days
    assert monthly(audited, "energy") == [pytest.approx(0.15 * one) for one in days]
    assert line(audited, "revenue") == [90, 91, 92, 92]
    assert {entry.month for entry in audited.accounts.entries if entry.line in ("revenue", "energy")} == {None}
    assert audited.broken == ()


def test_a_leap_february_has_29_days() -> None:
    case = quarters(calendar__start="2024-01", calendar__periods=1)
    audited = audit(case, decided(order={A_CUBE: 1}, serve={("training", "cube", "east", 0): 1.0}))
    assert monthly(audited, "revenue") == [31, 29, 31]


def test_rent_operations_maintenance_and_interest_are_paid_in_equal_months() -> None:
    # A cube of 1 kW, ordered in the second quarter; 12 % a year of 100, and 6 % of 200 that are owed until September.
    case = quarters(
        sites__east__rent="3_000_000 JPY/kW-month",
        sites__east__operations="2_000_000 JPY/kW-month",
        systems__cube__maintenance_per_year=0.12,
        finance__loans={"bank": {"limit": mn(200), "outstanding": mn(200), "rate": 0.06, "term": "9 months"}},
    )
    audited = audit(case, decided(order={("maker", "east", 1): 1}, repay={("bank", 2): 200 * MILLION}))
    running = [0] * 3 + [1] * 9
    assert monthly(audited, "rent") == [3 * one for one in running]
    assert monthly(audited, "operations") == [2 * one for one in running]
    assert monthly(audited, "maintenance") == [pytest.approx(one) for one in running]
    assert monthly(audited, "interest") == [pytest.approx(1)] * 9 + [0] * 3
    assert line(audited, "rent") == [0, 9, 9, 9]
    assert audited.broken == ()


def test_a_year_is_spread_over_its_twelve_months() -> None:
    case = toy(sites__east__rent="2_000_000 JPY/kW-month", workloads__training__price=yearly(365))
    audited = audit(case, bought(serve={("training", "cube", "east", 0): 1.0}))
    assert monthly(audited, "revenue")[:13] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0]
    assert monthly(audited, "rent") == [2] * 36


# What is bought


@pytest.mark.parametrize(
    ("lead", "delivered", "in_use", "advances"),
    [
        (0, 1, 0, [0, 0, 0, 0]),
        (1, 2, 1, [110, 0, 0, 0]),  # paid in February, in use from April on
        (3, 4, 1, [44, 0, 0, 0]),
        (4, 5, 2, [44, 110, 0, 0]),  # paid in May, in use from July on
        (6, 7, 2, [44, 44, 0, 0]),
        (7, 8, 3, [44, 44, 110, 0]),
        (9, 10, 3, [44, 44, 44, 0]),
    ],
)
def test_the_rest_of_a_price_is_paid_in_the_month_of_delivery(
    lead: int, delivered: int, in_use: int, advances: list[float]
) -> None:
    audited = audit(delivered_after(lead), bought())
    price = {1: 40.0, delivered: 60.0} if delivered > 1 else {1: 100.0}
    assert paid(audited, "system_price") == price
    assert paid(audited, "additions") == {month: pytest.approx(amount / 10) for month, amount in price.items()}
    assert audited.quantities.delivered == {Stand("cube", "east", in_use): 1}
    assert millions(audited.accounts.books.advances) == [pytest.approx(one) for one in advances]
    assert {entry.decided for entry in audited.accounts.entries} == {0}
    assert audited.broken == ()


def test_the_lead_time_counts_from_the_first_month_of_the_period_of_the_order() -> None:
    audited = audit(delivered_after(2), decided(order={("maker", "east", 2): 1}))
    assert paid(audited, "system_price") == {7: 40, 9: 60}
    assert line(audited, "system_price") == [0, 0, 100, 0]


def test_what_comes_after_the_last_period_has_begun_is_not_ordered() -> None:
    # Delivered in October it works in the last quarter, in November it would never do.
    assert tight(delivered_after(9), bought()) == []
    with pytest.raises(AuditError, match=r"order maker, east, 2025-01: not open"):
        audit(delivered_after(10), bought())


@pytest.mark.parametrize(
    ("lead", "ready", "in_use", "advances"),
    [(3, 4, 1, [40, 0, 0, 0]), (4, 5, 2, [40, 100, 0, 0]), (5, 6, 2, [40, 100, 0, 0]), (6, 7, 2, [40, 40, 0, 0])],
)
def test_the_rest_of_a_block_is_paid_in_the_month_in_which_it_is_ready(
    lead: int, ready: int, in_use: int, advances: list[float]
) -> None:
    hall = HALL | {"lead_time": f"{lead} months", "payment": {"at_order": 0.4}}
    audited = audit(quarters(expansions={"hall": hall}), decided(expand={("hall", 0): 1}))
    assert paid(audited, "expansion") == {1: 40, ready: 60}
    assert millions(audited.accounts.books.advances) == advances
    assert [one > 0 for one in audited.accounts.books.fixed_assets] == [t >= in_use for t in range(4)]
    assert audited.broken == ()


@pytest.mark.parametrize(("lead", "rest"), [(2, 60), (3, 66), (5, 66), (6, 72)])
def test_the_rest_is_paid_at_the_exchange_rate_of_the_period_that_holds_its_payment(lead: int, rest: float) -> None:
    # 40 and 60 hundred thousands of dollars, at 100 yen, 110 yen from April on and 120 from July on.
    terms = {"lead_time": f"{lead} months", "payment": {"at_order": 0.4}}
    case = delivered_after(
        lead,
        **DOLLARS,
        offers__maker__price="1 mn USD",
        offers__maker__additions=0,
        expansions={"hall": HALL | terms | {"capex": "1 mn USD"}},
    )
    audited = audit(case, bought(expand={("hall", 0): 1}))
    for name in ("system_price", "expansion"):
        assert sum(paid(audited, name).values()) == pytest.approx(40 + rest)
        assert paid(audited, name)[1 + lead] == pytest.approx(rest)
    assert audited.broken == ()


def test_grants_count_the_cost_as_it_is_paid() -> None:
    # 40, and 0.6 mn USD delivered in June at the 110 yen of April, though in use from July on: 106.
    case = delivered_after(
        5, **DOLLARS, offers__maker__price="1 mn USD", offers__maker__additions=0, programmes={"half": programme(0.5)}
    )
    audited = audit(case, bought(claim=claims(half=1)))
    assert paid(audited, "grants") == {7: pytest.approx(53)}


def test_an_exchange_rate_within_a_period_counts_from_the_next_one() -> None:
    rates = {"2025-01": "100 JPY", "2025-05": "200 JPY"}
    for lead, rest in ((5, 60), (6, 120)):
        case = delivered_after(lead, offers__maker__price="1 mn USD", finance__exchange_rates={"USD": rates})
        assert paid(audit(case, bought()), "system_price")[1 + lead] == pytest.approx(rest)


def test_what_is_unpaid_of_a_fleet_is_paid_as_it_arrives() -> None:
    # One stood there before, and one is the first month's; one comes in May and works from July on, one in November
    # and never works; one comes after the end. Each has 10 in the books and 1 mn USD unpaid.
    arrivals = ["2024-07", "2025-01", "2025-05", "2025-11", "2026-01"]
    fleet = [
        {"system": "cube", "quantity": 1, "arrives": month, "book_value": mn(10), "unpaid": "1 mn USD"}
        for month in arrivals
    ]
    case = quarters(**DOLLARS, sites__east__fleet=fleet, finance__depreciation={"systems": "50 years"})
    audited = audit(case, decided())
    books = audited.accounts.books
    assert paid(audited, "contracted") == {1: 200, 5: 110, 11: 120}
    assert millions([books.opening_fixed_assets, books.opening_advances]) == [10, 40]
    # May: 30 + 110, and in July they are in use. November: 20 + 120.
    assert millions(books.advances) == [30, 140, 20, 140]
    # 10 + 10 + 200 of the first two, less a quarter of 50 years each: one has half a year less left.
    worn = 110 / (50 * 4 - 2) + 110 / (50 * 4)
    assert millions(books.fixed_assets[:1]) == [pytest.approx(220 - worn)]
    assert audited.broken == ()


# What programmes pay


@pytest.mark.parametrize(
    ("lead", "parts", "grants"),
    [
        (0, [{"share": 1}], {1: 50}),
        (0, [{"share": 1, "lag": "4 months"}], {5: 50}),
        # Ordered in January; delivered in May, in use from July on.
        (4, [{"share": 0.2, "event": "order", "lag": "1 month"}, {"share": 0.8, "lag": "1 month"}], {2: 10, 8: 40}),
        (4, [{"share": 0.2, "event": "order"}, {"share": 0.8, "lag": "5 months"}], {1: 10, 12: 40}),
        (4, [{"share": 0.2, "event": "order"}, {"share": 0.8, "lag": "6 months"}], {1: 10}),
        # Both parts in one month.
        (4, [{"share": 0.2, "event": "order", "lag": "7 months"}, {"share": 0.8, "lag": "1 month"}], {8: 50}),
    ],
)
def test_grants_come_so_many_months_after_their_event(
    lead: int, parts: list[dict[str, Any]], grants: dict[int, float]
) -> None:
    case = delivered_after(lead, programmes={"half": programme(0.5, milestones=parts)})
    audited = audit(case, bought(claim=claims(half=1)))
    assert paid(audited, "grants") == grants
    assert {about: round(amount / MILLION, 6) for about, amount in audited.quantities.grant_paid.items()} == {
        ("half", t): sum(amount for month, amount in grants.items() if (month - 1) // 3 == t)
        for t in {(month - 1) // 3 for month in grants}
    }
    assert audited.broken == ()


@pytest.mark.parametrize(("lag", "month"), [(0, 1), (10, 11), (11, 12)])
def test_a_grant_without_parts_comes_after_its_lag(lag: int, month: int) -> None:
    case = quarters(programmes={"half": programme(0.5, payment_lag=f"{lag} months")})
    assert paid(audit(case, bought(claim=claims(half=1))), "grants") == {month: 50}


def test_a_grant_due_in_the_month_after_the_end_is_none() -> None:
    case = quarters(programmes={"half": programme(0.5, payment_lag="12 months")})
    with pytest.raises(AuditError, match=r"claim half.*not eligible"):
        audit(case, bought(claim=claims(half=1)))


def test_a_grant_comes_off_the_book_value_in_the_period_of_its_month() -> None:
    # Four years are 16 quarters of 6.25. The grant of 50 comes in May, and finds 15 of them left: 46.875 come off.
    case = quarters(**IN_BOOKS, programmes={"half": programme(0.5, payment_lag="4 months")})
    audited = audit(case, bought(claim=claims(half=1)))
    assert line(audited, "compression") == [0, pytest.approx(46.875), 0, 0]
    assert audited.broken == ()


@pytest.mark.parametrize(
    ("second_lag", "back"),
    [
        (5, {7: 50}),  # in June, before the cube leaves
        (6, {7: 50}),
        (7, {7: 25, 8: 25}),
        (11, {7: 25, 12: 25}),
        (12, {7: 25}),
    ],
)
def test_what_goes_back_does_so_as_systems_leave_or_as_it_comes(second_lag: int, back: dict[int, float]) -> None:
    parts = [{"share": 0.5}, {"share": 0.5, "lag": f"{second_lag} months"}]
    rules = programme(0.5, milestones=parts, retention="4 years", early_exit="repay_all")
    case = quarters(programmes={"half": rules}, finance__resale=[{"age": "0 months", "share": 0.5}])
    made = bought(claim=claims(half=1), exit={(*VINTAGE, 2): 1}, claimed_exit={("half", *A_CUBE, 2): 1.0})
    audited = audit(case, made)
    assert paid(audited, "grants_repaid") == back
    assert paid(audited, "resale") == {7: 50}
    assert audited.broken == ()


def test_a_cap_of_a_year_counts_the_months_of_its_periods() -> None:
    # Delivered in January: the part of March is paid in FY2024, that of April in FY2025.
    for lag, year in ((2, "FY2024"), (3, "FY2025")):
        terms = {"payment_lag": f"{lag} months", "fiscal_year_caps": {"FY2024": mn(0), "FY2025": mn(0)}}
        case = quarters(calendar__fiscal_year_start_month=4, programmes={"half": programme(0.5, **terms)})
        assert tight(case, bought(claim=claims(half=1))) == [f"half: grants in {year}"]


# Tax, loans, owners


@pytest.mark.parametrize(("lag", "month"), [(0, 3), (1, 4), (2, 5), (3, 6), (9, 12), (10, None)])
def test_tax_is_paid_so_many_months_after_the_last_of_its_year(lag: int, month: int | None) -> None:
    # The fiscal year ends with March: 90 of revenue and 1.6667 of wear a month; half of the profit is the state's.
    case = quarters(
        calendar__fiscal_year_start_month=4,
        finance__tax={"rate": "50 %", "payment_lag": f"{lag} months"},
        finance__depreciation={"systems": "5 years"},
    )
    audited = audit(case, bought(serve={("training", "cube", "east", 0): 1.0}))
    first = next(iter(audited.accounts.books.years.values()))
    assert first.paid_in == (None if month is None else month - 1)
    assert paid(audited, "tax") == ({} if month is None else {month: 42.5})
    owed = [42.5 if month is None or month > 3 * (t + 1) else 0 for t in range(4)]
    assert millions(audited.accounts.books.tax_payable) == owed
    assert audited.broken == ()


def test_loans_are_drawn_in_the_first_and_repaid_in_the_last_month_of_a_period() -> None:
    bank = {"limit": mn(90), "rate": 0, "term": "5 months"}
    made = decided(draw={("bank", 1): 90 * MILLION}, repay={("bank", 2): 90 * MILLION})
    audited = audit(quarters(finance__loans={"bank": bank}), made)
    assert (paid(audited, "loans_drawn"), paid(audited, "loans_repaid")) == ({4: 90}, {9: 90})
    assert audited.broken == ()
    # Due within the third quarter, in August: at its end is in time, a quarter later is not.
    late = with_tables(made, repay={("bank", 3): 90 * MILLION})
    assert broken(quarters(finance__loans={"bank": bank}), late) == {"loan_term"}


def test_owners_pay_in_their_month_at_the_exchange_rate_of_its_period() -> None:
    funding = {"2024-12": mn(1), "2025-01": mn(2), "2025-05": "0.3 mn USD", "2025-08": "0.1 mn USD"}
    funding |= {"2025-12": mn(-4), "2026-01": mn(5)}
    rates = {"2025-01": "100 JPY", "2025-05": "200 JPY"}
    case = quarters(finance__funding=funding, finance__exchange_rates={"USD": rates})
    accounts = audit(case, decided()).accounts
    assert millions(accounts.funding) == at_ends({1: 2, 5: 30, 8: 20, 12: -4})
    assert millions(accounts.cash) == [1002, 1032, 1052, 1048]
    assert accounts.npv == 0


# All of them


def test_months_of_a_line_add_up_to_its_periods() -> None:
    case = delivered_after(
        4,
        sites__east__rent="3_000_000 JPY/kW-month",
        sites__east__energy_price="1_000 JPY/kWh",
        finance__tax={"rate": "50 %", "payment_lag": "0 months"},
        finance__resale=[{"age": "0 months", "share": 0.5}],
        programmes={"half": programme(0.5, payment_lag="1 months")},
    )
    at_work = {("training", "cube", "east", t): 1.0 for t in (2, 3)}
    audited = audit(
        case, bought(2, claim=claims(half=2), serve=at_work, exit={("cube", "east", "2025-07 maker", 3): 1})
    )
    moved = {name for name, amounts in audited.accounts.lines.items() if any(amounts)}
    assert moved == {"revenue", "energy", "rent", "grants", "resale", "system_price", "additions", "tax"}
    for name, amounts in audited.accounts.lines.items():
        by_month = audited.accounts.by_month[name]
        assert [sum(by_month[3 * t : 3 * t + 3]) for t in range(4)] == [pytest.approx(one) for one in amounts]
    assert audited.broken == ()
