"""From the rules to the solver: nothing is lost or renamed on the way, and no answer says more than is known."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pulp
import pytest

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import NoPlanError, NoProofError, ScalingError
from planner.model.build import Model, build
from planner.model.linear import Comparison, LinearExpression, count, key_text, total
from planner.planning import plan_case
from planner.solving.highs import Solver, SolverError
from planner.solving.matrix import Matrix, matrix_of, require_solvable_range
from tests.benchmarks.generator import generate
from tests.cases.rows import rows_case
from tests.cases.toy import mn, programme, toy


def model_of(case: Case) -> Model:
    return build(coefficients_of(case))


@pytest.fixture(scope="module", params=["rows", "small provider"])
def model(request: pytest.FixtureRequest) -> Model:
    return model_of(rows_case() if request.param == "rows" else generate("S", 0, "small"))


@pytest.fixture(scope="module")
def matrix(model: Model) -> Matrix:
    return matrix_of(model.problem)


def by_operators(model: Model) -> pulp.LpProblem:
    """The same problem, written in PuLP's own operators, one term at a time."""
    problem = pulp.LpProblem("by_operators", pulp.LpMaximize if model.more_is_better else pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"column{column.index}",
            None if np.isinf(column.lower) else column.lower,
            None if np.isinf(column.upper) else column.upper,
            pulp.LpInteger if column.whole else pulp.LpContinuous,
        )
        for column in model.columns
    ]

    def summed(terms: dict[int, float]) -> pulp.LpAffineExpression:
        return pulp.lpSum(weight * variables[index] for index, weight in terms.items() if weight)

    problem += summed(model.objective.terms) + model.objective.constant
    for number, row in enumerate(model.rows):
        left, right = summed(row.terms), row.comparison.right
        compared = {"<=": left <= right, ">=": left >= right, "=": left == right}[row.comparison.sense]
        problem += compared, f"row{number}"
    return problem


def dense(matrix: Matrix) -> np.ndarray:
    rows, columns, _ = matrix.shape
    found = np.zeros((rows, columns))
    for row in range(rows):
        span = slice(matrix.starts[row], matrix.starts[row + 1])
        found[row, matrix.indexes[span]] = matrix.values[span]
    return found


def test_both_ways_into_pulp_give_the_same_matrix(model: Model, matrix: Matrix) -> None:
    other = matrix_of(by_operators(model))
    assert other.shape == matrix.shape
    assert (other.maximise, other.offset) == (matrix.maximise, pytest.approx(matrix.offset, rel=1e-12))
    for name in ("cost", "lower", "upper", "whole", "row_lower", "row_upper"):
        np.testing.assert_allclose(getattr(other, name), getattr(matrix, name), rtol=1e-12, err_msg=name)
    np.testing.assert_allclose(dense(other), dense(matrix), rtol=1e-12)


def test_the_matrix_holds_what_the_rules_say(model: Model, matrix: Matrix) -> None:
    expected = np.zeros((len(model.rows), len(model.columns)))
    for number, row in enumerate(model.rows):
        for index, weight in row.terms.items():
            expected[number, index] = weight
    np.testing.assert_array_equal(dense(matrix), expected)
    right = np.array([row.comparison.right for row in model.rows])
    senses = np.array([row.comparison.sense for row in model.rows])
    np.testing.assert_array_equal(matrix.row_upper, np.where(senses == ">=", np.inf, right))
    np.testing.assert_array_equal(matrix.row_lower, np.where(senses == "<=", -np.inf, right))
    np.testing.assert_array_equal(matrix.cost, [model.objective.terms.get(c.index, 0.0) for c in model.columns])
    assert list(matrix.whole) == [column.index for column in model.columns if column.whole]


def test_the_solver_holds_every_row_column_and_non_zero(matrix: Matrix) -> None:
    highs = Solver(matrix).highs
    assert (highs.getNumRow(), highs.getNumCol(), highs.getNumNz()) == matrix.shape


def test_a_coefficient_that_the_solver_drops_is_noticed(matrix: Matrix) -> None:
    values = matrix.values.copy()
    values[0] = 1e-10
    with pytest.raises(SolverError, match="holds"):
        Solver(replace(matrix, values=values))


@pytest.mark.parametrize(("size", "word"), [(1e-8, "small"), (-1e-8, "small"), (1e8, "large"), (-1e8, "large")])
def test_a_coefficient_out_of_range_is_refused_with_its_row(
    size: float, word: str, model: Model, matrix: Matrix
) -> None:
    names = [row.name(model.labels) for row in model.rows]
    require_solvable_range(matrix, model.rows, model.labels)
    for row in (0, len(names) // 2, len(names) - 1):
        values = matrix.values.copy()
        values[matrix.starts[row + 1] - 1] = size
        if matrix.starts[row + 1] == matrix.starts[row]:
            continue
        with pytest.raises(ScalingError) as caught:
            require_solvable_range(replace(matrix, values=values), model.rows, model.labels)
        assert str(caught.value).startswith(f"{names[row]}: ")
        assert f"too {word}" in str(caught.value)


def test_a_case_out_of_range_gives_no_plan() -> None:
    case = toy(workloads__training__efficiency={"cube": 1e-9})
    with pytest.raises(ScalingError, match=r"demand\[training,2025-01\]"):
        plan_case(case)


def test_names_are_never_shared_and_never_read_back(model: Model) -> None:
    rows = [row.name(model.labels) for row in model.rows]
    columns = [key_text(column.kind, column.key, model.labels) for column in model.columns]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)


def test_names_that_a_solver_file_would_write_alike_stay_apart() -> None:
    # In a solver's file both would be called maker_1; the dearer one must not take the other's place.
    offers = {
        "maker-1": {"system": "cube", "supplier": "maker", "price": mn(100)},
        "maker_1": {"system": "cube", "supplier": "maker", "price": mn(90)},
        "maker.1": {"system": "cube", "supplier": "maker", "price": mn(95)},
    }
    assert plan_case(toy(offers=offers), gap=0.0).decisions.order == {("maker_1", "east", 0): 1}


def test_a_sum_without_terms_is_still_a_row() -> None:
    for empty in (LinearExpression(), count([]), total([])):
        assert isinstance(empty <= 5, Comparison)
        assert isinstance(empty.equals(0), Comparison)


def test_an_empty_row_that_cannot_hold_is_not_lost() -> None:
    # The contract takes 30 of a limit of 10 before anything can be ordered: the row has no terms, and no plan exists.
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2025-01", "unpaid": mn(30)}]
    case = toy(
        sites__east__fleet=fleet,
        offers__maker__order_window={"from": "2026-01"},
        finance__capex_limits={"FY2025": mn(10)},
    )
    assert model_of(case).text("capex_limit") == ["capex_limit[FY2025]: 0 <= -20"]
    with pytest.raises(NoPlanError, match="capex_limit"):
        plan_case(case)


@pytest.mark.parametrize(
    ("option", "value"), [("no_such_option", 1), ("time_limit", "soon"), ("threads", 1.5), ("solver", "magic")]
)
def test_an_option_that_the_solver_does_not_take_is_an_error(option: str, value: object, matrix: Matrix) -> None:
    with pytest.raises((SolverError, TypeError)):
        Solver(matrix).set(option, value)  # type: ignore[arg-type]


def test_an_infeasible_case_gives_no_plan_whatever_the_solver_left_in_its_columns() -> None:
    case = toy(finance__minimum_cash=mn(2000))
    run = Solver(matrix_of(model_of(case).problem)).run()
    assert (run.status, run.has_point) == ("infeasible", False)
    with pytest.raises(NoPlanError, match="minimum_cash"):
        plan_case(case)


def test_a_case_without_a_whole_number_plan_gives_no_plan() -> None:
    # Work for one and a half cubes of 2 kW each on 3 kW: possible in halves, from two offers, but not in whole cubes.
    case = toy(
        systems__cube__installation__power="2 kW",
        sites__east__capacity={"power": "3 kW"},
        offers__other={"system": "cube", "supplier": "other"},
        workloads__training__amount=1.5,
        workloads__training__must_serve="100 %",
    )
    assert Solver(matrix_of(model_of(case).problem)).run().status == "optimal"
    with pytest.raises(NoPlanError, match="fractions"):
        plan_case(case)


@pytest.mark.parametrize("whole", [False, True], ids=["fractions", "whole numbers"])
def test_a_run_that_was_stopped_has_no_point(whole: bool) -> None:
    matrix = matrix_of(model_of(generate("S", 0, "small")).problem)
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=whole)
    run = solver.run(seconds=0)
    assert (run.status, run.has_point) == ("limit", False)


def test_no_time_gives_no_plan() -> None:
    with pytest.raises(NoProofError, match="time-limit"):
        plan_case(generate("S", 0, "small"), time_limit=0.0)


def test_little_time_gives_a_plan_with_its_gap_or_none() -> None:
    began = time.monotonic()
    try:
        proof = plan_case(generate("S", 1, "small"), gap=0.0, time_limit=2.0).proof
    except NoProofError:
        proof = None
    assert time.monotonic() - began < 12, "the time limit plus ten seconds"
    if proof is not None:
        assert proof.bound >= proof.objective
        assert (proof.label == "verified optimal") == (proof.relative_gap <= 1e-9)


def test_a_joined_programme_is_a_whole_decision() -> None:
    # A minimum that cannot be reached cannot be half joined either: the grant of a single cube is not paid.
    case = toy(programmes={"scheme": programme(0.5, minimum_investment=mn(5000))})
    assert plan_case(case, gap=0.0).audit.accounts.lines["grants"] == (0.0, 0.0, 0.0)
