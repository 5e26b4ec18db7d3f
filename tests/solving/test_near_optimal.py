"""What all good plans have in common holds for the plan that is known, whatever constant the objective has."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.coefficients import coefficients_of
from planner.explain.alternative import Alternative
from planner.explain.goals import goals
from planner.model.build import build
from planner.model.linear import LinearExpression
from planner.planning import plan
from planner.reading.budget import read_case
from planner.solving.near_optimal import NearOptimalPlans
from planner.solving.solve import solve
from tests.benchmarks.generator import generate
from tests.places import INPUTS


@pytest.mark.parametrize("constant", [-1e5, 1e5])
def test_bounds_of_an_amount_hold_the_known_plan_between_them(constant):
    """The fleet that stands there at the start costs as much whatever is decided: a constant."""
    model = build(coefficients_of(generate("S", 2, "large")))
    solution = solve(model, gap=1e-3, time_limit=60.0)
    floor = model.objective.value(solution.values)
    ordered = LinearExpression({column.index: 1.0 for column in model.columns if column.kind == "order"})
    amount = sum(solution.values[index] for index in ordered.terms)
    plans = NearOptimalPlans(model, floor - 0.0005 * abs(floor))
    plans.matrix = replace(plans.matrix, offset=constant)
    least, most = plans.between(ordered, [], 20.0)
    assert amount > 0
    assert amount / 2 < least <= amount <= most < 2 * amount


def test_that_no_good_plan_has_less_is_proven_from_the_plan_that_is_known():
    """With a row that asks for less the solver stayed at its root until the time was over."""
    best = plan(read_case(INPUTS / "regional-2027.yaml"))
    model = build(coefficients_of(best.case))
    unit = model.coefficients.money_unit
    floor = best.proof.objective - 0.002 * abs(best.proof.objective)
    plans = NearOptimalPlans(model, floor / unit, best.warm_start)
    (spend, *_) = goals(best.case, model, "nvidia")
    has = spend.measure(Alternative("best", best.decisions, best.audit, proven=True)) / unit
    assert plans.least(spend.sum, (1 - 1e-5) * has, gap=1e-3, seconds=20.0) is None
    least = plans.least(spend.sum, (1 + 1e-5) * has, gap=1e-3, seconds=20.0)
    assert least is not None
    assert spend.sum.value(least) == pytest.approx(has, rel=1e-5)
