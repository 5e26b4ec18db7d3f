"""Which whole-number plans cannot be paid for, whatever is decided on top: most of those that have to be tried."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from tests.rival import effects
from tests.rival.books import Books
from tests.rival.continuous import funding
from tests.rival.moments import LINES
from tests.rival.passed_on import factor
from tests.rival.subsidies import Key
from tests.rival.whole import WholePlan


class Affordable:
    """The most cash that there can be at each moment, as if all work, all grants and all loans came at no cost."""

    def __init__(self, figures: Books) -> None:
        self.figures = figures
        self.work: dict[tuple[str, str, int], np.ndarray] = {}
        self.grants: dict[Key, np.ndarray] = {}

    @cached_property
    def room(self) -> np.ndarray:
        """What is there or comes from owners and lenders, less the floor."""
        figures, finance, moments = self.figures, self.figures.case.finance, self.figures.moments
        there = figures.money(finance.opening_cash, 0) + funding(figures).cumsum()
        there += sum(
            max(0.0, figures.money(loan.limit, 0) - figures.money(loan.outstanding, 0))
            for loan in finance.loans.values()
        )
        return there - [figures.money(finance.minimum_cash, moments.period_of(k // 2)) for k in range(moments.count)]

    def can_be_paid(self, plan: WholePlan) -> bool:
        """Whether there may be a way to pay for everything; the linear programme knows."""
        early = any(work.paid_in_advance is not None for work in self.figures.case.workloads.values())
        spared = any(one.property_tax_relief for one in self.figures.case.programmes.values())
        if self.figures.case.finance.interest_on_cash is not None or early or spared:
            return True
        figures = self.figures
        flows = effects.open_before(figures).cash
        for line, amounts in plan.lines.items():
            days = figures.paid_late(line)
            flows = flows + LINES[line].sign * (figures.moments.late(amounts, days) if days else amounts)
        for stand, units in plan.installed.items():
            flows = flows + units * self._work(stand) if units else flows
        for key, units in plan.decisions.order.items():
            flows = flows + units * self._grants(key)
        for (name, t), units in plan.decisions.expand.items():
            flows = flows + units * self._grants((name, self.figures.blocks[name, t].site, t))
        watched = [*self.figures.moments.watched]
        least = (self.room + flows.cumsum())[watched]
        usual = np.abs(plan.lines["system_price"]).sum() + abs(self.room).max()
        return bool(least.min() >= -1e-5 * usual)

    def _work(self, stand: tuple[str, str, int]) -> np.ndarray:
        """The most that work can bring in on one system over a period."""
        if stand not in self.work:
            figures, (system, site, t) = self.figures, stand
            over, energy = figures.moments.over, figures.work_energy(system, site, t)
            most = max(
                (figures.revenue(w, system, t) for w in figures.case.workloads if figures.serves(w, system, site)),
                default=0.0,
            )
            brings = over("revenue", t, most) * (1 + factor(figures, "revenue")) + over("energy", t, max(0.0, -energy))
            self.work[stand] = figures.case.systems[system].availability * brings
        return self.work[stand]

    def _grants(self, key: Key) -> np.ndarray:
        """All grants on one unit, as if none excluded another."""
        if key not in self.grants:
            self.grants[key] = np.zeros(self.figures.moments.count)
            for (name, *investment), claim in self.figures.claims.items():
                if (*investment,) == key and self.figures.case.programmes[name].kind == "grant":
                    for m, share in claim.parts.items():
                        self.grants[key] += self.figures.moments.at("grants", m, share * claim.grant)
        return self.grants[key]
