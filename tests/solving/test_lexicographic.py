"""Plans as good as another one are asked for by a row that the solver holds as it was handed over."""

from __future__ import annotations

from dataclasses import replace

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.solving.highs import Solver
from planner.solving.lexicographic import _as_good
from planner.solving.matrix import matrix_of
from tests.cases.toy import toy


def test_weights_far_below_the_largest_are_left_out() -> None:
    model = build(coefficients_of(toy()))
    matrix = matrix_of(model.problem)
    cost = matrix.cost.copy()
    cost[0], cost[1], cost[2] = 1e9, 1e-1, 1e3
    among = _as_good(replace(matrix, cost=cost), 1e9, model.objective)
    last = among.indexes[among.starts[-2] :].tolist()
    assert 0 in last and 2 in last and 1 not in last
    Solver(among)  # refuses a matrix that the solver does not hold entry for entry
