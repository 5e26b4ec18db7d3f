"""What the workbook's functions mean, in Python: the stored value of a formula comes from here, not from a guess.

Only these functions may stand in a formula. All of them are in Excel 2010 and in LibreOffice, and none is volatile.
"""

from __future__ import annotations

import datetime
import math
import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from planner.finance.present_value import discount_factor
from planner.finance.returns import internal_rate_of_return

Scalar = float | str | bool | None
"""What one cell can hold; None is an empty cell."""
Value = Scalar | list[Scalar]
"""What a term can have as its value: one cell, or a range of them."""

EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of the workbook's calendar."""
ROUNDING_DUST = 1e-9
"""Whole numbers that floating point missed by less than this are whole, as Excel's fifteen digits see them."""


def serial(day: datetime.date) -> float:
    """A date as the workbook holds it: days since the epoch."""
    return float((day - EPOCH).days)


def date_of(number: Scalar) -> datetime.date:
    """The date behind a serial number."""
    return EPOCH + datetime.timedelta(days=int(amount(number)))


class Cells(list[Scalar]):
    """A range that is asked again and again, such as a row over time; it knows where each figure stands."""

    def where(self, wanted: Scalar) -> Sequence[int] | None:
        """Positions of the cells that are equal to what is wanted; None for a comparison such as '>=1'."""
        if isinstance(wanted, str):
            return None if wanted.startswith(("<", ">")) else self._positions.get(wanted.lower(), ())
        return self._positions.get(amount(wanted), ())

    @cached_property
    def _positions(self) -> dict[str | float, list[int]]:
        found: dict[str | float, list[int]] = {}
        for position, cell in enumerate(self):
            if cell is not None and cell == cell:  # noqa: PLR0124 - what is not a number is equal to nothing
                found.setdefault(cell.lower() if isinstance(cell, str) else float(cell), []).append(position)
        return found


def amount(value: Value) -> float:
    """A cell as a number: empty counts as zero, yes as one. Text has no number."""
    if type(value) is float:  # nearly every cell is; a float of numpy, which divides by zero without an error, is not
        return value
    if value is None:
        return 0.0
    if isinstance(value, str | list):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def cells(value: Value) -> list[Scalar]:
    """A range as a list; one cell is a range of one."""
    return value if isinstance(value, list) else [value]


def numbers(values: Iterable[Value]) -> Iterator[float]:
    """The numbers of ranges; text and empty cells are passed over, as SUM does."""
    for cell in chain.from_iterable(cells(value) for value in values):
        if cell is not None and not isinstance(cell, str):
            yield float(cell)


def _matches(cell: Scalar, criterion: Scalar) -> bool:
    if isinstance(criterion, str):
        for sign, compare in (("<=", operator.le), (">=", operator.ge), ("<", operator.lt), (">", operator.gt)):
            if criterion.startswith(sign):
                is_number = cell is not None and not isinstance(cell, str)
                return is_number and compare(amount(cell), float(criterion[len(sign) :]))
        return isinstance(cell, str) and cell.lower() == criterion.lower()
    return cell is not None and not isinstance(cell, str) and float(cell) == amount(criterion)


def _sumifs(total: Value, *conditions: Value) -> float:
    """Goes only through what the first condition chooses: a row that each column asks must not cost its square."""
    added = cells(total)
    pairs = [(cells(where), cells(wanted)[0]) for where, wanted in zip(conditions[::2], conditions[1::2], strict=True)]
    if any(len(where) != len(added) for where, _ in pairs):
        raise ValueError("SUMIFS takes ranges of one length")
    (first, wanted), *others = pairs
    chosen = first.where(wanted) if isinstance(first, Cells) else None
    if chosen is None:
        chosen = [position for position, cell in enumerate(first) if _matches(cell, wanted)]
    return math.fsum(
        amount(added[position])
        for position in chosen
        if all(_matches(where[position], wanted) for where, wanted in others)
    )


def _sumproduct(*ranges: Value) -> float:
    return math.fsum(math.prod(amount(cell) for cell in row) for row in zip(*map(cells, ranges), strict=True))


def _edate(start: Value, months: Value) -> float:
    day = date_of(cells(start)[0])
    if day.day != 1:
        raise ValueError(f"{day} is not the first of a month")
    count = day.year * 12 + day.month - 1 + int(amount(months))
    return serial(datetime.date(count // 12, count % 12 + 1, 1))


def _match(wanted: Value, where: Value, kind: Value) -> float:
    if amount(kind) != 0:
        raise ValueError("only exact matches are used")
    return float([amount(cell) for cell in cells(where)].index(amount(wanted)) + 1)


def _index(where: Value, position: Value) -> Scalar:
    place = int(amount(position))
    if not 1 <= place <= len(cells(where)):
        raise ValueError(f"there is no cell {place}")
    return cells(where)[place - 1]


def _rounddown(value: Value, digits: Value) -> float:
    step = math.pow(10.0, -amount(digits))
    return float(math.trunc(amount(value) / step + math.copysign(ROUNDING_DUST, amount(value)))) * step


def _pmt(rate: Value, payments: Value, present: Value, future: Value) -> float:
    """What is paid each time, so that what is lent and what is left in the end come to nothing with interest."""
    each, count = amount(rate), amount(payments)
    growth = math.pow(1 + each, count)
    return -(amount(present) * growth + amount(future)) / ((growth - 1) / each if each else count)


def _xirr(flows: Value, days: Value, _guess: Value) -> float:
    """The guess only says where other programs begin to search; this one goes out from zero."""
    dates = [int(amount(cell)) for cell in cells(days)]
    found = internal_rate_of_return([amount(cell) for cell in cells(flows)], [date - dates[0] for date in dates])
    if found is None:
        raise ValueError("there is no rate at which the flows are worth nothing")
    return found


def _round(value: float, size: float) -> float:
    """Halves go away from nothing, and nothing is never -0."""
    return math.copysign(math.floor(abs(value) * size + 0.5) / size, value) + 0.0


def _xnpv(rate: Value, flows: Value, days: Value) -> float:
    """Present value on the first of the dates: every flow counts from the day on which it falls."""
    amounts, dates = ([amount(cell) for cell in cells(row)] for row in (flows, days))
    factors = (discount_factor(amount(rate), int(date - dates[0])) for date in dates)
    return math.fsum(flow * factor for flow, factor in zip(amounts, factors, strict=True))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "ABS": lambda value: abs(amount(value)),
    "COUNT": lambda *ranges: float(len(list(numbers(ranges)))),
    "EDATE": _edate,
    "FIXED": lambda value, digits: f"{_round(amount(value), 10 ** amount(digits)):,.{int(amount(digits))}f}",
    "INDEX": _index,
    "INT": lambda value: float(math.floor(amount(value))),
    "ISNUMBER": lambda value: isinstance(value, float | int),
    "MATCH": _match,
    "MAX": lambda *ranges: max(numbers(ranges), default=0.0),
    "MIN": lambda *ranges: min(numbers(ranges), default=0.0),
    "MONTH": lambda day: float(date_of(cells(day)[0]).month),
    "PMT": _pmt,
    "ROUND": lambda value, digits: _round(amount(value), 10 ** amount(digits)),
    "ROUNDDOWN": _rounddown,
    "SUM": lambda *ranges: math.fsum(numbers(ranges)),
    "SUMIFS": _sumifs,
    "SUMPRODUCT": _sumproduct,
    "XIRR": _xirr,
    "XNPV": _xnpv,
    "YEAR": lambda day: float(date_of(cells(day)[0]).year),
}
"""Functions that need all their arguments; IF and IFERROR choose among theirs and are terms of their own."""


def _same(left: Scalar, right: Scalar) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if isinstance(left, str) or isinstance(right, str):
        return (left or "") == (right or "")
    return amount(left) == amount(right)


def _joined(left: Scalar, right: Scalar) -> str:
    return "".join(f"{cell:.15g}" if isinstance(cell, float) else str(cell or "") for cell in (left, right))


OPERATORS: dict[str, Callable[[Scalar, Scalar], Scalar]] = {
    "+": lambda left, right: amount(left) + amount(right),
    "-": lambda left, right: amount(left) - amount(right),
    "*": lambda left, right: amount(left) * amount(right),
    "/": lambda left, right: amount(left) / amount(right),
    "^": lambda left, right: amount(left) ** amount(right),
    "=": _same,
    "<>": lambda left, right: not _same(left, right),
    "<": lambda left, right: amount(left) < amount(right),
    "<=": lambda left, right: amount(left) <= amount(right),
    ">": lambda left, right: amount(left) > amount(right),
    ">=": lambda left, right: amount(left) >= amount(right),
    "&": _joined,
}


def apply(sign: str, left: Value, right: Value) -> Value:
    """An operator on cells; on ranges cell by cell, as SUMPRODUCT asks for it."""
    act = OPERATORS[sign]
    if not isinstance(left, list) and not isinstance(right, list):
        return act(left, right)
    size = max(len(cells(left)), len(cells(right)))
    lefts = cells(left) if isinstance(left, list) else [left] * size
    rights = cells(right) if isinstance(right, list) else [right] * size
    return [act(one, other) for one, other in zip(lefts, rights, strict=True)]
