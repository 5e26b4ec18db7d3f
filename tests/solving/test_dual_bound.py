"""The bound in exact arithmetic: it holds whatever prices are proposed, and is as tight as the linear programme."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pytest

import planner.solving.solve as solve_room
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import AuditError, NoPlanError
from planner.model.build import Model, build
from planner.model.linear import Column, LinearExpression, Row
from planner.outcome import Proof
from planner.planning import plan_case, read_for_plan
from planner.report.summary_file import summary
from planner.report.terminal import proof_line
from planner.solving.checked_bound import held_against
from planner.solving.dual_bound import dual_bound
from planner.solving.highs import Solver
from planner.solving.implied_bounds import implied_bounds, outwards
from planner.solving.matrix import matrix_of
from planner.vocabulary.constraints.pool import FURTHER
from tests.places import REFERENCE, TINY
from tests.rival.generator import tiny_case

ROUNDING = 1e-9


def columns(*bounds: tuple[float, float]) -> list[Column]:
    return [Column(i, "amount", (i,), lower, upper, False) for i, (lower, upper) in enumerate(bounds)]


def at_most(terms: dict[int, float], right: float) -> Row:
    return Row(FURTHER, (), LinearExpression(terms) <= right)


MANY = math.inf
SHOP = columns((0, MANY), (0, MANY))
SHOP_ROWS = [at_most({0: 1.0, 1: 1.0}, 4.0), at_most({0: 1.0}, 2.0), at_most({1: 1.0}, 3.0)]
SHOP_GOAL = LinearExpression({0: 3.0, 1: 2.0})
"""The best is 2 and 2, worth 10; the prices that prove it are 2, 1 and 0."""


@pytest.mark.parametrize(
    ("prices", "bound"),
    [
        ((2, 1, 0), 10),
        ((2, 1, -5), 10),  # a limit has no price below zero
        ((0, 0, 0), 3 * 4 + 2 * 4),  # what the first limit of each column allows
        ((3, 0, 0), 12),
        ((1.5, 1, 0), 6 + 2 + Fraction(1, 2) * 4 + Fraction(1, 2) * 4),
    ],
)
def test_the_bound_of_a_small_programme_is_known(prices: tuple[float, ...], bound: Fraction) -> None:
    found = dual_bound(SHOP, SHOP_ROWS, SHOP_GOAL, prices, more_is_better=True)
    assert found is not None and float(found) == pytest.approx(float(bound), abs=1e-12)
    assert found >= 10


def test_less_being_better_turns_everything_round() -> None:
    rows = [Row(FURTHER, (), LinearExpression({0: 1.0, 1: 1.0}) >= 3.0), at_most({0: 1.0}, 2.0)]
    goal = LinearExpression({0: 1.0, 1: 2.0}, 5.0)
    assert dual_bound(SHOP, rows, goal, (2, -1), more_is_better=False) == 5 + 4
    wrong = dual_bound(SHOP, rows, goal, (-2, 1), more_is_better=False)
    assert wrong is not None and wrong <= 9


@pytest.mark.parametrize("prices", [(2, 1), (math.nan, 1, 0), (math.inf, 0, 0)])
def test_what_is_no_price_proves_nothing(prices: tuple[float, ...]) -> None:
    assert dual_bound(SHOP, SHOP_ROWS, SHOP_GOAL, prices, more_is_better=True) is None


def test_a_column_that_nothing_bounds_needs_a_price_that_is_shifted() -> None:
    """As a tax that is at least so much, and at most nothing: by rounding it weighs a little."""
    free = columns((0, 10), (0, MANY))
    rows = [Row(FURTHER, (), LinearExpression({1: 1.0, 0: -0.3}) >= 0.0)]
    goal = LinearExpression({0: 1.0, 1: -1.0})
    for price in (-1.0, -1.0 - 1e-15, -1.0 - 1e-8):
        found = dual_bound(free, rows, goal, (price,), more_is_better=True)
        assert found is not None and float(found) == pytest.approx(7.0, rel=1e-12)
    assert dual_bound(free, rows, goal, (-1.5,), more_is_better=True) is None, "that is no rounding"


def test_bounds_follow_from_rows_and_are_never_too_narrow() -> None:
    chain = columns((0, 7), (-MANY, MANY), (-MANY, MANY), (0, MANY))
    rows = [
        Row(FURTHER, (), LinearExpression({2: 1.0, 1: -1.0, 0: -0.1}, -0.1).equals(0.0)),
        Row(FURTHER, (), LinearExpression({1: 1.0, 0: -0.1}, -0.3).equals(0.0)),
    ]
    lower, upper = implied_bounds(chain, rows)
    tenth, third = Fraction(0.1), Fraction(0.3)
    assert Fraction(lower[1]) <= third and Fraction(upper[1]) >= third + 7 * tenth
    assert Fraction(lower[2]) <= third + tenth and Fraction(upper[2]) >= third + tenth + 14 * tenth
    assert upper[2] == pytest.approx(1.8) and upper[3] == MANY


def test_rounding_outwards_goes_outwards() -> None:
    for value in (Fraction(1, 3), Fraction(-1, 3), Fraction(1, 2), Fraction(10) ** 400):
        assert outwards(value, up=False) <= value <= outwards(value, up=True)


def relaxed(case: Case) -> tuple[Model, float, list[float]] | None:
    """The model of a case, what it is worth in fractions, and the prices there."""
    model = build(coefficients_of(case))
    matrix = matrix_of(model.problem)
    solver = Solver(matrix)
    solver.whole(matrix.whole, on=False)
    run = solver.run()
    if run.status != "optimal":
        return None
    solver.keep_prices()
    assert solver.prices is not None
    return model, run.objective, solver.prices.tolist()


def bound_of(model: Model, prices: list[float]) -> Fraction | None:
    return dual_bound(model.columns, model.rows, model.objective, prices, more_is_better=model.more_is_better)


def test_a_hundred_cases_have_a_bound_as_tight_as_the_linear_programme() -> None:
    checked, number = 0, 0
    while checked < 100:
        found = relaxed(tiny_case(number))
        number += 1
        if found is None:
            continue
        model, value, prices = found
        bound = bound_of(model, prices)
        assert bound is not None, number
        assert abs(float(bound) - value) <= ROUNDING * max(1.0, abs(value)), number
        checked += 1


def test_the_reference_case_has_one_too() -> None:
    found = relaxed(read_for_plan(REFERENCE).case)
    assert found is not None
    model, value, prices = found
    bound = bound_of(model, prices)
    assert bound is not None and float(bound) == pytest.approx(value, rel=ROUNDING)


def test_no_prices_whatever_prove_a_bound_that_a_plan_passes() -> None:
    """The solver only proposes: noise, turned signs and nonsense make the bound wider, never wrong."""
    chance, proven = Random(0), 0
    for number in range(8):
        case = tiny_case(number)
        found = relaxed(case)
        try:
            plan = plan_case(case, gap=0.0)
        except NoPlanError:
            continue
        assert found is not None
        model, _, prices = found
        sign = 1 if model.more_is_better else -1
        objective = plan.proof.objective / model.goal.size
        for spread in (0.0, 1e-12, 1e-6, 1e-2, 1.0):
            spoilt = [price * (1 + spread * chance.gauss(0, 1)) + spread * chance.gauss(0, 1e-6) for price in prices]
            bound = bound_of(model, spoilt)
            if bound is not None:
                proven += 1
                assert sign * (float(bound) - objective) >= -ROUNDING * max(1.0, abs(objective)), (number, spread)
    assert proven >= 15


PROOF = Proof("feasible with a gap", "npv", 100e6, 120e6, "JPY", 0.3, "by hand", 0.0)


@pytest.mark.parametrize(
    ("exact", "bound", "checked", "label"),
    [
        (110, 110e6, True, "feasible with a gap"),  # told wider than what is proven
        (130, 120e6, False, "feasible with a gap"),  # branching found more
        (120 + 1e-7, (120 + 1e-7) * 1e6, True, "feasible with a gap"),  # the same but for rounding: proven is told
        (100, 100e6, True, "verified optimal"),
        (100 - 1e-7, 100e6, True, "verified optimal"),  # the plan passes it by the tolerance of the solver
    ],
)
def test_the_tighter_bound_counts(exact: float, bound: float, checked: bool, label: str) -> None:
    found = held_against(PROOF, Fraction(exact), 1e6, more_is_better=True)
    assert found.bound == pytest.approx(bound, rel=1e-12)
    assert (found.is_bound_checked, found.label) == (checked, label)
    assert found.checked_bound is not None and Fraction(found.checked_bound) >= Fraction(exact) * 10**6


def test_a_cost_is_bounded_from_below() -> None:
    cost = replace(PROOF, kind="cost", bound=80e6)
    assert held_against(cost, Fraction(90), 1e6, more_is_better=False).is_bound_checked
    assert not held_against(cost, Fraction(70), 1e6, more_is_better=False).is_bound_checked
    with pytest.raises(AuditError, match="none is better than"):
        held_against(cost, Fraction(101), 1e6, more_is_better=False)


def test_without_any_bound_the_proven_one_is_told() -> None:
    assert held_against(replace(PROOF, bound=math.inf), Fraction(110), 1e6, more_is_better=True).bound == 110e6


def test_a_plan_that_is_better_than_any_can_be_is_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the search that makes the plan look better is caught by arithmetic that never asks the solver."""

    def boasted(*arguments: object, **terms: object) -> Proof:
        found = told(*arguments, **terms)  # type: ignore[arg-type]
        return replace(found, objective=1.01 * found.objective, bound=1.02 * found.bound)

    told = solve_room.proof_of
    monkeypatch.setattr(solve_room, "proof_of", boasted)
    with pytest.raises(AuditError, match="exact arithmetic proves that none is better than"):
        plan_case(read_for_plan(TINY).case)


def test_a_bound_that_is_told_too_wide_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    told = solve_room.proof_of
    monkeypatch.setattr(solve_room, "proof_of", lambda *a: replace(told(*a), bound=9e9, label="feasible with a gap"))
    proof = plan_case(read_for_plan(TINY).case).proof
    assert proof.label == "verified optimal" and proof.is_bound_checked


def test_screen_and_summary_say_what_was_checked() -> None:
    outcome = plan_case(read_for_plan(TINY).case)
    checked = proof_line(outcome).plain.partition(" (verified")[0]
    assert checked.endswith("and every JPY rechecked, and the bound in exact arithmetic")
    said = summary(outcome)["proof"]
    assert said["bound_checked"] is True and said["checked_bound"] == pytest.approx(said["bound"], rel=1e-15)
    branched = replace(outcome, proof=replace(outcome.proof, checked_bound=2 * outcome.proof.bound))
    assert proof_line(branched).plain.partition(" (verified")[0].endswith("and every JPY rechecked")
    assert summary(branched)["proof"]["bound_checked"] is False
    open_ = replace(outcome, proof=replace(outcome.proof, checked_bound=None))
    assert summary(open_)["proof"]["checked_bound"] is None and summary(open_)["proof"]["bound_checked"] is False
    assert np.isfinite(outcome.proof.bound)
