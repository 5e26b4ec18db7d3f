"""Special depreciation beside grants: how much of a cost may be written off at once, and what goes together."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from tests.reading.helpers import faults_of, read_text, tiny_with

TAX = "discount_rate: 5 %\n  tax: {rate: 30 %}\n  asset_grants: "


def case_with(*programmes: str, grants: str = "reduce_book_value", also: tuple[str, str] = ("", "")) -> str:
    entries = "".join(f"  {one}\n" for one in programmes)
    changes = [("discount_rate: 5 %", TAX + grants), ("programmes:\n", f"programmes:\n{entries}")]
    return tiny_with(*changes, *([also] if also[0] else []))


def special(rate: str, more: str = "", name: str = "relief") -> str:
    return f"{name}: {{kind: special_depreciation, rate: {rate}, categories: [systems]{more}}}"


def grant(rate: str, more: str = "", name: str = "town") -> str:
    return f"{name}: {{rate: {rate}, categories: [systems]{more}}}"


FITS = {
    "beside half": (special("50 %"),),
    "all of what the grant leaves": (special("100 %", ", after: [grant]"),),
    "apart from the grant": (special("100 %", ", excludes: [grant]"),),
    "another category": ("relief: {kind: special_depreciation, rate: 100 %, categories: [facility]}",),
    "two that exclude each other": (special("50 %"), special("40 %", ", excludes: [relief]", "other")),
    "grants that exclude each other": (special("50 %"), grant("40 %", ", excludes: [grant]")),
    "part of the cost": (special("100 %", ", eligible_share: 50 %"),),
}
TOO_MUCH = {
    "more than the grant leaves": ((special("51 %"),), "up to 101 %"),
    "two at once": ((special("30 %"), special("30 %", "", "other")), "with 'other' and 'grant' write off up to 110 %"),
    # 50 % to the grant that comes first, 80 % of the other half, and 30 % to the grant beside.
    "one grant first, one beside": (
        (special("80 %", ", after: [grant]"), grant("30 %")), "with 'town' and 'grant' write off up to 120 %",
    ),
    "two grants": ((special("20 %"), grant("40 %")), "write off up to 110 %"),
}  # fmt: skip


@pytest.mark.parametrize("name", FITS)
def test_what_is_written_off_once_is_taken(name: str, tmp_path: Path):
    assert read_text(tmp_path, case_with(*FITS[name])).case.programmes["relief"].kind == "special_depreciation"


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_is_written_off_twice_is_refused(name: str, tmp_path: Path):
    programmes, words = TOO_MUCH[name]
    faults = faults_of(tmp_path, case_with(*programmes))
    assert any(fault.field == "programmes.relief.rate" and words in fault.found for fault in faults), faults


def test_grants_that_are_income_leave_the_cost_to_be_written_off(tmp_path: Path):
    read_text(tmp_path, case_with(special("100 %"), grants="income"))
    with pytest.raises(InputError, match="up to 150 %"):
        read_text(tmp_path, case_with(special("100 %")))


def test_the_ceiling_of_public_money_bounds_what_grants_take_off(tmp_path: Path):
    ceiling = ("minimum_cash: 100 m JPY", "minimum_cash: 100 m JPY\n  public_money_ceiling: 60 %")
    read_text(tmp_path, case_with(special("40 %"), grant("40 %"), also=ceiling))
    with pytest.raises(InputError, match="up to 130 %"):
        read_text(tmp_path, case_with(special("40 %"), grant("40 %")))


def test_programmes_for_other_systems_sites_or_regions_do_not_count(tmp_path: Path):
    south = ("sites:\n  north:", "sites:\n  south: {region: kyushu, opens: 2015-04, cooling: [air], "
             "capacity: {power: 1 MW}, pue: 1.2, energy_price: 20 JPY/kWh}\n  north:")  # fmt: skip
    for elsewhere in (", sites: [south]", ", regions: [kyushu]"):
        text = case_with(special("100 %", elsewhere), also=south)
        if "regions" in elsewhere:
            text = text.replace("sites: [north]", "regions: [hokkaido]")
        assert read_text(tmp_path, text).case.programmes["relief"].rate == 1.0
