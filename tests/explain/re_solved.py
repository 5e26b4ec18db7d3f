"""Prices held against planning again: the same question asked without bases, duals and ranges."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.case import Case
from planner.errors import PlannerError
from planner.explain.figure import changed
from planner.explain.priced import Priced
from planner.explain.prices import fixed_values, in_fractions, priced
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.solving.fixed_mip import FixedMip


@dataclass(frozen=True)
class Held:
    """One price beside what a changed case came to."""

    name: str
    promised: float
    found: float
    scale: float

    @property
    def agrees(self) -> bool:
        return abs(self.promised - self.found) <= 1e-6 * max(abs(self.promised), abs(self.found)) + 1e-9 * self.scale


def plan_of(case: Case, gap: float = 0.0) -> Outcome | None:
    """The plan of a generated case; None where it has none, which is no matter of this test."""
    try:
        return plan_case(case, gap=gap)
    except PlannerError:
        return None


def value_of(case: Case, outcome: Outcome) -> float | None:
    """What a case is worth in fractions, built anew from its own figures, with what the plan fixes."""
    model = in_fractions(case)
    fixed_mip = FixedMip(model, fixed_values(model, outcome), ())
    unit = 1.0 if outcome.proof.kind == "compute" else model.coefficients.money_unit
    return fixed_mip.signed_objective() * unit if fixed_mip.found else None


def held(outcome: Outcome, most: int) -> list[Held]:
    """The headline prices of a plan, each way, held against the changed case."""
    base = value_of(outcome.case, outcome)
    assert base is not None
    found = []
    for one in [price for price in priced(outcome) if price.gain is not None][:most]:
        assert one.gain is not None
        for units, slope in ((_step(one, one.reach), one.gain), (-_step(one, one.reach_back), one.loss or 0.0)):
            if units == 0 or (one.figure.kind != "money" and one.after(units) < 0):  # there is no less than nothing
                continue
            case = changed(outcome.case, {one.figure.path: one.figure.text(one.after(units))})
            value = value_of(case, outcome)
            assert value is not None, (one.figure.path, units)
            name = f"{outcome.case.name} {'.'.join(one.figure.path)} {units:+g}"
            found.append(Held(name, slope * units, value - base, abs(outcome.proof.objective)))
    return found


def _step(one: Priced, reach: float) -> float:
    """One unit, or as far as the price holds; whole where only whole numbers can stand."""
    step = min(1.0, reach)
    return float(int(step)) if one.figure.kind == "count" else step
