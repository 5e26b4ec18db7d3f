"""Smaller numbers in the rows of tax years leave every plan a plan, whatever constant the objective has."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.reading.budget import read_case
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from planner.solving.search import search
from planner.solving.tightened import tightened
from tests.places import INPUTS

TAXED = ["softbank", "regional-2027", "supply-shocks"]


@pytest.mark.parametrize("name", TAXED)
def test_the_best_plan_stays_and_the_constant_of_the_objective_changes_nothing(name):
    model = build(coefficients_of(read_case(INPUTS / f"{name}.yaml").case))
    matrix = matrix_of(model.problem)
    ends = time.monotonic() + 60
    small = tightened(model, matrix, ends)
    assert not np.array_equal(small.values, matrix.values)
    plan = search(model, Solver(matrix), gap=1e-3, seconds=60.0)
    assert plan.has_point and small.violation(plan.values) < 1e-6
    for constant in (-3000.0, 3000.0):
        shifted = tightened(model, replace(matrix, offset=constant), ends)
        assert shifted.values == pytest.approx(small.values, rel=1e-6)


@pytest.mark.parametrize("constant", [-40.0, 0.0, 40.0])
def test_an_objective_that_is_replaced_takes_its_constant_along(constant):
    model = build(coefficients_of(read_case(INPUTS / "starter.yaml").case))
    matrix = replace(matrix_of(model.problem), offset=constant)
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    before = solver.run()
    cost = np.zeros(len(matrix.cost))
    cost[[column.index for column in model.columns if column.kind == "built"]] = 1.0
    solver.costs(cost, maximise=True)
    run = solver.run()
    assert run.objective == pytest.approx(cost @ run.values) and run.objective > 0
    solver.costs(matrix.cost, maximise=matrix.maximise, offset=matrix.offset)
    assert solver.run().objective == pytest.approx(before.objective)
