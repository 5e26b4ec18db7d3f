"""The board page: three sentences, figures, a bridge that adds up on either side of nothing, limits; on one A4."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from planner.outcome import LimitPrice, Outcome
from planner.planning import plan, read_for_plan
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import Grid
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.recalculation import recalculated
from planner.report.workbook.front.bridges import BARS, BASES, BELOW
from tests.places import PROGRAMMES, TINY

PRICE = LimitPrice(
    "sites.north.capacity.power.2025-04", (), "north has 200 kW of power", (4,), "+10 kW", "200 kW", 3e6, 2.0, None, 0.0
)


@cache
def outcome(path: Path) -> Outcome:
    return plan(read_for_plan(path))


@cache
def laid(path: Path) -> Grid:
    return lay_book(outcome(path)).grid


def texts(grid: Grid, sheet: str) -> list[str]:
    return [cell.content for cell in grid.sheets[sheet].cells.values() if isinstance(cell.content, str)]


def bars(grid: Grid, name: str) -> dict[str, tuple[float, float]]:
    """Where each bar of a bridge ends, as the columns that are drawn make it: the upper and the lower end."""

    def at(part: str, step: str) -> float:
        return float(str(grid.value_of(Key(name, part, step)) or 0.0))

    ends = {}
    for key in grid.keys_under(name, "adds"):
        step = str(key[2])
        above = sum(at(bar, step) for bar in BARS)
        below = sum(at(bar + BELOW, step) for bar in BARS)
        base, hanging = (at(part, step) for part in BASES)
        assert base >= 0 >= hanging and above >= 0 >= below, step
        assert base == 0 or hanging == 0
        ends[step] = (base + above, base) if base else (hanging, hanging + below) if hanging else (above, below)
    return ends


@pytest.mark.parametrize("path", [TINY, PROGRAMMES])
@pytest.mark.parametrize("name", ["value", "cash"])
def test_each_bar_hangs_between_the_level_before_and_the_one_after(path: Path, name: str) -> None:
    grid = laid(path)
    steps, before = [str(key[2]) for key in grid.keys_under(name, "adds")], 0.0
    ends = bars(grid, name)
    for number, step in enumerate(steps):
        level = float(str(grid.value_of(Key(name, "level", step))))
        is_level = number == len(steps) - 1 or (number == 0 and step in ("nothing", "opening"))
        start = 0.0 if is_level else before
        assert ends[step] == pytest.approx((max(start, level), min(start, level)), abs=1e-3), step
        before = level


def test_a_bar_may_hang_below_nothing_and_across() -> None:
    """Energy at a price at which the plan loses money: the levels fall below nothing."""
    grid = lay_book(outcome(TINY)).grid
    place = grid.line_of("sites.north.energy_price")
    recalculated(grid, {place: 900.0})
    ends = bars(grid, "value")
    assert any(upper > 1 and lower < -1 for upper, lower in ends.values())
    assert any(upper <= 0 and lower < -1 for upper, lower in ends.values())


def test_the_page_says_what_is_bought_how_it_is_paid_and_what_could_break_it() -> None:
    told = texts(laid(TINY), "Board page")
    for start in ("Bought: 7 × cube", "Paid: with", "What could break it: cash"):
        assert any(text.startswith(start) for text in told), start
    assert "value added" in told


@pytest.mark.parametrize(("language", "label"), [("en", "north has 200 kW of power"), ("ja", "拠点 north")])
def test_limits_that_bind_are_told_in_words_and_not_as_paths(language: str, label: str, tmp_path: Path) -> None:
    write_workbook(replace(outcome(TINY), prices=(PRICE,)), tmp_path / "plan.xlsx", language)
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx", data_only=True).worksheets[1]
    told = [str(cell.value) for cell in sheet["A"]]
    assert any(text.startswith(label) for text in told)
    assert not any("sites.north" in text for text in told)
    assert sheet.page_setup.orientation == "portrait" and sheet.page_setup.fitToHeight in (None, 1)
