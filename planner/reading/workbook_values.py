"""A number in a cell becomes the words of the case file, in the unit in which the case has the figure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from openpyxl.utils.datetime import from_excel

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.quantities import Duration, amount_text, shown
from planner.reading.nodes import Scalar
from planner.reading.workbook_cells import Found

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_DURATION_UNITS = ("day", "week", "month", "year")


class RefusedCellError(Exception):
    """A cell that cannot be read: what was found, what is allowed, the likely fix."""

    def __init__(self, found: str, allowed: str = "", remedy: str = "") -> None:
        super().__init__(found)
        self.words = (found, allowed, remedy)


def written_at(case: Any, path: str) -> Any:  # noqa: ANN401
    """What a case, dumped as plain values, says at a dotted path; names may hold dots.

    >>> written_at({"systems": {"b200.8": {"power": "14.3 kW"}}}, "systems.b200.8.power")
    '14.3 kW'

    Raises:
        KeyError: nothing stands there.
    """
    words, here = path.split("."), case
    while words:
        if isinstance(here, list):
            here, words = here[int(words[0])], words[1:]
            continue
        lengths = range(len(words), 0, -1)
        length = next((n for n in lengths if isinstance(here, dict) and ".".join(words[:n]) in here), 0)
        if not length:
            raise KeyError(path)
        here, words = here[".".join(words[:length])], words[length:]
    return here


def as_written(path: str, old: object, cell: Found) -> Scalar:
    """The new value of a figure as a case file would write it, given how the case writes the old one.

    Raises:
        RefusedCellError: the cell holds no value that the figure could have.
    """
    if isinstance(old, str) and _MONTH.fullmatch(old):
        return _month(cell)
    number = _number(cell, is_switch=isinstance(old, bool))
    if path == "calendar.period":
        return _period(number)
    if isinstance(old, bool):
        if number not in (0, 1):
            raise RefusedCellError(f"{number:g} is neither yes nor no", "1 for yes or 0 for no")
        return bool(number)
    if not isinstance(old, str):
        return number
    unit = old.split(" ", 1)[1]
    if unit.removesuffix("s") in _DURATION_UNITS:
        return str(Duration(value=number, unit="month")) if number >= 0 else f"{amount_text(number)} months"
    return f"{amount_text(number)} {unit}"


def month_of(cell: Found) -> str:
    """The month that a cell with a date names.

    Raises:
        RefusedCellError: the cell holds something else.
    """
    return _month(cell)


def step_before(steps: dict[str, Any], month: str) -> str | None:
    """The month of the step that holds in a month; None before the first.

    >>> step_before({"2024-04": 1, "2025-04": 2}, "2025-03")
    '2024-04'
    """
    return max((step for step in steps if step <= month), default=None)


def with_new_periods(
    steps: dict[str, Any], starts: Sequence[str], after: str, new: dict[int, Scalar]
) -> dict[str, Any]:
    """The steps of a figure over time with new values in some periods; the others keep theirs.

    Args:
        steps: value by month. starts: first month of each period. after: the month after the last period.
        new: value by number of the period.
    """
    edges = [*starts, after]
    changed = {month: value for month, value in steps.items() if not any(edges[t] <= month < edges[t + 1] for t in new)}
    for t, value in sorted(new.items()):
        changed[starts[t]] = value
        follower = edges[t + 1]
        if t + 1 < len(starts) and t + 1 not in new and follower not in changed:
            holds = step_before(steps, follower)
            if holds is not None:
                changed[follower] = steps[holds]
    return dict(sorted(changed.items()))


def _number(cell: Found, *, is_switch: bool) -> float:
    _check(cell, "a number")
    value = cell.value
    if isinstance(value, bool) and is_switch:
        return float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        found = f"the text {shown(value)} stands" if isinstance(value, str) else f"{shown(value)} stands"
        remedy = "type the number alone; the column Unit says its unit" if isinstance(value, str) else ""
        raise RefusedCellError(f"{found} where a number is needed", "a number", remedy)
    return float(value)


def _month(cell: Found) -> str:
    allowed = "the first day of a month, such as 2024-04-01"
    _check(cell, allowed)
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            value = from_excel(value)
        except (ValueError, OverflowError) as error:
            raise RefusedCellError(f"{shown(cell.value)} is not a date", allowed) from error
    if not isinstance(value, datetime.date):
        raise RefusedCellError(f"{shown(value)} is not a date", allowed, "type a date such as 2024-04-01")
    if value.day != 1 or (isinstance(value, datetime.datetime) and value.time() != datetime.time()):
        first = f"{value.year:04d}-{value.month:02d}-01"
        raise RefusedCellError(f"{value:%Y-%m-%d} is not the first day of a month", allowed, f"type {first}")
    return f"{value.year:04d}-{value.month:02d}"


def _period(number: float) -> str:
    for name, months in MONTHS_PER_PERIOD.items():
        if months == number:
            return name
    raise RefusedCellError(f"a period cannot have {number:g} months", "1, 3, 6 or 12 months")


def _check(cell: Found, allowed: str) -> None:
    """Refuses what is no value at all."""
    if cell.is_error:
        raise RefusedCellError(f"the error {cell.value} stands there", allowed, "mend the formula, or type the figure")
    if cell.value is None and cell.is_formula:
        remedy = "open and save the workbook in a spreadsheet program, or type the figure"
        raise RefusedCellError("a formula stands there whose value was never worked out", allowed, remedy)
    if cell.value is None:
        raise RefusedCellError("the cell is empty", allowed, "type the figure; the old one stands under As solved")
