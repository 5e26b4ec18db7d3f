"""A proof that no plan exists, checked in exact arithmetic.

Rows are multiplied by weights and added up. If the sum asks for more than the bounds of the columns can give, no plan
can keep all of these rows, whatever the solver's rounding. The solver only proposes the weights, in floating point;
here they become fractions that cancel exactly, and the sum is worked out anew from the model's own coefficients.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.model.linear import Column, Row

NEGLIGIBLE = 1e-9
"""Weights below this share of the largest are left out."""
ROUNDING = 1e-7
"""A sum below this share of its largest term is meant to be nothing."""
MOST_ROWS = 400
"""Proofs over more rows are not worked out in fractions, which grow with every step."""

Exact = dict[int, Fraction]


@dataclass(frozen=True)
class Certificate:
    """A proof that holds exactly."""

    weights: dict[int, Fraction]
    """Weight by index of the row; the left sides so weighed add up to ``asked`` at least."""
    asked: Fraction
    """What the rows ask for at least."""
    given: Fraction
    """What the bounds of the columns can give at most; it is less."""


def certificate(columns: Sequence[Column], rows: Sequence[Row], proposed: Sequence[float]) -> Certificate | None:
    """The proof that some weights propose, made exact; None where they prove nothing."""
    for sign in (1.0, -1.0):
        weights = {index: sign * weight for index, weight in enumerate(proposed)}
        largest = max((abs(weight) for weight in weights.values()), default=0.0)
        held = {i: w for i, w in weights.items() if abs(w) > NEGLIGIBLE * largest and _may(rows[i], w)}
        if not held or len(held) > MOST_ROWS:
            continue
        exact = _cancelled(columns, rows, held)
        found = None if exact is None else checked(columns, rows, exact)
        if found is not None:
            return found
    return None


def _may(row: Row, weight: float) -> bool:
    """Whether a row can be weighed so: a row that only limits from above takes no positive weight."""
    return row.comparison.sense == "=" or (row.comparison.sense == ">=") == (weight > 0)


def checked(columns: Sequence[Column], rows: Sequence[Row], weights: Exact) -> Certificate | None:
    """The proof, worked out from the coefficients alone; None where it does not hold."""
    if not all(_may(rows[index], 1.0 if weight > 0 else -1.0) for index, weight in weights.items() if weight):
        return None
    asked = sum((weight * Fraction(rows[index].comparison.right) for index, weight in weights.items()), Fraction(0))
    given = Fraction(0)
    for column, total in _totals(rows, weights).items():
        bound = columns[column].upper if total > 0 else columns[column].lower
        if total and math.isinf(bound):
            return None
        given += total * Fraction(bound) if total else Fraction(0)
    return Certificate(weights, asked, given) if given < asked else None


def _totals(rows: Sequence[Row], weights: Exact) -> Exact:
    totals: Exact = {}
    for index, weight in weights.items():
        for column, coefficient in rows[index].terms.items():
            totals[column] = totals.get(column, Fraction(0)) + weight * Fraction(coefficient)
    return totals


def _cancelled(columns: Sequence[Column], rows: Sequence[Row], held: dict[int, float]) -> Exact | None:
    """Weights near those proposed whose sums vanish exactly for every column that nothing bounds on that side."""
    weights = {index: Fraction(weight) for index, weight in held.items()}
    largest = max(abs(weight) for weight in held.values())
    equations: list[Exact] = []
    by_column: dict[int, Exact] = {}
    for index in held:
        for column, coefficient in rows[index].terms.items():
            by_column.setdefault(column, {})[index] = Fraction(coefficient)
    for column, terms in by_column.items():
        total = float(sum(weight * weights[index] for index, weight in terms.items()))
        size = max(abs(float(weight)) for weight in terms.values()) * largest
        is_nothing = abs(total) <= ROUNDING * size
        if is_nothing and (math.isinf(columns[column].upper) or math.isinf(columns[column].lower)):
            equations.append(terms)
        elif math.isinf(columns[column].upper if total > 0 else columns[column].lower):
            return None
    return _solved(equations, weights)


def _solved(equations: list[Exact], near: Exact) -> Exact | None:
    """Values that make all equations zero, the free ones as given: elimination, the shortest equation first."""
    pivots: list[tuple[int, Exact]] = []
    left = [dict(equation) for equation in equations]
    while left:
        left.sort(key=len, reverse=True)
        equation = left.pop()
        equation = {index: weight for index, weight in equation.items() if weight}
        if not equation:
            continue
        pivot = max(equation, key=lambda index: abs(equation[index]))
        scale = equation.pop(pivot)
        rule = {index: -weight / scale for index, weight in equation.items()}
        pivots.append((pivot, rule))
        left = [_substituted(other, pivot, rule) for other in left]
    values = dict(near)
    for pivot, rule in reversed(pivots):
        values[pivot] = sum((weight * values[index] for index, weight in rule.items()), Fraction(0))
    return values


def _substituted(equation: Exact, pivot: int, rule: Exact) -> Exact:
    factor = equation.pop(pivot, None)
    if factor:
        for index, weight in rule.items():
            equation[index] = equation.get(index, Fraction(0)) + factor * weight
    return {index: weight for index, weight in equation.items() if weight}
