"""A programme after several others: together they take off no more than there is, whichever of them comes first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.helpers import faults_of, read_text, tiny_with


def case_with(*programmes: str) -> str:
    """The tiny case, whose grant pays half of systems and additions in its north, with some more programmes."""
    return tiny_with(("programmes:\n", "programmes:\n" + "".join(f"  {one}\n" for one in programmes)))


def town(rate: str, more: str = "") -> str:
    return f"town: {{rate: {rate}, categories: [systems]{more}}}"


def city(more: str = "", after: str = "[grant, town]") -> str:
    return f"city: {{rate: 5 %, categories: [systems, facility], after: {after}{more}}}"


FITS = {
    "all of it": (town("50 %"), city()),
    "one that pays more than what counts": (city(", eligible_share: 40 %", "[grant]"),),
    "all that counts": (town("10 %"), city(", eligible_share: 60 %")),
    "part of the cost": (town("80 %", ", eligible_share: 50 %"), city()),
    "programmes that exclude each other": (town("60 %", ", excludes: [grant]"), city()),
    "another kind of unit": ("town: {rate: 60 %, categories: [facility]}", city()),
    "another system": (town("60 %", ", systems: [cube]"), city(", systems: [cube]", "[town]")),
    "another time": (town("60 %", ", order_window: {from: 2025-04}"), city()),
}
TOO_MUCH = {
    "a hundredth more": ((town("51 %"), city()), "'grant' and 'town' pay up to 101 %", "counts 100 %"),
    "more than what counts": (
        (town("11 %"), city(", eligible_share: 60 %")), "'grant' and 'town' pay up to 61 %", "counts 60 %",
    ),
    "two of three": (
        (town("30 %"), "fund: {rate: 40 %, categories: [additions], excludes: [town]}", city("", "[town, fund, grant]"),
         "land: {rate: 20 %, categories: [systems], after: [fund, grant, town], eligible_share: 80 %}"),
        "'fund' and 'grant' pay up to 90 %", "counts 80 %",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FITS)
def test_what_can_all_be_taken_off_is_taken(name: str, tmp_path: Path):
    read_text(tmp_path, case_with(*FITS[name]))


@pytest.mark.parametrize("name", TOO_MUCH)
def test_more_than_there_is_cannot_be_taken_off(name: str, tmp_path: Path):
    programmes, found, counted = TOO_MUCH[name]
    (fault,) = faults_of(tmp_path, case_with(*programmes))
    late = "land" if name == "two of three" else "city"
    assert fault.field == f"programmes.{late}.after"
    assert found in fault.found and counted in fault.found
    assert "excludes:" in fault.remedy
