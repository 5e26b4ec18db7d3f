"""Index sets: everything about where a decision exists is decided here, from which coefficients exist.

Those of what is bought stand in ``system_sets``; these say who may pay for it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import combinations

from planner.model.system_sets import SystemSets, grouped
from planner.vocabulary.keys import (
    Balance,
    Claim,
    ClaimedExit,
    Draw,
    ExclusiveSet,
    Investment,
    Overlap,
    OverlapExit,
    Vintage,
)


class Sets(SystemSets):
    """Where each decision and each row exists."""

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims j,i that can be."""
        possible = set(self.investments)
        return [key for key in self.coefficients.claims.terms if key.investment in possible]

    @cached_property
    def claims_to_join(self) -> list[Claim]:
        """Claims j,i under programmes without a cap that have to be joined."""
        return [key for key in self.claims if key in self.coefficients.aid.claim_limit]

    @cached_property
    def claimants(self) -> dict[Investment, list[str]]:
        """Programmes that may pay for an investment."""
        return grouped((investment, programme) for programme, investment in self.claims)

    @cached_property
    def rival_claims(self) -> list[tuple[Investment, ExclusiveSet, list[Claim]]]:
        """Investment, set of programmes that exclude each other, and what those of it may claim of the investment."""
        found = [
            (i, group, [Claim(j, i) for j in group if j in claimants])
            for i, claimants in self.claimants.items()
            for group in self.coefficients.aid.exclusive
        ]
        return [entry for entry in found if entry[2]]

    @cached_property
    def programme_claims(self) -> dict[str, list[Investment]]:
        """Investments that a programme may pay for."""
        return grouped(self.claims)

    @cached_property
    def richly_funded(self) -> list[Investment]:
        """Investments on which all grants and tax credits together could pass the ceiling of public money."""
        coefficients = self.coefficients
        most = {
            i: sum(
                terms.amount for j in claimants if (terms := coefficients.claims.terms[Claim(j, i)]).aid.is_public_money
            )
            for i, claimants in self.claimants.items()
        }
        return [
            i
            for i, amount in most.items()
            if amount > coefficients.aid.public_money_ceiling * coefficients.units.cost[i]
        ]

    @cached_property
    def retentions(self) -> list[tuple[Vintage, ExclusiveSet, str]]:
        """Vintage, set of programmes that exclude each other, and the programme of it whose retention is at stake."""
        return [
            (vintage, group, j)
            for vintage, order in self.vintage_order.items()
            for group in self.coefficients.aid.exclusive
            for j in group
            if self.coefficients.aid.retention_months[j] > 0 and Claim(j, order) in self.coefficients.claims.terms
        ]

    @cached_property
    def exit_periods_of(self) -> dict[Claim, tuple[int, ...]]:
        """Periods u in which it is told how many claimed systems leave, by claim j,i."""
        return {claim: self.coefficients.claimed_exit_periods.get(claim, ()) for claim in self.claims}

    @cached_property
    def claimed_exits(self) -> list[ClaimedExit]:
        """Claimed systems j,i that may leave in u, where that matters."""
        return [ClaimedExit(claim, u) for claim, times in self.exit_periods_of.items() for u in times]

    @cached_property
    def overlaps(self) -> list[Overlap]:
        """Programme j, one that comes before it, and an investment i on which that one deducts something."""
        possible = set(self.investments)
        return [key for key in self.coefficients.claims.deducted if key.investment in possible]

    @cached_property
    def overlap_exit_periods(self) -> dict[Overlap, tuple[int, ...]]:
        """Periods u in which systems may leave that both programmes of an overlap have paid for."""
        return {
            key: tuple(u for u in self.exit_periods_of[key.claim] if u in self.exit_periods_of[key.earlier_claim])
            for key in self.overlaps
        }

    @cached_property
    def overlap_exits(self) -> list[OverlapExit]:
        """Systems j,j',i paid for by both programmes of an overlap that may leave in u."""
        return [OverlapExit(overlap, u) for overlap, times in self.overlap_exit_periods.items() for u in times]

    @cached_property
    def overlap_groups(self) -> list[tuple[Investment, ExclusiveSet, ExclusiveSet]]:
        """Investment, programmes that exclude each other, and earlier ones that do so too and come before all those."""
        pairs: dict[Investment, set[tuple[str, str]]] = defaultdict(set)
        for j, earlier, i in self.overlaps:
            pairs[i].add((j, earlier))
        apart = self.coefficients.aid.exclusive
        return [(i, *group) for i, found in pairs.items() for group in overlapping_sets(found, apart)]

    @cached_property
    def exits_by_group(self) -> list[tuple[Vintage, ExclusiveSet, list[int]]]:
        """Vintage, set of programmes that exclude each other, and the periods in which what they claim may leave."""
        periods: dict[tuple[Vintage, ExclusiveSet], set[int]] = defaultdict(set)
        for (j, order), u in self.claimed_exits:
            for group in self.coefficients.aid.exclusive:
                if j in group:
                    periods[self.order_vintage[order], group].add(u)
        return [(vintage, group, sorted(times)) for (vintage, group), times in periods.items()]

    @cached_property
    def draws(self) -> list[Draw]:
        """Draws f,t that can be."""
        return [Draw(f, t) for f, loan in self.coefficients.loans.items() for t in loan.drawable]

    @cached_property
    def owing(self) -> list[Balance]:
        """Loans and all periods: f,t."""
        return [Balance(f, t) for f in self.coefficients.loans for t in self.periods]


def overlapping_sets(
    pairs: set[tuple[str, str]], exclusive: tuple[ExclusiveSet, ...]
) -> list[tuple[ExclusiveSet, ExclusiveSet]]:
    """Largest two sets of programmes, each pairwise exclusive, all of the first after all of the second.

    >>> overlapping_sets({("b", "a"), ("c", "a")}, (ExclusiveSet(("b", "c")), ExclusiveSet(("a",))))
    [(('b', 'c'), ('a',))]
    >>> pairs = {("d", "a"), ("d", "b"), ("e", "b"), ("e", "c")}
    >>> overlapping_sets(pairs, (ExclusiveSet(("d", "e")), ExclusiveSet(("a", "b", "c"))))
    [(('d',), ('a', 'b')), (('e',), ('b', 'c')), (('d', 'e'), ('b',))]
    """
    found: list[tuple[ExclusiveSet, ExclusiveSet]] = []
    for group in exclusive:
        for others in exclusive:
            before = {j: ExclusiveSet(other for other in others if (j, other) in pairs) for j in group}
            for earlier in _shared([*dict.fromkeys(filter(None, before.values()))]):
                found.append((ExclusiveSet(j for j in group if set(earlier) <= set(before[j])), earlier))
    unique = list(dict.fromkeys(found))
    return [one for one in unique if not any(_within(one, other) for other in unique if other != one)]


def _shared(sets: list[ExclusiveSet]) -> list[ExclusiveSet]:
    """Some sets, and whatever any of them have in common, in the order of the first of them."""
    some = (some for size in range(1, len(sets) + 1) for some in combinations(sets, size))
    common = (ExclusiveSet(name for name in one[0] if all(name in other for other in one)) for one in some)
    return [*dict.fromkeys(filter(None, common))]


def _within(one: tuple[ExclusiveSet, ExclusiveSet], other: tuple[ExclusiveSet, ExclusiveSet]) -> bool:
    return all(set(mine) <= set(its) for mine, its in zip(one, other, strict=True))
