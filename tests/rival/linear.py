"""A linear programme in names, solved by scipy."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from tests.rival.effect import Column
from tests.rival.whole import NEAR

Row = tuple[str, dict[Column, float], float]
"""Name, coefficients, bound."""


def opposite(row: Row) -> Row:
    """The row that holds the other side of an equation."""
    name, coefficients, bound = row
    return name, {column: -a for column, a in coefficients.items()}, -bound


@dataclass
class Continuous:
    """A linear programme: make ``value`` largest with every row at most its bound and no column negative."""

    columns: list[Column]
    value: dict[Column, float]
    units: dict[Column, float] = field(default_factory=dict)
    """A usual size of a column, where that is far from one: money is counted in it while the programme is solved."""
    rows: list[Row] = field(default_factory=list)
    equal: list[Row] = field(default_factory=list)
    """Rows that are equal to their bound."""

    def add(self, name: str, coefficients: dict[Column, float], bound: float) -> None:
        """Adds a row ``sum of coefficient * column <= bound``."""
        self.rows.append((name, {c: a for c, a in coefficients.items() if a}, bound))

    def add_equal(self, name: str, coefficients: dict[Column, float], bound: float) -> None:
        """Adds a row ``sum of coefficient * column = bound``."""
        self.equal.append((name, {c: a for c, a in coefficients.items() if a}, bound))

    def objective(self, chosen: dict[Column, float]) -> float:
        """What a choice is worth."""
        return sum(self.value.get(column, 0.0) * x for column, x in chosen.items())

    def broken(self, chosen: dict[Column, float]) -> list[str]:
        """Names of the rows that a choice breaks."""
        known = set(self.columns)
        found = [
            f"{column}: negative or impossible"
            for column, x in chosen.items()
            if not x >= -NEAR * self.units.get(column, 1.0) or column not in known
        ]
        for name, coefficients, bound in [*self.rows, *self.equal, *map(opposite, self.equal)]:
            terms = [a * chosen.get(column, 0.0) for column, a in coefficients.items()]
            # Of money, a tenth of a millionth of a usual amount is nothing.
            usual = [0.1 * abs(a) * self.units[column] for column, a in coefficients.items() if column in self.units]
            if sum(terms) - bound > NEAR * max([1e-3, abs(bound), *map(abs, terms), *usual]):
                found.append(name)
        return found

    def best(
        self, *, zero: tuple[Column, ...] = (), equal: tuple[Row, ...] = (), further: tuple[Row, ...] = ()
    ) -> dict[Column, float] | None:
        """The best choice, with further columns zero, further equal rows and others; None where there is none."""
        if any(bound < -1e-9 for _name, a, bound in [*self.rows, *further] if not a):
            return None
        if not self.columns:
            return {}
        sizes = np.array([self.units.get(column, 1.0) for column in self.columns])
        matrix, bounds = self._scaled([row for row in [*self.rows, *further] if row[1]], sizes)
        same, values = self._scaled([*self.equal, *equal], sizes)
        cost = -np.array([self.value[column] for column in self.columns]) * sizes
        answer = linprog(
            cost / max(1e-300, np.abs(cost).max()),
            A_ub=matrix,
            b_ub=bounds,
            A_eq=same if len(same) else None,
            b_eq=values if len(same) else None,
            bounds=[(0, 0 if column in zero else None) for column in self.columns],
            method="highs",
        )
        if answer.status == 2:
            return None
        assert answer.status == 0, answer.message
        return dict(zip(self.columns, (answer.x * sizes).tolist(), strict=True))

    def _scaled(self, rows: list[Row], sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Rows as a matrix and its right side, with the largest coefficient of every row one."""
        place = {column: i for i, column in enumerate(self.columns)}
        matrix, bounds = np.zeros((len(rows), len(place))), np.zeros(len(rows))
        for i, (_name, coefficients, bound) in enumerate(rows):
            for column, a in coefficients.items():
                matrix[i, place[column]] = a * sizes[place[column]]
            largest = float(np.abs(matrix[i]).max(initial=0.0)) or 1.0
            matrix[i] /= largest
            bounds[i] = bound / largest
        return matrix, bounds
