"""Bounds of columns that follow from the rows, each step rounded outwards, so that they hold whatever the rounding.

A row bounds a column where all others in it are bounded on the side that counts. The first bound that is found is kept,
however wide: it only serves where the weight of a column is rounding.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Mapping, Sequence
from fractions import Fraction

from planner.model.linear import Column, Row

Terms = Mapping[int, float]
Ends = list[float]
"""The lower end of every column, or the upper one, by index."""


def implied_bounds(columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Ends, Ends]:
    """Lower and upper bounds of all columns; infinite where no row gives a finite one."""
    ends = [column.lower for column in columns], [column.upper for column in columns]
    sides = [side for row in rows for side in _sides(row)]
    using: list[list[int]] = [[] for _ in columns]
    for number, (terms, _) in enumerate(sides):
        for column in terms:
            using[column].append(number)
    waiting, is_waiting = deque(range(len(sides))), [True] * len(sides)
    while waiting:
        number = waiting.popleft()
        is_waiting[number] = False
        for column in _bounded(*sides[number], *ends):
            for other in using[column]:
                if not is_waiting[other]:
                    waiting.append(other)
                    is_waiting[other] = True
    return ends


def _sides(row: Row) -> list[tuple[Terms, float]]:
    """The row as sums that are at most something."""
    terms, right, sense = row.terms, row.comparison.right, row.comparison.sense
    if sense == "<=":
        return [(terms, right)]
    turned = {column: -weight for column, weight in terms.items()}, -right
    return [turned] if sense == ">=" else [(terms, right), turned]


def _bounded(terms: Terms, right: float, lower: Ends, upper: Ends) -> list[int]:
    """Columns that a sum of at most ``right`` bounds and nothing did before; their ends are set."""
    open_ = [column for column, weight in terms.items() if math.isinf(upper[column] if weight > 0 else lower[column])]
    if not open_:
        return []
    boundless = [
        column for column, weight in terms.items() if math.isinf(lower[column] if weight > 0 else upper[column])
    ]
    if len(boundless) > 1:
        return []
    found = []
    for column in open_ if not boundless else [column for column in open_ if column == boundless[0]]:
        weight, others = (
            terms[column],
            [_down(other * (lower[c] if other > 0 else upper[c])) for c, other in terms.items() if c != column],
        )
        end = _up(right - _down(math.fsum(others))) / weight
        if not math.isfinite(end):
            continue
        if weight > 0:
            upper[column] = _up(end)
        else:
            lower[column] = _down(end)
        found.append(column)
    return found


def outwards(exact: Fraction, *, up: bool) -> float:
    """The number of the machine nearest to an exact one, on the side that is asked for.

    >>> outwards(Fraction(1, 3), up=True) > Fraction(1, 3) > outwards(Fraction(1, 3), up=False)
    True
    """
    try:
        near = float(exact)
    except OverflowError:
        return math.inf if up else -math.inf
    if up:
        return near if Fraction(near) >= exact else _up(near)
    return near if Fraction(near) <= exact else _down(near)


def _up(value: float) -> float:
    return math.nextafter(value, math.inf)


def _down(value: float) -> float:
    return math.nextafter(value, -math.inf)
