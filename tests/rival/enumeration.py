"""Every whole-number plan of a tiny case, each with a value that no completion of it can exceed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.decisions import Decisions
from tests.rival.books import Books
from tests.rival.choices import Choices, TooLargeError
from tests.rival.figures import RESOURCES
from tests.rival.frozen import frozen_faults, is_over
from tests.rival.promise import Promise
from tests.rival.running import Vintage

MOST_PLANS = 4000


@dataclass(frozen=True)
class Candidate:
    """A whole-number plan, and the most that it can be worth."""

    bound: float
    decisions: Decisions


class Enumeration:
    """The whole-number plans of one case."""

    def __init__(self, figures: Books) -> None:
        self.figures = figures
        self.choices = Choices(figures)
        self.promise = Promise(figures)
        self.places = self.promise.places

    def plans(self) -> Iterator[Candidate]:
        """Every plan whose supply, exits, room and obligations are possible."""
        for order in self.choices.orders():
            arrivals = self._arrivals(order)
            exits = [self.choices.exits(vintage, units) for vintage, units in arrivals.items()]
            for expand in self.choices.expansions():
                yield from self._complete(order, expand, arrivals, exits)

    def refuse_too_many(self, most: int = MOST_PLANS) -> None:
        """Raises where the case has more plans than one can try."""
        counted, blocks = 0, sum(1 for _ in self.choices.expansions())
        for order in self.choices.orders():
            counted += blocks * math.prod(
                len(self.choices.exits(*vintage)) for vintage in self._arrivals(order).items()
            )
            if counted > most:
                raise TooLargeError(f"more than {most} plans")

    def _arrivals(self, order: dict[tuple[str, str, int], int]) -> dict[Vintage, int]:
        return self.figures.fleet | {self.figures.vintage(key): units for key, units in order.items()}

    def _complete(
        self,
        order: dict[tuple[str, str, int], int],
        expand: dict[tuple[str, int], int],
        arrivals: dict[Vintage, int],
        exits: list[list[tuple[int, ...]]],
    ) -> Iterator[Candidate]:
        room, paid = self._room(expand), self.promise.purchases(order, expand)
        grants = {joined: self.promise.grants(order, expand, joined) for joined in self.choices.joins()}
        for ways in itertools.product(*exits):
            installed = self._installed(arrivals, ways)
            work = [self.promise.work(t, here) for t, here in enumerate(installed)]
            if any(w is None for w in work) or not self._fits(installed, room):
                continue
            value = paid + sum((w for w in work if w is not None), self.promise.nothing)
            for (vintage, units), way in zip(arrivals.items(), ways, strict=True):
                value = value + self.promise.vintage(vintage, units, way)
            if self.figures.case.objective.installed_by is not None and not self.promise.counts_money:
                t = self.figures.calendar.period_containing(self.figures.case.objective.installed_by)
                value = self.promise.nothing + self._metric("bf16_pflops", installed[t])
            exit_plan = {
                (*vintage, t): units
                for vintage, way in zip(arrivals, ways, strict=True)
                for t, units in zip(self.figures.exit_periods(vintage[0], vintage[2]), way, strict=True)
                if units
            }
            for joined, grant in grants.items():
                if all(self._delivers(name, installed) for name in joined):
                    decisions = Decisions(order, expand, exit_plan, join=dict.fromkeys(joined, True))
                    if frozen_faults(self.figures, decisions):
                        continue
                    yield Candidate(float((value + grant).min()), decisions)

    def _installed(
        self, arrivals: dict[Vintage, int], ways: tuple[tuple[int, ...], ...]
    ) -> tuple[tuple[int, ...], ...]:
        count = {place: [0] * len(self.figures.starts) for place in self.places}
        for (vintage, units), way in zip(arrivals.items(), ways, strict=True):
            row, here = count[vintage[0], vintage[1]], units
            gone = dict(zip(self.figures.exit_periods(vintage[0], vintage[2]), way, strict=True))
            for t in range(self.figures.arrival_period(vintage[2]), len(row)):
                here -= gone.get(t, 0)
                row[t] += here
        return tuple(zip(*(count[place] for place in self.places), strict=True))

    # --- limits ---

    @cached_property
    def _uses(self) -> list[tuple[str, str, list[float]]]:
        """What each kind at each site takes of each limited resource."""
        return [
            (site, resource, [self._use(s, d, resource) if d == site else 0.0 for s, d in self.places])
            for site in self.figures.case.sites
            for resource in RESOURCES
            if not math.isinf(self.figures.capacity(site, resource, self.figures.last))
        ]

    def _use(self, system: str, site: str, resource: str) -> float:
        """What one system takes; nothing where it never stands."""
        return self.figures.use(system, site, resource) if self.figures.hosts(system, site) else 0.0

    def _room(self, expand: dict[tuple[str, int], int]) -> list[list[float]]:
        table = []
        for site, resource, _use in self._uses:
            row = [self.figures.capacity(site, resource, t) for t in self.figures.periods]
            for key, units in expand.items():
                block = self.figures.blocks[key]
                if block.site == site:
                    for t in range(block.arrival, min(len(row), self.figures.retires(block))):
                        row[t] += units * self.figures.added(key[0], resource)
            table.append(row)
        return table

    def _fits(self, installed: tuple[tuple[int, ...], ...], room: list[list[float]]) -> bool:
        return all(
            sum(a * n for a, n in zip(use, here, strict=True)) <= row[t] + 1e-6
            for (_site, _resource, use), row in zip(self._uses, room, strict=True)
            for t, here in enumerate(installed)
        )

    def _metric(self, metric: str, here: tuple[int, ...]) -> float:
        return sum(n * self.figures.metric(s, metric) for (s, _d), n in zip(self.places, here, strict=True))

    def _delivers(self, name: str, installed: tuple[tuple[int, ...], ...]) -> bool:
        calendar = self.figures.calendar
        for duty in self.figures.case.programmes[name].obligations:
            last = (
                self.figures.last
                if duty.last is None
                else min(self.figures.last, calendar.period_containing(duty.last))
            )
            for t in range(max(0, calendar.period_containing(duty.first)), last + 1):
                short = self._metric(duty.metric, installed[t]) < duty.floor * (1 - 1e-6)
                if short and not is_over(self.figures, t):
                    return False
        return True
