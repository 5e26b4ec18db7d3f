"""Figures as people read them: at least three digits that mean something, in the unit in which they are one or more."""

from __future__ import annotations

import re

import pytest

from planner.report.amounts import MOST_DECIMALS, compute, digits, money, percent, power, short


@pytest.mark.parametrize(
    ("pflops", "words"),
    [(48, "48 PFLOPS"), (999.4, "999 PFLOPS"), (999.6, "1 EFLOPS"), (18_904, "18.9 EFLOPS"), (0.04, "0.04 PFLOPS")],
)
def test_small_compute_keeps_its_digits(pflops: float, words: str) -> None:
    assert compute(pflops) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (999_994_999, "999.99 mn EUR"),
        (999_995_001, "1.00 bn EUR"),
        (-336_620_000, "-336.62 mn EUR"),
        (999_999.9, "1.00 mn EUR"),
        (12_345.6, "12,346 EUR"),
        (2.345, "2.35 EUR"),
        (0.0471, "0.0471 EUR"),
        (-1e-9, "0 EUR"),
    ],
)
def test_money_has_the_scale_that_its_rounded_figure_has(amount: float, words: str) -> None:
    assert money(amount, "EUR") == words


@pytest.mark.parametrize("exponent", range(-5, 16))
@pytest.mark.parametrize("lead", [1.0, 1.2345, 4.9999, 9.994, 9.9951, 9.9999])
def test_no_figure_is_off_by_more_than_its_third_digit(lead: float, exponent: int) -> None:
    value = lead * 10.0**exponent
    sizes = {"tn": 1e12, "bn": 1e9, "mn": 1e6, "MW": 1e3, "GW": 1e6, "EFLOPS": 1e3}
    for words in (digits(value), power(value), compute(value), percent(value / 100).removesuffix(" %"), short(value)):
        found = re.fullmatch(r"([\d,.]+)(?: (\w+))?", words)
        assert found is not None
        shown = float(found[1].replace(",", "")) * sizes.get(found[2] or "", 1.0)
        if words == "0":
            assert value < 0.005
        else:
            assert abs(shown - value) <= max(0.005 * value, 0.5 * 10.0**-MOST_DECIMALS) * (1 + 1e-9)
