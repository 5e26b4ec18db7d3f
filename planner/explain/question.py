"""At which price an offer is bought for a site: plans with one there at least and with none, price after price.

Asked in whole numbers, or of the linear programme beside a plan.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import ClassVar

from planner.audit import audit
from planner.case.case import Case
from planner.case.quantities import Month
from planner.coefficients import coefficients_of
from planner.explain.offer_price import with_price
from planner.explain.prices import Beside, fixed_values, in_fractions
from planner.model.build import Model, build
from planner.model.linear import LinearExpression, Row, count
from planner.outcome import WarmStart
from planner.solution import decisions_of
from planner.solving.fixed_mip import FixedMip
from planner.solving.forced import best_with
from planner.vocabulary.constraints.pool import FURTHER

MOST_STEPS = 12
"""Steps towards the price; most cases need three."""
CLOSE = 1e-9
"""Values that differ by less, as a share, count as equal."""
CLOSE_IN_FRACTIONS = 1e-8
"""The same for linear programmes, which are solved to a tolerance."""
CHEAPEST = 1e-3
"""Below this share of its price a system is as good as given away."""
ABOVE, STRIDE = 1.01, 1.1
"""How far above a price it is looked whether it still enters: one per cent, then steps of ten."""
TOUCH = 1e-4
"""A change of price that is small enough to read a slope from."""


@dataclass(frozen=True)
class Side:
    """The best plan on one side of the question, and its value at a price."""

    value: float
    slope: float
    """By how much the same plan has more value where the price is higher by its whole; negative."""


@dataclass
class Question:
    """One offer and one site, asked by planning in whole numbers with one there at least, and with none."""

    case: Case
    offer: str
    site: str
    gap: float
    seconds: float
    told: Callable[[], None]
    step: Month | None = None
    """The month of the one step of the price that is asked about; all of them without it."""
    start: WarmStart | None = None
    """Where each search begins."""
    close: ClassVar[float] = CLOSE

    def answer(self) -> tuple[float | None, float | None]:
        """The share of the price at which it enters, and the cost of forcing one in at the present price."""
        here = self.difference(1.0)
        if here is None:
            share = self._somewhere_below(1.0)
            return (None if share is None else self._highest(share)), None
        if here[0] >= -self.close * here[2]:
            return 1.0, 0.0
        share = self._by_slopes(here)
        return (None if share is None else self._highest(share)), max(0.0, -here[0])

    def _by_slopes(self, here: tuple[float, float, float]) -> float | None:
        """From price to price, each where the plans of the last one would be worth the same."""
        share = 1.0
        for _ in range(MOST_STEPS):
            gain, slope, scale = here
            if abs(gain) <= self.close * scale:
                return share
            lower = share - gain / slope if slope < 0 else 0.0
            found = self.difference(lower) if CHEAPEST < lower < 1.0 else None
            if found is None:  # what the price does to cash is no slope: it enters at some price, or at none
                return self._somewhere_below(1.0)
            share, here = lower, found
        return self._somewhere_below(1.0)

    def _somewhere_below(self, high: float) -> float | None:
        """A price below, by halving; None where it does not enter even as good as given away."""
        return self._between(CHEAPEST, high) if self._enters(CHEAPEST) else None

    def _highest(self, share: float) -> float:
        """The highest price at which a plan with one there is as good: further up, where one per cent more is too.

        Plans may be worth the same over a range of prices; which of them is found first is chance.
        """
        low, high = share, share * ABOVE
        while high < 1.0 and self._is_as_good(high):
            low, high = high, min(1.0, high * STRIDE)
        return share if low == share else self._exact(*self._ends(low, high, self._is_as_good))

    def _between(self, low: float, high: float) -> float:
        """The share between one at which it enters and one at which it does not."""
        return self._ends(low, high, self._enters)[0]

    def _ends(self, low: float, high: float, holds: Callable[[float], bool]) -> tuple[float, float]:
        """Two shares close to each other, between which something ceases to hold."""
        while high - low > TOUCH * low:
            middle = (low + high) / 2
            low, high = (middle, high) if holds(middle) else (low, middle)
        return low, high

    def _exact(self, low: float, high: float) -> float:
        """The share between two others at which what one there costs, a straight line above, comes to nothing."""
        first, second = self.difference(high), self.difference(min(1.0, high * ABOVE))
        if first is None or second is None or first[0] <= second[0]:
            return low
        share = high - first[0] * (min(1.0, high * ABOVE) - high) / (second[0] - first[0])
        return share if low <= share <= high and self._is_as_good(share) else low

    def _enters(self, share: float) -> bool:
        found = self.difference(share)
        return found is not None and found[0] > self.close * found[2]

    def _is_as_good(self, share: float) -> bool:
        found = self.difference(share)
        return found is not None and found[0] >= -self.close * found[2]

    def difference(self, share: float) -> tuple[float, float, float] | None:
        """The value of one there at a share of the price, the slope of that, and the size of what it is part of."""
        case = self.at(share)
        there = self.side(case, share, at_least_one=True)
        if there is None:
            return None
        nowhere = self.side(case, share, at_least_one=False)
        if nowhere is None:
            return math.inf, 0.0, 1.0
        gain = there.value - nowhere.value
        return gain, there.slope - nowhere.slope, max(1.0, abs(nowhere.value))

    def at(self, share: float) -> Case:
        """The case with the price that is asked about at a share."""
        return with_price(self.case, self.offer, share, self.step)

    def ordered(self, model: Model) -> LinearExpression:
        """What is ordered from the offer for the site."""
        orders = model.decide.order.items()
        return count(column for (offer, site, _), column in orders if (offer, site) == (self.offer, self.site))

    def row(self, ordered: LinearExpression, at_least_one: bool) -> Row:
        """That one is there at least, or none."""
        return Row(FURTHER, (self.offer, self.site), ordered >= 1.0 if at_least_one else ordered <= 0.0)

    def side(self, case: Case, share: float, *, at_least_one: bool) -> Side | None:
        """The best plan of a case on one side of the question; None where there is none."""
        self.told()
        model = build(coefficients_of(case))
        ordered = self.ordered(model)
        if at_least_one and not ordered.terms:
            return None
        row = self.row(ordered, at_least_one)
        found = best_with(model, [row], gap=self.gap, seconds=self.seconds, start=self.start)
        if found is None:
            return None
        decisions = decisions_of(model, found.values)
        sign = 1.0 if model.more_is_better else -1.0
        unit = 1.0 if case.objective.kind == "compute" else model.coefficients.money_unit
        cheaper = self.at(share * (1 - TOUCH))
        slope = (audit(case, decisions).objective - audit(cheaper, decisions).objective) / (share * TOUCH)
        return Side(sign * found.objective * unit, sign * slope)


@dataclass
class BesidePlan(Question):
    """The same, asked of linear programmes beside the plan: its blocks, programmes and tax years, other systems."""

    beside: Beside = field(kw_only=True)
    """Where each linear programme begins."""
    close: ClassVar[float] = CLOSE_IN_FRACTIONS
    _at: dict[float, FixedMip] = field(default_factory=dict, init=False)
    """One for each share of the price, with a row behind the others that counts what is ordered there."""

    def side(self, case: Case, share: float, *, at_least_one: bool) -> Side | None:
        """The best mix of systems at a share of the price, and how it changes with the price."""
        self.told()
        value = self._value(share, at_least_one)
        cheaper = self._value(share * (1 - TOUCH), at_least_one)
        return None if value is None or cheaper is None else Side(value, (value - cheaper) / (share * TOUCH))

    def _value(self, share: float, at_least_one: bool) -> float | None:
        fixed_mip = self._at.get(share) or self._solved_at(share)
        limits = (1.0, math.inf) if at_least_one else (-math.inf, 0.0)
        value = fixed_mip.between(len(fixed_mip.model.rows) - 1, *limits)
        goal = fixed_mip.model.goal
        return None if value is None else value * goal.size

    def _solved_at(self, share: float) -> FixedMip:
        model = in_fractions(self.at(share))
        rows = [*model.rows, Row(FURTHER, (self.offer, self.site), self.ordered(model) >= 0.0)]
        fixed = fixed_values(model, self.beside.outcome)
        self._at[share] = FixedMip(replace(model, rows=rows), fixed, (), self.beside.fixed_mip)
        return self._at[share]
