"""A number in a cell becomes the words of the case file, in the unit in which the case has the figure."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Sequence
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH
from pydantic_core import PydanticCustomError

from planner.case.calendar import MONTHS_PER_PERIOD
from planner.case.quantities import Duration, Money, amount_text, hundredth, shown
from planner.reading.case.fields import MONTH
from planner.reading.cells.numbers import RefusedCellError, check_value, month_of, typed_number
from planner.reading.tree.nodes import Scalar
from planner.reading.workbook.figures import keys_of
from planner.reading.xlsx.stored import Found

_DURATION_UNITS = ("day", "week", "month", "year")


def written_at(case: Any, path: str) -> Any:  # noqa: ANN401
    """What a case, dumped as plain values, says at a dotted path.

    Raises:
        KeyError, IndexError, ValueError: nothing stands there.
    """
    here = case
    for key in keys_of(case, path):
        if not isinstance(here, dict | list):
            raise KeyError(path)
        here = here[int(key)] if isinstance(here, list) else here[key]
    return here


def as_written(path: str, old: object, cell: Found, epoch: datetime.datetime = WINDOWS_EPOCH) -> Scalar:
    """The new value of a figure as a case file would write it, given how the case writes the old one.

    Raises:
        RefusedCellError: the cell holds no value that the figure could have.
    """
    if isinstance(old, str) and MONTH.fullmatch(old):
        return month_of(cell, epoch)
    number = _number(cell, old)
    if path == "calendar.period":
        return _period(number)
    if isinstance(old, bool):
        if number not in (0, 1):
            raise RefusedCellError(f"{number:g} is neither yes nor no", "1 for yes or 0 for no")
        return bool(number)
    if not isinstance(old, str):
        return number
    unit = _unit_of(old)
    if unit.removesuffix("s") in _DURATION_UNITS:
        return str(Duration(value=number, unit="month")) if number >= 0 else f"{amount_text(number)} months"
    return f"{amount_text(number)} {unit}"


def refuse_another_solved_value(path: str, old: object, cell: Found, epoch: datetime.datetime = WINDOWS_EPOCH) -> None:
    """Holds a cell under As solved against the case that the plan was made for.

    They moved apart where rows or columns were reordered, and then nobody knows any more which figure was changed.

    Raises:
        RefusedCellError: the cell says something else than the case.
    """
    expected = _as_number(path, old)
    try:
        if isinstance(expected, str):
            same = month_of(cell, epoch) == expected
        else:
            same = math.isclose(_number(cell, old), expected, rel_tol=1e-9, abs_tol=1e-12)
    except RefusedCellError:
        same = False
    if not same:
        remedy = "undo the change of this cell, or of the order of rows and columns"
        raise RefusedCellError(f"{shown(cell.value)} stands as solved", f"{shown(old)}, as the case has it", remedy)


def _as_number(path: str, old: object) -> float | str:
    """A value of the case as the sheet Inputs shows it; months as text."""
    if isinstance(old, int | float):
        return float(old)
    text = str(old)
    if MONTH.fullmatch(text):
        return text
    if path == "calendar.period":
        return float(MONTHS_PER_PERIOD[text])
    if _unit_of(text).removesuffix("s") in _DURATION_UNITS:
        return float(Duration.parse(text).months)
    return float(text.split(" ", 1)[0].replace("_", ""))


def _unit_of(old: str) -> str:
    return old.split(" ", 1)[1] if " " in old else ""


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


def _number(cell: Found, old: object) -> float:
    """The number in a cell: as a number, or as a text that can mean only one, in the unit of its row."""
    check_value(cell, "a number")
    value = cell.value
    if isinstance(value, bool) and isinstance(old, bool):
        return float(value)
    if isinstance(value, str):
        return _typed(value, old)
    if isinstance(value, datetime.time):
        remedy = "format the cell as a number and type the figure again"
        raise RefusedCellError(f"the time of day {value} stands where a number is needed", "a number", remedy)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RefusedCellError(f"{shown(value)} stands where a number is needed", "a number")
    return float(value)


def _typed(text: str, old: object) -> float:
    """The number that a text says, if it says it in the unit in which the figure stands."""
    typed, unit = typed_number(text), _unit_of(old) if isinstance(old, str) else ""
    if typed is not None and typed.unit in ("", unit):
        return float(typed.number)
    if typed is not None and typed.unit == "%" and isinstance(old, float):
        return hundredth(float(typed.number))
    if typed is not None and typed.unit and re.fullmatch(r"[A-Z]{3}", unit):
        try:
            money = Money.parse(str(typed))
        except PydanticCustomError:
            money = None
        if money is not None and money.currency == unit:
            return money.amount
    found = f"the text {shown(text)} stands where a number is needed"
    said = f"the column Unit says {unit}" if unit else "the column Unit says its unit"
    raise RefusedCellError(found, "a number", f"type the number alone; {said}")


def _period(number: float) -> str:
    for name, months in MONTHS_PER_PERIOD.items():
        if months == number:
            return name
    raise RefusedCellError(f"a period cannot have {number:g} months", "1, 3, 6 or 12 months")
