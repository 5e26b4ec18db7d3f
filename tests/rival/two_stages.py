"""The best first stage for several tiny cases by trying every one: the witness's best plan of each case with it.

It knows nothing of linear programmes over several cases, nor of how they are tied: it tries whole-number plans of each
case by itself, and puts those together that decide the same by the date as far as each can.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.case.case import Case
from tests.rival.affordable import Affordable
from tests.rival.books import Books
from tests.rival.enumeration import Candidate, Enumeration
from tests.rival.rival import completed, sign
from tests.rival.whole import WholePlan

FirstStage = dict[tuple[object, ...], int]
"""What is decided by the date, by kind and key; only what is not nothing."""
NONE = -float("inf")


@dataclass(frozen=True)
class Tail:
    """How much the worst outcomes count."""

    level: float = 0.0
    share: float = 0.0

    def measure(self, values: Sequence[float], weights: Sequence[float]) -> float:
        """Expected value, in part replaced by the mean of the worst outcomes; more is better."""
        if any(value == NONE for value in values):
            return NONE
        mean = sum(v * w for v, w in zip(values, weights, strict=True))
        if not self.share:
            return mean
        # the mean of the worst is the least mean under weights of which none is more than its own over the tail
        tail, room = 0.0, 1.0
        for value, weight in sorted(zip(values, weights, strict=True)):
            taken = room if self.level >= 1.0 else min(room, weight / (1.0 - self.level))
            tail, room = tail + taken * value, room - taken
        return (1 - self.share) * mean + self.share * tail


class OneCase:
    """One case: its whole-number plans by what they decide by the date, and what each first stage is worth at best."""

    def __init__(self, case: Case, decide_by: str) -> None:
        self.case, figures = case, Books(case)
        self.figures, enumeration = figures, Enumeration(figures)
        self.last = max(t for t, start in enumerate(figures.starts) if str(start) <= decide_by)
        self.programmes = {
            name
            for name in enumeration.choices.joinable
            if (opens := case.programmes[name].order_window.first) is None or str(opens) <= decide_by
        }
        most = enumeration.choices._most
        self.possible: set[tuple[object, ...]] = {
            ("order", *key)
            for key, purchase in figures.orders.items()
            if key[2] <= self.last and most(key, purchase) > 0
        }
        self.possible |= {("expand", *key) for key in figures.blocks if key[1] <= self.last}
        self.possible |= {("join", name) for name in self.programmes}
        self.affordable = Affordable(figures)
        self.plans: dict[tuple[tuple[object, ...], ...], list[Candidate]] = {}
        for candidate in enumeration.plans():
            self.plans.setdefault(self._key(candidate), []).append(candidate)
        for plans in self.plans.values():
            plans.sort(key=lambda candidate: -candidate.bound)
        self.worth: dict[tuple[tuple[object, ...], ...], float] = {}

    def _key(self, candidate: Candidate) -> tuple[tuple[object, ...], ...]:
        chosen = candidate.decisions
        found: FirstStage = {("order", *key): n for key, n in chosen.order.items() if key[2] <= self.last and n}
        found |= {("expand", *key): n for key, n in chosen.expand.items() if key[1] <= self.last and n}
        found |= {("join", name): 1 for name, joined in chosen.join.items() if joined and name in self.programmes}
        return as_key(found)

    def bound(self, first: FirstStage) -> float:
        """No plan with a first stage is worth more."""
        plans = self.plans.get(as_key(self.within(first)))
        return plans[0].bound if plans else NONE

    def within(self, first: FirstStage) -> FirstStage:
        """What of a first stage can be decided here."""
        return {key: n for key, n in first.items() if key in self.possible}

    def value(self, first: FirstStage) -> float:
        """The best plan with a first stage, by the best promise first."""
        key = as_key(self.within(first))
        if key not in self.worth:
            self.worth[key] = self._best(self.plans.get(key, []))
        return self.worth[key]

    def _best(self, plans: Sequence[Candidate]) -> float:
        best = NONE
        for candidate in plans:
            if candidate.bound <= best:
                break
            plan = WholePlan(self.figures, candidate.decisions)
            if plan.purchase_faults() or not self.affordable.can_be_paid(plan):
                continue
            found = completed(plan, candidate, best)
            if found is not None:
                best = max(best, found[0])
        return best


def as_key(first: FirstStage) -> tuple[tuple[object, ...], ...]:
    """A first stage as a key."""
    return tuple(sorted((*key, n) for key, n in first.items()))


def first_stages(cases: Sequence[OneCase]) -> Iterator[FirstStage]:
    """Every first stage that each case can carry out as far as it can decide it."""

    def joined(rest: Sequence[OneCase], so_far: FirstStage, known: set[tuple[object, ...]]) -> Iterator[FirstStage]:
        if not rest:
            yield so_far
            return
        one, *others = rest
        for key in one.plans:
            here: FirstStage = {tuple(part[:-1]): int(str(part[-1])) for part in key}
            shared = known & one.possible
            if all(here.get(k, 0) == so_far.get(k, 0) for k in shared):
                yield from joined(others, so_far | here, known | one.possible)

    yield from joined(cases, {}, set())


def best_of(several: Sequence[OneCase], weights: Sequence[float], tail: Tail) -> tuple[float, FirstStage] | None:
    """The best first stage and what it is worth, in the words of the objective; None where none leaves every plan."""
    hopeful = [(tail.measure([one.bound(first) for one in several], weights), first) for first in first_stages(several)]
    hopeful.sort(key=lambda one: -one[0])
    best, stage = NONE, None
    for bound, first in hopeful:
        if bound <= best or bound == NONE:
            break
        value = tail.measure([one.value(first) for one in several], weights)
        if value > best:
            best, stage = value, first
    return None if stage is None else (sign(several[0].case) * best, stage)
