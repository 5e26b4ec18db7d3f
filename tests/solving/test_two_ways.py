"""A plan that one way of solving cuts off is found by another, and no bound is believed that only one of them says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.solving.highs import Run, Solver
from planner.solving.two_ways import in_two_ways
from tests.solving.test_presolve import matrix

CUT_OFF, BEST = "worse_plan_after_cuts.mps", 135.57167728
"""A turn of a tiny case about programmes: HiGHS 1.15.1 without presolve calls 115.26 optimal after one cut."""


def whole_solver() -> Solver:
    problem = matrix(CUT_OFF)
    solver = Solver(problem)
    solver.whole(problem.whole)
    return solver


def test_a_plan_that_is_cut_off_is_found_the_other_way() -> None:
    run = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    assert run.status == "optimal"
    assert (run.objective, run.bound) == (pytest.approx(BEST), pytest.approx(BEST))


def test_one_way_alone_still_errs() -> None:
    """If this fails, HiGHS is mended, and one way may do."""
    run = whole_solver().run(gap=0.0)
    assert run.status == "optimal" and run.bound < BEST - 1.0


@pytest.mark.parametrize("wrong", [0, 1])
def test_the_looser_bound_and_the_better_plan_count(wrong: int, monkeypatch: pytest.MonkeyPatch) -> None:
    right = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    told: list[bool] = []

    def run(_solver: Solver, **_terms: Any) -> Run:
        told.append(True)
        return replace(right, objective=100.0, bound=100.0) if len(told) == wrong + 1 else right

    monkeypatch.setattr(Solver, "run", run)
    found = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    assert len(told) == 2
    assert (found.objective, found.bound) == (right.objective, right.bound)


def test_that_there_is_no_plan_is_believed_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    right = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    none = replace(right, status="infeasible", has_point=False)
    answers = iter([none, right, right])
    monkeypatch.setattr(Solver, "run", lambda _solver, **_terms: next(answers))
    found = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    assert found.has_point and found.bound == right.bound
    answers = iter([none, none])
    assert in_two_ways(whole_solver(), gap=0.0, seconds=60.0).status == "infeasible"


@pytest.mark.parametrize("has_point", [True, False])
def test_where_a_second_way_runs_out_of_time_the_first_counts_alone(
    has_point: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    late = replace(right, status="limit", has_point=has_point, objective=100.0, bound=900.0)
    answers = iter([right, late])
    monkeypatch.setattr(Solver, "run", lambda _solver, **_terms: next(answers))
    found = in_two_ways(whole_solver(), gap=0.0, seconds=60.0)
    assert (found.status, found.objective, found.bound) == ("optimal", right.objective, right.bound)
