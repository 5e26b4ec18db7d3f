"""Every whole-number plan of a tiny case, each with a value that no completion of it can exceed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from planner.decisions import Decisions
from rival.continuous import Continuous
from rival.figures import RESOURCES, Purchase
from rival.running import Running

MOST_PLANS = 4000


class TooLargeError(Exception):
    """The case has more whole-number plans than can be tried one by one."""


@dataclass(frozen=True)
class Candidate:
    """A whole-number plan, and the most that it can be worth."""

    bound: float
    decisions: Decisions
    installed: tuple[tuple[int, ...], ...]
    """By period, then by system and site."""


def splits(units: int, places: int, everything: bool) -> Iterator[tuple[int, ...]]:
    """Ways to spread at most (or exactly) so many units over places."""
    if places == 0:
        if units == 0 or not everything:
            yield ()
        return
    for here in range(units + 1):
        for rest in splits(units - here, places - 1, everything):
            yield (here, *rest)


class Enumeration:
    """The whole-number plans of one case."""

    def __init__(self, figures: Running) -> None:
        self.figures = figures
        self.work: dict[tuple[int, tuple[int, ...]], float | None] = {}
        self.cohort_values: dict[tuple[object, ...], float] = {}
        self.places = [(s, d) for s in figures.case.systems for d in figures.case.sites]
        self.joinable = [name for name in figures.case.programmes if figures.must_join(name)]

    @property
    def counts_money(self) -> bool:
        return self.figures.case.objective.kind != "compute"

    # --- orders and blocks ---

    def _most(self, key: tuple[str, str, int], purchase: Purchase) -> int:
        """Most systems that one order can bring: by supply and by what the site can hold when they arrive."""
        figures, offer = self.figures, self.figures.case.offers[key[0]]
        month = figures.starts[key[2]]
        most = min(
            (limit.at(month) or 0 if limit else math.inf for limit in (offer.available, offer.allocation)),
            default=math.inf,
        )
        for resource in RESOURCES:
            room = figures.capacity(purchase.site, resource, purchase.arrival) + sum(
                expansion.blocks * figures.added(name, resource)
                for name, expansion in figures.case.expansions.items()
                if expansion.site == purchase.site
            )
            use = figures.use(purchase.system, purchase.site, resource)
            if use > 0:
                most = min(most, room / use + 1e-6)
        if math.isinf(most):
            raise TooLargeError("an order has no limit")
        return int(most)

    def orders(self) -> Iterator[dict[tuple[str, str, int], int]]:
        keys = sorted(self.figures.orders, key=lambda key: (key[2], key))
        yield from self._orders(keys, {})

    def _orders(
        self, keys: list[tuple[str, str, int]], chosen: dict[tuple[str, str, int], int]
    ) -> Iterator[dict[tuple[str, str, int], int]]:
        if not keys:
            yield dict(chosen)
            return
        key, *rest = keys
        name, _site, t = key
        offer, month = self.figures.case.offers[name], self.figures.starts[t]
        most = self._most(key, self.figures.orders[key])
        if offer.available:
            taken = sum(units for (o, _d, u), units in chosen.items() if (o, u) == (name, t))
            most = min(most, (offer.available.at(month) or 0) - taken)
        if offer.allocation:
            taken = sum(units for (o, _d, _u), units in chosen.items() if o == name)
            most = min(most, (offer.allocation.at(month) or 0) - taken)
        for units in range(most + 1):
            if units:
                chosen[key] = units
            yield from self._orders(rest, chosen)
        chosen.pop(key, None)

    def expansions(self) -> Iterator[dict[tuple[str, int], int]]:
        choices = []
        for name, expansion in self.figures.case.expansions.items():
            keys = [key for key in self.figures.blocks if key[0] == name]
            ways = splits(expansion.blocks, len(keys), everything=False)
            choices.append([{k: n for k, n in zip(keys, way, strict=True) if n} for way in ways])
        for parts in itertools.product(*choices):
            yield {key: units for part in parts for key, units in part.items()}

    # --- plans ---

    def plans(self) -> Iterator[Candidate]:
        """Every plan whose supply, exits, room and obligations are possible."""
        for order in self.orders():
            arrivals = self._arrivals(order)
            exits = [self._exits(cohort, units) for cohort, units in arrivals.items()]
            for expand in self.expansions():
                yield from self._complete(order, expand, arrivals, exits)

    def refuse_too_many(self, most: int = MOST_PLANS) -> None:
        """Raises where the case has more plans than one can try."""
        counted, blocks = 0, sum(1 for _ in self.expansions())
        for order in self.orders():
            counted += blocks * math.prod(len(self._exits(*cohort)) for cohort in self._arrivals(order).items())
            if counted > most:
                raise TooLargeError(f"more than {most} plans")

    def _arrivals(self, order: dict[tuple[str, str, int], int]) -> dict[tuple[str, str, str], int]:
        arrivals = dict(self.figures.fleet)
        for key, units in order.items():
            purchase = self.figures.orders[key]
            cohort = (purchase.system, purchase.site, str(self.figures.starts[purchase.arrival]))
            arrivals[cohort] = arrivals.get(cohort, 0) + units
        return arrivals

    def _exits(self, cohort: tuple[str, str, str], units: int) -> list[tuple[int, ...]]:
        leaves = self.figures.exit_periods(cohort[0], cohort[2])
        over = self.figures.life_end(cohort[0], cohort[2]) <= self.figures.last
        return list(splits(units, len(leaves), everything=over))

    def _complete(
        self,
        order: dict[tuple[str, str, int], int],
        expand: dict[tuple[str, int], int],
        arrivals: dict[tuple[str, str, str], int],
        exits: list[list[tuple[int, ...]]],
    ) -> Iterator[Candidate]:
        room, paid = self._room(expand), self._purchase_value(order, expand)
        grants = {joined: self._grant_bound(order, expand, joined) for joined in self._joins()}
        for ways in itertools.product(*exits):
            installed = self._installed(arrivals, ways)
            work = [self._work_value(t, here) for t, here in enumerate(installed)]
            if None in work or not self._fits(installed, room):
                continue
            value = paid + sum(w for w in work if w is not None)
            for (cohort, units), way in zip(arrivals.items(), ways, strict=True):
                value += self._cohort_value(cohort, units, way)
            if self.figures.case.objective.installed_by is not None and not self.counts_money:
                t = self.figures.calendar.period_containing(self.figures.case.objective.installed_by)
                value = self._metric("bf16_pflops", installed[t])
            exit_plan = {
                (*cohort, t): units
                for cohort, way in zip(arrivals, ways, strict=True)
                for t, units in zip(self.figures.exit_periods(cohort[0], cohort[2]), way, strict=True)
                if units
            }
            for joined, grant in grants.items():
                if all(self._delivers(name, installed) for name in joined):
                    decisions = Decisions(order, expand, exit_plan, join=dict.fromkeys(joined, True))
                    yield Candidate(value + grant, decisions, installed)

    def _joins(self) -> Iterator[tuple[str, ...]]:
        for size in range(len(self.joinable) + 1):
            yield from itertools.combinations(self.joinable, size)

    def _installed(
        self, arrivals: dict[tuple[str, str, str], int], ways: tuple[tuple[int, ...], ...]
    ) -> tuple[tuple[int, ...], ...]:
        count = {place: [0] * len(self.figures.starts) for place in self.places}
        for (cohort, units), way in zip(arrivals.items(), ways, strict=True):
            row, here = count[cohort[0], cohort[1]], units
            gone = dict(zip(self.figures.exit_periods(cohort[0], cohort[2]), way, strict=True))
            for t in range(self.figures.arrival(cohort[2]), len(row)):
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
                    for t in range(block.arrival, len(row)):
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
                if self._metric(duty.metric, installed[t]) < duty.floor * (1 - 1e-6):
                    return False
        return True

    # --- values that the objective counts ---

    def _purchase_value(self, order: dict[tuple[str, str, int], int], expand: dict[tuple[str, int], int]) -> float:
        if not self.counts_money:
            return 0.0
        figures, discount = self.figures, self.figures.discount
        bought = [(figures.orders[key], units) for key, units in order.items()]
        bought += [(figures.blocks[key], units) for key, units in expand.items()]
        value = -sum(units * float(discount @ sum(p.paid.values())) for p, units in bought)
        if figures.case.finance.terminal_value:
            value += float(discount[-1]) * sum(n * figures.block_end_value(p) for p, n in bought if not p.system)
        for place in figures.case.sites.values():
            for lot in place.fleet:
                t = figures.arrival(str(lot.arrives))
                value -= float(discount[t]) * figures.money(lot.unpaid, t) if t <= figures.last else 0.0
        return value

    def _cohort_value(self, cohort: tuple[str, str, str], units: int, way: tuple[int, ...]) -> float:
        if not self.counts_money:
            return 0.0
        key = (cohort, units, way)
        if key not in self.cohort_values:
            self.cohort_values[key] = self._worked_out(cohort, units, way)
        return self.cohort_values[key]

    def _worked_out(self, cohort: tuple[str, str, str], units: int, way: tuple[int, ...]) -> float:
        figures, discount = self.figures, self.figures.discount
        system, site, month = cohort
        gone = dict(zip(figures.exit_periods(system, month), way, strict=True))
        value = 0.0
        for t in range(figures.arrival(month), len(figures.starts)):
            units -= gone.get(t, 0)
            value += float(discount[t]) * gone.get(t, 0) * figures.resale(system, month, t)
            value -= float(discount[t]) * units * sum(figures.idle_costs(system, site, t).values())
        ending = figures.end_value(system, month) if figures.case.finance.terminal_value else 0.0
        return value + float(discount[-1]) * units * ending

    def _work_value(self, t: int, here: tuple[int, ...]) -> float | None:
        """Most that work can add in a period with so much installed; None where too little can be served."""
        if (t, here) not in self.work:
            self.work[t, here] = work_value(self.figures, t, dict(zip(self.places, here, strict=True)))
        return self.work[t, here]

    def _grant_bound(
        self, order: dict[tuple[str, str, int], int], expand: dict[tuple[str, int], int], joined: tuple[str, ...]
    ) -> float:
        """At least what grants can be worth."""
        figures, total = self.figures, 0.0
        if figures.case.objective.kind == "compute":
            return 0.0
        units = {**order, **{(x, figures.blocks[x, t].site, t): n for (x, t), n in expand.items()}}
        for name, one in figures.case.programmes.items():
            if figures.must_join(name) and name not in joined:
                continue
            most, best_discount = 0.0, 0.0
            for key, n in units.items():
                if (name, *key) in figures.claims:
                    _eligible, grant, period = figures.claims[(name, *key)]
                    most += n * grant * float(figures.discount[period])
                    best_discount = max(best_discount, float(figures.discount[period]))
            caps = [
                figures.money(cap, 0) * best_discount for cap in (one.total_cap, one.operator_cap) if cap is not None
            ]
            total += min([most, *caps])
        return total


def work_value(figures: Running, t: int, installed: dict[tuple[str, str], int]) -> float | None:
    """The best that work in one period can add to the objective, cash aside."""
    columns, value = [], {}
    for (system, site), units in installed.items():
        for workload in figures.case.workloads:
            if units and figures.serves(workload, system, site):
                column = ("serve", workload, system, site, t)
                columns.append(column)
                value[column] = serve_value(figures, workload, system, site, t)
    problem = Continuous(columns, value)
    for (system, site), units in installed.items():
        here = {c: 1.0 for c in columns if c[2:4] == (system, site)}
        problem.add("capacity", here, figures.case.systems[system].availability * units)
    for name, work in figures.case.workloads.items():
        done = {c: figures.throughput(name, c[2]) for c in columns if c[1] == name}
        problem.add("demand", done, figures.amount(name, t))
        problem.add("service_level", {c: -a for c, a in done.items()}, -work.must_serve * figures.amount(name, t))
    best = problem.best()
    return None if best is None else sum(value[column] * x for column, x in best.items())


def serve_value(figures: Running, workload: str, system: str, site: str, t: int) -> float:
    """What one system at work on something over a period adds to the objective."""
    objective = figures.case.objective
    if objective.kind == "compute":
        hours = figures.calendar.hours[t]
        return 0.0 if objective.installed_by is not None else figures.metric(system, "bf16_pflops") * hours
    earned = figures.revenue(workload, system, t) if objective.kind == "npv" else 0.0
    return (earned - figures.work_energy(system, site, t)) * float(figures.discount[t])
