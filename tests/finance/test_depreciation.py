"""Depreciation by fiscal years: statutory rates, tables of law, exam tables, and what every method has in common."""

from __future__ import annotations

import itertools

import pytest

from planner.case.depreciation import DepreciationTerms
from planner.finance.depreciation import (
    DECLINING_BALANCE,
    MACRS,
    by_fiscal_year,
    declining_balance,
    months_to_year_end,
    of_what_is_left,
    written_off,
)

TERMS = [
    DepreciationTerms("straight_line", 60, ()),
    *(DepreciationTerms("declining_balance", 12 * years, ()) for years in (2, 3, 5, 10, 17, 20)),
    *(DepreciationTerms("macrs", 12 * years, ()) for years in MACRS),
    DepreciationTerms("table", 36, (0.1, 0.6, 0.3)),
]


@pytest.mark.parametrize("years", DECLINING_BALANCE)
def test_statutory_rates_write_all_off_within_the_life(years: int) -> None:
    """Twice the straight line, as a share of what is left; the last years are equal but for what rounding leaves."""
    rates = DECLINING_BALANCE[years]
    assert rates.rate == pytest.approx(2 / years, abs=0.0005)
    charges = declining_balance(years, 12)
    assert len(charges) == (1 if years == 2 else years)
    assert sum(charges) == pytest.approx(1.0)
    later = [charge for charge in charges if charge < rates.rate * 0.999]
    assert all(charge >= rates.guaranteed * 0.9 for charge in later)


def test_the_exam_table_of_a_million_over_five_years() -> None:
    """Rate 0.400, guaranteed 0.10800, revised 0.500: the second year writes off 240,000, the fourth turns."""
    assert [round(1_000_000 * share) for share in declining_balance(5, 12)] == [400000, 240000, 144000, 108000, 108000]
    # Bought half a year before the year ends: the first year is halved, and the guarantee counts on the whole cost.
    assert [round(1_000_000 * share) for share in declining_balance(5, 6)] == [
        200000, 320000, 192000, 115200, 86400, 86400,
    ]  # fmt: skip


def test_the_published_tables_of_five_and_fifteen_years() -> None:
    assert [round(100_000 * share) for share in MACRS[5]] == [20000, 32000, 19200, 11520, 11520, 5760]
    assert all(sum(shares) == pytest.approx(1.0) for shares in MACRS.values())
    assert [len(MACRS[years]) for years in (5, 15)] == [6, 16]


def test_the_first_fiscal_year_takes_its_whole_share_however_short_it_is() -> None:
    """Half-year convention: what comes in its last month has a fifth of it written off in that month."""
    five = DepreciationTerms("macrs", 60, ())
    assert [round(written_off(five, months, 1), 4) for months in (0, 1, 13, 61)] == [0, 0.2, 0.52, 1.0]
    assert [round(written_off(five, months, 12), 4) for months in (6, 12, 24, 71, 72)] == [0.1, 0.2, 0.52, 0.9952, 1.0]


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("first_year", [1, 5, 12])
def test_no_method_ever_falls_and_all_end_at_the_whole(terms: DepreciationTerms, first_year: int) -> None:
    shares = [written_off(terms, months, first_year) for months in range(-3, terms.life_months + 14)]
    assert all(before <= after + 1e-12 for before, after in itertools.pairwise(shares))
    assert (shares[3], shares[-1]) == (0.0, 1.0)


@pytest.mark.parametrize("terms", TERMS)
def test_what_is_left_goes_on_as_the_cost_did(terms: DepreciationTerms) -> None:
    left = 1 - written_off(terms, 10, 4)
    for months in range(60):
        gone = of_what_is_left(terms, 10, months, 4)
        expected = 1 - (1 - written_off(terms, 10 + months, 4)) / left if left > 1e-9 else float(months > 0)
        assert gone == pytest.approx(expected, abs=1e-12)
    assert [of_what_is_left(terms, 600, months, 4) for months in (0, 1)] == [0.0, 1.0]


def test_the_end_of_the_fiscal_year_is_counted_from_the_month_of_first_use() -> None:
    assert [months_to_year_end(month, 4) for month in (4, 5, 12, 3)] == [12, 11, 4, 1]
    assert by_fiscal_year((1.0,), 3, 3) == 1.0
