"""Units that two programmes both pay for, of which one comes after the other: sums over a group of such programmes."""

from __future__ import annotations

from dataclasses import dataclass

from planner.coefficients import Coefficients
from planner.decisions import Investment
from planner.model.linear import Sum, count
from planner.model.sets import Sets
from planner.model.variables import Variables


class Overlaps:
    """Sums over all overlaps of claims."""

    def __init__(self, sets: Sets, figures: Coefficients, decide: Variables) -> None:
        self.sets = sets
        self.figures = figures
        self.decide = decide

    def of(self, investment: Investment, later: tuple[str, ...], earlier: tuple[str, ...]) -> Overlap:
        """The overlap of two sets of programmes on one investment."""
        return Overlap(self, investment, later, earlier)

    def left(self, j: str, earlier: str, i: Investment) -> Sum:
        """Systems paid for by both programmes that leave, in all periods."""
        return count(self.decide.leave_both[(j, earlier, *i, u)] for u in self.sets.overlap_leaves[j, earlier, i])

    def claims_left(self, j: str, i: Investment) -> Sum:
        """Claimed systems that leave, in all periods."""
        return count(self.decide.leave[(j, *i, u)] for u in self.sets.leaves_of[j, i])


@dataclass(frozen=True)
class Overlap:
    """One investment, programmes that exclude each other, and such programmes that come before all of them."""

    all: Overlaps
    investment: Investment
    later: tuple[str, ...]
    earlier: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """All programmes of the two sets."""
        return (*self.later, *self.earlier)

    @property
    def periods(self) -> list[int]:
        """Periods in which systems can leave that two of the programmes have paid for."""
        leaves = self.all.sets.overlap_leaves
        return sorted({u for j, earlier in self._pairs() for u in leaves[j, earlier, self.investment]})

    def staying(self, member: str | None = None) -> Sum:
        """Units that two of the programmes pay for, one of them this if it is given, and that stay."""
        found = Sum()
        for j, earlier in self._pairs(member):
            found.plus(self.all.decide.both[(j, earlier, *self.investment)], 1.0)
            found.plus(self.all.left(j, earlier, self.investment), -1.0)
        return found

    def claims_staying(self, member: str) -> Sum:
        """Units claimed under a programme that stay."""
        claimed = self.all.decide.claim[member, self.investment]
        return claimed - self.all.claims_left(member, self.investment)

    def least_staying(self) -> Sum:
        """What of the claims that stay does not fit side by side on all that stays."""
        found = self._exits() - self.all.decide.bought(self.investment)
        for j in self.members:
            found.plus(self.claims_staying(j), 1.0)
        return found

    def leaving(self, u: int, member: str | None = None) -> Sum:
        """Units that two of the programmes pay for, one of them this if it is given, and that leave in a period."""
        keys = [(j, earlier, *self.investment, u) for j, earlier in self._pairs(member)]
        return count(self.all.decide.leave_both[key] for key in keys if key in self.all.decide.leave_both)

    def claims_leaving(self, u: int, *members: str) -> Sum:
        """Units claimed under some of the programmes that leave in a period."""
        keys = [(j, *self.investment, u) for j in members]
        return count(self.all.decide.leave[key] for key in keys if key in self.all.decide.leave)

    def least_leaving(self, u: int) -> Sum:
        """What of the claims that leave in a period does not fit side by side on all that leaves."""
        cohort = self.all.sets.order_cohort[self.investment]
        return self.claims_leaving(u, *self.members) - self.all.decide.exit[(*cohort, u)]

    def _pairs(self, member: str | None = None) -> list[tuple[str, str]]:
        found = [(j, earlier) for j in self.later for earlier in self.earlier]
        return [pair for pair in found if member is None or member in pair]

    def _exits(self) -> Sum:
        """Systems that leave up to the last period in which it is told who leaves; where it never is, before any of
        the programmes lets systems go."""
        sets, figures = self.all.sets, self.all.figures
        if self.investment not in sets.order_cohort:
            return Sum()
        cohort = sets.order_cohort[self.investment]
        told = [u for j in self.members for u in sets.leaves_of[j, self.investment]]
        ready = sets.arrival_period(cohort)
        end = max(told) + 1 if told else min(figures.retained_until[j, ready] for j in self.members)
        return count(self.all.decide.exit[key] for key in sets.cohort_exits[cohort] if key[3] < end)
