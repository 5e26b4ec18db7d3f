"""A bound on every plan, worked out in exact arithmetic from prices that the solver only proposes.

Every row is multiplied by a price and subtracted from the objective. What is left weighs each column, and a column can
bring no more than its weight times the better of its bounds. The sum bounds every plan, in fractions or whole, whatever
the prices are: the solver's rounding can make the bound worse, never wrong. The arithmetic starts from the model's own
coefficients, not from the solver's copy of them.

A column without a bound must weigh nothing, or as much as costs; rounding leaves it a weight of some 1e-14. It then
brings that times a bound that follows from the rows, rounded outwards; where none follows, a price is shifted a little
(after Neumaier and Shcherbina, 2004, and Applegate, Cook, Dash and Espinoza, 2007).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from planner.model.linear import Column, LinearExpression, Row
from planner.solving.implied_bounds import implied_bounds

ROUNDS = 4
"""How often prices are shifted before the bound is given up."""
ROUNDING = 1e-6
"""Only weights up to this, as a share of the largest price, are put down to rounding and shifted away."""


def dual_bound(
    columns: Sequence[Column],
    rows: Sequence[Row],
    goal: LinearExpression,
    prices: Sequence[float],
    *,
    more_is_better: bool,
) -> Fraction | None:
    """The bound that prices of the rows prove, in the unit of the model's objective; None where they prove none.

    Args:
        columns: all decisions with their bounds.
        rows: all rows.
        goal: the objective.
        prices: what one unit more on the right-hand side of each row is worth, as the solver has it.
        more_is_better: whether the bound is one from above.
    """
    if len(prices) != len(rows) or not all(map(math.isfinite, prices)):
        return None
    return _Proof(columns, rows, goal, 1 if more_is_better else -1).bound(prices)


class _Proof:
    """The sum, always as a bound from above: where less is better, the objective is turned round."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], goal: LinearExpression, sign: int) -> None:
        self.columns, self.rows, self.sign = columns, rows, sign
        self.goal = goal
        self.terms = [row.terms for row in rows]
        self.lower, self.upper = [column.lower for column in columns], [column.upper for column in columns]

    def bound(self, proposed: Sequence[float]) -> Fraction | None:
        prices = {i: Fraction(self.sign * p) for i, p in enumerate(proposed) if p and self._may_be(i, self.sign * p)}
        for shifts in range(ROUNDS):
            weights = self._weights(prices)
            open_ = [column for column, weight in weights.items() if self._most(column, weight) is None]
            if open_ and not shifts:
                self.lower, self.upper = implied_bounds(self.columns, self.rows)
                open_ = [column for column in open_ if self._most(column, weights[column]) is None]
            if not open_:
                return self.sign * self._total(prices, weights)
            if not self._shifted(prices, weights, open_):
                return None
        return None

    def _may_be(self, row: int, price: float | Fraction) -> bool:
        """Whether this can be the price of a row: to loosen a limit is worth nothing or more."""
        sense = self.rows[row].comparison.sense
        return price == 0 or sense == "=" or (sense == "<=") == (price > 0)

    def _weights(self, prices: dict[int, Fraction]) -> dict[int, Fraction]:
        """What is left of the objective once every row is subtracted at its price."""
        found = {column: self.sign * Fraction(weight) for column, weight in self.goal.terms.items()}
        for row, price in prices.items():
            for column, weight in self.terms[row].items():
                found[column] = found.get(column, Fraction(0)) - price * Fraction(weight)
        return {column: weight for column, weight in found.items() if weight}

    def _most(self, column: int, weight: Fraction) -> Fraction | None:
        """The most that a column can bring; None where nothing bounds it."""
        end = self.upper[column] if weight > 0 else self.lower[column]
        return None if math.isinf(end) else weight * Fraction(end)

    def _total(self, prices: dict[int, Fraction], weights: dict[int, Fraction]) -> Fraction:
        rows = (price * Fraction(self.rows[row].comparison.right) for row, price in prices.items())
        most = (self._most(column, weight) for column, weight in weights.items())
        constant = self.sign * Fraction(self.goal.constant)
        return sum(chain(rows, (brings for brings in most if brings is not None)), constant)

    def _shifted(self, prices: dict[int, Fraction], weights: dict[int, Fraction], open_: Sequence[int]) -> bool:
        """Shifts one price for each column that nothing bounds, so that it weighs nothing; whether all could be."""
        largest = max((abs(price) for price in prices.values()), default=Fraction(0))
        for column in open_:
            weight = weights[column]
            row = self._loose_row(column, weight, prices)
            if row is None or abs(weight) > Fraction(ROUNDING) * max(largest, Fraction(1)):
                return False
            terms = self.terms[row]
            change = weight / Fraction(terms[column])
            prices[row] = prices.get(row, Fraction(0)) + change
            for other, of_row in terms.items():
                weights[other] = weights.get(other, Fraction(0)) - change * Fraction(of_row)
        return True

    def _loose_row(self, column: int, weight: Fraction, prices: dict[int, Fraction]) -> int | None:
        """The shortest row with this column whose price may be shifted so far."""
        found = [
            row
            for row, terms in enumerate(self.terms)
            if column in terms and self._may_be(row, prices.get(row, Fraction(0)) + weight / Fraction(terms[column]))
        ]
        return min(found, key=lambda row: len(self.terms[row]), default=None)
