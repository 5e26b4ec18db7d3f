"""A search made of many linear programmes has its time for each of them, however many came before."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.explain.elastic_model import elastic_model_of
from planner.solving.elastic import with_slacks
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from tests.cases.toy import toy


def test_a_limit_is_one_of_this_run_and_not_of_all_runs_so_far():
    case = toy()
    elastic_model = elastic_model_of(case, coefficients_of(case))
    solver = Solver(with_slacks(matrix_of(elastic_model.problem), elastic_model.slacks))
    seconds = 0.2
    while solver.highs.getRunTime() <= seconds:
        solver.highs.clearSolver()
        solver.run()
    assert solver.run(seconds=seconds).status == "optimal"
