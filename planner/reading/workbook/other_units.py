"""Units on the sheet Inputs: another one is refused, wherever it stands, for the formulas go on in the old one."""

from __future__ import annotations

from typing import Any

from planner.case.quantities import Money, shown
from planner.errors import Fault
from planner.language import Speaker
from planner.reading.cells.formats import Shown, shown_by
from planner.reading.cells.headers import remarks_of
from planner.reading.cells.kinds import Kind
from planner.reading.cells.numbers import RefusedCellError, cleaned
from planner.reading.cells.said import refuse_statements
from planner.reading.cells.units import same_sign, unit_of, whole_statement
from planner.reading.workbook.figures import SHARES, WORDLESS, unit_as_written
from planner.reading.workbook.layout import FIRST, FIRST_LINE, INPUTS, LABEL, UNIT, VALUE
from planner.reading.xlsx.book import EMPTY, Book
from planner.reading.xlsx.stored import Found
from planner.vocabulary.message import Text

_REMEDY = "undo it, and type the figure in that unit; in a case file, see `plan export`, it may stand in another one"
_IN_PER_CENT = (*SHARES, "ratio")


class OtherUnits:
    """Holds the units on Inputs against those that the planner wrote."""

    def __init__(self, book: Book, written: Any, faults: list[Fault]) -> None:  # noqa: ANN401 - plain fields
        self.book, self.written, self.faults = book, written, faults
        self.cells = book.sheets[INPUTS]
        self.speaker = Speaker(book.language)
        refuse_statements(book, INPUTS, FIRST_LINE, faults)
        for (row, column), found in self.cells.items():
            if row < FIRST_LINE and isinstance(found.value, str):
                self._weigh_remarks("", row, column, found, "")

    def refuse(self, path: str, row: int, old: object, last: int) -> None:
        """Refuses other units of one figure; ``last`` is the last column in which it stands."""
        unit = unit_as_written(self.written, path, old)
        if unit is None:
            return
        english = str(unit)
        said = self.speaker.unit(WORDLESS.get(english, unit))
        beside = self.cells.get((row, UNIT), EMPTY).value
        if beside is not None and cleaned(str(beside)) not in (cleaned(said), cleaned(english), ""):
            self._add(path, row, UNIT, f"the unit {shown(str(beside))} stands beside the figure", said)
        self._weigh_remarks(path, row, LABEL, self.cells.get((row, LABEL), EMPTY), said)
        for column in (VALUE, *range(FIRST, last + 1)):
            found = self.cells.get((row, column), EMPTY)
            if isinstance(found.value, int | float) and not isinstance(found.value, bool) and english != "date":
                self._weigh_format(path, row, column, found, unit)

    def _weigh_remarks(self, path: str, row: int, column: int, found: Found, said: str) -> None:
        for remark in remarks_of(found.value or ""):
            if whole_statement(remark) and remark != said:
                allowed = said or "units in the column Unit"
                self._add(path, row, column, f"the unit {shown(remark)} stands in {shown(str(found.value))}", allowed)

    def _weigh_format(self, path: str, row: int, column: int, found: Found, unit: Text) -> None:
        for seen in shown_by(found.shown_as):
            if seen.words and not self._is_same(seen, unit):
                self._add(path, row, column, f"the figure is shown with {shown(seen.words)}", self.speaker.unit(unit))
                return
            if seen.percent and str(unit) not in _IN_PER_CENT:
                self._add(path, row, column, "the figure is shown in per cent", self.speaker.unit(unit))
                return

    def _is_same(self, seen: Shown, unit: Text) -> bool:
        """Whether what is seen beside a number leaves it what it is in a unit."""
        if seen.words in (str(unit), self.speaker.unit(unit)):
            return not seen.thousands
        currency = str(unit)[:3]
        if same_sign(seen.words, currency):
            return True
        try:
            stated = unit_of(seen.words, Kind("money"), "", "")
        except RefusedCellError:
            return False
        if stated is None or stated.unit.currency not in ("", currency):
            return False
        return Money.parse(f"1 {stated.unit.scale} {currency}").amount == 1000.0**seen.thousands

    def _add(self, path: str, row: int, column: int, found: str, allowed: str) -> None:
        allowed = f"{allowed}, as the planner wrote it" if allowed else "no unit"
        self.faults.append(Fault(self.book.place(INPUTS, row, column), path, found, allowed, _REMEDY))
