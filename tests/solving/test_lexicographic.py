"""Plans as good as another one are asked for by a row that the solver holds as it was handed over."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.reading.budget import read_case
from planner.solving import lexicographic
from planner.solving import search as search_module
from planner.solving.highs import Run, Solver
from planner.solving.lexicographic import _as_good
from planner.solving.matrix import matrix_of
from planner.solving.search import search
from tests.cases.toy import toy
from tests.places import INPUTS


def test_weights_far_below_the_largest_are_left_out() -> None:
    model = build(coefficients_of(toy()))
    matrix = matrix_of(model.problem)
    cost = matrix.cost.copy()
    cost[0], cost[1], cost[2] = 1e9, 1e-1, 1e3
    among = _as_good(replace(matrix, cost=cost), 1e9, model.objective)
    last = among.indexes[among.starts[-2] :].tolist()
    assert 0 in last and 2 in last and 1 not in last
    Solver(among)  # refuses a matrix that the solver does not hold entry for entry


def test_a_search_that_needs_no_proof_ends_by_a_count_and_is_no_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left to the time limit, the plan would depend on the machine, and the run would take all of it."""
    case = read_case(INPUTS / "aws-japan.yaml", "power-late").case
    model = build(coefficients_of(case))
    matrix = matrix_of(model.problem)
    found = search(model, Solver(matrix), gap=0.01, seconds=300.0)
    assert model.second_objective is not None
    runs: list[int] = []
    run = Solver.run

    def counted(solver: Solver, **terms: Any) -> Run:
        runs.append(terms.get("nodes", 0))
        return run(solver, **terms)

    monkeypatch.setattr(lexicographic, "WORTH_NODES", 10)
    monkeypatch.setattr(search_module, "in_two_ways", counted)
    best = lexicographic.fixed_at(model, matrix, found.values, 300.0)
    assert best is not None
    richer = lexicographic._worth_most(model, matrix, best, 0.001, time.monotonic() + 300.0)
    assert runs and runs[-1] == 10
    assert not lexicographic._is_worse(matrix, richer.run, best.run)
    worth = [float(sum(model.second_objective.terms[k] * one.run.values[k] for k in model.second_objective.terms))
             for one in (best, richer)]  # fmt: skip
    assert worth[1] >= worth[0]
