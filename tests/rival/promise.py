"""What a whole-number plan can be worth at most: what is certain, and the best that work and grants could add."""

from __future__ import annotations

from rival.continuous import Continuous
from rival.running import Running


class Promise:
    """Bounds on the objective, part by part; the larger the better."""

    def __init__(self, figures: Running) -> None:
        self.figures = figures
        self.places = [(s, d) for s in figures.case.systems for d in figures.case.sites]
        self.counts_money = figures.case.objective.kind != "compute"
        self.work_values: dict[tuple[int, tuple[int, ...]], float | None] = {}
        self.cohort_values: dict[tuple[object, ...], float] = {}

    def purchases(self, order: dict[tuple[str, str, int], int], expand: dict[tuple[str, int], int]) -> float:
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

    def cohort(self, cohort: tuple[str, str, str], units: int, way: tuple[int, ...]) -> float:
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

    def work(self, t: int, here: tuple[int, ...]) -> float | None:
        """Most that work can add in a period with so much installed; None where too little can be served."""
        if (t, here) not in self.work_values:
            self.work_values[t, here] = work_value(self.figures, t, dict(zip(self.places, here, strict=True)))
        return self.work_values[t, here]

    def grants(
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
