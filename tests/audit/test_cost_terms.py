"""Further terms of cost as the audit works them out by hand, and plans that it refuses; money in millions of yen."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from tests.audit.by_month import monthly, paid, quarters, tight
from tests.audit.cubes import A_CUBE, VINTAGE, bought, broken, line, millions
from tests.cases.toy import MILLION, mn, toy
from tests.decided import decided

AT_WORK = {("training", "cube", "east", t): 1.0 for t in range(4)}


def test_selling_costs_come_with_the_hours_of_their_revenue() -> None:
    # A million a day, of which a fifth goes to others, and a half from July on.
    case = quarters(workloads__training__selling_costs={"2025-01": "20 %", "2025-07": "50 %"})
    audited = audit(case, bought(serve=AT_WORK))
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    shares = [0.2] * 6 + [0.5] * 6
    taken = [share * one for share, one in zip(shares, days, strict=True)]
    assert monthly(audited, "selling_costs") == pytest.approx(taken)
    assert line(audited, "revenue") == [90, 91, 92, 92]
    entries = [entry for entry in audited.accounts.entries if entry.line == "selling_costs"]
    assert {(entry.about, entry.month) for entry in entries} == {(("training", "cube", "east"), None)}
    assert audited.accounts.books.profit[0] == pytest.approx((90 * 0.8 - 5) * MILLION)
    assert audited.broken == ()


@pytest.mark.parametrize(("share", "rules"), [("50 %", set()), ("51 %", {"cash_balance"})])
def test_a_plan_that_lives_on_what_others_keep_is_refused(share: str, rules: set[str]) -> None:
    # 40 are there, a cube costs 100 a year after its order, and until then one that stands there earns 120.
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-01"}]
    case = toy(
        finance__opening_cash=mn(40),
        sites__east__fleet=fleet,
        workloads__training__price=f"{120 * MILLION / 8760!r} JPY/accelerator-hour",
        offers__maker__lead_time="1 year",
        workloads__training__selling_costs=share,
    )
    assert broken(case, bought(serve={("training", "cube", "east", 0): 1.0})) == rules


PARTS = [
    {"share": "20 %", "event": "order", "lag": "1 month"},
    {"share": "30 %", "advance": "2 months"},
    {"share": "40 %", "lag": "1 month"},
    {"share": "10 %", "lag": "6 months"},
]


def in_parts(**changes: Any) -> Case:
    """A cube for 100 and 10 for additions, delivered in May and in use from July on."""
    terms = {"offers__maker__lead_time": "4 months", "offers__maker__payment": {"instalments": PARTS}}
    return quarters(**{"offers__maker__additions": 0.1, **terms, **changes})


def test_instalments_are_paid_in_their_months() -> None:
    audited = audit(in_parts(), bought())
    price = {2: 20.0, 3: 30.0, 6: 40.0, 11: 10.0}
    assert paid(audited, "system_price") == price
    assert paid(audited, "additions") == {month: pytest.approx(amount / 10) for month, amount in price.items()}
    assert millions(audited.accounts.books.advances) == [55, 99, 0, 0]
    assert millions(audited.accounts.books.unpaid) == [0, 0, 11, 0]
    assert audited.broken == ()


def test_instalments_are_paid_at_the_exchange_rate_of_their_period() -> None:
    # 1 mn USD: 20 % and 30 % at 100, 40 % at 110 and 10 % at 120; after the horizon at the last rate.
    rates = {"USD": {"2025-01": "100 JPY", "2025-04": "110 JPY", "2025-10": "120 JPY"}}
    dollars = {"offers__maker__price": "1 mn USD", "finance__exchange_rates": rates, "offers__maker__additions": 0}
    assert paid(audit(in_parts(**dollars), bought()), "system_price") == {2: 20, 3: 30, 6: 44, 11: 12}
    short = audit(in_parts(**dollars, calendar__periods=3), bought())
    assert millions(short.accounts.books.unpaid) == [0, 0, pytest.approx(11)]
    assert millions(short.accounts.books.fixed_assets)[-1] == pytest.approx(0.95 * 105)


def test_what_is_owed_at_the_end_counts_on_its_last_day() -> None:
    # 11 are due in November, after a horizon of three quarters: they count at its end, in full.
    late = in_parts(calendar__periods=3, finance__discount_rate="10 %")
    accounts = audit(late, bought()).accounts
    assert accounts.end_value == pytest.approx(-11 * MILLION)
    assert accounts.npv == pytest.approx(accounts.present() - accounts.discount[-1] * 11 * MILLION)


@pytest.mark.parametrize(("cash", "rules"), [(110, set()), (109, {"cash_balance"})])
def test_a_plan_that_cannot_pay_after_the_horizon_is_refused(cash: float, rules: set[str]) -> None:
    case = in_parts(calendar__periods=3, finance__opening_cash=mn(cash))
    assert broken(case, bought()) == rules
    if rules:
        (subject,) = tight(case, bought())
        assert subject == "cash at the end of 2025-09, less what is still to be paid for investments"


def test_a_payment_before_its_month_is_allowed_is_refused() -> None:
    # 50 are there until owners bring the rest in June.
    case = in_parts(finance__opening_cash=mn(55), finance__funding={"2025-06": mn(60)})
    assert broken(case, bought()) == set()
    earlier = [*PARTS[:2], {**PARTS[2], "lag": "0 months"}, PARTS[3]]
    assert broken(
        in_parts(
            finance__opening_cash=mn(55),
            finance__funding={"2025-06": mn(60)},
            offers__maker__payment={"instalments": earlier},
        ),
        bought(),
    ) == {"cash_balance"}


STEPS = [{"age": "2 months", "factor": 0.5}, {"age": "6 months", "factor": 2}]


def aged(**changes: Any) -> Case:
    """Maintenance of a million a month, half of it from the third month on, and twice as much from the seventh."""
    terms = {"systems__cube__maintenance_per_year": 0.12, "systems__cube__maintenance_by_age": STEPS}
    return quarters(**terms, **changes)


def test_maintenance_changes_with_the_age_of_each_lot() -> None:
    # Two cubes of January, of which one leaves in October, and one of April.
    case = aged(sites__east__capacity={"power": "10 kW"})
    decisions = decided(order={A_CUBE: 2, ("maker", "east", 1): 1}, exit={(*VINTAGE, 3): 1})
    audited = audit(case, decisions)
    january, april = 1 + 1 + 0.5, 1.5
    expected = [2 * january, 2 * april + january, 2 * 6 + april, 1 * 6 + 6]
    assert line(audited, "maintenance") == pytest.approx(expected)
    assert audited.broken == ()


@pytest.mark.parametrize(("factor", "rules"), [(1, set()), (1.1, {"cash_balance"})])
def test_a_plan_that_forgets_that_maintenance_grows_is_refused(factor: float, rules: set[str]) -> None:
    # 112 are there for a cube of 100 and twelve months of maintenance; a tenth more of the last six is too much.
    steps = [{"age": "6 months", "factor": factor}]
    case = quarters(
        systems__cube__maintenance_per_year=0.12,
        systems__cube__maintenance_by_age=steps,
        finance__opening_cash=mn(112),
    )
    assert broken(case, bought()) == rules


def test_resale_follows_the_curve_of_the_system_and_the_market_of_the_month() -> None:
    # After six months half way from 80 % to 40 %, at 75 % of that in July; at the end, a year old, at 150 %.
    case = quarters(
        finance__resale=[{"age": "0 months", "share": "10 %"}],
        finance__terminal_value=True,
        systems__cube__resale=[{"age": "0 months", "share": "80 %"}, {"age": "1 year", "share": "40 %"}],
        systems__cube__resale_factor={"2025-01": 1, "2025-07": 0.75, "2025-10": 1.5},
    )
    audited = audit(case, bought(2, exit={(*VINTAGE, 2): 1}))
    assert line(audited, "resale") == [0, 0, pytest.approx(45), 0]
    assert audited.accounts.terminal_value == pytest.approx(60 * MILLION)
    assert audited.broken == ()
