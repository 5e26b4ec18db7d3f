"""All rates of return of flows, and the modified one, against polynomials of known roots and against pyxirr."""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence

import numpy as np
import pytest
import pyxirr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as some

from planner.finance.returns import internal_rate_of_return, modified_internal_rate_of_return, roots, sign_changes

FLOWS = some.lists(some.integers(-1000, 1000).map(float), min_size=2, max_size=15)


def yearly(flows: list[float]) -> list[int]:
    return [365 * year for year in range(len(flows))]


def with_rates(*rates: float) -> list[float]:
    """Yearly flows that are worth nothing at these rates and no others: the product of all ``growth - (1 + rate)``."""
    return [float(flow) for flow in np.poly([1 + rate for rate in rates])]


def nearest(rates: Sequence[float]) -> float:
    """The rate closest to zero, where twice the money is as far as half of it."""
    return min(rates, key=lambda rate: max(1 + rate, 1 / (1 + rate)))


@pytest.mark.parametrize(
    "rates",
    [
        (0.1,), (0.1, 0.2), (-0.5, 0.3, 4.0), (0.05, 0.25, 1.0, 3.0), (-0.9, 8.0),
        (0.1, 0.105),  # both within one piece of the search
        (0.1, 0.1001, 0.5),
    ],
)  # fmt: skip
def test_all_rates_are_found_and_none_besides(rates: tuple[float, ...]) -> None:
    flows = with_rates(*rates)
    assert roots(flows, yearly(flows)) == pytest.approx(rates, rel=1e-6)
    assert sign_changes(flows) == len(rates)
    assert internal_rate_of_return(flows, yearly(flows)) == pytest.approx(nearest(rates), rel=1e-6)


def test_a_rate_at_which_flows_only_touch_zero_is_one_rate() -> None:
    flows = with_rates(0.25, 0.25)
    assert roots(flows, yearly(flows)) == pytest.approx([0.25], abs=1e-6)


def test_rates_beyond_a_thousand_per_cent_or_below_minus_99_are_left_out() -> None:
    flows = with_rates(-0.995, 0.2, 9.9, 15.0)
    assert roots(flows, yearly(flows)) == pytest.approx([0.2, 9.9], rel=1e-6)


def test_flows_without_a_rate_have_none() -> None:
    assert roots([100.0, -100.0, 100.0], [0, 365, 730]) == ()
    assert roots([1.0, 2.0], [0, 365]) == ()
    assert roots([0.0, 0.0], [0, 365]) == ()


def test_one_turn_has_the_rate_of_a_spreadsheet_and_no_other() -> None:
    dates = [(2008, 1, 1), (2008, 3, 1), (2008, 10, 30), (2009, 2, 15), (2009, 4, 1)]
    days = [(datetime.date(*date) - datetime.date(2008, 1, 1)).days for date in dates]
    flows = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0]
    assert roots(flows, days) == pytest.approx([0.373362535], abs=1e-8)
    found = pyxirr.xirr([datetime.date(*date) for date in dates], flows)
    assert roots(flows, days) == pytest.approx([found], rel=1e-9)


@given(FLOWS)
@example([310.0, -646.0, 310.0])
@example(with_rates(0.1, 0.1001, 0.5))
@settings(max_examples=30, deadline=None)
def test_signs_that_rounding_could_turn_are_worked_out_term_by_term(flows: list[float]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.finance.returns.DOUBTFUL", math.inf)  # all of them are
        exact = roots(flows, yearly(flows))
    assert roots(flows, yearly(flows)) == exact


@given(FLOWS)
@example([310.0, -646.0, 310.0])
@settings(max_examples=80, deadline=None)
def test_there_are_never_more_rates_than_turns_and_each_is_worth_nothing(flows: list[float]) -> None:
    days = yearly(flows)
    found = roots(flows, days)
    assert len(found) <= sign_changes(flows)  # Descartes
    largest = max(abs(flow) for flow in flows)
    for rate in found:
        terms = [flow / (1 + rate) ** year for year, flow in enumerate(flows)]
        assert abs(sum(terms)) <= 1e-9 * max(largest, *(abs(term) for term in terms))
    inside = internal_rate_of_return(flows, days)
    if found:
        assert inside in found
        # Flows that read the same backwards have two rates that are equally far: either is the nearest.
        assert abs(math.log1p(inside)) == pytest.approx(abs(math.log1p(nearest(found))), rel=1e-9)
    else:
        assert inside is None or not -0.99 < inside < 10


@given(FLOWS, some.integers(0, 40))
@settings(max_examples=80, deadline=None)
def test_the_modified_rate_is_that_of_pyxirr(flows: list[float], percent: int) -> None:
    assume(flows[0] and flows[-1] and sign_changes(flows))
    other = pyxirr.mirr(flows, percent / 100, percent / 100)
    assert modified_internal_rate_of_return(flows, yearly(flows), percent / 100) == pytest.approx(other, rel=1e-9)


def test_the_modified_rate_by_hand() -> None:
    # At 10 %: 100 + 20 / 1.1 ** 2 = 116.5289 go out, and 60 * 1.1 ** 2 + 90 = 162.6 are there after three years.
    flows = [-100.0, 60.0, -20.0, 90.0]
    by_hand = (162.6 / 116.52893) ** (1 / 3) - 1
    assert modified_internal_rate_of_return(flows, yearly(flows), 0.1) == pytest.approx(by_hand, abs=1e-7)


def test_the_modified_rate_counts_real_days_from_the_first_flow_to_the_last() -> None:
    flows, days = [-100.0, 121.0], [0, 730]
    assert modified_internal_rate_of_return(flows, days, 0.05) == pytest.approx(0.1)
    late = [0.0, 0.0, -100.0, 121.0, 0.0]
    assert modified_internal_rate_of_return(late, [0, 31, 59, 789, 1000], 0.05) == pytest.approx(0.1)
    half = [-100.0, 10.0, 105.0]  # 10 grow by 5 % over half a year
    by_hand = (10 * 1.05 ** (183 / 365) + 105) / 100 - 1
    assert modified_internal_rate_of_return(half, [0, 182, 365], 0.05) == pytest.approx(by_hand)


def test_nothing_that_goes_out_or_comes_in_has_no_modified_rate() -> None:
    assert modified_internal_rate_of_return([1.0, 2.0], [0, 365], 0.1) is None
    assert modified_internal_rate_of_return([-1.0, 0.0], [0, 365], 0.1) is None


@given(FLOWS)
@settings(max_examples=40, deadline=None)
def test_at_its_own_rate_the_modified_rate_is_the_internal_one(flows: list[float]) -> None:
    days = yearly(flows)
    for rate in roots(flows, days):
        if rate < 1:
            assert modified_internal_rate_of_return(flows, days, rate) == pytest.approx(rate, abs=1e-6)
