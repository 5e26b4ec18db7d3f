"""What is drawn once: the value of a driver at a normal score, by its distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.case.futures import Driver, Outcome, Range
from planner.case.quantities import Size, size_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

CUT = 0.001
"""Normal and lognormal distributions are cut off at this point of either side: they have no end, and figures have."""
CUT_SCORE = 3.0902323061678132
"""The normal score of the upper cut."""


def amounts(driver: Driver, scores: Scores) -> Scores:
    """What a driver draws at some scores, as numbers; lengths of time in months. For all but a list and a walk."""
    import numpy as np  # noqa: PLC0415 - only who draws futures waits for it

    if driver.range is not None:
        return _of_range(driver, driver.range, scores)
    cut = np.clip(scores, -CUT_SCORE, CUT_SCORE)
    if driver.normal is not None:
        return _middle(driver, driver.normal.typical) + amount(driver.normal.spread) * cut
    assert driver.lognormal is not None
    return np.asarray(_middle(driver, driver.lognormal.typical) * np.exp(driver.lognormal.spread * cut))


def _of_range(driver: Driver, one: Range, scores: Scores) -> Scores:
    import numpy as np  # noqa: PLC0415
    from scipy.special import betaincinv, ndtr  # noqa: PLC0415

    low, high = amount(one.low), amount(one.high)
    middle = (_middle(driver, one.typical) - low) / (high - low)
    points = ndtr(scores)
    if one.shape == "pert":
        # Beta with its mode at the typical value; four times as much weight there as at either end.
        # Source: Malcolm and others, "Application of a technique for research and development program
        # evaluation", 1959.
        part = betaincinv(1 + 4 * middle, 1 + 4 * (1 - middle), points)
    else:
        rising, falling = np.sqrt(points * middle), 1 - np.sqrt((1 - points) * (1 - middle))
        part = np.where(points < middle, rising, falling)
    return np.asarray(low + (high - low) * part)


def unit_of(driver: Driver) -> str:
    """The unit of what a driver draws; months for lengths of time."""
    one = driver.range.low if driver.range else driver.normal.spread if driver.normal else None
    if driver.lognormal is not None:
        one = driver.lognormal.typical
    return "" if one is None else "month" if one.is_time else one.unit


def outcomes(driver: Driver) -> list[Outcome]:
    """The outcomes of a list, the smallest first where all are of one kind, so that high and low have a meaning."""
    sizes = [size_in(one.value) for one in driver.discrete]
    if any(size is None for size in sizes) or len({size.is_time or size.unit for size in sizes if size}) > 1:
        return list(driver.discrete)
    return sorted(driver.discrete, key=lambda one: amount(Size.parse(one.value)))


def drawn_outcomes(found: list[Outcome], scores: Scores) -> NDArray[np.int64]:
    """Which outcome is drawn at each score, by its position."""
    import numpy as np  # noqa: PLC0415
    from scipy.special import ndtr  # noqa: PLC0415

    edges, total = [], 0.0
    for one in found[:-1]:
        total += one.weight
        edges.append(total)
    return np.asarray(np.searchsorted(np.array(edges), ndtr(scores), side="right"))


def _middle(driver: Driver, typical: Size | None) -> float:
    """The typical value; what leaves the case as it stands where none is stated."""
    if typical is not None:
        return amount(typical)
    return 1.0 if driver.kind == "factor" else 0.0


def amount(size: Size) -> float:
    """A size as a number; lengths of time in months."""
    return size.months if size.is_time else size.number
