"""Changes one assumption of a laid workbook and works out what follows from it, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pytest

from planner.report.workbook.engine.functions import Value, cells
from planner.report.workbook.engine.grid import CHANGED, Grid
from planner.report.workbook.engine.keys import RowKey
from planner.report.workbook.engine.sheet import Cell
from planner.report.workbook.engine.terms import Place, Term

ERROR = "#ERROR"
"""Stands for what a spreadsheet program would show as an error."""


class Mutable:
    """A laid workbook whose cells know what depends on them."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.readers: dict[Place, set[Place]] = defaultdict(set)
        self._stack: list[Place] = []
        self._failed: set[Place] = set()
        """Cells that have failed since the last change: one that asks for such a cell fails at once."""
        self._plain = grid.value
        grid._values.clear()
        grid.value = self._value  # every look at a cell is noted from here on
        grid.over_time = self._over_time
        grid.work_out()

    def _value(self, place: Place) -> Value:
        if self._stack:
            self.readers[place].add(self._stack[-1])
        if place in self.grid._values:
            return self.grid._values[place]
        if place in self._failed:
            raise ValueError(f"{place} has failed")
        self._stack.append(place)
        try:
            return self._plain(place)
        except (ArithmeticError, ValueError):
            self._failed.add(place)
            raise
        finally:
            self._stack.pop()

    def _over_time(self, sheet: str, row: int) -> Value:
        """A row anew each time, since its cells may have changed."""
        there = self.grid.columns_over_time(sheet)
        columns = range(there.first, there.last + 1)
        return [cells(self.grid.value(Place(sheet, row, column)))[0] for column in columns]

    def downstream(self, places: Iterable[Place]) -> set[Place]:
        """Everything that depends on some cells, themselves included."""
        found, waiting = set(places), list(places)
        while waiting:
            for reader in self.readers[waiting.pop()] - found:
                found.add(reader)
                waiting.append(reader)
        return found

    def moved_by(self, changes: dict[Place, float]) -> dict[Place, Value]:
        """What the cells that move are worth after some changes; the workbook is as it was afterwards."""
        touched = self.downstream(changes)
        values = self.grid._values
        before = {place: values[place] for place in touched if place in values}
        cells = {place: self.grid.sheets[place.sheet].cells[place.row, place.column] for place in changes}
        for place, value in changes.items():
            self.grid.sheets[place.sheet].cells[place.row, place.column] = Cell(value, cells[place].look)
        for place in touched:
            values.pop(place, None)
        self._failed.clear()
        after = {place: self.now(place) for place in self._in_order(touched)}
        for place, cell in cells.items():
            self.grid.sheets[place.sheet].cells[place.row, place.column] = cell
        for place in touched:
            values.pop(place, None)
        values.update(before)
        return {place: value for place, value in after.items() if place in changes or value != before.get(place)}

    def now(self, place: Place) -> Value:
        """What a cell is worth; a formula that fails is worth an error, which counts as moved."""
        try:
            return self.grid.value(place)
        except (ArithmeticError, ValueError):
            return ERROR

    @staticmethod
    def _in_order(places: Iterable[Place]) -> list[Place]:
        """Period by period, so that no chain of formulas grows as deep as the horizon."""
        return sorted(places, key=lambda place: (place.column, place.sheet, place.row))

    def is_output(self, place: Place) -> bool:
        """Whether a cell is a formula that a reader of results looks at."""
        cell = self.grid.sheets[place.sheet].cells.get((place.row, place.column))
        compares = place.sheet == "Inputs" and place.column == CHANGED
        return cell is not None and isinstance(cell.content, Term) and not compares


def assert_follows(
    grid: Grid, figure: RowKey, value: float, expected: Mapping[RowKey, float | Sequence[float]]
) -> None:
    """Asserts what cells and rows over time come to with another figure on Inputs, and that some of them move."""
    moved = Mutable(grid).moved_by({grid.line_of(figure): value})
    then: dict[Place, float] = {}
    for key, amounts in expected.items():
        place = grid.line_of(key)
        if isinstance(amounts, float):
            then[place] = amounts
        else:
            first = grid.columns_over_time(place.sheet).first
            then |= {place._replace(column=first + step): amount for step, amount in enumerate(amounts)}
    assert {place: moved.get(place, grid.value(place)) or 0.0 for place in then} == pytest.approx(then, abs=1e-3)
    assert moved.keys() & then.keys()
