"""Few whole numbers, looked at branch by branch: the answer of the solver's own search, and a proof that is kept."""

from __future__ import annotations

import itertools
import time

import pytest

from planner.coefficients import coefficients_of
from planner.errors import NoProofError
from planner.explain.elastic_model import elastic_model_of
from planner.model.build import build
from planner.solving.any_plan import has_any_plan
from planner.solving.branches import in_branches
from planner.solving.elastic import ElasticSolver
from planner.solving.forced import best_with
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from tests.cases.toy import mn, programme, toy, yearly

HALL = {"site": "east", "adds": {"power": "3 kW"}, "capex": mn(100), "lead_time": "0 months", "blocks": 2}


def case(amount: float = 4, cash: int = 500, floor: int = 4, must: str = "100 %"):
    """Work that hardly pays, in halls of three systems that have to be paid first, with half of it from the state."""
    duty = {"metric": "accelerators", "floor": floor, "from": "2025-01"}
    work = {"metric": "accelerators", "amount": amount, "price": yearly(1), "must_serve": must}
    return toy(
        workloads__training=work,
        finance__opening_cash=mn(cash),
        sites__east__capacity={"power": "0 kW"},
        expansions={"hall": HALL},
        programmes={"state": programme(0.5, obligations=[duty])},
    )


CASES = list(itertools.product((2, 3.5, 4), (250, 330, 420, 520), (3, 4, 7)))


@pytest.mark.parametrize("terms", CASES)
def test_branches_say_what_a_search_by_the_solver_says(terms):
    model = build(coefficients_of(case(*terms)))
    matrix = matrix_of(model.problem)
    heavy = [c.index for c in model.columns if c.kind in ("join", "built")]
    solver = Solver(matrix)
    values = in_branches(solver, model.columns, time.monotonic() + 60)
    solver.whole(matrix.whole, on=False)
    solver.whole(matrix.whole[[i in heavy for i in matrix.whole]])
    assert (values is not None) == solver.run().has_point
    if values is not None:
        assert all(abs(values[i] - round(values[i])) < 1e-6 for i in heavy)


@pytest.mark.parametrize("terms", CASES[::3])
def test_whether_there_is_any_plan_is_what_the_search_for_the_best_one_finds(terms):
    model = build(coefficients_of(case(*terms)))
    assert has_any_plan(model, 60.0) == (best_with(model, (), gap=0.0, seconds=60.0) is not None)


def test_both_answers_come_up_in_these_cases():
    answers = {has_any_plan(build(coefficients_of(case(*terms))), 60.0) for terms in CASES[::3]}
    assert answers == {True, False}


def test_a_proof_is_used_again_until_something_that_it_rests_on_is_let_go():
    elastic_model = elastic_model_of(case(4, 250), coefficients_of(case(4, 250)))
    elastic = ElasticSolver(elastic_model.problem, elastic_model.slacks, time.monotonic() + 60)
    joins, blocks = ([c.index for c in elastic_model.columns if c.kind == kind] for kind in ("join", "built"))
    elastic.branch_on(joins, blocks)
    assert not elastic.possible(())
    counted = []
    run = elastic._run
    elastic._branches._run = lambda: (counted.append(1), run())[1]
    elsewhere = set(range(len(elastic_model.slacks))) - elastic.farkas_support()
    assert not elastic.possible(elsewhere) and not counted
    assert elastic.possible(range(len(elastic_model.slacks))) and counted


def test_too_many_ways_are_no_answer():
    model = build(coefficients_of(case(4, 330)))
    matrix = matrix_of(model.problem)
    with pytest.raises(NoProofError):
        in_branches(Solver(matrix), model.columns, time.monotonic() + 60, looks=0)
