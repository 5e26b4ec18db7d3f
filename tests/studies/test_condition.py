"""Conditions on figures: what they mean, and how what cannot be read is refused."""

from __future__ import annotations

import pytest

from planner.errors import InputError
from planner.studies.condition import parse_condition

FIGURES = {"npv": 5e9, "lowest_cash": 2e9, "utilisation": 0.87, "peak_pflops": 18_900.0}
BASE = {**FIGURES, "npv": 8e9}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("npv < 0", False),
        ("npv<=5e9", True),
        ("npv < 5.5 bn JPY", True),
        ("npv >= 50億円", True),
        ("npv > 5000 mn", False),
        ("npv < base.npv", True),
        ("npv < base.npv - 4 bn", False),
        ("npv < 0.7 * base.npv", True),
        ("npv - base.npv < -2_999_999_999", True),
        ("utilisation < 90 %", True),
        ("npv < 0 or lowest_cash < 3 bn", True),
        ("npv < 0 and lowest_cash < 3 bn", False),
        # "and" binds closer than "or".
        ("utilisation > 0 or npv < 0 and npv > 0", True),
        ("peak_pflops != 18900", False),
        ("peak_pflops == 18_900", True),
        ("missing < 0", False),
        ("missing >= 0", False),
    ],
)
def test_what_a_condition_means(text: str, holds: bool) -> None:
    condition = parse_condition(text, [*FIGURES, "missing"], "JPY")
    assert condition.holds(FIGURES, BASE) is holds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("npw < 0", "did you mean 'npv'?"),
        ("base.lowestcash < 0", "did you mean 'lowest_cash'?"),
        ("npv < 3 bn USD", "money in USD, but the figures of the case are in JPY"),
        ("npv", "it ends early"),
        ("npv <", "it ends early"),
        ("< 0", "'<' where a figure is expected"),
        ("npv < 0 npv", "'npv' is not expected there"),
        ("npv = 0", "cannot read '= 0'"),
        ("__import__('os')", "cannot read"),
        ("npv < (0)", "cannot read '(0)'"),
        ("", "it ends early"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_is_allowed(text: str, words: str) -> None:
    with pytest.raises(InputError) as refusal:
        parse_condition(text, FIGURES, "JPY")
    assert words in str(refusal.value)
    assert "allowed:" in str(refusal.value)
