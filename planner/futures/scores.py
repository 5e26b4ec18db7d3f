"""Normal scores: quasi-random numbers, one row for each thing that is drawn, correlated as the case says.

Everything is drawn by way of a normal score, so that correlations are those of a Gaussian copula. A driver that is
drawn once has one score. A walk has as many as it has steps: its first score moves the mean of its path, and the others
shape it; all first scores stand in the first dimensions of the quasi-random sequence, which are its best.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from planner.case.futures import Futures
from planner.case.positive_semidefinite import triangle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    """One row for each score, one column for each future."""

Method = Literal["sobol", "latin_hypercube"]
"""How quasi-random numbers are drawn. sobol: scrambled; the first futures of a longer draw are those of a shorter one.
latin_hypercube: every driver is spread evenly over exactly as many futures as are drawn."""

MOST_DIMENSIONS = 21_201
"""Of the Sobol sequence."""
_EDGE = 2.0**-33
"""Keeps draws off 0 and 1, where a score is endless."""


def draw_scores(futures: Futures, lengths: Mapping[str, int], samples: int, seed: int, method: Method) -> list[Scores]:
    """The scores of every driver and event, in the order of the file, as the correlations tie them together.

    Args:
        futures: of the case. lengths: scores of each, by name. samples: futures. seed: of the draw. method: see there.
    """
    names = list(lengths)
    raw = _independent(sum(lengths.values()), samples, seed, method)
    first = _tied(raw[: len(names)], _matrix(futures, names))
    at, others = len(names), []
    for name in names:
        others.append(raw[at : at + lengths[name] - 1])
        at += lengths[name] - 1
    for group in _walks_by_step(futures, names):
        depth = [len(others[number]) for number in group]
        matrix = _matrix(futures, [names[number] for number in group])
        for k in range(max(depth)):
            rows = [number for number, length in zip(group, depth, strict=True) if length > k]
            kept = [group.index(number) for number in rows]
            part = [[matrix[i][j] for j in kept] for i in kept]
            for number, row in zip(rows, _tied([others[number][k] for number in rows], part), strict=True):
                others[number][k] = row
    return [_joined(one, rest) for one, rest in zip(first, others, strict=True)]


def _independent(dimensions: int, samples: int, seed: int, method: Method) -> Scores:
    """Quasi-random normal scores, independent of each other."""
    import numpy as np  # noqa: PLC0415 - only who draws futures waits for these libraries
    from scipy.special import ndtri  # noqa: PLC0415
    from scipy.stats import qmc  # noqa: PLC0415

    if method == "sobol":
        sequence = qmc.Sobol(dimensions, scramble=True, rng=seed)
        points = sequence.random_base2(max(0, math.ceil(math.log2(samples))))[:samples]
    else:
        points = qmc.LatinHypercube(dimensions, rng=seed).random(samples)
    return np.array(ndtri(np.clip(points.T, _EDGE, 1 - _EDGE)))


def _matrix(futures: Futures, names: Sequence[str]) -> list[list[float]]:
    """The correlation matrix of some drivers and events."""
    at = {name: number for number, name in enumerate(names)}
    matrix = [[float(row == column) for column in range(len(names))] for row in range(len(names))]
    for one in futures.correlations:
        if all(name in at for name in one.between):
            row, column = (at[name] for name in one.between)
            matrix[row][column] = matrix[column][row] = one.coefficient
    return matrix


def _tied(rows: Sequence[Scores] | Scores, matrix: list[list[float]]) -> list[Scores]:
    """Independent scores, correlated: added up one by one, so that every machine finds the same."""
    tied = []
    for line in triangle(matrix):
        total = 0.0 * rows[0]
        for weight, row in zip(line, rows, strict=True):
            if weight:
                total = total + weight * row
        tied.append(total)
    return tied


def _walks_by_step(futures: Futures, names: Sequence[str]) -> list[list[int]]:
    """The walks among some drivers, those of one step together."""
    groups: dict[int, list[int]] = {}
    for number, name in enumerate(names):
        driver = futures.drivers.get(name)
        if driver is not None and driver.walk is not None:
            groups.setdefault(driver.walk.months, []).append(number)
    return list(groups.values())


def _joined(first: Scores, others: Scores) -> Scores:
    import numpy as np  # noqa: PLC0415

    return np.asarray(np.vstack([first[None, :], others]))


def innovations(scores: Scores) -> Scores:
    """The independent steps of a walk from its scores, of which the first moves the mean of the whole path.

    In the mean of a random walk the first of n steps counts n times, the last one once. A reflection (Householder)
    turns the first axis into that direction; it keeps lengths and angles, so that steps are as independent as scores.
    """
    count = len(scores)
    if count == 1:
        return scores
    length = math.sqrt(sum(number**2 for number in range(1, count + 1)))
    direction = [(count - number) / length for number in range(count)]
    along = 0.0 * scores[0]
    for share, row in zip(direction, scores, strict=True):
        along += share * row
    pull = (scores[0] - along) / (1 - direction[0])
    steps: Scores = 1.0 * scores
    steps[0] -= (1 - direction[0]) * pull
    for number in range(1, count):
        steps[number] += direction[number] * pull
    return steps
