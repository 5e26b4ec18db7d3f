"""Special depreciation: together with grants that lower book values it writes off no more than what was paid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.case.consistency.draft import Draft, Finding
from planner.case.consistency.programmes import excluded
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import WHOLE
from planner.case.finance import Finance
from planner.case.programme import Programme
from planner.case.words import listed


def no_cost_is_written_off_twice(draft: Draft) -> Iterator[Finding]:
    """A special depreciation and all that may come with it on one unit take off at most its cost."""
    if draft.finance is None:
        return
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            if not programme.aid.is_written_off:
                continue
            most, with_it = _most(draft, draft.finance, name, programme)
            if most > 1 + WHOLE:
                words = f" with {listed([repr(one) for one in with_it], 'and')}" if with_it else ""
                own = f"{share_of_cost(programme) * 100:.6g} %"
                found = f"{own} of the cost{words} write off up to {most * 100:.6g} % of it"
                remedy = "lower the rate, or say how they go together: `excludes:`, or `after:` the grants"
                yield Finding(("programmes", name, "rate"), found, "100 % of the cost of a unit in all", remedy)


def _most(draft: Draft, finance: Finance, name: str, programme: Programme) -> tuple[float, tuple[str, ...]]:
    """The largest share of a cost that can be written off at once, and the programmes that go into it."""
    others = [
        other
        for other, one in draft.programmes.items()
        if other != name
        and (one.aid.lowers_book_value(finance.asset_grants) or one.lowers_tax_basis)
        and not excluded(draft, name, other)
        and not set(programme.categories).isdisjoint(one.categories)
        and share_units(programme, one)
    ]
    best: tuple[float, tuple[str, ...]] = (share_of_cost(programme), ())
    for together in compatible(draft, others):
        kinds = [draft.programmes[other] for other in together]
        special = sum(share_of_cost(one) for one in kinds if one.aid.is_written_off)
        special += sum(one.lower_basis * share_of_cost(one) for one in kinds if one.lowers_tax_basis)
        first = sum(share_of_cost(draft.programmes[o]) for o in together if o in programme.after)
        beside = sum(share_of_cost(one) for one in kinds if one.aid.is_paid_out) - first
        beside = min(beside, finance.public_money_ceiling)
        first = min(first, finance.public_money_ceiling - beside)
        left = max(0.0, programme.eligible_share - first)
        best = max(best, (programme.rate * left + special + beside + first, together))
    return best


def share_of_cost(programme: Programme) -> float:
    """What a programme pays or writes off, as a share of the cost in its categories."""
    return programme.rate * programme.eligible_share


def share_units(one: Programme, other: Programme) -> bool:
    """Whether two programmes may pay for the same unit, as far as its system and its place go."""
    pairs: tuple[tuple[Collection[str], Collection[str]], ...] = (
        (one.systems, other.systems),
        (one.sites, other.sites),
        (one.regions, other.regions),
    )
    return all(not mine or not theirs or not set(mine).isdisjoint(theirs) for mine, theirs in pairs)


def compatible(draft: Draft, names: list[str]) -> Iterator[tuple[str, ...]]:
    """The largest sets of programmes that may pay for the same unit, and some smaller ones."""
    if not names:
        yield ()
        return
    first, *rest = names
    free = [other for other in rest if not excluded(draft, first, other)]
    for together in compatible(draft, free):
        yield (first, *together)
    if len(free) < len(rest):
        yield from compatible(draft, rest)
