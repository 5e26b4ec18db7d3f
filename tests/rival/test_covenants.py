"""What lenders ask of each fiscal year: planner and witness agree, and see a rule that is wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy, yearly
from tests.rival import covenants
from tests.rival.books import Books
from tests.rival.covenanted import balanced_case, covenanted_case
from tests.rival.known import Draw, agree_on, sees, witnessed
from tests.rival.month_mutations import Wrong
from tests.rival.rival import best_plan, judge
from tests.rival.test_rival import CASES, CHUNK

TRIED = 40
"""So many cases are tried, until one of them sees that a rule is wrong."""


@pytest.mark.parametrize("first", range(0, CASES // 2, CHUNK))
def test_planner_and_witness_agree_on_covenants(first: int) -> None:
    agree_on(covenanted_case, range(first, first + CHUNK))


@pytest.mark.parametrize("first", range(0, CASES // 2, CHUNK))
def test_planner_and_witness_agree_on_covenants_of_balances(first: int) -> None:
    agree_on(balanced_case, range(first, first + CHUNK))


def test_what_may_be_scheduled_has_no_more_room_than_a_year_with_debt_service() -> None:
    """The last plan of this case was refused: a column that only has to be large enough had outgrown a large number."""
    agree_on(covenanted_case, [270])


@pytest.mark.parametrize("draw", [covenanted_case, balanced_case])
def test_the_covenants_decide_about_many_of_these_plans(draw: Draw) -> None:
    """Guards the draw: without them, plans would break them."""
    decides = 0
    for number in range(30):
        case, _ = witnessed(draw, number)
        free = case.model_copy(update={"finance": case.finance.model_copy(update={"covenants": None})})
        witness = best_plan(free)
        decides += witness is not None and any("covenant" in one for one in judge(case, witness.decisions)[0])
    assert decides >= 5


PARTS = {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
COVERED: dict[str, Any] = {
    "finance__opening_cash": mn(30),
    "finance__loans": {"bank": PARTS},
    "finance__covenants": {"least_debt_service_cover": 2},
}
TAX = {"rate": "30 %", "payment_lag": "2 months"}
BALANCED = {**COVERED, "finance__depreciation": {"systems": "4 years"}}
LOSING = {
    **COVERED,
    "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
    "sites__east__operations": "0.5 mn JPY/kW-month",
    "workloads__training__amount": {"2025-01": 0, "2026-01": 2},
    "workloads__training__price": yearly(100),
}


EDGES: tuple[dict[str, Any], ...] = (
    COVERED,
    {**COVERED, "finance__loans": {"bank": {**PARTS, "repayment": "at_end"}}},
    {**COVERED, "finance__loans": {"bank": {**PARTS, "rate": 0, "term": "10 years", "repayment": "at_end"}}},
    {**COVERED, "finance__loans": {"bank": {**PARTS, "revolving": True}, "other": {**PARTS, "outstanding": mn(9)}}},
    LOSING,
    {**LOSING, "finance__loans": {"bank": {**PARTS, "outstanding": mn(3)}}},
    {**LOSING, "finance__tax": TAX},
    {**COVERED, "calendar": {"start": "2025-07", "period": "half", "periods": 4, "fiscal_year_start_month": 1}},
    {**COVERED, "calendar__fiscal_year_start_month": 7, "calendar__period": "half"},
    {**BALANCED, "finance__covenants": {"least_liquidity": mn(5)}},
    {**BALANCED, "finance__covenants": {"most_loan_to_value": "50 %"}},
    {**BALANCED, "finance__covenants": {"most_loan_to_value": "30 %"}},
    {**BALANCED, "finance__covenants": {"most_debt_to_equity": 0.7}},
    {**BALANCED, "finance__covenants": {"most_debt_to_equity": 0.5}, "finance__tax": TAX},
    # Equity is below nothing in the books, and nothing is owed but for a while.
    {**LOSING, "finance__covenants": {"most_debt_to_equity": 1}, "finance__opening_cash": mn(6)},
    # A grant with the order is taken off before there is anything to take it off.
    {
        **BALANCED,
        "finance__covenants": {"most_loan_to_value": "90 %"},
        "finance__asset_grants": "reduce_book_value",
        "systems__cube__lead_time": {"typical": "12 months"},
        "programmes": {"a": programme(0.3, milestones=[{"share": 1, "event": "order", "lag": "0 months"}])},
    },
    {
        **BALANCED,
        "finance__covenants": {"least_liquidity": mn(40)},
        "finance__loans": {"bank": PARTS, "line": {**PARTS, "limit": mn(30), "revolving": True}},
    },
    # Tax that is owed is more than all there is, and nothing is owed to lenders.
    {
        "finance__opening_cash": mn(6),
        "finance__funding": {"2025-12": mn(-40)},
        "finance__tax": {"rate": "50 %", "payment_lag": "2 months"},
        "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
        "offers__maker__available": 0,
        "finance__loans": {"bank": PARTS},
        "finance__covenants": {"most_debt_to_equity": 1},
    },
    # The horizon cuts a fiscal year, at whose cut the owners have left next to nothing beside the debt.
    {
        **COVERED,
        "calendar": {"start": "2025-01", "period": "half", "periods": 3, "fiscal_year_start_month": 1},
        "workloads__training__price": yearly(120),
        "finance__loans": {"bank": {**PARTS, "repayment": "at_end", "term": "5 years", "rate": "1 %"}},
        "finance__funding": {"2025-12": mn(-100), "2026-06": mn(-70)},
        "finance__covenants": {"least_liquidity": mn(15)},
    },
)


def edge(number: int) -> Case:
    """A toy case in which what lenders ask decides."""
    return toy(**{"offers__maker__allocation": 2, **EDGES[number]})


@pytest.mark.parametrize("number", range(len(EDGES)))
def test_planner_and_witness_agree_on_covenants_at_the_edges(number: int) -> None:
    agree_on(edge, [number])


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


def _every_end(figures: Books) -> list[covenants.YearEnd]:
    """The last year has balances even where the horizon cuts it."""
    years = figures.calendar.fiscal_years.items()
    return [covenants.YearEnd(year, periods[-1]) for year, periods in years] if _ends(figures) else []


def _looser(figures: Books) -> tuple[float | None, float | None]:
    value, equity = _of_books(figures)
    return None if value is None else 1.1 * value, None if equity is None else 1.1 * equity


def _without_owners(figures: Books, _end: covenants.YearEnd) -> float:
    return figures.money(figures.case.finance.opening_cash, 0)


_ends, _of_books = covenants.year_ends, covenants.of_books
WRONG_BALANCES: dict[str, Wrong] = {
    "no line counts as liquidity": _with("free_lines", lambda *_: []),
    "every loan counts as liquidity": _with("free_lines", lambda figures, _end: [*figures.case.finance.loans]),
    "a tenth more may be owed": _with("of_books", _looser),
    "tax is no charge on equity": _with("charged", lambda *_: 0.0),
    "what owners bring is no equity": _with("_opening_cash", _without_owners),
    "a year without debt has to keep what is asked": _with("NOTHING", -1.0),
    "years that are cut have balances": _with("year_ends", _every_end),
}


@pytest.mark.parametrize("name", [*WRONG_COVENANTS, *WRONG_BALANCES])
def test_a_wrong_rule_about_covenants_is_seen(name: str) -> None:
    wrong, draw = (WRONG_COVENANTS | WRONG_BALANCES)[name], balanced_case if name in WRONG_BALANCES else covenanted_case
    tried = [*((edge, number) for number in range(len(EDGES))), *((draw, number) for number in range(TRIED))]
    assert any(sees(one, number, wrong) for one, number in tried), name
