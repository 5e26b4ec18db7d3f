"""What the model page says of dates, where it can be misread: discounting, exits in t = 0, months inside a period."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import AuditError
from planner.outcome import INFLOWS, Outcome
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


AT_START = {"system_price", "additions", "expansion", "contracted"}
"""Lines that tiny pays at the start of a month; it borrows nothing."""


def test_finance_types_the_net_present_value_into_xnpv(tiny: Outcome) -> None:
    """Months from April 2024: the last day before it, and then 30 April, 31 May, ... to 31 March 2026."""
    accounts, calendar = tiny.audit.accounts, tiny.case.calendar
    firsts = [datetime.date(2024 + month // 12, month % 12 + 1, 1) for month in range(3, 28)]
    turns = [first - DAY for first in firsts]
    assert (turns[0], turns[1], turns[-1]) == (
        datetime.date(2024, 3, 31),
        datetime.date(2024, 4, 30),
        datetime.date(2026, 3, 31),
    )
    flows = [0.0] * 25
    for line, amounts in accounts.by_month.items():
        for month, amount in enumerate(amounts):
            # What is paid at the start of a month is dated on the last day of the month before.
            flows[month if line in AT_START else month + 1] += amount if line in INFLOWS else -amount
    assert flows[0] < 0
    flows[-1] += accounts.end_value
    rate = tiny.case.finance.discount_rate
    assert rate > 0
    assert xnpv(rate, flows, turns) == pytest.approx(accounts.npv, rel=1e-12)
    # From the first day of the horizon a day is missing; that is not what the plan says.
    assert xnpv(rate, flows, [firsts[0], *turns[1:]]) != pytest.approx(accounts.npv, rel=1e-5)
    assert calendar.days_at_turns[:4] == (0, 30, 61, 91)


def test_a_first_year_is_discounted_by_the_whole_rate() -> None:
    accounts = audit(toy(finance__discount_rate="10 %"), decided()).accounts
    assert accounts.discount[::12] == pytest.approx([1, 1.1**-1, 1.1**-2, 1.1**-3], rel=1e-15)


def test_the_workbook_types_it_too(tiny: Outcome) -> None:
    grid = lay_book(tiny).grid
    assert grid.value_of("xnpv") == pytest.approx(tiny.audit.accounts.npv, rel=1e-12)
    dated = [float(str(grid.value_of("dated", month))) for month in (-1, 0, 23)]
    assert [datetime.date(1899, 12, 30) + datetime.timedelta(days=day) for day in dated] == [
        datetime.date(2024, 3, 31),
        datetime.date(2024, 4, 30),
        datetime.date(2026, 3, 31),
    ]


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
