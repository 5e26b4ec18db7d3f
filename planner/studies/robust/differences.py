"""What the first stage of a robust plan does otherwise than that of the plain plan, and in which futures it pays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from planner.decisions import Decisions
from planner.studies.robust.outcome import InFuture, RobustOutcome
from planner.vocabulary.message import Message, say

NOTHING = 1e-6
"""A gain below this, as a share of the value, is rounding."""
Kind = Literal["order", "expand", "join"]


@dataclass(frozen=True)
class Change:
    """One offer for one site, one expansion or one programme, of which the first stage has more or less."""

    kind: Kind
    name: str
    site: str
    """Empty for programmes."""
    more: int
    """How much more is ordered, built or joined by the date; less below nothing."""
    earlier: int | None
    """Months by which the plain plan comes to as much later; None where it never does, or where less is ordered."""
    later: int
    """Futures whose plan with the robust first stage comes to what the plain plan has by the date after all; none where
    the robust one joins a programme and the plain one does not."""


@dataclass(frozen=True)
class Reason:
    """Where the robust first stage gains over the plain one, and what these futures have that others have not."""

    gaining: tuple[InFuture, ...]
    losing: tuple[InFuture, ...]
    what: Message | None
    """What comes otherwise where it gains; None where nothing tells these futures from the others."""
    with_it: int
    """Futures in which that comes otherwise."""
    gaining_with_it: int
    """How many of them gain."""
    gained: float
    """What it gains in them, weighed with their probability, in the unit of the objective."""
    lost: float
    """What it costs in the others."""

    @property
    def is_exact(self) -> bool:
        """Whether it gains in just those futures."""
        return self.with_it == self.gaining_with_it == len(self.gaining)


def changes(outcome: RobustOutcome) -> list[Change]:
    """What the two first stages do not have in common, summed up to the date."""
    return [*_ordered(outcome), *_built(outcome), *_joined(outcome)]


def _ordered(outcome: RobustOutcome) -> Iterator[Change]:
    def by_place(decisions: Decisions) -> dict[tuple[str, str], dict[int, int]]:
        found: dict[tuple[str, str], dict[int, int]] = {}
        for (offer, site, t), number in decisions.order.items():
            found.setdefault((offer, site), {})[t] = number
        return found

    for (offer, site), change in _changed(outcome, by_place):
        yield Change("order", offer, site, *change)


def _built(outcome: RobustOutcome) -> Iterator[Change]:
    def by_name(decisions: Decisions) -> dict[tuple[str, str], dict[int, int]]:
        found: dict[tuple[str, str], dict[int, int]] = {}
        for (name, t), number in decisions.expand.items():
            found.setdefault((name, outcome.base.case.expansions[name].site), {})[t] = number
        return found

    for (name, site), change in _changed(outcome, by_name):
        yield Change("expand", name, site, *change)


def _joined(outcome: RobustOutcome) -> Iterator[Change]:
    for name in sorted({*outcome.first.join, *outcome.plain_first.join}):
        more = int(name in outcome.first.join) - int(name in outcome.plain_first.join)
        if more:
            later = sum(bool(one.robust.decisions.join.get(name)) for one in outcome.futures)
            yield Change("join", name, "", more, None, 0 if more > 0 else later)


Schedules = Callable[[Decisions], Mapping[tuple[str, str], Mapping[int, int]]]


def _changed(
    outcome: RobustOutcome, schedules: Schedules
) -> Iterator[tuple[tuple[str, str], tuple[int, int | None, int]]]:
    robust, plain = schedules(outcome.first), schedules(outcome.plain_first)
    whole = schedules(outcome.base.decisions)
    adapted = [schedules(one.robust.decisions) for one in outcome.futures]
    calendar = outcome.base.case.calendar
    for place in sorted({*robust, *plain}):
        here, there = robust.get(place, {}), plain.get(place, {})
        if dict(here) == dict(there):
            continue
        mine, theirs, all_of_it = (_so_far(one, calendar.periods) for one in (here, there, whole.get(place, {})))
        more = mine[outcome.last] - theirs[outcome.last]
        reached = next(t for t, number in enumerate(mine) if number == mine[-1])
        caught_up = next((t for t, number in enumerate(all_of_it) if number >= mine[-1]), None)
        earlier = None if caught_up is None or more < 0 else (caught_up - reached) * calendar.months_per_period
        later = sum(sum(one.get(place, {}).values()) >= theirs[outcome.last] for one in adapted)
        yield place, (more, earlier, later)


def _so_far(schedule: Mapping[int, int], periods: int) -> list[int]:
    return list(accumulate(schedule.get(t, 0) for t in range(periods)))


def reason(outcome: RobustOutcome) -> Reason | None:
    """Where and why the robust first stage pays; None where the plain one is as good, or leaves some future no plan."""
    gains = [(one, outcome.gain(one)) for one in outcome.futures]
    least = NOTHING * max(1.0, abs(outcome.value))
    gaining = tuple(one for one, gain in gains if gain is None or gain > least)
    losing = tuple(one for one, gain in gains if gain is not None and gain < -least)
    if not gaining or outcome.first == outcome.plain_first:
        return None
    names = {one.name for one in gaining}
    best: tuple[tuple[float, float], Message | None, int, int] = ((0.0, 0.0), None, 0, 0)
    for words, where in _features(outcome):
        inside = sum(one.weight for one in gaining if one.name in where)
        outside = sum(one.weight for one in outcome.futures if one.name in where and one.name not in names)
        missed = sum(one.weight for one in gaining if one.name not in where)
        score = (inside - outside - missed, -float(len(where)))
        if inside > outside and (best[1] is None or score > best[0]):
            best = (score, words, len(where), len(where & names))
    return Reason(
        gaining=gaining,
        losing=losing,
        what=best[1],
        with_it=best[2],
        gaining_with_it=best[3],
        gained=sum(one.weight * gain for one, gain in gains if gain is not None and gain > least),
        lost=-sum(one.weight * gain for one, gain in gains if gain is not None and gain < -least),
    )


def _features(outcome: RobustOutcome) -> Iterator[tuple[Message, frozenset[str]]]:
    """What may come otherwise, in words, and the futures in which it does; not what all of them have."""
    found: dict[object, tuple[Message, set[str]]] = {}
    for key, words, name in (*_drawn(outcome), *_stated(outcome.futures)):
        found.setdefault(key, (words, set()))[1].add(name)
    for words, names in found.values():
        if len(names) < len(outcome.futures):
            yield words, frozenset(names)


def _drawn(outcome: RobustOutcome) -> Iterator[tuple[object, Message, str]]:
    """What was drawn: events that happen, drivers above or below the middle of the futures."""
    drawn = [(one.name, each) for one in outcome.futures for each in one.future.drawn]
    values: dict[str, list[float]] = {}
    for _, each in drawn:
        values.setdefault(each.driver, []).append(each.value)
    stated = outcome.base.case.futures
    for name, each in drawn:
        spread = sorted(values[each.driver])
        middle = spread[len(spread) // 2]
        if stated is not None and each.driver in stated.events:
            if each.value > 0.0:
                title = stated.events[each.driver].title or each.driver
                yield (each.driver, "happens"), say("{event}", event=title), name
            continue
        driver = stated.drivers.get(each.driver) if stated is not None else None
        title = (driver.title if driver is not None else "") or each.driver
        if each.value > middle or (each.value == middle and middle > spread[0]):
            yield (each.driver, "high"), say("“{driver}” is high", driver=title), name
        elif each.value < middle or middle < spread[-1]:
            yield (each.driver, "low"), say("“{driver}” is low", driver=title), name


def _stated(futures: tuple[InFuture, ...]) -> Iterator[tuple[object, Message, str]]:
    """What scenarios state otherwise, figure by figure; a figure that moves the same way counts as one thing."""
    for one in futures:
        if one.future.drawn:
            continue
        for change in one.inputs:
            words = say("{path} is {value}", path=change.path, value=change.scenario)
            yield (change.path, change.scenario), words, one.name
        paths = sorted({change.path for change in one.inputs})
        for path in paths:
            yield (path,), say("{path} is another", path=path), one.name
        if not paths:
            yield (), say("all comes as the case states it"), one.name
