"""Prices of the first stage: they add up to nothing, move towards the mean, and bound every first stage."""

from __future__ import annotations

import pytest

from planner.decisions import Decisions
from planner.model.decomposition import Prices, adding_up, prices_of
from planner.outcome import Risk
from planner.solving.in_fractions import in_fractions
from planner.solving.matrix import matrix_of
from planner.studies.robust.priced import first_stage_in_common, first_stage_of_mean, stepped
from planner.vocabulary.keys import Investment
from tests.robust.test_rows import model

EARLY, LATE = Investment("maker", "east", 0), Investment("maker", "east", 1)


def test_prices_of_one_decision_add_up_to_nothing_over_the_futures_that_can_take_it() -> None:
    found = adding_up(Prices((0.5, 0.5, 0.0), ((3.0, 1.0), (1.0,), (9.0,))), [["a", "b"], ["a"], ["a"]])
    assert found.first == ((1.0, 0.0), (-1.0,), (0.0,))  # the last weighs nothing, and could not be paid enough


def test_the_linear_programme_proposes_what_each_future_would_pay() -> None:
    futures = model(Risk(0.5, 0.5), *({"workloads__training__amount": amount} for amount in (0, 1, 3)))
    found = in_fractions(matrix_of(futures.problem), 60.0)
    assert found is not None
    prices = prices_of(futures, found.prices.tolist())
    assert sum(prices.weights) == pytest.approx(1.0)
    assert prices.weights[0] > 1 / 3 > prices.weights[2]  # the worst future weighs most
    (none,), (some,), (much,) = prices.first
    assert none + some + much == pytest.approx(0.0)
    assert none > 0 > much  # a cube that loses 100 without work has to be paid for, and work would pay for it


def test_what_is_taken_beyond_the_mean_is_paid_less() -> None:
    prices = Prices((0.5, 0.5), ((0.0, 0.0), (0.0, 0.0)))
    found = stepped(prices, [["a", "b"], ["a", "b"]], [[2, 1], [0, 1]], 10.0)
    (one, nothing), (other, _) = found.first
    assert one == -other < 0
    assert nothing == 0.0
    assert stepped(prices, [["a"], ["a"]], [[1], [1]], 10.0) is prices


def test_the_mean_of_first_stages_is_rounded_and_the_odd_half_not_ordered() -> None:
    firsts = [Decisions(order={EARLY: 3, LATE: 1}, join={"aid": True}), Decisions(order={EARLY: 2})]
    assert first_stage_of_mean(firsts, (0.5, 0.5)) == Decisions(order={EARLY: 2})
    assert first_stage_of_mean(firsts, (0.6, 0.4)) == Decisions(order={EARLY: 3, LATE: 1}, join={"aid": True})


def test_what_first_stages_have_in_common_is_the_least_of_each() -> None:
    firsts = [Decisions(order={EARLY: 3, LATE: 1}, join={"aid": True}), Decisions(order={EARLY: 2}, join={"aid": True})]
    assert first_stage_in_common(firsts) == Decisions(order={EARLY: 2}, join={"aid": True})
    assert first_stage_in_common([*firsts, Decisions()]) == Decisions()
