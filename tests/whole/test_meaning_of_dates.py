"""What the model page says of dates, where it can be misread: discounting, exits in t = 0, months inside a period."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import AuditError
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.keys import Key
from tests.cases.toy import mn, programme, toy
from tests.decided import decided, laid_flat
from tests.places import TINY

DAY = datetime.timedelta(days=1)


def xnpv(rate: float, flows: list[float], dates: list[datetime.date]) -> float:
    """Microsoft's definition: each flow over (1 + rate) to the days since the first date over 365."""
    return sum(flow / (1 + rate) ** ((date - dates[0]).days / 365) for flow, date in zip(flows, dates, strict=True))


@pytest.fixture(scope="module")
def tiny() -> Outcome:
    return plan(read_case(TINY))


def test_finance_types_the_net_present_value_into_xnpv(tiny: Outcome) -> None:
    """Quarters from April 2024: nothing on 31 March 2024, then 30 June, 30 September, ... to 31 March 2026."""
    accounts, calendar = tiny.audit.accounts, tiny.case.calendar
    quarter_ends = [(6, 30), (9, 30), (12, 31), (3, 31)] * 2
    years = [2024, 2024, 2024, 2025, 2025, 2025, 2025, 2026]
    ends = [datetime.date(year, *end) for year, end in zip(years, quarter_ends, strict=True)]
    flows = list(accounts.net)
    flows[-1] += accounts.end_value
    rate = tiny.case.finance.discount_rate
    assert rate > 0
    assert xnpv(rate, [0.0, *flows], [datetime.date(2024, 3, 31), *ends]) == pytest.approx(accounts.npv, rel=1e-12)
    # From the first day of the horizon a day is missing; that is not what the plan says.
    assert xnpv(rate, [0.0, *flows], [datetime.date(2024, 4, 1), *ends]) != pytest.approx(accounts.npv, rel=1e-5)
    assert calendar.days_to_end[0] == 91


def test_a_first_year_is_discounted_by_the_whole_rate() -> None:
    accounts = audit(toy(finance__discount_rate="10 %"), decided()).accounts
    assert accounts.discount == pytest.approx([1.1**-1, 1.1**-2, 1.1**-3], rel=1e-15)


def test_the_workbook_types_it_too(tiny: Outcome) -> None:
    grid = lay_book(tiny).grid
    assert grid.value_of("xnpv") == pytest.approx(tiny.audit.accounts.npv, rel=1e-12)
    first = datetime.date(1899, 12, 30) + datetime.timedelta(days=float(str(grid.value_of("dated", -1))))
    last = datetime.date(1899, 12, 30) + datetime.timedelta(days=float(str(grid.value_of("dated", 7))))
    assert (first, last) == (datetime.date(2024, 3, 31), datetime.date(2026, 3, 31))


def standing(arrives: str, **terms: Any) -> Case:
    """A cube that nobody needs, costs 4.8 a year to keep and fetches 60 at any age."""
    return toy(
        finance__resale=[{"age": "0 months", "share": "60 %"}],
        offers={},
        workloads__training__amount=0,
        sites__east__operations="400_000 JPY/kW-month",
        sites__east__fleet=[{"system": "cube", "quantity": 1, "arrives": arrives, **terms}],
    )


@pytest.mark.parametrize(
    ("arrives", "terms", "leaves"),
    [
        ("2024-12", {}, 0),  # there before the horizon: on its first day
        ("2025-01", {}, 1),  # arrives on the first day: a period later, as everything that arrives
        ("2025-02", {}, 2),  # arrives inside 2025, stands from 2026 on
        ("2024-12", {"retained_until": "2025-06"}, 1),  # the first period that starts in that month or later
        ("2024-12", {"retained_until": "2025-01"}, 0),
    ],
)
def test_when_a_fleet_may_leave(arrives: str, terms: dict[str, str], leaves: int) -> None:
    case = standing(arrives, **terms)
    assert laid_flat(plan_case(case).decisions.exit) == {("cube", "east", arrives, leaves): 1}
    if leaves:
        early = decided(exit={("cube", "east", arrives, leaves - 1): 1})
        with pytest.raises(AuditError, match=r"not between delivery|retained until"):
            audit(case, early)


def promised(first: str, last: str | None = None) -> Case:
    """Two years of quarters from April 2025; half of a cube's price for one cube that stands when it is promised."""
    duty = {"metric": "accelerators", "floor": 1, "from": first} | ({"to": last} if last else {})
    return toy(
        calendar={"start": "2025-04", "period": "quarter", "periods": 8, "fiscal_year_start_month": 4},
        finance__opening_cash=mn(1000),
        programmes={"aid": programme(0.5, obligations=[duty])},
    )


@pytest.mark.parametrize(
    ("first", "last", "owed"),
    [
        ("2025-10", None, [2, 3, 4, 5, 6, 7]),
        ("2025-11", None, [2, 3, 4, 5, 6, 7]),  # inside a quarter: all of it
        ("2025-12", None, [2, 3, 4, 5, 6, 7]),
        ("2025-11", "2026-02", [2, 3]),  # to the end of the quarter of its last month
        ("2024-11", "2025-04", [0]),
    ],
)
def test_an_obligation_holds_in_whole_periods(first: str, last: str | None, owed: list[int]) -> None:
    case = promised(first, last)
    limits = audit(case, decided(join={"aid": True})).limits
    assert [limit.period for limit in limits if limit.rule == "obligation"] == owed
    outcome = plan_case(case)
    assert outcome.audit.broken == ()
    if outcome.decisions.join.get("aid"):
        grid = lay_book(outcome).grid
        holds = [t for t in range(8) if grid.value_of(Key("holds", "programmes.aid.obligations.0"), t)]
        assert holds == owed
