"""Tax in advance: what does not stand together is refused where it stands, with the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.helpers import faults_of, read_text, said, tiny_with


def taxed(interim: str) -> str:
    return tiny_with(("discount_rate: 5 %", f"discount_rate: 5 %\n  tax: {{rate: 30 %, interim: {{{interim}}}}}"))


@pytest.mark.parametrize(
    ("interim", "words"),
    [
        ("after: 12 months", "from 1 to 11 months"),
        ("after: 0 months", "from 1 to 11 months"),
        ("share: 120 %", "120 %"),
        ("tax_of_year_before: -1 bn JPY", "-1"),
    ],
)
def test_it_is_refused(interim: str, words: str, tmp_path: Path) -> None:
    fault = faults_of(tmp_path, taxed(interim))[0]
    assert words in said(fault) and "finance.tax.interim" in fault.field


def test_the_year_before_is_refused_where_the_horizon_cuts_a_year(tmp_path: Path) -> None:
    text = taxed("tax_of_year_before: 1 bn JPY")
    read_text(tmp_path, text)
    cut = text.replace("  periods: 8\n", "  periods: 8\n  fiscal_year_start_month: 1\n")
    (fault,) = faults_of(tmp_path, cut)
    assert fault.field == "finance.tax.interim.tax_of_year_before" and "begins within a fiscal year" in fault.found


def test_what_is_left_out_is_half_after_six_months(tmp_path: Path) -> None:
    tax = read_text(tmp_path, taxed("")).case.finance.tax
    assert tax is not None and tax.interim is not None
    assert (tax.interim.share, tax.interim.after.months, tax.interim.tax_of_year_before) == (0.5, 6, None)
