"""What lenders ask of each fiscal year: planner and witness agree, and see a rule that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.cases.toy import mn, toy, yearly
from tests.rival import covenants
from tests.rival.agreement import agree, agree_with, hold_against, planned
from tests.rival.books import Books
from tests.rival.covenanted import covenanted_case
from tests.rival.rival import Answer, best_plan, judge
from tests.rival.test_rival import CASES, CHUNK

TRIED = 40
"""So many cases are tried, until one of them sees that a rule is wrong."""


@cache
def witnessed(number: int) -> tuple[Case, Answer | None]:
    case = covenanted_case(number)
    return case, best_plan(case)


@cache
def planned_of(number: int) -> Outcome | None:
    return planned(witnessed(number)[0])


@pytest.mark.parametrize("first", range(0, CASES // 2, CHUNK))
def test_planner_and_witness_agree_on_covenants(first: int) -> None:
    for number in range(first, first + CHUNK):
        case, witness = witnessed(number)
        agree_with(witness, case)


def test_what_may_be_scheduled_has_no_more_room_than_a_year_with_debt_service() -> None:
    """The last plan of this case was refused: a column that only has to be large enough had outgrown a large number."""
    case, witness = witnessed(270)
    agree_with(witness, case)


def test_the_covenants_decide_about_many_of_these_plans() -> None:
    """Guards the draw: without them, plans would break them."""
    decides = 0
    for number in range(30):
        case, _ = witnessed(number)
        free = case.model_copy(update={"finance": case.finance.model_copy(update={"covenants": None})})
        witness = best_plan(free)
        decides += witness is not None and any("cover" in one for one in judge(case, witness.decisions)[0])
    assert decides >= 5


PARTS = {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
COVERED: dict[str, Any] = {
    "finance__opening_cash": mn(30),
    "finance__loans": {"bank": PARTS},
    "finance__covenants": {"least_debt_service_cover": 2},
}
LOSING = {
    **COVERED,
    "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    "sites__east__operations": "0.5 mn JPY/kW-month",
    "workloads__training__amount": {"2025-01": 0, "2026-01": 2},
    "workloads__training__price": yearly(100),
}


@pytest.mark.parametrize(
    "changes",
    [
        COVERED,
        {**COVERED, "finance__loans": {"bank": {**PARTS, "repayment": "at_end"}}},
        {**COVERED, "finance__loans": {"bank": {**PARTS, "rate": 0, "term": "10 years", "repayment": "at_end"}}},
        {**COVERED, "finance__loans": {"bank": {**PARTS, "revolving": True}, "other": {**PARTS, "outstanding": mn(9)}}},
        LOSING,
        {**LOSING, "finance__loans": {"bank": {**PARTS, "outstanding": mn(3)}}},
        {**LOSING, "finance__tax": {"rate": "30 %", "payment_lag": "2 months"}},
        {**COVERED, "calendar": {"start": "2025-07", "period": "half", "periods": 4, "fiscal_year_start_month": 1}},
        {**COVERED, "calendar__fiscal_year_start_month": 7, "calendar__period": "half"},
    ],
)
def test_planner_and_witness_agree_on_covenants_at_the_edges(changes: dict[str, Any]) -> None:
    agree(toy(**{"offers__maker__allocation": 2, **changes}))


Wrong = Callable[[], AbstractContextManager[Any]]
_asked = covenants.asked_years


def _with(name: str, value: object) -> Wrong:
    return lambda: patch.object(covenants, name, value)


def _all_years(figures: Books) -> list[covenants.Asked]:
    """Years that the horizon cuts are asked about as well."""
    asked = figures.case.finance.covenants
    cover = asked.least_debt_service_cover if asked is not None else None
    years = figures.calendar.fiscal_years.items()
    return [] if cover is None else [covenants.Asked(year, periods, cover) for year, periods in years]


def _less(figures: Books) -> list[covenants.Asked]:
    return [covenants.Asked(one.name, one.periods, 0.9 * one.cover) for one in _asked(figures)]


WRONG_COVENANTS: dict[str, Wrong] = {
    "tax is not taken off": _with("SPENT", covenants.SPENT[:-1]),
    "running costs are not taken off": _with("SPENT", ("tax",)),
    "proceeds of sales count": _with("EARNED", ("revenue", "resale")),
    "grants count": _with("EARNED", ("revenue", "grants")),
    "a tenth less is enough": _with("asked_years", _less),
    "nothing falls due": _with("_unpaid", lambda *_: ({}, 0.0)),
    "a year without debt service has to keep it": _with("NOTHING", -1.0),
    "years that are cut are asked about": _with("asked_years", _all_years),
}


def disagree(witness: Answer | None, outcome: Outcome | None, case: Case) -> bool:
    try:
        hold_against(witness, outcome, case)
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize("name", WRONG_COVENANTS)
def test_a_wrong_rule_about_covenants_is_seen(name: str) -> None:
    for number in range(TRIED):
        case, witness = witnessed(number)
        with WRONG_COVENANTS[name]():
            if disagree(witness, planned_of(number), case) or disagree(best_plan(case), planned_of(number), case):
                return
    pytest.fail(f"nobody sees that {name}")
