"""A workbook that LibreOffice saved, as finance would: it is the same case, and a changed figure carries through."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import InputError
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.workbook.file import read_workbook
from planner.report.template.book import write_template
from planner.report.workbook.book import write_workbook
from planner.verification.finished import verify_workbook
from tests.places import TINY
from tests.reading.workbook.test_file import VALUE, changed
from tests.report.workbook.test_office import Office, pytestmark

__all__ = ["pytestmark"]


def test_libreoffice_saves_the_case_and_works_the_value_out(tmp_path: Path) -> None:
    original, edited = tmp_path / "original.xlsx", tmp_path / "edited"
    write_workbook(plan(read_case(TINY)), original)
    edited.mkdir()
    cheaper = changed(original, edited, ("finance.exchange_rates.USD", VALUE, 140))
    same, new = Office(tmp_path).recalculate(original, cheaper)
    assert read_workbook(same).input_hash == read_case(TINY).input_hash
    assert verify_workbook(same).holds, verify_workbook(same).words
    overrides = {"finance.exchange_rates.USD": "140 JPY"}
    assert read_workbook(new).input_hash == read_case(TINY, overrides=overrides).input_hash
    verdict = verify_workbook(new)
    assert not verdict.holds
    assert "Inputs!" in verdict.words[2] and "150 as solved, 140 now" in verdict.words[2]
    assert any("as the workbook stores it" in line for line in verdict.words), verdict.words


def test_libreoffice_saves_a_template_that_is_read_as_the_same_case(tmp_path: Path) -> None:
    write_template(tmp_path / "empty.xlsx")
    write_template(tmp_path / "budget.xlsx", read_case(TINY))
    saved, empty = Office(tmp_path).recalculate(tmp_path / "budget.xlsx", tmp_path / "empty.xlsx")
    assert read_case(saved).input_hash == read_case(TINY).input_hash
    with pytest.raises(InputError) as caught:
        read_case(empty)  # nothing is filled in, and the examples are still known as such
    assert {fault.found for fault in caught.value.faults} == {
        "value missing", "no site is described", "there is nothing to plan for: no workload"
    }  # fmt: skip
