"""The workbook as an input: out and in is the same case, changed cells are changed figures, bad cells are refused."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planner.case.timeline import Timeline
from planner.errors import Fault, InputError
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.reading.workbook.file import read_workbook
from planner.report.workbook.book import write_workbook
from tests.places import TINY
from tests.reading.workbook.workbooks import part_of


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(plan(read_case(TINY)), tmp_path_factory.mktemp("tiny"))


def written(outcome: Outcome, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    write_workbook(outcome, folder / "plan.xlsx")
    return folder / "plan.xlsx"


def row_of(sheet: Worksheet, path: str) -> int:
    """The row of a figure, counted from 1."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == path)


def changed(book: Path, folder: Path, *edits: tuple[str, int, Any]) -> Path:
    """A copy of the workbook in which somebody typed something: (figure, column from 1, value)."""
    copy = openpyxl.load_workbook(book)
    sheet = copy["Inputs"]
    for path, column, value in edits:
        sheet.cell(row_of(sheet, path), column).value = value
    copy.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


VALUE, PERIOD = 4, 9


def dump(path: Path) -> dict[str, Any]:
    return read_workbook(path).case.model_dump(mode="json", by_alias=True)


def test_a_workbook_that_another_program_saved_is_the_same_case(book: Path, tmp_path: Path) -> None:
    assert read_workbook(changed(book, tmp_path)).input_hash == read_case(TINY).input_hash


def test_a_workbook_of_a_scenario_stays_that_scenario(tmp_path: Path) -> None:
    outcome = plan(read_case(TINY, "weak-yen"))
    reading = read_case(written(outcome, tmp_path))
    assert (reading.scenario, reading.input_hash) == ("weak-yen", outcome.input_hash)
    assert read_workbook(tmp_path / "plan.xlsx", "weak-yen").input_hash == outcome.input_hash
    with pytest.raises(InputError, match="with scenario 'weak-yen' in it, and no other"):
        read_workbook(tmp_path / "plan.xlsx", "base")


def test_a_scenario_comes_on_top_of_the_workbook(book: Path) -> None:
    reading = read_workbook(book, "weak-yen")
    assert (reading.scenario, reading.input_hash) == ("weak-yen", read_case(TINY, "weak-yen").input_hash)


def test_a_changed_exchange_rate_is_the_rate_of_the_case(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path, ("finance.exchange_rates.USD", VALUE, 165.5))
    reading = read_workbook(path)
    assert reading.case.model_dump(mode="json")["finance"]["exchange_rates"] == {"USD": "165.5 JPY"}
    assert reading.provenance["finance.exchange_rates.USD"].source == "changed on Inputs"
    expected = read_case(TINY, overrides={"finance.exchange_rates.USD": "165.5 JPY"})
    assert reading.input_hash == expected.input_hash
    assert plan(read_case(path)).audit.accounts.npv == plan_case(expected.case).audit.accounts.npv


@pytest.mark.parametrize(
    ("path", "value", "text"),
    [
        ("finance.opening_cash", 4e9, "4 bn JPY"),
        ("finance.discount_rate", 0.07, "7 %"),
        ("finance.terminal_value", 0, "false"),
        ("finance.resale.0.age", 6, "6 months"),
        ("finance.capex_limits.FY2024", 1_500_000_000, "1.5 bn JPY"),
        ("calendar.start", datetime.datetime(2024, 7, 1), "2024-07"),
        ("calendar.periods", 6, "6"),
        ("systems.cube.installation.power", 11.5, "11.5 kW"),
        ("systems.cube.useful_life", 48, "48 months"),
        ("systems.cube.accelerators", 4, "4"),
        ("offers.maker.payment.at_order", 0.25, "25 %"),
        ("sites.north.pue", 1.3, "1.3"),
    ],
)
def test_a_figure_of_any_kind_can_be_changed(book: Path, tmp_path: Path, path: str, value: object, text: str) -> None:
    reading = read_workbook(changed(book, tmp_path, (path, VALUE, value)))
    assert reading.case == read_case(TINY, overrides={path: text}).case
    assert reading.input_hash != read_case(TINY).input_hash


def test_the_length_of_a_period_can_be_changed_and_supply_stays_what_it_is(book: Path, tmp_path: Path) -> None:
    supply = "offers.maker.available"
    reading = read_workbook(changed(book, tmp_path, ("calendar.period", VALUE, 6)))
    assert reading.case == read_case(TINY, overrides={"calendar.period": "half", supply: "10 per quarter"}).case
    assert reading.case.offers["maker"].available == Timeline.constant(20)
    both = changed(book, tmp_path, ("calendar.period", VALUE, 6), (supply, VALUE, 7))
    assert read_workbook(both).case.offers["maker"].available == Timeline.constant(14)
    uneven = changed(book, tmp_path, ("calendar.period", VALUE, 1), ("calendar.periods", VALUE, 24))
    with pytest.raises(InputError) as caught:
        read_workbook(uneven)
    (fault,) = caught.value.faults
    row = row_of(openpyxl.load_workbook(book)["Inputs"], supply)
    assert (fault.field, fault.place.file) == (supply, f"{uneven}: Inputs!D{row}")
    assert "'10 per quarter' is 3.333 in a period of one month" in fault.found


def test_the_unit_of_a_supply_says_for_which_time_it_counts(book: Path) -> None:
    sheet = openpyxl.load_workbook(book)["Inputs"]
    row = [str(cell.value) for cell in sheet[row_of(sheet, "offers.maker.available")]]
    assert "systems per quarter" in row


def test_a_changed_period_becomes_a_step_and_the_next_keeps_its_value(book: Path, tmp_path: Path) -> None:
    case = dump(changed(book, tmp_path, ("offers.maker.price", PERIOD + 1, 305_000)))
    assert case["offers"]["maker"]["price"] == {
        "2024-04": "310_000 USD", "2024-07": "305_000 USD", "2024-10": "310_000 USD", "2025-04": "290_000 USD",
    }  # fmt: skip


def test_a_month_of_funding_can_move(book: Path, tmp_path: Path) -> None:
    later = ("finance.funding.2024-07.month", VALUE, datetime.datetime(2024, 10, 1))
    assert dump(changed(book, tmp_path, later))["finance"]["funding"] == {"2024-10": "500_000_000 JPY"}
    more = ("finance.funding.2024-07", VALUE, 6e8)
    assert dump(changed(book, tmp_path, later, more))["finance"]["funding"] == {"2024-10": "600_000_000 JPY"}


BAD: list[tuple[list[tuple[str, int, Any]], str, str]] = [
    ([("finance.discount_rate", VALUE, "five percent")], "the text 'five percent' stands", "type the number alone"),
    ([("finance.discount_rate", VALUE, 5)], "5.0 is more than the whole", "did you mean 5 %?"),
    ([("finance.opening_cash", VALUE, None)], "the cell is empty", "type the figure"),
    ([("finance.opening_cash", VALUE, "=1000*2")], "whose value was never worked out", "open and save the workbook"),
    ([("finance.opening_cash", VALUE, "#REF!")], "the error #REF! stands there", "mend the formula"),
    ([("calendar.start", VALUE, datetime.datetime(2024, 4, 15))], "not the first day of a month", "type 2024-04-01"),
    ([("calendar.period", VALUE, 2)], "a period cannot have 2 months", "1, 3, 6 or 12 months"),
    ([("systems.cube.accelerators", VALUE, 7.5)], "7.5 is not a whole number", "a whole number"),
    ([("sites.north.pue", VALUE, -1)], "-1.0 is negative", "a number of zero or more"),
    ([("finance.terminal_value", VALUE, 2)], "neither yes nor no", "1 for yes or 0 for no"),
    ([("constants.hours_per_day", VALUE, 25)], "a definition, which no case can change", "type the value under As"),
    ([("offers.maker.price", PERIOD + 2, None)], "the cell is empty", "type the figure"),
    ([("offers.maker.price", PERIOD, True)], "True stands where a number is needed", "a number"),
    (
        [("offers.maker.price", PERIOD, 1e5), ("calendar.periods", VALUE, 7)],
        "a figure by period and the calendar were changed at once",
        "change the calendar and plan",
    ),
]


@pytest.mark.parametrize(("edits", "found", "remedy"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_a_bad_cell_is_refused_by_its_name(
    book: Path, tmp_path: Path, edits: list[tuple[str, int, Any]], found: str, remedy: str
) -> None:
    path = changed(book, tmp_path, *edits)
    sheet = openpyxl.load_workbook(path)["Inputs"]
    cell = sheet.cell(row_of(sheet, edits[0][0]), edits[0][1]).coordinate
    fault = next(fault for fault in faults_of(path) if found in fault.found)
    assert fault.place.file == f"{path}: Inputs!{cell}"
    assert remedy in f"{fault.allowed} | {fault.remedy}"


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_workbook(path)
    return caught.value.faults


def test_all_bad_cells_are_told_at_once(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path, ("finance.discount_rate", VALUE, "x"), ("sites.north.pue", VALUE, 9))
    assert {fault.field for fault in faults_of(path)} == {"finance.discount_rate", "sites.north.pue"}


def test_a_formula_with_a_stored_value_counts_as_its_value(book: Path, tmp_path: Path) -> None:
    cell = f"D{row_of(openpyxl.load_workbook(book)['Inputs'], 'finance.discount_rate')}"
    path = patched(book, tmp_path, part_of(book, "Inputs"), lambda xml: with_formula(xml, cell, "3/50", "0.06"))
    assert read_workbook(path).case.finance.discount_rate == 0.06


def with_formula(xml: str, cell: str, formula: str, value: str) -> str:
    head, tail = xml.split(f'<c r="{cell}"', 1)
    attributes, rest = tail.split("<v>", 1)
    return f'{head}<c r="{cell}"{attributes}<f>{formula}</f><v>{value}{rest[rest.index("</v>") :]}'


def patched(book: Path, folder: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy of the workbook with one part of the archive changed."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(folder / "plan.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return folder / "plan.xlsx"


def test_a_text_that_was_changed_by_hand_is_refused(book: Path, tmp_path: Path) -> None:
    copy = openpyxl.load_workbook(book)
    sheet = copy["Case file"]
    cell = next(cell for cell in sheet["A"] if cell.value and "opening_cash" in str(cell.value))
    cell.value = str(cell.value).replace("3_000_000_000", "9_000_000_000")
    copy.save(tmp_path / "plan.xlsx")
    (fault,) = faults_of(tmp_path / "plan.xlsx")
    assert "changed by hand" in fault.found and "Case file!A7" in fault.place.file and "Inputs" in fault.remedy


def test_what_is_no_workbook_is_refused(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("name: tiny\n", encoding="utf-8")
    assert "is not an .xlsx workbook" in faults_of(path)[0].found
    content = book.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "is not an .xlsx workbook" in faults_of(path)[0].found
    damaged = bytearray(content)
    damaged[2000:2400] = bytes(400)
    path.write_bytes(damaged)
    assert "damaged" in faults_of(path)[0].found
    path.write_bytes(content + bytes(20_000_000))
    assert "larger than 20 MB" in faults_of(path)[0].found
    empty = openpyxl.Workbook()
    empty.save(path)
    assert "has no sheet 'Case file'" in faults_of(path)[0].found
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "")
    assert "is not an .xlsx workbook" in faults_of(path)[0].found


def test_what_unpacks_to_too_much_is_refused(book: Path, tmp_path: Path) -> None:
    bomb = io.BytesIO(book.read_bytes())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(201_000_000))
    (tmp_path / "plan.xlsx").write_bytes(bomb.getvalue())
    assert "unpacks to more than 200 MB" in faults_of(tmp_path / "plan.xlsx")[0].found


def test_entities_are_refused(book: Path, tmp_path: Path) -> None:
    bad = '<!DOCTYPE x [<!ENTITY a "b">]>'
    path = patched(book, tmp_path, "xl/workbook.xml", lambda xml: xml.replace("?>", f"?>{bad}", 1))
    assert "declares a document type" in faults_of(path)[0].found


def test_sources_survive_in_the_notes(book: Path) -> None:
    first, again = read_case(TINY), read_workbook(book)
    paths = [path for path in first.provenance if path != "catalogue"]
    assert {path: again.provenance[path].source for path in paths} == {
        path: first.provenance[path].source for path in paths
    }


def test_a_title_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    outcome = plan(read_case(TINY))
    hostile = replace(outcome, case=outcome.case.model_copy(update={"title": "=1+1"}))
    assert read_workbook(written(hostile, tmp_path)).case.title == "=1+1"
