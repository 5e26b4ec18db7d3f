"""Formulas of finance against known figures, against another library, and against the audit's own bookkeeping."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.optimize import brentq

from planner.audit.register import Asset, movements
from planner.finance.depreciation import depreciated
from planner.finance.grants import clawback_share
from planner.finance.lending import debt_service_cover, interest
from planner.finance.payback import payback
from planner.finance.present_value import discount_factor
from planner.finance.returns import internal_rate_of_return, sign_changes
from planner.finance.tax import tax_of_year
from planner.finance.tax_credits import credit_left

AMOUNTS = some.integers(1, 10**6).map(float)


def present_value(flows: list[float], days: list[int], rate: float) -> float:
    return sum(flow * discount_factor(rate, day) for flow, day in zip(flows, days, strict=True))


def test_internal_rate_of_return_is_that_of_a_spreadsheet() -> None:
    # The worked example in Microsoft's documentation of XIRR.
    dates = [(2008, 1, 1), (2008, 3, 1), (2008, 10, 30), (2009, 2, 15), (2009, 4, 1)]
    days = [(datetime.date(*date) - datetime.date(2008, 1, 1)).days for date in dates]
    flows = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0]
    assert internal_rate_of_return(flows, days) == pytest.approx(0.373362535, abs=1e-8)


@given(some.lists(AMOUNTS, min_size=1, max_size=6), some.lists(AMOUNTS, min_size=1, max_size=20), some.booleans())
@settings(max_examples=60, deadline=None)
def test_one_change_of_sign_has_one_rate(out: list[float], back: list[float], borrowed: bool) -> None:
    sign = -1.0 if borrowed else 1.0
    flows = [-sign * amount for amount in out] + [sign * amount for amount in back]
    days = [91 * (period + 1) for period in range(len(flows))]
    assert sign_changes(flows) == 1
    rate = internal_rate_of_return(flows, days)
    if rate is None:  # beyond what is searched: the last yen comes back a million times, or never
        assert present_value(flows, days, 20_000.0) * present_value(flows, days, -0.9999) > 0
    else:
        other = brentq(
            lambda guess: present_value(flows, days, guess), *_around(flows, days, rate), xtol=1e-14, rtol=1e-14
        )
        assert rate == pytest.approx(other, rel=1e-9, abs=1e-9)


def _around(flows: list[float], days: list[int], rate: float) -> tuple[float, float]:
    """An interval with a change of sign around a rate."""
    for width in (1e-6, 1e-4, 1e-2, 0.5):
        low, high = (1 + rate) * (1 - width) - 1, (1 + rate) * (1 + width) - 1
        if present_value(flows, days, low) * present_value(flows, days, high) < 0:
            return low, high
    raise AssertionError(f"no change of sign near {rate}")


def test_of_several_rates_the_one_closest_to_zero_is_told() -> None:
    flows, days = [-100.0, 230.0, -132.0], [0, 365, 730]
    assert sign_changes(flows) == 2
    assert internal_rate_of_return(flows, days) == pytest.approx(0.1)
    assert present_value(flows, days, 0.2) == pytest.approx(0.0, abs=1e-9)


def test_no_rate_where_there_is_none() -> None:
    assert internal_rate_of_return([0.0, 0.0], [91, 182]) is None
    assert internal_rate_of_return([-5.0, -1.0], [91, 182]) is None
    flows, days = [100.0, -100.0, 100.0], [0, 365, 730]
    assert sign_changes(flows) == 2
    assert internal_rate_of_return(flows, days) is None


def test_a_loss_has_a_negative_rate() -> None:
    assert internal_rate_of_return([-100.0, 50.0], [0, 365]) == pytest.approx(-0.5)
    assert internal_rate_of_return([-100.0, 100.0], [91, 456]) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ([-100.0, 50.0, 100.0, 7.0], 1.5),  # from the first payment at the end of the first year
        ([-100.0, 150.0, -100.0, 200.0], 2.25),  # back after two thirds of the second year, and out again in the third
        ([-100.0, 150.0, -100.0, 20.0], None),
        ([-100.0, 100.0, 0.0, 0.0], 1.0),
        ([10.0, 0.0, -5.0, 1.0], 0.0),
        ([-0.8, 0.1, 0.7, 0.0], 2.0),  # in binary numbers a hair of it is never back
        ([-100.0, 0.0, 0.0, 0.0], None),
    ],
)
def test_payback(flows: list[float], years: float | None) -> None:
    found = payback(flows, [365, 730, 1095, 1460])
    assert found == (None if years is None else pytest.approx(years))


def test_losses_of_three_years() -> None:
    # -100 is carried; half of 120 may be offset in the second year, and 40 are left for the third, which needs 30.
    carried, taxes = 0.0, []
    for profit in (-100.0, 120.0, 60.0):
        year = tax_of_year(profit, carried, 0.3, 0.5)
        carried = year.loss_carried
        taxes.append(year.tax)
    assert taxes == pytest.approx([0.0, 18.0, 9.0])
    assert carried == pytest.approx(10.0)


@given(
    some.lists(some.integers(-(10**9), 10**9), min_size=1, max_size=12),
    some.integers(0, 10**9),
    some.sampled_from([0.0, 0.3, 1.0]),
    some.sampled_from([0.0, 0.5, 1.0]),
)
def test_tax_is_never_negative_and_no_loss_is_lost(profits: list[int], opening: int, rate: float, limit: float) -> None:
    carried, used, paid = float(opening), 0.0, 0.0
    for profit in profits:
        year = tax_of_year(profit, carried, rate, limit)
        assert year.tax >= 0
        assert 0 <= year.loss_used <= min(carried, limit * max(0, profit))
        carried, used, paid = year.loss_carried, used + year.loss_used, paid + year.tax
    assert carried == pytest.approx(opening + sum(max(0, -profit) for profit in profits) - used)
    assert paid == pytest.approx(rate * (sum(max(0, profit) for profit in profits) - used))


@given(some.integers(0, 70), some.sampled_from([1, 3, 6, 12]), some.integers(0, 5), AMOUNTS)
def test_the_register_writes_off_in_a_straight_line(life: int, months: int, since: int, value: float) -> None:
    moves = list(movements(Asset(since, 2, value, life), range(12), months))
    for move in moves:
        before, after = months * (move.period - since), months * (move.period - since + 1)
        share = depreciated(after, life) - depreciated(before, life)
        assert move.depreciation == pytest.approx(2 * value * share, rel=1e-9, abs=1e-9 * value)
        assert move.left == pytest.approx(2 * value * (1 - depreciated(after, life)), rel=1e-9, abs=1e-9 * value)
    assert [move.period for move in moves] == list(range(since, 12))


def test_the_register_writes_leavers_off_at_once() -> None:
    moves = list(movements(Asset(0, 3, 120.0, 12, {2: 1}), range(5), 3))
    assert [move.depreciation for move in moves] == pytest.approx([90, 90, 60, 60, 0])
    assert [move.written_off for move in moves] == pytest.approx([0, 0, 60, 0, 0])
    assert [move.left for move in moves] == pytest.approx([270, 180, 60, 0, 0])
    assert sum(move.depreciation + move.written_off for move in moves) == pytest.approx(3 * 120)


def test_depreciation_never_falls_and_ends_at_the_whole() -> None:
    for life in (0, 1, 7, 60):
        shares = [depreciated(months, life) for months in range(-3, 70)]
        assert all(before <= after for before, after in itertools.pairwise(shares))
        assert shares[:4] == [0, 0, 0, 0]
        assert shares[-1] == 1


def test_interest_and_cover() -> None:
    assert sum(interest(800.0, 0.03, 3) for _ in range(4)) == pytest.approx(24.0)
    assert debt_service_cover(-10.0, 20.0) == -0.5
    assert debt_service_cover(10.0, 0.0) is None


@given(
    some.lists(some.tuples(some.integers(0, 9), some.integers(0, 9)), min_size=1, max_size=6),
    some.integers(0, 4),
)
@settings(max_examples=300, deadline=None)
def test_the_oldest_credit_first_finds_every_use_that_is_possible(years: list[tuple[int, int]], kept: int) -> None:
    """What is used never passes what is left exactly if no run of years uses more than could reach it (Hall)."""
    earned = {2025 + number: float(amount) for number, (amount, _) in enumerate(years)}
    used = {2025 + number: float(amount) for number, (_, amount) in enumerate(years)}
    left = credit_left(earned, used, earned, kept)
    possible = all(
        sum(used[year] for year in earned if first <= year <= last)
        <= sum(earned[year] for year in earned if first - kept <= year <= last)
        for first in earned
        for last in earned
        if first <= last
    )
    assert all(used[year] <= left[year] for year in earned) == possible


@given(some.integers(1, 120), some.integers(0, 130))
@settings(max_examples=60, deadline=None)
def test_less_goes_back_the_later_a_system_leaves(retention: int, age: int) -> None:
    now, later = (clawback_share(months, retention, whole=False) for months in (age, age + 1))
    assert 1 >= now >= later >= 0
    assert clawback_share(age, retention, whole=True) == (1.0 if age < retention else 0.0)
    assert now == pytest.approx(max(0.0, 1 - age / retention))
