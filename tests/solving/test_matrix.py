"""What the solver gets is what PuLP holds: the same rows, columns and numbers as in the file that PuLP writes of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import highspy
import numpy as np
import pytest

from planner.coefficients import coefficients_of
from planner.explain.elastic_model import elastic_model_of
from planner.model.build import Model, build
from planner.model.linear import LinearExpression, Row, count
from planner.model.pool import Aim, PoolModel, Terms
from planner.model.problem import problem_of
from planner.reading.budget import read_case
from planner.solving.elastic import with_slacks
from planner.solving.highs import Solver
from planner.solving.matrix import Matrix, matrix_of
from planner.vocabulary.constraints.pool import FURTHER
from tests.cases.rows import rows_case
from tests.cases.toy import mn, toy
from tests.places import TINY

ALIKE = {
    name: {"system": "cube", "supplier": "maker", "price": mn(90 + number)}
    for number, name in enumerate(("maker-1", "maker_1", "maker.1", "製造者-1"))
}
"""Offers whose names a file of a solver could take for one."""


def model_of(name: str) -> Model | PoolModel:
    if name == "pool":
        operators = {one: build(coefficients_of(toy())) for one in ("north", "south")}
        return PoolModel(operators, Terms("JPY", offers=frozenset({"maker"})), Aim(compute=1.0))
    case = {"rows": rows_case, "tiny": lambda: read_case(TINY).case, "alike": lambda: toy(offers=ALIKE)}[name]()
    return build(coefficients_of(case))


@pytest.fixture(scope="module", params=["rows", "tiny", "alike", "pool"])
def model(request: pytest.FixtureRequest) -> Model | PoolModel:
    return model_of(request.param)


def held(lp: highspy.HighsLp) -> tuple[dict[str, object], dict[str, object], dict[tuple[str, str], float]]:
    """Columns, rows and entries of what a solver holds, by name.

    A file of kind LP cannot hold a row without terms: PuLP gives it a column that is zero, such as ``__dummy``.
    """
    kinds = lp.integrality_ or [highspy.HighsVarType.kContinuous] * lp.num_col_
    names, rows = lp.col_names_, lp.row_names_
    columns = {
        names[n]: (lp.col_cost_[n], lp.col_lower_[n], lp.col_upper_[n], kinds[n] == highspy.HighsVarType.kInteger)
        for n in range(lp.num_col_)
        if not names[n].startswith("_")
    }
    starts, indexes, values = lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_
    by_row = lp.a_matrix_.format_ == highspy.MatrixFormat.kRowwise
    entries = {
        (rows[outer if by_row else indexes[at]], names[indexes[at] if by_row else outer]): values[at]
        for outer in range(len(starts) - 1)
        for at in range(starts[outer], starts[outer + 1])
        if not names[indexes[at] if by_row else outer].startswith("_")
    }
    limits = {name: ends for name, *ends in zip(rows, lp.row_lower_, lp.row_upper_, strict=True) if name[0] != "_"}
    return columns, limits, entries


@pytest.mark.parametrize("kind", ["mps", "lp"])
def test_the_solver_holds_what_pulp_writes_into_a_file(kind: str, model: Model | PoolModel, tmp_path: Path) -> None:
    path, problem = tmp_path / f"problem.{kind}", model.problem.copy()
    if kind == "mps":
        problem.writeMPS(str(path), with_objsense=True)
    else:
        problem.writeLP(str(path), max_length=255)
    reader = highspy.Highs()
    reader.setOptionValue("output_flag", False)
    assert reader.readModel(str(path)) == highspy.HighsStatus.kOk
    written = reader.getLp()

    matrix = matrix_of(model.problem)
    solver = Solver(matrix)
    solver.whole(matrix.whole)
    given = solver.highs.getLp()
    given.col_names_ = [variable.name for variable in model.problem.variables()]
    given.row_names_ = [constraint.name for constraint in model.problem.constraints()]

    assert written.sense_ == given.sense_
    for one, other, count_of in zip(held(written), held(given), given_sizes(model), strict=True):
        assert one.keys() == other.keys() and len(one) == count_of
        for name in one:
            assert one[name] == pytest.approx(other[name], rel=1e-11), name


def given_sizes(model: Model | PoolModel) -> tuple[int, int, int]:
    return len(model.columns), len(model.rows), sum(len(row.terms) for row in model.rows)


def same(one: Matrix, other: Matrix) -> bool:
    """Whether two matrices are the same to the last byte."""
    pairs = ((getattr(one, field.name), getattr(other, field.name)) for field in fields(Matrix))
    return all(
        (a.dtype, a.tobytes()) == (b.dtype, b.tobytes()) if isinstance(a, np.ndarray) else a == b for a, b in pairs
    )


def test_further_rows_and_another_objective_are_as_pulp_would_have_them(model: Model | PoolModel) -> None:
    some = [column for column in model.columns if column.kind in ("order", "built")]
    further = [
        Row(FURTHER, ("most",), count(some) <= 7.5),
        Row(FURTHER, ("empty",), LinearExpression() <= 0.0),
        Row(FURTHER, ("least",), model.objective >= 1.0),
        Row(FURTHER, ("just",), some[-1].equals(some[0] * 2.0)),
    ]
    matrix = matrix_of(model.problem)
    assert same(matrix.with_rows([]), matrix)
    goal = model.tie_break
    built = problem_of(model.columns, [*model.rows, *further], goal, model.labels, more_is_better=False)
    assert same(matrix.with_rows(further).with_objective(goal, maximise=False), matrix_of(built))


def test_without_names_the_matrix_is_the_same() -> None:
    model = build(coefficients_of(rows_case()))
    assert same(matrix_of(model.nameless_problem()), matrix_of(model.problem))


@pytest.mark.parametrize(
    ("limits", "is_ruled_out"),
    [((3.0, 5.0), False), ((5.0, 9.0), False), ((5.001, 9.0), True), ((-9.0, -0.001), True), ((-9.0, 0.0), False)],
)
def test_a_row_is_ruled_out_that_no_point_within_bounds_satisfies(
    limits: tuple[float, float], is_ruled_out: bool
) -> None:
    model = build(coefficients_of(rows_case()))
    columns, lower, upper = np.arange(2), np.array([0.0, 0.0]), np.array([1.0, 2.0])
    matrix = replace(
        matrix_of(model.problem),
        cost=np.zeros(2), lower=lower, upper=upper, whole=columns[:0].astype(np.int32),
        row_lower=np.array([limits[0]]), row_upper=np.array([limits[1]]),
        starts=np.array([0, 2], dtype=np.int32), indexes=columns.astype(np.int32), values=np.array([1.0, 2.0]),
    )  # fmt: skip
    assert matrix.is_ruled_out() == is_ruled_out
    assert not replace(matrix, lower=lower - np.inf, upper=upper + np.inf).is_ruled_out()
    endless = replace(matrix, upper=np.array([1.0, np.inf]))
    assert endless.is_ruled_out() == (is_ruled_out and limits[1] < 0)


def test_slacks_are_as_pulp_would_have_them() -> None:
    case = rows_case()
    elastic_model = elastic_model_of(case, coefficients_of(case))
    assert any(slack.within for slack in elastic_model.slacks)
    problem = problem_of(
        elastic_model.columns, elastic_model.rows, LinearExpression(), elastic_model.labels, more_is_better=False
    )
    variables, rows = problem.variables(), problem.constraints()
    for number, slack in enumerate(elastic_model.slacks):
        entries = {rows[row]: weight for row, weight in slack.entries.items()}
        variables.append(problem.add_column(f"slack{number}", 0.0, 0.0, coefficients=entries))
    for number, slack in enumerate(elastic_model.slacks, len(elastic_model.columns)):
        if slack.within is not None:
            terms, constant = slack.within
            within = sum(weight * variables[index] for index, weight in terms.items() if weight)
            problem += variables[number] <= within + constant
    built, ours = matrix_of(problem), with_slacks(matrix_of(elastic_model.problem), elastic_model.slacks)
    assert built.shape == ours.shape
    for field in fields(Matrix):
        np.testing.assert_array_equal(_sorted(built, field.name), _sorted(ours, field.name), field.name)


def _sorted(matrix: Matrix, name: str) -> object:
    """A part of a matrix, with the entries of each row by column: PuLP's operators have an order of their own."""
    order = np.lexsort((matrix.indexes, matrix.row_of))
    found = getattr(matrix, name)
    return found[order] if name in ("indexes", "values") else found
