"""Changes of one figure, tried by planning the changed case: what is enough, what is not, and the least between them.

A larger change allows all that a smaller one does. So what was found out about one change answers for all that are
larger, where it was enough, or smaller, where it was not.
"""

from __future__ import annotations

import bisect
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import NoProofError
from planner.explain.figure import Figure, changed, furthest
from planner.explain.remedy import Remedy, base_of
from planner.model.build import build
from planner.solving.any_plan import has_any_plan

LOOK_SECONDS, SHARE_OF_A_LOOK = 12.0, 0.125
"""What planning one changed case may take, or that share of what is left where that is more; a change that takes longer
to confirm is left out."""
NINE_TENTHS = 0.9
CLOSE = 0.02
"""A change that is searched for is known to this share of itself before it is rounded outward."""
FIRST_STEP = 0.05
"""The first step up from what fractions need, as a share of it."""
MOST_STEPS = 6
"""Changes that are tried from there on, each step twice as long, before it is asked whether any change is enough."""
MOST_DOUBTS = 2
"""Changes that could not be settled in time, after which the one that is known to be enough is taken."""
ROUGH = 4.0
"""Between two changes of which one is more than so many times the other, the next is tried nearer to the smaller."""
NOTHING = 1e-9
"""A change below this share of the figure is none: it is not looked for how much less would do."""


def has_plan(case: Case, deadline: float) -> bool:
    """Whether a case has any plan in whole numbers, however good.

    Raises:
        NoProofError: no time was left to find out.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise NoProofError("no time was left to plan a changed case")
    return has_any_plan(build(coefficients_of(case)), seconds_of_a_look(left))


def seconds_of_a_look(left: float) -> float:
    """How long one look may take, of so many seconds that are left: not all of them, but more where there are many."""
    return min(left, max(LOOK_SECONDS, SHARE_OF_A_LOOK * left))


@dataclass
class Trials:
    """What is known of changes of one figure."""

    figure: Figure
    case: Case
    deadline: float
    low: float = 0.0
    """The largest change that is known not to be enough."""
    high: float = math.inf
    """The smallest change that is known to be enough."""
    doubtful: list[float] = field(default_factory=list)
    """Changes that could not be settled in time: at the edge of what is possible it takes longest."""

    def is_least(self, change: float) -> bool:
        """Whether a change is known to be enough, and nine tenths of it known not to be."""
        return self._is_enough(change) and not self._is_enough(self._part(change)) and self._part(change) <= self.low

    def smallest(self, least: float) -> Remedy | None:
        """The smallest change that is known to leave a plan; None where none is.

        Args:
            least: what fractions need, as far as that is known; otherwise nothing.

        Raises:
            NoProofError: the time was over before any change was known to be enough.
        """
        if self.figure.stops:
            return self._first_stop(self.figure.stops)
        if not any(self._is_enough(change) for change in self._steps_up(least)):
            return None
        try:
            if least > 0 and not self.low:  # the first was enough: it mostly is the least
                self._is_enough(self._part(self.high))
            return self._narrowed()
        except NoProofError:  # one change is known to be enough, and how much less would do is not
            return Remedy(((self.figure, self.high),), is_least=self._part(self.high) <= self.low)

    def _is_enough(self, change: float) -> bool:
        """Whether a change is known to be enough."""
        if change <= self.low or change >= self.high:
            return change >= self.high
        if change in self.doubtful:
            return False
        try:
            enough = self._has_plan_with(change)
        except NoProofError:
            if time.monotonic() > self.deadline:
                raise
            self.doubtful.append(change)
            return False
        if enough:
            self.high = change
        else:
            self.low = change
        return enough

    def _steps_up(self, least: float) -> Iterator[float]:
        """Changes to try until one is enough: from what fractions need on, each step twice as long; then the furthest.

        The furthest alone where it is not known what they need, since it tells whether any change helps at all.
        """
        most = furthest(self.figure)
        step = max(FIRST_STEP * least, 1.0 if self.figure.whole else 0.0)
        for number in range(MOST_STEPS if least > 0 else 0):
            change = self.figure.steps_outward(least + (2**number - 1) * step)
            if change < most:
                yield change
        if most > 0:
            yield most

    def _narrowed(self) -> Remedy:
        """The least change that is known to be enough, as near to what is not as need be, rounded outward."""
        while not self._part(self._rounded()) <= self.low:
            middle = self._middle()
            if middle is None:
                break
            self._is_enough(middle)
        change = self._rounded()
        if change != self.high and not self._is_planned(change):  # what is offered was planned, to the digit
            change = self.high
        if not self.doubtful and not self.figure.whole and self._is_enough(self._part(change)):
            change = self.high  # rounded outward it would be more than need be
        return Remedy(((self.figure, change),), is_least=self._part(change) <= self.low)

    def _middle(self) -> float | None:
        """The next change to try; None where what is known is near enough, or nothing further can be settled."""
        below = max([self.low, *(one for one in self.doubtful if one < self.high)])
        whole, high = self.figure.whole, self.high
        if high - below <= (1.0 if whole else CLOSE * high) or high <= NOTHING * base_of(self.figure):
            return None
        if len(self.doubtful) >= MOST_DOUBTS and high <= ROUGH * below:
            return None
        near = high <= ROUGH * below or (whole and high - below <= ROUGH**2)
        middle = (below + high) / 2 if near else max(high / ROUGH**2, math.sqrt(below * high))
        return float(min(max(round(middle), below + 1), high - 1)) if whole else middle

    def _rounded(self) -> float:
        return min(self.figure.steps_outward(self.high), self.figure.most)

    def _part(self, change: float) -> float:
        """Nine tenths of a change."""
        return float(int(NINE_TENTHS * change)) if self.figure.whole else NINE_TENTHS * change

    def _is_planned(self, change: float) -> bool:
        """Whether this very change is found to leave a plan."""
        try:
            return self._has_plan_with(change)
        except NoProofError:
            return False

    def _has_plan_with(self, change: float) -> bool:
        return has_plan(changed(self.case, {self.figure.path: self.figure.yaml(change)}), self.deadline)

    def _first_stop(self, stops: tuple[float, ...]) -> Remedy | None:
        """The first stop that is enough, by halving; None where the last is not."""
        if not self._is_enough(stops[-1]):
            return None
        at = bisect.bisect_left(stops[:-1], True, key=self._is_enough)
        return Remedy(((self.figure, stops[at]),), is_least=at == 0 or stops[at - 1] <= self.low)
