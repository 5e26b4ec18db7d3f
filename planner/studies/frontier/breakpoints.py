"""Breakpoints: where two plans along one input have the same objective, and how far both are within the gap.

A plan is a list of decisions; its objective at another value of the input is plain arithmetic by the audit, without a
solver. So the value at which one plan overtakes another is found to the last digit from two plans.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.case.case import Case
from planner.outcome import Outcome
from planner.studies.ex_post import ex_post
from planner.studies.tie import allowed_gap

CaseAt = Callable[[float], Case]
"""The case at a value of the input."""
LOOKS = 60
"""Most looks for a value; each halves the stretch or does better."""


@dataclass(frozen=True)
class Pair:
    """Two plans of the same case at two values of one input."""

    low: float
    below: Outcome
    high: float
    above: Outcome
    case_at: CaseAt

    def lead(self, value: float) -> float | None:
        """How much better the upper plan is than the lower one at a value; None where one of them is no plan."""
        case = self.case_at(value)
        objectives = []
        for plan in (self.below, self.above):
            there = ex_post(plan.decisions, case, plan.case)
            if there is None or not there.whole:
                return None
            objectives.append(there.audit.objective)
        sign = -1.0 if self.below.proof.kind == "cost" else 1.0
        return sign * (objectives[1] - objectives[0])

    def crossing(self) -> float | None:
        """The value at which both plans have the same objective; None where they are not plans at both ends.

        The secant method, kept inside the stretch (Illinois): two looks where the objective is a straight line.
        """
        low, high = self.low, self.high
        at_low, at_high = self.lead(low), self.lead(high)
        if at_low is None or at_high is None or at_low > 0 or at_high < 0 or at_low == at_high:
            return None
        value, side = low, 0
        for _ in range(LOOKS):
            value = (low * at_high - high * at_low) / (at_high - at_low)
            lead = self.lead(value)
            if lead is None:
                return None
            if abs(high - low) <= 1e-12 * max(abs(low), abs(high)) or lead == 0:
                break
            if lead > 0:
                high, at_high, at_low, side = value, lead, at_low / 2 if side > 0 else at_low, 1
            else:
                low, at_low, at_high, side = value, lead, at_high / 2 if side < 0 else at_high, -1
            if abs(lead) <= 1e-12 * max(1.0, abs(self.below.proof.objective)):
                break
        return value

    def turns_at(self) -> float | None:
        """The value at which the plan should turn: the crossing, or the end at which even the other plan is better.

        Both ends were planned to a gap only, so the plan of one may be the better one at the other as well.
        """
        at_low, at_high = self.lead(self.low), self.lead(self.high)
        if at_low is None or at_high is None:
            return None
        if at_low > 0 or at_high < 0:
            return self.low if at_low > 0 else self.high
        return self.crossing()

    def equally_good_until(self, start: float, end: float) -> float:
        """From a value towards another: the last value up to which both are plans and within the gap of each other."""
        gap = max(allowed_gap(self.below), allowed_gap(self.above))

        def good(value: float) -> bool:
            lead = self.lead(value)
            return lead is not None and abs(lead) <= gap

        if not good(start):
            return start
        if good(end):
            return end
        inside, outside = start, end
        for _ in range(20):
            middle = (inside + outside) / 2
            inside, outside = (middle, outside) if good(middle) else (inside, middle)
        return inside
