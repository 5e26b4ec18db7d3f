"""Property taxes: what is missing, or does not stand together, is refused where it stands, with the fix."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.places import TINY
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

COST = "        acquisition_cost: 50 mn JPY\n"


def taxed(terms: str = "rate: 1.4 %", site: str = "japan", cost: str = COST) -> str:
    """The tiny case with a property tax at its first site."""
    text = tiny_with(("discount_rate: 5 %", f"discount_rate: 5 %\n  property_taxes:\n    japan: {{{terms}}}"))
    text = text.replace("arrives: 2024-01\n", f"arrives: 2024-01\n{cost}", 1)
    return text.replace("    pue:", f"    property_tax: {site}\n    pue:", 1)


REFUSED = {
    "no such tax": (taxed(site="tokyo"), "there is no property tax 'tokyo'", "property_tax: tokyo"),
    "no site": (taxed().replace("property_tax: japan\n", "rack_height_units: 42\n"), "no site names it", "japan: {"),
    "parts": (
        taxed("rate: 1.4 %, instalments: [{lag: 3 months, share: 60 %}]"),
        "add up to 60 %",
        "instalments",
    ),
    "late": (
        taxed("rate: 1.4 %, instalments: [{lag: 24 months, share: 100 %}]"),
        "less than 24 months",
        "instalments",
    ),
    "no table": (taxed("rate: 1.4 %, valuation: table"), "value missing; the valuation is a table", "japan: {"),
    "a table beside": (
        taxed("rate: 1.4 %, assessed_shares: [{share: 85 %}]"),
        "which would not read it",
        "assessed_shares",
    ),
    "relief for no year": (taxed("rate: 1.4 %, relief: 50 %"), "relief_years: 3", "japan: {"),
    "years without relief": (taxed("rate: 1.4 %, relief_years: 3"), "relief: 50 %", "japan: {"),
    "later": (taxed("rate: {2090-01: 1.4 %}"), "no value before 2090-01", "2090-01"),
    "per cent": (taxed("rate: 140 %"), "140 %", "140 %"),
    "a month too many": (taxed("rate: 1.4 %, assessed_in: 13"), "13", "assessed_in: 13"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused(what: str, tmp_path: Path) -> None:
    text, words, place = REFUSED[what]
    (fault,) = faults_of(tmp_path, text)
    assert words in said(fault)
    assert fault.place.line == line_of(text, place)


def test_what_is_there_states_what_it_cost(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, taxed(cost=""))
    assert "acquisition_cost" in fault.field and "property tax 'japan'" in fault.found


def test_what_is_left_out_is_as_in_japan(tmp_path: Path) -> None:
    tax = read_text(tmp_path, taxed()).case.finance.property_taxes["japan"]
    assert [(part.lag.months, part.share) for part in tax.instalments] == [(m, 0.25) for m in (3, 6, 11, 13)]
    assert (tax.valuation, tax.least_share, tax.assessed_in, tax.relief) == ("japan", 0.05, 1, 0.0)
    assert not read_text(tmp_path, TINY.read_text(encoding="utf-8")).case.finance.property_taxes
