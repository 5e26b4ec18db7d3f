"""Holds every sheet of a workbook against the one that the planner would write for its plan, cell by cell."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.case.quantities import shown
from planner.reading.workbook.layout import INPUTS
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found
from planner.report.workbook.book import SHEETS
from planner.report.workbook.engine.functions import Scalar, serial
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.recalculation import ERROR, recalculated
from planner.report.workbook.engine.sheet import Cell
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.front.sensitivity import SENSITIVITY
from planner.report.workbook.front.variance import VARIANCE
from planner.verification.finished.verdict import alike

NAMES = tuple(entry.name for entry, _ in SHEETS)
"""All sheets that the planner writes for every plan, in their order."""
EMPTY_VALUES = (None, "", 0)
"""What a formula may come to that points at an empty cell."""
INPUT_KINDS = ("input", "input of checks", "input to plan")
"""Kinds of cells that a person may change."""
NOISE = 1e-12
"""What of the largest amount of a plan is nothing beside it: the last digits of sums."""
_TEXT = re.compile(r'("(?:[^"]|"")*")')


@dataclass
class Differences:
    """What stands otherwise in a workbook than the planner would write it, in words."""

    gone: list[str] = field(default_factory=list)
    """Sheets that are gone or have another name."""
    cells: list[str] = field(default_factory=list)
    """Formulas, texts and figures that somebody has changed."""
    stored: list[str] = field(default_factory=list)
    """Figures that are not what the formula beside them comes to."""
    is_stale: bool = False
    """Whether inputs were changed and no formula was worked out since: then figures are held against those before."""
    added: list[str] = field(default_factory=list)
    """What stands where the planner writes nothing."""


def differences(ledger: Ledger, book: Book) -> Differences:
    """Every formula against the one that was written, and every stored figure against what it comes to.

    Where inputs were changed, formulas are worked out again with them, as a spreadsheet program does.

    Args:
        ledger: the workbook as the planner would write it, with its proof as written; changed inputs are laid into it.
        book: the workbook, opened with all its sheets.
    """
    return _Comparison(ledger, book).made()


class _Comparison:
    """Goes through a workbook sheet by sheet."""

    def __init__(self, ledger: Ledger, book: Book) -> None:
        self.ledger, self.book = ledger, book
        self.found = Differences()
        self.others = self._renamed()
        title = ledger.grid.sheet_title
        self.titles = {there: title(name) for name, there in self.others.items()}
        self.values = self._values()

    def made(self) -> Differences:
        for name in NAMES:
            if name in self.book.sheets:
                self._compare(name)
                continue
            other, title = self.others.get(name), self.ledger.grid.sheet_title(name)
            told = f"; '{other}' stands in its place: give it its name back" if other else " is not there"
            self.found.gone.append(f"{title}{told}")
        known = {*NAMES, *self.others.values(), VARIANCE.name, SENSITIVITY.name}
        self.found.added += [f"the sheet {name}" for name in self.book.sheet_names if name not in known]
        return self.found

    def _renamed(self) -> dict[str, str]:
        """What sheets are called that bear another name, by the name that was written: they still have their place."""
        there = dict(zip(NAMES, self.book.sheet_names, strict=False))
        return {
            name: other for name, other in there.items() if name not in self.book.sheet_names and other not in NAMES
        }

    def _values(self) -> Mapping[Place, object]:
        """What every formula comes to with the inputs as they now stand; before, where none was worked out since."""
        grid, changed = self.ledger.grid, dict[Place, Scalar]()
        before = recalculated(grid, {})
        for (row, column), cell in grid.sheets[INPUTS].cells.items():
            now = _plain(self.book.sheets[INPUTS].get((row, column), EMPTY).value)
            if isinstance(now, int) and not isinstance(now, bool):
                now = float(now)  # a spreadsheet program stores a whole number without its point
            if cell.look.kind in INPUT_KINDS and isinstance(now, Scalar) and not alike(now, cell.content):
                changed[Place(INPUTS, row, column)] = now
        if not changed:
            return before
        after = recalculated(grid, changed)
        noise = NOISE * self.ledger.largest_amount
        moved = [place for place, value in after.items() if not _alike(value, before[place], noise)]
        self.found.is_stale = not any(_same(self._at(place), after[place], 0.0) for place in moved)
        return before if self.found.is_stale else after

    def _at(self, place: Place) -> Found:
        return self.book.sheets.get(place.sheet, {}).get((place.row, place.column), EMPTY)

    def _compare(self, name: str) -> None:
        cells = self.ledger.grid.sheets[name].cells
        for (row, column), cell in sorted(cells.items()):
            if cell.look.kind in INPUT_KINDS:
                continue  # changed inputs are told as what they are
            where = self.book.place(name, row, column)
            if isinstance(cell.content, Term):
                self._compare_formula(where, Place(name, row, column), cell)
            else:
                self._compare_content(where, Place(name, row, column), cell)
        there = self.book.sheets[name]
        for row, column in sorted(there.keys() - cells.keys()):
            self.found.added.append(f"{self.book.place(name, row, column)}: {_stands(there[row, column])}")

    def _compare_content(self, where: object, place: Place, cell: Cell) -> None:
        now, expected = self._at(place), _written(self.ledger, place)
        if now.is_formula or not _same(now, expected, _noise(self.ledger, cell)):
            self.found.cells.append(f"{where}: {_stands(now)} stands, {shown(expected)} was written")

    def _compare_formula(self, where: object, place: Place, cell: Cell) -> None:
        assert isinstance(cell.content, Term)
        now, formula = self._at(place), cell.content.text(self.ledger.grid, place)
        value = self.values[place]
        comes_to = "an error" if value is ERROR else shown(value)
        if not now.is_formula:
            self.found.cells.append(
                f"{where}: {_stands(now)} stands in place of the formula ={formula}, which comes to {comes_to}"
            )
        elif _plain_formula(now.formula, self.titles) != _plain_formula(formula, {}):
            self.found.cells.append(f"{where}: {_stands(now)} stands, ={formula} was written")
        elif (now.value is not None or now.is_error) and not _same(now, value, _noise(self.ledger, cell)):
            self.found.stored.append(f"{where}: {shown(_plain(now.value))} is stored, ={formula} comes to {comes_to}")


def _stands(now: Found) -> str:
    if now.is_formula:
        return f"the formula ={now.formula}"
    return "nothing" if now.value is None else shown(_plain(now.value))


def _same(now: Found, expected: object, noise: float) -> bool:
    """Whether a cell holds what is expected, but for so much that sums in another order make of money."""
    if expected is ERROR or now.is_error:
        return expected is ERROR and now.is_error
    return _alike(_plain(now.value), expected, noise)


def _alike(value: object, expected: object, noise: float) -> bool:
    if value in EMPTY_VALUES and expected in EMPTY_VALUES:
        return True  # what points at an empty cell comes to zero, and is stored as that or as nothing
    if isinstance(value, float | int) and isinstance(expected, float | int) and abs(value - expected) <= noise:
        return True
    return alike(value, expected)


def _noise(ledger: Ledger, cell: Cell) -> float:
    return NOISE * ledger.largest_amount if cell.look.unit == ledger.currency else 0.0


def _plain(value: object) -> object:
    """A stored value as the workbook counts it: days for dates."""
    if isinstance(value, datetime.datetime):
        return serial(value.date())
    if isinstance(value, datetime.date):
        return serial(value)
    return value


def _plain_formula(formula: str, titles: Mapping[str, str]) -> str:
    """A formula without what spreadsheet programs write otherwise: blanks, quotes around sheets, small letters."""
    parts = _TEXT.split(formula)
    for number in range(0, len(parts), 2):
        plain = parts[number]
        for now, written in titles.items():
            plain = plain.replace(f"'{now}'!", f"'{written}'!").replace(f"{now}!", f"{written}!")
        parts[number] = plain.replace("'", "").replace(" ", "").upper()
    return "".join(parts)


def _written(ledger: Ledger, place: Place) -> object:
    """What the planner writes into a cell."""
    content, look = ledger.grid.sheets[place.sheet].cells[place.row, place.column]
    if look.kind == "unit":
        return ledger.scale.shown_unit(look.unit, ledger.grid.sheets[place.sheet].raw)
    if look.kind == "link":
        return ledger.grid.sheet_title(str(content))
    return content
