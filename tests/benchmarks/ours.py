"""Our part: what all measures of a case need, and the whole search."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from highspy import HighsStatus

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.reading.budget import read_case
from planner.reading.case.text import case_text
from planner.solving.highs import Solver
from planner.solving.matrix import Matrix, matrix_of
from planner.solving.search import search as search_for_plan
from planner.solving.search_state import lp_method
from tests.benchmarks.generator import generate
from tests.benchmarks.measures import Clock, bound_of_none, finite
from tests.places import REFERENCE


def measure(name: str, folder: Path, *rest: str) -> dict[str, Any]:
    return prepare(folder, *rest) if name == "prepare" else search(folder, *map(float, rest))


def prepare(folder: Path, size: str, fleet: str = "", seed: str = "0") -> dict[str, Any]:
    """Writes a case as a file, its matrix as arrays with the names of families and kinds, and what is known of it.

    Args:
        folder: where to.
        size: S, M, L or reference.
        fleet: large or small, of a case of a stated size.
        seed: which one of that size.
    """
    if size == "reference":
        text = REFERENCE.read_text(encoding="utf-8")
    else:
        text = case_text(generate(size, int(seed), fleet), {})  # type: ignore[arg-type]
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    model = build(coefficients_of(_case_of(folder)))
    matrix = matrix_of(model.problem)
    np.savez(
        folder / "matrix.npz",
        **vars(matrix),
        family=np.array([".".join(filter(None, (row.rule, row.family.part))) for row in model.rows]),
        kind=np.array([column.kind for column in model.columns]),
    )
    _write_mps(matrix, folder)
    rows, columns, non_zeros = matrix.shape
    facts = {
        "rows": rows,
        "columns": columns,
        "non_zeros": non_zeros,
        "maximise": matrix.maximise,
        "unit": model.goal.size,
        "method": lp_method(Solver(matrix)),
    }
    (folder / "facts.json").write_text(json.dumps(facts), encoding="utf-8")
    return facts


def _write_mps(matrix: Matrix, folder: Path) -> None:
    """The matrix as a file that every solver reads; always to be made small, since not all read which way it goes."""
    sign = -1.0 if matrix.maximise else 1.0
    solver = Solver(replace(matrix, cost=sign * matrix.cost, offset=sign * matrix.offset, maximise=False))
    solver.whole(matrix.whole)
    assert solver.highs.writeModel(str(folder / "matrix.mps")) != HighsStatus.kError


def search(folder: Path, gap: float, seconds: float) -> dict[str, Any]:
    """From the case to the best plan of the search, with its bound; without tie-breaks, audit and reports."""
    case = _case_of(folder)
    clock = Clock()
    with clock.time("build"):
        model = build(coefficients_of(case))
        matrix = matrix_of(model.problem)
    with clock.time("hand_over"):
        solver = Solver(matrix)
    with clock.time("solve"):
        run = search_for_plan(model, solver, gap=gap, seconds=seconds)
    value = matrix.objective_of(run.values) if run.has_point else None
    is_none = run.status.startswith("infeasible")
    bound = bound_of_none(maximise=matrix.maximise) if is_none else finite(run.bound)
    return {**clock.seconds, "value": value, "bound": bound}


def _case_of(folder: Path) -> Case:
    return read_case(folder / "case.yaml").case
