"""Paths in time: the factor by which figures differ from what the case states, month by month.

The logarithm of the factor is an Ornstein-Uhlenbeck process around a line that rises by the drift, in its exact form
for steps of one length. Source: Gillespie, "Exact numerical simulation of the Ornstein-Uhlenbeck process", 1996.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.case.calendar import Calendar
from planner.case.futures import Driver, Futures, Walk
from planner.futures.distributions import CUT_SCORE
from planner.futures.scores import innovations

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class WalkGrid:
    """When a walk moves: its own months, and the steps that it shares with other walks of the same length of step."""

    months: tuple[int, ...]
    """In which it moves, the first one included."""
    skipped: int
    """Steps of the shared grid before its own first one."""

    @property
    def scores(self) -> int:
        """Scores that it takes."""
        return self.skipped + len(self.months)


def grid_of(driver: Driver, futures: Futures, calendar: Calendar) -> WalkGrid:
    """The grid of a walk; walks of the same step take the same scores in the same months, so that they go together."""
    assert driver.walk is not None
    step, own = driver.walk.months, int(driver.first or calendar.start)
    alike = (other for other in futures.drivers.values() if other.walk is not None and other.walk.months == step)
    origin = min(int(other.first or calendar.start) for other in alike)
    return WalkGrid(tuple(range(own, int(calendar.end), step)), (own - origin) // step)


def factors(walk: Walk, grid: WalkGrid, scores: Scores) -> Scores:
    """The factor of every month of the grid (rows) in every future (columns)."""
    import numpy as np  # noqa: PLC0415 - only who draws futures waits for it

    steps = innovations(scores)[grid.skipped :]
    decay, deviation = _one_step(walk)
    distance = np.zeros_like(steps[0])
    rows = []
    for innovation, (middle, spread) in zip(steps, _middles(walk, len(steps)), strict=True):
        distance = decay * distance + deviation * innovation
        rows.append(np.exp(middle + np.clip(distance, -CUT_SCORE * spread, CUT_SCORE * spread)))
    return np.array(rows)


def edges(walk: Walk, grid: WalkGrid) -> tuple[list[float], list[float]]:
    """The lowest and the highest factor that can be drawn, month by month."""
    middles = list(_middles(walk, len(grid.months)))
    low, high = ([math.exp(middle + side * CUT_SCORE * spread) for middle, spread in middles] for side in (-1.0, 1.0))
    return low, high


def _one_step(walk: Walk) -> tuple[float, float]:
    """What is left of a distance after one step, and the standard deviation that a step adds."""
    years = walk.months / _MONTHS_OF_A_YEAR
    if not walk.reversion:
        return 1.0, walk.volatility * math.sqrt(years)
    speed = -math.log(1 - walk.reversion)
    decay = math.exp(-speed * years)
    return decay, walk.volatility * math.sqrt((1 - decay**2) / (2 * speed))


def _middles(walk: Walk, count: int) -> Iterator[tuple[float, float]]:
    """The middle of the logarithm, and its standard deviation, step by step."""
    decay, deviation = _one_step(walk)
    variance, years = 0.0, walk.months / _MONTHS_OF_A_YEAR
    rise = math.log1p(walk.drift) if walk.drift > -1 else -math.inf
    for number in range(count):
        variance = decay**2 * variance + deviation**2
        yield rise * years * (number + 1) if rise else 0.0, math.sqrt(variance)
