"""What a whole-number plan can be worth at most: what is certain, and the best that work, grants and loans could add.

Every part is given twice: without tax, and with the least tax that all profit together must bear, paid as late as can
be. Neither can be exceeded, so the lower sum of all parts is the promise.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from tests.rival import effects
from tests.rival.books import Books
from tests.rival.borrowing import loan_columns, loan_rows
from tests.rival.effect import Effect
from tests.rival.frozen import is_over
from tests.rival.linear import Continuous
from tests.rival.moments import LINES
from tests.rival.passed_on import settle
from tests.rival.running import Vintage
from tests.rival.subsidies import Claim


class Promise:
    """Bounds on the objective, part by part; the larger the better."""

    def __init__(self, figures: Books) -> None:
        self.figures = figures
        self.places = [(s, d) for s in figures.case.systems for d in figures.case.sites]
        self.counts_money = figures.case.objective.kind != "compute"
        taxed = min((year.rate for year in figures.years), default=0.0) * float(figures.discount[-1])
        self.burdens = np.array([0.0, taxed] if taxed else [0.0])
        """Least tax on one unit of profit, in present value."""
        self.nothing = np.zeros(len(self.burdens))
        self.work_values: dict[tuple[int, tuple[int, ...]], np.ndarray | None] = {}
        self.vintage_values: dict[tuple[object, ...], np.ndarray] = {}

    def _ending(self, value: float, book: float) -> float:
        """Present value of what is left at the end, after tax on what it is worth above its book value."""
        rate = self.figures.end_tax_rate
        return float(self.figures.discount[-1]) * (value - rate * (value - book))

    def purchases(self, order: dict[tuple[str, str, int], int], expand: dict[tuple[str, int], int]) -> np.ndarray:
        if not self.counts_money:
            return self.nothing
        figures, discount = self.figures, self.figures.discount
        bought = [(figures.orders[key], units) for key, units in order.items()]
        bought += [(figures.blocks[key], units) for key, units in expand.items()]
        value = self.nothing - sum(units * float(discount @ sum(p.paid.values())) for p, units in bought)
        value = value - float(discount[-1]) * sum(units * p.left_to_pay for p, units in bought)
        for key, units in expand.items():
            asset, ending = figures.block_assets[key], 0.0
            left = 0.0 if figures.retires(figures.blocks[key]) <= figures.last else asset.left[-1]
            if figures.case.finance.terminal_value:
                ending = figures.block_end_value(figures.blocks[key])
            value = value + units * self._ending(ending, asset.cost * left)
            value = value + self.burdens * units * asset.cost * (1 - left)
        return value + self._certain

    @cached_property
    def _certain(self) -> np.ndarray:
        """What every plan pays, and the best of the loans."""
        figures, finance = self.figures, self.figures.case.finance
        value = self.nothing + self.burdens * figures.opening_loss
        for place in figures.case.sites.values():
            for fleet in place.fleet:
                m = figures.due_on_arrival(fleet.arrives)
                if m in figures.moments.months:
                    unpaid = figures.money(fleet.unpaid, figures.moments.period_of(m))
                    value -= self._present("contracted", m) * unpaid
        value = value + effects.open_before(figures).value(figures)
        columns = loan_columns(figures)
        effect = {column: effects.of_one(figures, column) for column in columns}
        for i, burden in enumerate(self.burdens):
            values = {
                c: one.value(figures, figures.end_tax_rate) - burden * float(one.profit.sum())
                for c, one in effect.items()
            }
            sizes = {c: figures.money(finance.loans[c[1]].limit, 0) or 1.0 for c in columns}
            problem = Continuous(columns, values, sizes)
            loan_rows(problem, figures, None)
            best = problem.best()
            value[i] += problem.objective(best) if best else 0.0
            for loan in finance.loans.values():
                owed = effects.owed_from(figures, loan, 0)
                one = owed.value(figures, figures.end_tax_rate) - burden * float(owed.profit.sum())
                value[i] += figures.money(loan.outstanding, 0) * one
        return value

    def _present(self, line: str, m: int) -> float:
        """Present value of one unit of money of a line that moves in a month."""
        return float(self.figures.discount[self.figures.moments.moment(line, m)])

    def vintage(self, vintage: Vintage, units: int, way: tuple[int, ...]) -> np.ndarray:
        if not self.counts_money:
            return self.nothing
        key = (vintage, units, way)
        if key not in self.vintage_values:
            self.vintage_values[key] = self._worked_out(vintage, units, way)
        return self.vintage_values[key]

    def _worked_out(self, vintage: Vintage, units: int, way: tuple[int, ...]) -> np.ndarray:
        figures = self.figures
        system, site, month = vintage
        asset = figures.assets[vintage]
        gone = dict(zip(figures.exit_periods(system, month), way, strict=True))
        value, profit = 0.0, -units * asset.cost
        for t in range(figures.arrival_period(month), len(figures.starts)):
            units -= gone.get(t, 0)
            fetched = gone.get(t, 0) * figures.resale(system, month, t)
            costs = figures.idle_costs(system, site, month, t)
            value += fetched * self._present("resale", figures.moments.months_of(t)[0])
            value -= units * sum(cost * present_paid(figures, line, t) for line, cost in costs.items())
            profit += fetched - units * sum(costs.values())
        ending = figures.end_value(system, month) if figures.case.finance.terminal_value else 0.0
        value += units * self._ending(ending, asset.cost * asset.left[-1])
        return value - self.burdens * (profit + units * asset.cost * asset.left[-1])

    def work(self, t: int, here: tuple[int, ...]) -> np.ndarray | None:
        """Most that work can add in a period with so much installed; None where too little can be served."""
        if (t, here) not in self.work_values:
            installed = dict(zip(self.places, here, strict=True))
            values = [work_value(self.figures, t, installed, burden) for burden in self.burdens]
            self.work_values[t, here] = None if None in values else np.array(values)
        return self.work_values[t, here]

    def grants(
        self, order: dict[tuple[str, str, int], int], expand: dict[tuple[str, int], int], joined: tuple[str, ...]
    ) -> np.ndarray:
        """At least what grants can be worth; one that lowers book value may go untaxed."""
        total = self.nothing
        if not self.counts_money:
            return total
        figures = self.figures
        units = {**order, **{(x, figures.blocks[x, t].site, t): n for (x, t), n in expand.items()}}
        for name, one in figures.case.programmes.items():
            if figures.must_join(name) and name not in joined:
                continue
            most, best = self.nothing, self.nothing
            for key, n in units.items():
                if (claim := figures.claims.get((name, *key))) is not None:
                    kept = self._kept(name, claim)
                    most, best = most + n * claim.grant * kept, np.maximum(best, kept)
            for cap in (one.total_cap, one.operator_cap):
                if cap is not None:
                    most = np.minimum(most, figures.money(cap, 0) * best)
            total = total + most
        return total

    def _kept(self, programme: str, claim: Claim) -> np.ndarray:
        """Most that one unit of what a programme gives is worth."""
        kind, moments = self.figures.case.programmes[programme].kind, self.figures.moments
        if kind == "special_depreciation":
            # Written off in the horizon, it is no profit in it.
            return self.burdens
        if kind == "tax_credit":
            # Without tax there is nothing to take it off, and no tax is paid before the period is over.
            return np.where(self.burdens > 0, self._present("tax", moments.months_of(claim.ready)[-1]), 0.0)
        burdens = 0 * self.burdens if self.figures.reduces else self.burdens
        return sum((share * (self._present("grants", m) - burdens) for m, share in claim.parts.items()), self.nothing)


def work_value(figures: Books, t: int, installed: dict[tuple[str, str], int], burden: float) -> float | None:
    """The best that work in one period can add to the objective, cash aside."""
    columns, value = [], {}
    for (system, site), units in installed.items():
        for workload in figures.case.workloads:
            if units and figures.serves(workload, system, site):
                column = ("serve", workload, system, site, t)
                columns.append(column)
                value[column] = serve_value(figures, workload, system, site, t, burden)
    problem = Continuous(columns, value)
    for (system, site), units in installed.items():
        here = {c: 1.0 for c in columns if c[2:4] == (system, site)}
        problem.add("capacity", here, figures.case.systems[system].availability * units)
    for name, work in figures.case.workloads.items():
        done = {c: figures.throughput(name, c[2]) for c in columns if c[1] == name}
        problem.add("demand", done, figures.amount(name, t))
        least = 0.0 if is_over(figures, t) else work.must_serve * figures.amount(name, t)
        problem.add("service_level", {c: -a for c, a in done.items()}, -least)
    best = problem.best()
    return None if best is None else problem.objective(best)


def present_paid(figures: Books, line: str, t: int, workload: str = "") -> float:
    """Present value of one unit of money of a line that is spread over a period; what is open at the end counts."""
    effect = Effect.nothing(figures)
    effect.pay_late(figures, line, figures.moments.over(line, t), figures.paid_late(line, workload))
    settle(figures, effect)
    left = effect.owed_by_customers - effect.owed_to_suppliers - effect.owed_to_state
    return LINES[line].sign * float(figures.discount @ effect.cash + figures.discount[-1] * left)


def serve_value(figures: Books, workload: str, system: str, site: str, t: int, burden: float) -> float:
    """What one system at work on something over a period adds to the objective."""
    objective = figures.case.objective
    if objective.kind == "compute":
        hours = figures.calendar.hours[t]
        return 0.0 if objective.installed_by is not None else figures.metric(system, "bf16_pflops") * hours
    revenue, energy = figures.revenue(workload, system, t), figures.work_energy(system, site, t)
    selling = figures.selling_costs(workload, system, t)
    earned = revenue * present_paid(figures, "revenue", t, workload)
    if objective.kind == "cost":  # revenue in the month of its work is no part of it, the time until it is paid is
        earned -= revenue * float(figures.discount @ figures.moments.over("revenue", t))
    paid = energy * present_paid(figures, "energy", t) + selling * present_paid(figures, "selling_costs", t)
    return earned - paid - burden * (revenue - energy - selling)
