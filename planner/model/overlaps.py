"""Overlaps: units that two programmes both pay for, one after the other in the stacking order; sums over a group."""

from __future__ import annotations

from dataclasses import dataclass

from planner.coefficients import Coefficients
from planner.model.linear import LinearExpression, count
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.keys import Claim, ClaimedExit, ExclusiveSet, Exit, Investment, Overlap, OverlapExit


class Overlaps:
    """Sums over all overlaps of claims."""

    def __init__(self, sets: Sets, coefficients: Coefficients, decide: Variables) -> None:
        self.sets = sets
        self.coefficients = coefficients
        self.decide = decide

    def of(self, investment: Investment, later: ExclusiveSet, earlier: ExclusiveSet) -> SetsOverlap:
        """The overlap of two sets of programmes on one investment."""
        return SetsOverlap(self, investment, later, earlier)

    def left(self, overlap: Overlap) -> LinearExpression:
        """Systems paid for by both programmes that leave, in all periods."""
        return count(self.decide.overlap_exit[OverlapExit(overlap, u)] for u in self.sets.overlap_exit_periods[overlap])

    def claims_left(self, claim: Claim) -> LinearExpression:
        """Claimed systems that leave, in all periods."""
        return count(self.decide.claimed_exit[ClaimedExit(claim, u)] for u in self.sets.exit_periods_of[claim])


@dataclass(frozen=True)
class SetsOverlap:
    """One investment, programmes that exclude each other, and such programmes that come before all of them."""

    all: Overlaps
    investment: Investment
    later: ExclusiveSet
    earlier: ExclusiveSet

    @property
    def members(self) -> tuple[str, ...]:
        """All programmes of the two sets."""
        return (*self.later, *self.earlier)

    @property
    def periods(self) -> list[int]:
        """Periods in which systems can leave that two of the programmes have paid for."""
        leaves = self.all.sets.overlap_exit_periods
        return sorted({u for pair in self._pairs() for u in leaves[pair]})

    def staying(self, member: str | None = None) -> LinearExpression:
        """Units that two of the programmes pay for, one of them this if it is given, and that stay."""
        found = LinearExpression()
        for pair in self._pairs(member):
            found.add_term(self.all.decide.overlap[pair], 1.0)
            found.add_term(self.all.left(pair), -1.0)
        return found

    def claims_staying(self, member: str) -> LinearExpression:
        """Units claimed under a programme that stay."""
        claim = Claim(member, self.investment)
        return self.all.decide.claim[claim] - self.all.claims_left(claim)

    def least_staying(self) -> LinearExpression:
        """What of the claims that stay does not fit side by side on all that stays."""
        found = self._exits() - self.all.decide.bought(self.investment)
        for j in self.members:
            found.add_term(self.claims_staying(j), 1.0)
        return found

    def leaving(self, u: int, member: str | None = None) -> LinearExpression:
        """Units that two of the programmes pay for, one of them this if it is given, and that leave in a period."""
        keys = [OverlapExit(pair, u) for pair in self._pairs(member)]
        return count(self.all.decide.overlap_exit[key] for key in keys if key in self.all.decide.overlap_exit)

    def claims_leaving(self, u: int, *members: str) -> LinearExpression:
        """Units claimed under some of the programmes that leave in a period."""
        keys = [ClaimedExit(Claim(j, self.investment), u) for j in members]
        return count(self.all.decide.claimed_exit[key] for key in keys if key in self.all.decide.claimed_exit)

    def least_leaving(self, u: int) -> LinearExpression:
        """What of the claims that leave in a period does not fit side by side on all that leaves."""
        vintage = self.all.sets.order_vintage[self.investment]
        return self.claims_leaving(u, *self.members) - self.all.decide.exit[Exit(vintage, u)]

    def _pairs(self, member: str | None = None) -> list[Overlap]:
        found = [Overlap(j, earlier, self.investment) for j in self.later for earlier in self.earlier]
        return [pair for pair in found if member in (None, pair.programme, pair.earlier)]

    def _exits(self) -> LinearExpression:
        """Systems that leave up to the last period in which it is told who leaves; where it never is, before any of
        the programmes lets systems go."""
        sets, coefficients = self.all.sets, self.all.coefficients
        if self.investment not in sets.order_vintage:
            return LinearExpression()
        vintage = sets.order_vintage[self.investment]
        told = [u for j in self.members for u in sets.exit_periods_of[Claim(j, self.investment)]]
        ready = sets.arrival_period(vintage)
        end = max(told) + 1 if told else min(coefficients.aid.retained_until[j, ready] for j in self.members)
        return count(self.all.decide.exit[key] for key in sets.vintage_exits[vintage] if key.period < end)
