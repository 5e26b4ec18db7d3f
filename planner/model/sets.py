"""Index sets: everything about where a decision exists is decided here, from which coefficients exist.

Those of what is bought stand in ``system_sets``; these say who may pay for it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import combinations

from planner.decisions import Investment
from planner.model.system_sets import Cohort, SystemSets


class Sets(SystemSets):
    """Where each decision and each row exists."""

    @cached_property
    def claims(self) -> list[tuple[str, Investment]]:
        """Claims j,i that can be."""
        possible = set(self.investments)
        return [key for key in self.figures.claims if key[1] in possible]

    @cached_property
    def claims_to_join(self) -> list[tuple[str, Investment]]:
        """Claims j,i under programmes without a cap that have to be joined."""
        return [key for key in self.claims if key in self.figures.claim_limit]

    @cached_property
    def claimants(self) -> dict[Investment, list[str]]:
        """Programmes that may pay for an investment."""
        found: dict[Investment, list[str]] = defaultdict(list)
        for programme, investment in self.claims:
            found[investment].append(programme)
        return dict(found)

    @cached_property
    def rival_claims(self) -> list[tuple[Investment, tuple[str, ...], list[str]]]:
        """Investment, set of programmes that exclude each other, and those of it that may pay for the investment."""
        found = [
            (i, group, [j for j in group if j in claimants])
            for i, claimants in self.claimants.items()
            for group in self.figures.exclusive
        ]
        return [entry for entry in found if entry[2]]

    @cached_property
    def programme_claims(self) -> dict[str, list[Investment]]:
        """Investments that a programme may pay for."""
        found: dict[str, list[Investment]] = defaultdict(list)
        for programme, investment in self.claims:
            found[programme].append(investment)
        return dict(found)

    @cached_property
    def richly_funded(self) -> list[Investment]:
        """Investments on which all grants and tax credits together could pass the ceiling of public money."""
        figures = self.figures
        most = {
            i: sum(figures.claims[j, i].amount for j in claimants if figures.claims[j, i].aid.is_public_money)
            for i, claimants in self.claimants.items()
        }
        return [i for i, amount in most.items() if amount > figures.public_money_ceiling * figures.unit_cost[i]]

    @cached_property
    def retentions(self) -> list[tuple[Cohort, tuple[str, ...], str]]:
        """Cohort, set of programmes that exclude each other, and the programme of it whose retention is at stake."""
        return [
            (cohort, group, j)
            for cohort, order in self.cohort_order.items()
            for group in self.figures.exclusive
            for j in group
            if self.figures.retention_months[j] > 0 and (j, order) in self.figures.claims
        ]

    @cached_property
    def leaves_of(self) -> dict[tuple[str, Investment], tuple[int, ...]]:
        """Periods u in which it is told how many claimed systems leave, by claim j,i."""
        return {claim: self.figures.leave_periods.get(claim, ()) for claim in self.claims}

    @cached_property
    def leaves(self) -> list[tuple[str, Investment, int]]:
        """Claimed systems j,i that may leave in u, where that matters."""
        return [(j, i, u) for (j, i), times in self.leaves_of.items() for u in times]

    @cached_property
    def overlaps(self) -> list[tuple[str, str, Investment]]:
        """Programme j, one that comes before it, and an investment i on which that one deducts something."""
        possible = set(self.investments)
        return [key for key in self.figures.deducted if key[2] in possible]

    @cached_property
    def overlap_leaves(self) -> dict[tuple[str, str, Investment], tuple[int, ...]]:
        """Periods u in which systems may leave that both programmes of an overlap have paid for."""
        return {
            (j, earlier, i): tuple(u for u in self.leaves_of[j, i] if u in self.leaves_of[earlier, i])
            for j, earlier, i in self.overlaps
        }

    @cached_property
    def overlap_groups(self) -> list[tuple[Investment, tuple[str, ...], tuple[str, ...]]]:
        """Investment, programmes that exclude each other, and earlier ones that do so too and come before all those."""
        pairs: dict[Investment, set[tuple[str, str]]] = defaultdict(set)
        for j, earlier, i in self.overlaps:
            pairs[i].add((j, earlier))
        return [(i, *group) for i, found in pairs.items() for group in overlapping_sets(found, self.figures.exclusive)]

    @cached_property
    def leaving_claims(self) -> list[tuple[Cohort, tuple[str, ...], list[int]]]:
        """Cohort, set of programmes that exclude each other, and the periods in which what they claim may leave."""
        periods: dict[tuple[Cohort, tuple[str, ...]], set[int]] = defaultdict(set)
        for j, order, u in self.leaves:
            for group in self.figures.exclusive:
                if j in group:
                    periods[self.order_cohort[order], group].add(u)
        return [(cohort, group, sorted(times)) for (cohort, group), times in periods.items()]

    @cached_property
    def draws(self) -> list[tuple[str, int]]:
        """Draws f,t that can be."""
        return [(f, t) for f, loan in self.figures.loans.items() for t in loan.drawable]

    @cached_property
    def owing(self) -> list[tuple[str, int]]:
        """Loans and all periods: f,t."""
        return [(f, t) for f in self.figures.loans for t in self.periods]


def overlapping_sets(
    pairs: set[tuple[str, str]], exclusive: tuple[tuple[str, ...], ...]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Largest two sets of programmes, each pairwise exclusive, all of the first after all of the second.

    >>> overlapping_sets({("b", "a"), ("c", "a")}, (("b", "c"), ("a",)))
    [(('b', 'c'), ('a',))]
    >>> overlapping_sets({("d", "a"), ("d", "b"), ("e", "b"), ("e", "c")}, (("d", "e"), ("a", "b", "c")))
    [(('d',), ('a', 'b')), (('e',), ('b', 'c')), (('d', 'e'), ('b',))]
    """
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for group in exclusive:
        for others in exclusive:
            before = {j: tuple(other for other in others if (j, other) in pairs) for j in group}
            for earlier in _shared([*dict.fromkeys(filter(None, before.values()))]):
                found.append((tuple(j for j in group if set(earlier) <= set(before[j])), earlier))
    unique = list(dict.fromkeys(found))
    return [one for one in unique if not any(_within(one, other) for other in unique if other != one)]


def _shared(sets: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Some sets, and whatever any of them have in common, in the order of the first of them."""
    some = (some for size in range(1, len(sets) + 1) for some in combinations(sets, size))
    common = (tuple(name for name in one[0] if all(name in other for other in one)) for one in some)
    return [*dict.fromkeys(filter(None, common))]


def _within(one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    return all(set(mine) <= set(its) for mine, its in zip(one, other, strict=True))
