"""Branch and bound against every way that the whole-number decisions can go, each a linear programme of its own."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.solving import branch_and_bound as module
from planner.solving.branch_and_bound import branch_and_bound
from planner.solving.highs import Run, Solver
from planner.solving.matrix import Matrix, matrix_of
from tests.solving.test_branches import CASES, case

WHOLE, AMOUNTS, ROWS, MOST = 4, 6, 7, 2

type Branches = Sequence[Mapping[int, tuple[float, float]]]


def drawn(number: int) -> Matrix:
    """A problem with four numbers up to two, and amounts that they let in; some draws hold no plan."""
    chance = Random(number)
    columns = WHOLE + AMOUNTS
    entries = [
        [(c, float(chance.randint(-9, 9))) for c in range(columns) if chance.random() < 0.6] for _ in range(ROWS)
    ]
    entries = [[(c, weight) for c, weight in row if weight] for row in entries]
    return Matrix(
        cost=np.array([float(chance.randint(-20, 20)) for _ in range(columns)]),
        offset=float(chance.randint(-5, 5)),
        maximise=chance.random() < 0.5,
        lower=np.zeros(columns),
        upper=np.array([float(MOST)] * WHOLE + [chance.choice([1.0, 2.5, 7.0]) for _ in range(AMOUNTS)]),
        whole=np.arange(WHOLE, dtype=np.int32),
        row_lower=np.full(ROWS, -np.inf),
        row_upper=np.array([float(chance.randint(-6, 14)) for _ in range(ROWS)]),
        starts=np.array([0, *np.cumsum([len(row) for row in entries])], dtype=np.int32),
        indexes=np.array([c for row in entries for c, _ in row], dtype=np.int32),
        values=np.array([weight for row in entries for _, weight in row]),
    )


def by_every_way(matrix: Matrix) -> float | None:
    """The best objective of all ways; None where none of them holds a plan."""
    solver, best = Solver(matrix), None
    solver.whole(matrix.whole, on=False)
    for way in itertools.product(*(range(int(most) + 1) for most in matrix.upper[matrix.whole])):
        fixed = np.array(way, dtype=float)
        solver.bound(matrix.whole, fixed, fixed)
        run = solver.run()
        if run.status == "optimal" and (best is None or matrix.is_better(run.objective, best)):
            best = run.objective
    return best


def branched(matrix: Matrix, gap: float = 0.0, branches: Branches = ()) -> tuple[Run, Solver]:
    solver = Solver(matrix)
    solver.branches = branches
    solver.whole(matrix.whole, on=False)
    root = solver.run()
    if root.status != "optimal":
        return root, solver
    return branch_and_bound(solver, matrix.whole, root, gap=gap, seconds=60.0), solver


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_it_finds_what_every_way_together_finds(first):
    for number in range(first, first + 10):
        matrix = drawn(number)
        best, (run, _) = by_every_way(matrix), branched(matrix)
        assert run.has_point == (best is not None), number
        if best is None:
            assert run.status == "infeasible"
            continue
        assert run.status == "optimal"
        assert run.objective == pytest.approx(best, abs=1e-6) and run.bound == pytest.approx(best, abs=1e-6)
        whole = run.values[matrix.whole]
        assert np.abs(whole - np.round(whole)).max() <= 1e-6
        assert matrix.objective_of(run.values) == pytest.approx(run.objective) and matrix.violation(run.values) < 1e-6


def test_these_problems_have_plans_and_none_and_need_branches():
    answers = [by_every_way(drawn(number)) for number in range(60)]
    assert 5 < answers.count(None) < 55
    relaxed = [branched(drawn(number)) for number in range(60)]
    apart = [1 for run, solver in relaxed if run.has_point and abs(solver.run().objective - run.objective) > 1e-3]
    assert len(apart) > 10


@pytest.mark.parametrize("gap", [0.01, 0.3])
def test_plan_and_bound_hold_the_best_between_them_whatever_the_gap(gap):
    for number in range(60):
        matrix = drawn(number)
        best, (run, _) = by_every_way(matrix), branched(matrix, gap)
        if best is None:
            continue
        worse, bound = (run.objective, run.bound) if matrix.maximise else (run.bound, run.objective)
        assert worse <= best + 1e-6 and bound >= best - 1e-6
        assert abs(run.bound - run.objective) <= gap * max(1.0, abs(run.objective)) + 1e-6


@pytest.mark.parametrize("looks", [0, 1, 3, 8])
def test_what_its_limits_end_has_a_bound_that_holds(looks, monkeypatch):
    monkeypatch.setattr(module, "MOST_LOOKS", looks)
    for number in range(60):
        matrix = drawn(number)
        best, (run, _) = by_every_way(matrix), branched(matrix)
        if best is None:
            assert not run.has_point
            continue
        assert run.status in ("optimal", "limit")
        assert not matrix.is_better(best, run.bound + (1e-6 if matrix.maximise else -1e-6)), number
        if run.has_point:
            assert not matrix.is_better(run.objective, best + (1e-6 if matrix.maximise else -1e-6))


def test_what_the_solver_does_not_settle_counts_as_good_as_what_it_is_part_of(monkeypatch):
    """A branch that comes to nothing may hold the best plan: the bound stays where it was."""
    seen = 0
    for number in range(60):
        matrix = drawn(number)
        best = by_every_way(matrix)
        solver = Solver(matrix)
        solver.whole(matrix.whole, on=False)
        root = solver.run()
        if best is None or root.status != "optimal":
            continue
        run_as_ever = Solver.run
        told: list[int] = []

        def now_and_then(self, *, told=told, run_as_ever=run_as_ever, **terms):
            told.append(1)
            run = run_as_ever(self, **terms)
            return run if len(told) % 3 else Run("unsettled", False, 0.0, 0.0, run.values)

        monkeypatch.setattr(Solver, "run", now_and_then)
        run = branch_and_bound(solver, matrix.whole, root, gap=0.0, seconds=60.0)
        monkeypatch.setattr(Solver, "run", run_as_ever)
        seen += len(told) >= 3
        assert run.status != "infeasible"
        assert not matrix.is_better(best, run.bound + (1e-6 if matrix.maximise else -1e-6)), number
    assert seen > 10


def test_no_time_leaves_the_bound_of_the_root():
    matrix = next(drawn(number) for number in range(60) if by_every_way(drawn(number)) is not None)
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    root = solver.run()
    run = branch_and_bound(solver, matrix.whole, root, gap=0.0, seconds=0.0)
    assert not matrix.is_better(root.objective, run.bound)


@pytest.mark.parametrize("terms", CASES[::4])
def test_it_leaves_the_problem_as_it_was(terms):
    model = build(coefficients_of(case(*terms)))
    matrix = matrix_of(model.problem)
    heavy = np.array([c.index for c in model.columns if c.kind in ("join", "built")], dtype=np.int32)
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    root = solver.run()
    if root.status == "optimal":
        branch_and_bound(solver, heavy, root, gap=0.0, seconds=60.0)
        again = solver.run()
        assert again.objective == pytest.approx(root.objective)


def test_branches_that_are_equally_good_are_told_apart():
    """Of columns that are the same, each side of any comes to the same optimum."""
    columns = 5
    matrix = Matrix(
        cost=np.ones(columns),
        offset=0.0,
        maximise=True,
        lower=np.zeros(columns),
        upper=np.ones(columns),
        whole=np.arange(columns, dtype=np.int32),
        row_lower=np.array([-np.inf]),
        row_upper=np.array([5.0]),
        starts=np.array([0, columns], dtype=np.int32),
        indexes=np.arange(columns, dtype=np.int32),
        values=np.full(columns, 2.0),
    )
    run, _ = branched(matrix)
    assert run.status == "optimal" and run.objective == pytest.approx(2.0)


@pytest.mark.parametrize("first", range(0, 60, 10))
def test_branches_left_by_a_problem_hold_every_plan_of_one_with_other_figures_and_other_limits(first):
    """Handed on and back again, with room for more in some numbers and for less in others."""
    handed_on = 0
    for number in range(first, first + 10):
        matrix, chance = drawn(number), Random(number)
        upper = matrix.upper.copy()
        upper[: WHOLE // 2] = [chance.choice([1.0, 4.0]) for _ in range(WHOLE // 2)]
        cost = matrix.cost + [chance.choice([-1.0, 0.0, 2.0]) for _ in matrix.cost]
        other = replace(matrix, upper=upper, cost=cost, row_upper=matrix.row_upper + chance.choice([0.0, 2.0, 6.0]))
        for before, after in ((matrix, other), (other, matrix)):
            branches = branched(before)[1].branches
            handed_on += len(branches) > 1
            best, (run, _) = by_every_way(after), branched(after, branches=branches)
            assert run.has_point == (best is not None), number
            if best is not None:
                assert run.status == "optimal"
                assert run.objective == pytest.approx(best, abs=1e-6) and run.bound == pytest.approx(best, abs=1e-6)
    assert handed_on >= 3
