"""Futures go through the template, the workbook and the text of a case, with their sources; the plan stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.errors import InputError
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.case.text import case_text
from planner.reading.template.file import read_template
from planner.report.template.book import write_template
from planner.report.workbook.book import write_workbook
from tests.futures.cases import reading_of_text, reading_with, text_with
from tests.places import REFERENCE, TINY


def test_the_text_of_a_case_keeps_them_with_their_sources():
    reading = reading_with()
    again = reading_of_text(case_text(reading.case, reading.provenance))
    assert again.case == reading.case
    for path in ("futures.drivers.rents.lognormal.spread", "futures.events.stop.hazard"):
        assert again.provenance[path].source == reading.provenance[path].source != ""


@pytest.mark.parametrize("scenario", [None, "no-grant"])
def test_the_text_of_a_scenario_can_be_read(scenario: str | None):
    """What the scenario removes is not in the text, and neither is what moved it."""
    reading = reading_of_text(text_with(), scenario)
    again = reading_of_text(case_text(reading.case, reading.provenance))
    assert again.case.futures == reading.case.futures


@pytest.mark.parametrize("reading", [reading_with(), read_case(REFERENCE)], ids=["tiny", "reference"])
def test_a_template_that_is_filled_with_them_is_the_same_case(reading, tmp_path: Path):
    write_template(tmp_path / "budget.xlsx", reading)
    again = read_template(tmp_path / "budget.xlsx")
    assert again.case.futures == reading.case.futures
    assert again.input_hash == reading.input_hash


def test_a_driver_in_a_template_is_refused_by_its_cell(tmp_path: Path):
    write_template(tmp_path / "budget.xlsx", reading_with())
    book = openpyxl.load_workbook(tmp_path / "budget.xlsx")
    sheet = book["Drivers"]
    heads = {str(cell.value).split("\n")[0]: cell.column for cell in sheet[4]}
    rows = {sheet.cell(row, 1).value: row for row in range(5, 12)}
    sheet.cell(rows["rents"], heads["path"]).value = "workloads.rental.prise"
    sheet.cell(rows["demand"], heads["range low"]).value = 1.5
    book.save(tmp_path / "budget.xlsx")
    with pytest.raises(InputError) as caught:
        read_template(tmp_path / "budget.xlsx")
    faults = {(fault.field, str(fault.place).partition("!")[2]) for fault in caught.value.faults}
    letters = openpyxl.utils.get_column_letter
    assert faults == {
        ("futures.drivers.demand.range.low", f"{letters(heads['range low'])}{rows['demand']}"),
        ("futures.drivers.rents.path", f"{letters(heads['path'])}{rows['rents']}"),
    }


def test_a_workbook_carries_them_and_the_plan_is_the_same(tmp_path: Path):
    with_them, without = plan(reading_with()), plan(read_case(TINY))
    assert with_them.decisions == without.decisions
    assert with_them.input_hash == without.input_hash
    write_workbook(with_them, tmp_path / "plan.xlsx")
    again = read_case(tmp_path / "plan.xlsx")
    assert again.futures == reading_with().futures
    assert again.input_hash == without.input_hash
