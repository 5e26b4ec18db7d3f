"""Losses that lapse: what does not stand together is refused where it stands, with the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.helpers import faults_of, read_text, said, tiny_with


def taxed(terms: str) -> str:
    return tiny_with(("discount_rate: 5 %", f"discount_rate: 5 %\n  tax: {{rate: 30 %, {terms}}}"))


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ("loss_years: 10, opening_loss: 1 bn JPY", "opening_losses by fiscal year"),
        ("opening_losses: {FY2023: 1 bn JPY}, opening_loss: 1 bn JPY", "opening_losses are stated as well"),
        ("loss_years: 0", "1 or more"),
        ("opening_losses: {FY2024: 1 bn JPY}", "FY2023 or earlier"),
        ("loss_years: 3, opening_losses: {FY2020: 1 bn JPY}", "FY2021 or later"),
        ("loss_years: 3, opening_losses: {2020: 1 bn JPY}", "2020"),
    ],
)
def test_it_is_refused(terms: str, words: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, taxed(terms))
    assert words in said(fault) and "finance.tax" in fault.field


def test_the_oldest_loss_that_can_still_be_used_is_read(tmp_path: Path) -> None:
    tax = read_text(tmp_path, taxed("loss_years: 3, opening_losses: {FY2021: 1 bn JPY}")).case.finance.tax
    assert tax is not None and [str(year) for year in tax.opening_losses] == ["FY2021"]
