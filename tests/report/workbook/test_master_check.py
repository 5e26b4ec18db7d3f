"""The master check: as solved, changed with every limit kept, or a limit broken: which, where, by how much and when."""

from __future__ import annotations

import datetime

import pytest

from planner.case.case import Case
from planner.planning import plan_case
from planner.report.workbook.book import lay_book
from planner.report.workbook.engine.functions import Value, serial
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.recalculation import recalculated
from planner.report.workbook.engine.verdicts import BROKEN, CHANGED, OK, UNFIT
from tests.cases.toy import mn, toy

STATES: dict[str, tuple[str, float, str, tuple[str, str, float, str, float | str] | None]] = {
    "another price": ("offers.maker.price", 90e6, CHANGED, None),
    "a rate": ("finance.discount_rate", 0.01, CHANGED, None),
    "too little supply": (
        "offers.maker.available",
        0.0,
        BROKEN,
        ("supply of a period left", "maker", 1.0, "systems", serial(datetime.date(2025, 1, 1))),
    ),
    "less cash": (
        "finance.opening_cash",
        50e6,
        BROKEN,
        ("cash above the minimum", "all months", 50.0, "JPY million", serial(datetime.date(2025, 1, 1))),
    ),
    "a lower limit": (
        "finance.capex_limits.FY2025",
        25e6,
        BROKEN,
        ("capital expenditure of FY2025", "all sites", 75.0, "JPY million", "–"),
    ),
    "less work": (
        "workloads.training.amount",
        0.5,
        BROKEN,
        ("served is no more than demand", "training", 0.5, "accelerators", serial(datetime.date(2025, 1, 1))),
    ),
}


def case() -> Case:
    price = {"maker": {"system": "cube", "supplier": "maker", "price": mn(100), "available": 1}}
    return toy(offers=price, finance__capex_limits={"FY2025": mn(200)})


def under(path: str, value: float) -> Grid:
    """The workbook with another value of one input in all its columns."""
    grid = lay_book(plan_case(case(), gap=0.0)).grid
    place = grid.line_of(path)
    cells = grid.sheets[place.sheet].cells
    inputs = [
        place._replace(column=column)
        for (row, column), cell in cells.items()
        if row == place.row and cell.look.kind.startswith("input")
    ]
    recalculated(grid, dict.fromkeys(inputs, value))
    return grid


def told(grid: Grid, number: int) -> tuple[Value, ...]:
    keys: list[RowKey] = [Key("broken", number, part) for part in ("label", "subject", "amount", "unit", "when")]
    return tuple(grid.value_of(key) for key in keys)


def test_as_solved_nothing_is_broken() -> None:
    grid = lay_book(plan_case(case(), gap=0.0)).grid
    assert grid.value_of("master") == OK
    assert (grid.value_of("broken"), grid.value_of("differing"), grid.value_of("broken_told")) == (0.0, 0.0, "–")


@pytest.mark.parametrize("name", STATES)
def test_a_changed_input_breaks_a_limit_that_is_named_or_none(name: str) -> None:
    path, value, says, limit = STATES[name]
    grid = under(path, value)
    assert grid.value_of("master") == says
    if limit is None:
        assert grid.value_of("broken") == 0.0 and told(grid, 0) == ("–",) * 5
        assert grid.value_of("differing") != 0.0, "what is no longer as solved is another list"
        return
    label, subject, amount, unit, _ = limit
    assert told(grid, 0) == limit
    assert grid.value_of("broken_told") == f"{label} – {subject}: {amount:g} {unit}"


def test_broken_limits_are_told_one_by_one() -> None:
    grid = under("finance.opening_cash", 50e6)
    place = grid.line_of("offers.maker.available")
    recalculated(grid, {place: 0.0})
    assert grid.value_of("broken") == 2.0
    assert {told(grid, number)[0] for number in range(2)} == {"supply of a period left", "cash above the minimum"}
    assert told(grid, 2) == ("–",) * 5


def test_dates_that_decisions_do_not_fit_are_told_as_that() -> None:
    assert under("calendar.period", 6.0).value_of("master") in (UNFIT, BROKEN)
