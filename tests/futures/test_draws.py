"""Futures as they are drawn: the same ones always, spread as their distributions say, and going together as stated."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

from planner.case.quantities import Month
from planner.errors import InputError
from planner.futures import Future, futures_of, one_at_a_time, typical
from planner.reading.budget import read_case
from tests.futures.cases import FUTURES, reading_with
from tests.places import TINY

MANY = 2048
DOLLAR = "finance.exchange_rates.USD"
CORRELATIONS = FUTURES[FUTURES.index("  correlations:") : FUTURES.index("scenarios:")]


def at(future: Future, path: str, month: str) -> float:
    """The number that a future states in a month."""
    steps = future.changes[path]
    assert isinstance(steps, dict)
    return float(steps[max(step for step in steps if step <= month)].split()[0])


@cache
def many() -> tuple[Future, ...]:
    """Futures of the case as it is, drawn once for all tests."""
    return futures_of(reading_with(), samples=MANY)


def values(name: str) -> np.ndarray:
    """What is drawn of one driver."""
    return np.array([next(one.value for one in future.drawn if one.driver == name) for future in many()])


def test_the_first_draws_are_these():
    """Kept as they are for good: a change of them changes every answer that rests on futures."""
    first, second = futures_of(reading_with(), samples=2)
    assert [one.words for one in first.drawn] == [
        "the dollar: 7.2 % less on average",
        "rents: 55.8 % more",
        "demand: 15.8 % more",
        "systems: 1 month more",
        "energy: 22.58 JPY/kWh",
        "output: 10 %",
        "export control: does not happen",
        "late-grant: does not happen",
    ]
    assert first.changes["workloads.rental.price"] == "623.336 JPY/accelerator-hour"
    assert second.changes["offers.maker.available"] == {"2024-04": 10, "2025-02": 0, "2025-08": 10}
    assert (first.name, first.weight) == ("future-1", 0.5)


def test_the_same_seed_gives_the_same_futures_and_another_one_others():
    assert futures_of(reading_with(), samples=16) == futures_of(reading_with(), samples=16, seed=3)
    assert futures_of(reading_with(), samples=16) != futures_of(reading_with(), samples=16, seed=4)


@pytest.mark.parametrize("fewer", [1, 5, 16, 100])
def test_the_first_futures_of_a_longer_draw_are_those_of_a_shorter_one(fewer: int):
    longer = futures_of(reading_with(), samples=128)
    shorter = futures_of(reading_with(), samples=fewer)
    assert [(one.name, one.changes, one.drawn) for one in shorter] == [
        (one.name, one.changes, one.drawn) for one in longer[:fewer]
    ]
    assert {one.weight for one in shorter} == {1 / fewer}


def test_a_latin_hypercube_puts_one_future_into_each_slice():
    drawn = futures_of(reading_with((CORRELATIONS, "")), samples=50, method="latin_hypercube")
    rents = [future.drawn[1].value for future in drawn]
    slices = np.floor(stats.norm.cdf(np.log(rents) / 0.25) * 50)
    assert sorted(slices) == list(range(50))


@pytest.mark.parametrize("samples", [0, -1, 10_000_000])
def test_so_many_futures_are_not_drawn(samples: int):
    with pytest.raises(ValueError, match="can be drawn"):
        futures_of(reading_with(), samples=samples)


def test_a_case_without_futures_says_so():
    with pytest.raises(InputError, match="says nothing of what may turn out otherwise"):
        futures_of(read_case(TINY), samples=4)


def of_quantiles(drawn: np.ndarray, distribution: object, *, tolerance: float) -> None:
    """Holds draws against the quantiles of a distribution of scipy, from 1 % to 99 %."""
    points = np.linspace(0.01, 0.99, 99)
    np.testing.assert_allclose(np.quantile(drawn, points), distribution.ppf(points), rtol=tolerance)


def test_a_lognormal_factor_has_its_quantiles():
    drawn = values("rents")
    of_quantiles(drawn, stats.lognorm(0.25), tolerance=0.012)
    assert np.mean(drawn) == pytest.approx(math.exp(0.25**2 / 2), rel=2e-3)
    assert max(drawn) <= math.exp(0.25 * stats.norm.ppf(0.999)) + 1e-3


def test_a_normal_value_has_its_quantiles_and_its_spread():
    drawn = values("energy")
    of_quantiles(drawn, stats.norm(20, 2), tolerance=0.003)
    assert np.std(drawn) == pytest.approx(2, rel=0.01)


def test_a_pert_range_is_a_beta_distribution():
    low, middle, high = 0.6, 1.0, 1.3
    a, b = 1 + 4 * (middle - low) / (high - low), 1 + 4 * (high - middle) / (high - low)
    drawn = values("demand")
    of_quantiles(drawn, stats.beta(a, b, low, high - low), tolerance=0.003)
    assert np.mean(drawn) == pytest.approx((low + 4 * middle + high) / 6, rel=1e-3)


def test_a_triangular_range_is_triangular():
    drawn = values("delay")
    of_quantiles(drawn, stats.triang(0.2, 0, 5), tolerance=0.01)
    assert np.mean(drawn) == pytest.approx(2, rel=0.002)


def test_outcomes_come_as_often_as_their_weights_say():
    drawn = values("output")
    assert np.mean(drawn == 0.15) == pytest.approx(0.3, abs=0.003)
    assert set(drawn) == {0.1, 0.15}


def test_a_walk_spreads_as_its_volatility_and_reversion_say():
    """By hand: the variance of the logarithm after n months is v^2 (1 - r^(2n/12)) / (-2 ln r), with r what is left."""
    drawn = many()
    left, volatility = 0.8, 0.1
    for month, after in (("2024-10", 1), ("2025-09", 12), ("2026-03", 18)):
        rates = [at(one, DOLLAR, month) for one in drawn]
        logs = np.log(np.array(rates) / 150)
        expected = volatility * math.sqrt((1 - left ** (2 * after / 12)) / (-2 * math.log(left)))
        assert np.std(logs) == pytest.approx(expected, rel=0.02)
        assert np.mean(logs) == pytest.approx(0, abs=0.002)


def test_a_walk_drifts():
    drawn = futures_of(reading_with(("volatility: 10 %", "volatility: 10 %, drift: -12 %")), samples=1024)
    rates = [at(one, DOLLAR, "2025-09") for one in drawn]
    assert np.median(rates) == pytest.approx(150 * 0.88, rel=0.004)


def test_steps_of_a_walk_are_independent():
    drawn = futures_of(reading_with(("reversion: 20 %, ", "")), samples=1024)
    months = ("2024-10", "2024-11", "2024-12", "2025-01", "2026-02", "2026-03")
    paths = np.array([[at(one, DOLLAR, month) for month in months] for one in drawn])
    steps = np.diff(np.log(paths), axis=1)
    for one, other in ((0, 1), (1, 2), (0, 4), (2, 4)):
        assert np.corrcoef(steps[:, one], steps[:, other])[0, 1] == pytest.approx(0, abs=0.03)
    assert np.std(steps[:, 4]) == pytest.approx(0.1 / math.sqrt(12), rel=0.02)


def test_correlations_are_those_of_the_ranks():
    """The rank correlation of a Gaussian copula is (6 / pi) arcsin(coefficient / 2)."""
    drawn = many()
    by_name = {one.driver: [future.drawn[n].value for future in drawn] for n, one in enumerate(drawn[0].drawn)}

    def rank(one: str, other: str) -> float:
        return float(stats.spearmanr(by_name[one], by_name[other]).statistic)

    assert rank("rents", "demand") == pytest.approx(6 / math.pi * math.asin(0.3), abs=0.01)
    assert rank("dollar", "rents") == pytest.approx(6 / math.pi * math.asin(-0.15), abs=0.03)
    for one, other in (("dollar", "demand"), ("rents", "energy"), ("delay", "energy"), ("stop", "rents")):
        assert rank(one, other) == pytest.approx(0, abs=0.02), (one, other)


def test_walks_of_one_step_go_together_month_by_month():
    walk = "      from: 2025-01\n      walk: {volatility: 30 %, step: month}"
    reading = reading_with(
        ("      lognormal: {spread: 25 %}", walk),
        ("coefficient: -0.3", "coefficient: -0.7"),
    )
    drawn = futures_of(reading, samples=1024)
    months = [f"2025-{month:02d}" for month in range(1, 13)]

    def steps(path: str) -> np.ndarray:
        rows = [[at(one, path, month) for month in months] for one in drawn]
        return np.diff(np.log(np.array(rows)), axis=1)

    dollar, rents = steps(DOLLAR), steps("workloads.rental.price")
    for month in (0, 5, 10):
        assert np.corrcoef(dollar[:, month], rents[:, month])[0, 1] == pytest.approx(-0.7, abs=0.03)
    assert np.corrcoef(dollar[:, 3], rents[:, 6])[0, 1] == pytest.approx(0, abs=0.06)


def test_an_event_happens_as_often_as_its_hazard_says():
    drawn = values("stop")
    assert np.mean(drawn > 0) == pytest.approx(1 - 0.7**2, abs=0.003)  # a horizon of two years
    assert np.mean(values("late-grant")) == pytest.approx(0.2, abs=0.003)


def test_an_event_begins_by_each_month_as_often_as_its_hazard_says():
    drawn = many()
    stopped = [one.changes["offers.maker.available"] for one in drawn if "offers.maker.available" in one.changes]
    first = [next(month for month, value in one.items() if value == 0) for one in stopped]
    for month, after in (("2024-04", 1), ("2024-09", 6), ("2025-03", 12), ("2025-12", 21)):
        assert sum(one <= month for one in first) / MANY == pytest.approx(1 - 0.7 ** (after / 12), abs=0.004)


def test_a_length_that_nobody_knows_is_any_between_two():
    reading = reading_with(("lasts: 6 months", "lasts: 2 months\n      lasts_at_most: 5 months"))
    lengths = []
    for one in futures_of(reading, samples=1024):
        months = [int(Month.parse(month)) for month in one.changes.get("offers.maker.available", {})]
        lengths += [months[-1] - months[-2]] if len(months) > 2 else []
    assert len(lengths) > 300
    for length in (2, 3, 4, 5):
        assert lengths.count(length) / len(lengths) == pytest.approx(0.25, abs=0.03)
    (high,) = [high for name, _, high in one_at_a_time(reading) if name == "stop"]
    assert high.drawn[0].words == "export control: for 4 months from 2025-01 on"


def test_one_at_a_time_moves_one_driver_to_its_tenths():
    found = {name: (low, high) for name, low, high in one_at_a_time(reading_with())}
    assert list(found) == ["dollar", "rents", "demand", "delay", "energy", "output", "stop", "late-grant"]
    low, high = found["rents"]
    assert [one.value for one in low.drawn + high.drawn] == pytest.approx(
        [stats.lognorm(0.25).ppf(0.1), stats.lognorm(0.25).ppf(0.9)], rel=1e-5
    )
    assert set(low.changes) == {"workloads.rental.price"}
    assert low.drawn[0].value < 1 < high.drawn[0].value
    not_stopped, stopped = found["stop"]
    assert not_stopped.changes == {}
    assert stopped.changes["offers.maker.available"] == {"2024-04": 10, "2025-01": 0, "2025-07": 10}
    assert [low.drawn[0].value for low, _ in (found["output"], found["late-grant"])] == [0.1, 0.0]


def test_the_typical_future_is_the_case_itself():
    assert typical(reading_with()).changes == {}
