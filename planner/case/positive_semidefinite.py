"""Correlation matrices: whether one is the matrix of some variables, and the triangle that draws variables by it.

Worked out in plain steps whose order is fixed, so that every machine comes to the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = Sequence[Sequence[float]]
_ENOUGH = 1e-9
"""How far below zero what is left of a variance may be, by rounding."""


def triangle(matrix: Matrix) -> list[list[float]]:
    """The lower triangle whose product with itself, turned over, is the matrix (Cholesky), singular ones included.

    >>> triangle([[1.0, 0.6], [0.6, 1.0]])
    [[1.0, 0.0], [0.6, 0.8]]
    >>> triangle([[1.0, 1.0], [1.0, 1.0]])
    [[1.0, 0.0], [1.0, 0.0]]

    Raises:
        ValueError: the matrix is not positive semidefinite.
    """
    size = len(matrix)
    found = [[0.0] * size for _ in range(size)]
    for column in range(size):
        left = matrix[column][column] - sum(found[column][k] ** 2 for k in range(column))
        if left < -_ENOUGH:
            raise ValueError("not positive semidefinite")
        found[column][column] = root = math.sqrt(left) if left > _ENOUGH else 0.0
        for row in range(column + 1, size):
            rest = matrix[row][column] - sum(found[row][k] * found[column][k] for k in range(column))
            if root:
                found[row][column] = rest / root
            elif abs(rest) > math.sqrt(_ENOUGH):
                raise ValueError("not positive semidefinite")
    return found


def is_positive_semidefinite(matrix: Matrix) -> bool:
    """Whether some variables have this correlation matrix.

    >>> is_positive_semidefinite([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    False
    """
    try:
        triangle(matrix)
    except ValueError:
        return False
    return True
