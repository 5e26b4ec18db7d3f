"""The continuous side of a plan: how much works on what, and what is claimed, once the whole numbers are fixed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import linprog

from planner.decisions import Decisions
from rival.running import Running
from rival.whole import NEAR, WholePlan

Column = tuple[str, str, str, str, int]
"""``serve`` or ``claim``, and its key."""


@dataclass
class Continuous:
    """A linear programme: make ``value`` largest with every row at most its bound and no column negative."""

    columns: list[Column]
    value: dict[Column, float]
    rows: list[tuple[str, dict[Column, float], float]] = field(default_factory=list)
    """Name, coefficients, bound."""

    def add(self, name: str, coefficients: dict[Column, float], bound: float) -> None:
        """Adds a row ``sum of coefficient * column <= bound``."""
        self.rows.append((name, {c: a for c, a in coefficients.items() if a}, bound))

    def broken(self, chosen: dict[Column, float]) -> list[str]:
        """Names of the rows that a choice breaks."""
        found = [
            f"{column}: negative or impossible" for column, x in chosen.items() if x < -NEAR or column not in self.value
        ]
        for name, coefficients, bound in self.rows:
            terms = [a * chosen.get(column, 0.0) for column, a in coefficients.items()]
            if sum(terms) - bound > NEAR * max([1e-3, abs(bound), *map(abs, terms)]):
                found.append(name)
        return found

    def best(self) -> dict[Column, float] | None:
        """The best choice; None where there is none."""
        rows = [(a, bound) for _name, a, bound in self.rows if a]
        if any(bound < -1e-9 for _name, a, bound in self.rows if not a):
            return None
        if not self.columns:
            return {}
        place = {column: i for i, column in enumerate(self.columns)}
        matrix, bounds = np.zeros((len(rows), len(place))), np.zeros(len(rows))
        for i, (coefficients, bound) in enumerate(rows):
            largest = max(map(abs, coefficients.values()))
            bounds[i] = bound / largest
            for column, a in coefficients.items():
                matrix[i, place[column]] = a / largest
        cost = -np.array([self.value[column] for column in self.columns])
        answer = linprog(cost / max(1e-300, np.abs(cost).max()), A_ub=matrix, b_ub=bounds, method="highs")
        if answer.status == 2:
            return None
        assert answer.status == 0, answer.message
        return dict(zip(self.columns, answer.x.tolist(), strict=True))


class Rest:
    """What is left to decide when the whole numbers of a plan are fixed."""

    def __init__(self, plan: WholePlan) -> None:
        self.plan = plan
        self.figures: Running = plan.figures
        self.units = {**plan.decisions.order}
        for (name, t), units in plan.decisions.expand.items():
            self.units[name, self.figures.blocks[name, t].site, t] = units
        columns = [*self._serve_columns(), *self._claim_columns()]
        self.programme = Continuous(columns, {column: self.value(column) for column in columns})
        self._work_rows()
        self._claim_rows()
        self._retention_rows()
        self._cash_rows()

    def _serve_columns(self) -> list[Column]:
        return [
            ("serve", workload, system, site, t)
            for (system, site, t), units in self.plan.installed.items()
            for workload in self.figures.case.workloads
            if units > 0 and self.figures.serves(workload, system, site)
        ]

    def _claim_columns(self) -> list[Column]:
        joined = self.plan.decisions.join
        return [
            ("claim", *key)
            for key in self.figures.claims
            if self.units.get(key[1:], 0) > 0 and (not self.figures.must_join(key[0]) or joined.get(key[0]))
        ]

    # --- money ---

    def money(self, column: Column) -> tuple[float, int]:
        """What one unit of a column brings, and in which period."""
        kind, first, second, third, t = column
        if kind == "claim":
            _eligible, grant, period = self.figures.claims[first, second, third, t]
            return grant, period
        return self.figures.revenue(first, second, t) - self.figures.work_energy(second, third, t), t

    def value(self, column: Column) -> float:
        """What one unit of a column adds to the objective, the larger the better."""
        objective = self.figures.case.objective
        if objective.kind == "compute":
            if column[0] == "claim" or objective.installed_by is not None:
                return 0.0
            return self.figures.metric(column[2], "bf16_pflops") * self.figures.calendar.hours[column[4]]
        amount, t = self.money(column)
        if objective.kind == "cost" and column[0] == "serve":
            amount -= self.figures.revenue(column[1], column[2], t)
        value = amount * float(self.figures.discount[t])
        if column[0] == "claim" and self.figures.case.finance.terminal_value:
            block = self.figures.blocks.get((column[2], column[4]))
            # A grant lowers what is left of the cost of a block at the end.
            if block is not None:
                left = self.figures.block_end_value(block) / block.cost if block.cost else 0.0
                value -= amount * left * float(self.figures.discount[-1])
            else:
                value -= self._owed_at_end(column, amount) * float(self.figures.discount[-1])
        return value

    def _owed_at_end(self, column: Column, grant: float) -> float:
        """What a system that is still retained at the end would have to pay back if it were sold."""
        _kind, programme, name, site, t = column
        order = self.figures.orders[name, site, t]
        arrived = self.figures.starts[order.arrival]
        free_from = arrived.plus(self.figures.case.programmes[programme].retention.months)
        if free_from <= self.figures.calendar.end:
            return 0.0
        return min(grant, self.figures.end_value(order.system, str(arrived)))

    @property
    def fixed_value(self) -> float:
        """What the whole numbers alone are worth, the larger the better."""
        objective = self.figures.case.objective
        if objective.kind != "compute":
            return self.plan.present_value
        return 0.0 if objective.installed_by is None else self.plan.bf16_installed

    # --- rows ---

    def _work_rows(self) -> None:
        add, figures = self.programme.add, self.figures
        serves = [column for column in self.programme.columns if column[0] == "serve"]
        for (system, site, t), units in self.plan.installed.items():
            here = {column: 1.0 for column in serves if column[2:] == (system, site, t)}
            add(f"capacity: {system}, {site}, {t}", here, figures.case.systems[system].availability * units)
        for name, work in figures.case.workloads.items():
            for t in figures.periods:
                done = {c: figures.throughput(name, c[2]) for c in serves if (c[1], c[4]) == (name, t)}
                amount = figures.amount(name, t)
                add(f"demand: {name}, {t}", done, amount)
                add(f"service_level: {name}, {t}", {c: -a for c, a in done.items()}, -work.must_serve * amount)

    def _claims_of(self, investment: tuple[str, str, int]) -> list[Column]:
        return [column for column in self.programme.columns if column[0] == "claim" and column[2:] == investment]

    def _claim_rows(self) -> None:
        add, figures = self.programme.add, self.figures
        ceiling = figures.case.finance.public_money_ceiling
        for key, units in self.units.items():
            claims, purchase = self._claims_of(key), figures.investment(key)
            assert purchase is not None
            for together in figures.exclusive_sets:
                add(f"claim_once: {together}, {key}", {c: 1.0 for c in claims if c[1] in together}, units)
            grants = {c: self.money(c)[0] for c in claims}
            add(f"public_share: {key}", grants, ceiling * purchase.cost * units)
        for name, one in figures.case.programmes.items():
            claims = [c for c in self.programme.columns if c[0] == "claim" and c[1] == name]
            grants = {c: self.money(c)[0] for c in claims}
            for cap in (one.total_cap, one.operator_cap):
                if cap is not None:
                    add(f"programme_cap: {name}", grants, figures.money(cap, 0))
            for year, periods in figures.calendar.fiscal_years.items():
                if (cap := one.fiscal_year_caps.get(f"FY{year}")) is not None:
                    paid = {c: grant for c, grant in grants.items() if self.money(c)[1] in periods}
                    add(f"programme_cap: {name}, FY{year}", paid, figures.money(cap, periods[0]))
            if one.minimum_investment is not None and self.plan.decisions.join.get(name):
                eligible = {c: -figures.claims[c[1], c[2], c[3], c[4]][0] for c in claims}
                add(f"minimum_investment: {name}", eligible, -figures.money(one.minimum_investment, 0))

    def _retention_rows(self) -> None:
        figures = self.figures
        for cohort, units in self.plan.arrivals.items():
            system, site, month = cohort
            orders = {
                key
                for key in self.plan.decisions.order
                if (figures.orders[key].system, key[1]) == (system, site)
                and str(figures.starts[figures.orders[key].arrival]) == month
            }
            claims = [c for c in self.programme.columns if c[0] == "claim" and c[2:] in orders]
            for together in figures.exclusive_sets:
                for name in together:
                    months = figures.case.programmes[name].retention.months
                    bound = [k for k in together if figures.case.programmes[k].retention.months >= months]
                    kept = {c: 1.0 for c in claims if c[1] in bound}
                    if orders:
                        start = figures.starts[figures.arrival(month)]
                        gone = self.plan.exits(cohort, before=start.plus(months))
                        self.programme.add(f"retention: {name}, {cohort}", kept, units - gone)

    def _cash_rows(self) -> None:
        finance, figures = self.figures.case.finance, self.figures
        moved = np.array(self.plan.net)
        moved[0] += figures.money(finance.opening_cash, 0)
        for month, amount in finance.funding.items():
            t = figures.calendar.period_containing(month)
            if 0 <= t <= figures.last:
                moved[t] += figures.money(amount, t)
        cash, flows = moved.cumsum(), {c: self.money(c) for c in self.programme.columns}
        for t in figures.periods:
            spent = {c: -amount for c, (amount, when) in flows.items() if when <= t}
            self.programme.add(f"cash_balance: {t}", spent, float(cash[t]) - figures.money(finance.minimum_cash, t))

    def decisions(self, chosen: dict[Column, float]) -> Decisions:
        """The whole plan in the planner's words; what is next to nothing is left out."""
        some = {column: x for column, x in chosen.items() if x > 1e-9}
        return replace(
            self.plan.decisions,
            serve={column[1:]: x for column, x in some.items() if column[0] == "serve"},
            claim={column[1:]: x for column, x in some.items() if column[0] == "claim"},
        )
