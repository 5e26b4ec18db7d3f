"""Ways to join programmes, each searched by itself: in all futures or in none, so that one future may settle it.

A programme that some future cannot join, since its floor cannot be met there, is joined in none. What every future
would come to by itself does not see that, nor does the linear programme of all of them: in fractions a programme is
joined by half. So programmes of the first stage are settled first, and each way to do so has bounds of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from planner.decisions import Decisions
from planner.outcome import Outcome
from planner.studies.robust.first_stages import Measure, run_with
from planner.studies.robust.jobs import PinnedPlan, Screened, joins_alone
from planner.studies.robust.ways import Way
from planner.studies.runs import all_records
from planner.studies.tasks import Engine

MOST_PROGRAMMES = 3
"""Programmes that are settled; ways to join them double with each."""


@dataclass
class Joins:
    """One way to join programmes: which of them, and what is known of first stages with it."""

    joined: Decisions
    own: list[Outcome | None]
    """By way, the best plan by itself with it, where that is known."""
    at_most: list[float]
    """By way, how good a plan by itself with it can be."""
    bounds: list[float] = field(default_factory=list)
    """No first stage with it is better than any of these."""
    is_possible: bool = True

    @property
    def names(self) -> list[str]:
        """The programmes that are joined."""
        return [name for name, joined in self.joined.join.items() if joined]

    def holds(self, first: Decisions) -> bool:
        """Whether a first stage is one with it."""
        return all(first.join.get(name, False) == joined for name, joined in self.joined.join.items())

    def bound(self, measure: Measure) -> float:
        """The tightest of its bounds."""
        return (min if measure.more_is_better else max)(self.bounds)


@dataclass(frozen=True)
class WaysToJoin:
    """All that leave every future a plan, at least in fractions."""

    ways: list[Joins]
    """The most hopeful first."""
    shut: dict[str, tuple[Way, ...]] = field(default_factory=dict)
    """Programmes that are joined in none of them, each with the ways of things in which no plan joins it."""


def ways_to_join(
    ways: Sequence[Way], own: Sequence[Outcome | None], own_bounds: Sequence[float], measure: Measure, engine: Engine
) -> WaysToJoin:
    """The ways to join what can be joined by the date whatever comes; one that leaves all open without such programmes.

    A way that leaves some future no plan, not even in fractions, is none.
    """
    programmes = sorted(frozenset.intersection(*(way.stage.programmes for way in ways)))
    if not programmes or len(programmes) > MOST_PROGRAMMES:
        return WaysToJoin([Joins(Decisions(), list(own), list(own_bounds), [measure(own_bounds)])])
    all_ways = [
        Decisions(join=dict(zip(programmes, yes, strict=True)))
        for yes in product((True, False), repeat=len(programmes))
    ]
    jobs = [
        Screened(
            f"{way.task.name} by programmes", way.task, joins_alone(all_ways[0]), tuple(all_ways), engine.time_limit
        )
        for way in ways
    ]
    records = all_records(jobs, engine)
    tighter = min if measure.more_is_better else max
    found = []
    for number, joined in enumerate(all_ways):
        at_most = [record["bounds"][number] for record in records]
        if None in at_most:
            continue
        at_most = [tighter(one, other) for one, other in zip(at_most, own_bounds, strict=True)]
        one = Joins(joined, [], at_most, [measure(at_most)])
        one.own = [outcome if outcome and one.holds(outcome.decisions) else None for outcome in own]
        found.append(one)
    found.sort(key=lambda one: one.bound(measure), reverse=measure.more_is_better)
    by_way = [list(zip(all_ways, record["bounds"], strict=True)) for record in records]
    shut = {
        name: tuple(
            way
            for way, bounds in zip(ways, by_way, strict=True)
            if all(bound is None for joined, bound in bounds if joined.join[name])
        )
        for name in programmes
    }
    return WaysToJoin(found, {name: without for name, without in shut.items() if without})


def plan_by_themselves(joins: Joins, ways: Sequence[Way], measure: Measure, engine: Engine, gap: float) -> None:
    """Finds a good plan of each way with one way to join programmes, where it is not known, and what that bounds."""
    rest = [number for number, outcome in enumerate(joins.own) if outcome is None] if joins.joined.join else []
    words = f"with {' and '.join(joins.names)}" if joins.names else "without programmes"
    jobs = [
        PinnedPlan(
            name=f"{ways[number].task.name} by itself {words}",
            task=ways[number].task,
            stage=joins_alone(joins.joined),
            first=joins.joined,
            gap=max(gap, engine.gap),
            time_limit=engine.time_limit,
        )
        for number in rest
    ]
    for number, record in zip(rest, all_records(jobs, engine), strict=True):
        run = run_with(ways[number], record, engine)
        joins.own[number] = run.outcome
        if run.outcome is not None:
            joins.at_most[number] = run.outcome.proof.bound
        elif run.proven:
            joins.is_possible = False
    joins.bounds.append(measure(joins.at_most))
