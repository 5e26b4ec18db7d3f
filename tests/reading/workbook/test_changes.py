"""What people do to a workbook: each change is understood, or refused by its cell with the remedy; none is lost."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.cells.headers import plain_header
from planner.reading.template.tables import CASE, READ_ME
from planner.reading.workbook.layout import AS_SOLVED_HEADING
from tests.places import TINY
from tests.reading.helpers import read_text, tiny_with
from tests.reading.workbook.workbooks import part_of

HEADER = 4
Edit = Callable[[Workbook], None]


@dataclass(frozen=True)
class Change:
    """One change and what comes of it."""

    name: str
    edit: Edit
    same: bool = False
    """The case is the one that it was."""
    path: str = ""
    value: str = ""
    """The case is the one in which this figure has this value, as a case file writes it."""
    cell: str = ""
    text: tuple[str, str] = ("", "")
    """The case is the one in whose text the first stands instead of the second."""
    found: str = ""
    remedy: str = ""
    """It is refused there, with these words in it."""


def understood(name: str, edit: Edit, path: str, value: str) -> Change:
    return Change(name, edit, path=path, value=value)


def replaced(name: str, edit: Edit, old: str, new: str) -> Change:
    return Change(name, edit, text=(old, new))


def harmless(name: str, edit: Edit) -> Change:
    return Change(name, edit, same=True)


def refused(name: str, edit: Edit, cell: str, found: str, remedy: str) -> Change:
    return Change(name, edit, cell=cell, found=found, remedy=remedy)


# --- The template ---------------------------------------------------------------------------------------------------


def column(sheet: Worksheet, header: str) -> int:
    return next(cell.column for cell in sheet[HEADER] if cell.value and plain_header(cell.value) == header)


def typed(sheet: str, header: str, row: int, value: Any, currency: str | None = None) -> Edit:
    """Somebody types a value into a row, counted from the first entry."""

    def edit(book: Workbook) -> None:
        here = book[sheet]
        here.cell(HEADER + row, column(here, header)).value = value
        if currency is not None:
            here.cell(HEADER + row, column(here, "amounts in")).value = currency or None

    return edit


def on_case(field: str, value: Any) -> Edit:
    def edit(book: Workbook) -> None:
        row = next(cell.row for cell in book[CASE]["A"] if cell.value and plain_header(cell.value) == field)
        book[CASE].cell(row, 2).value = value

    return edit


def on(sheet: str, act: Callable[[Worksheet], object]) -> Edit:
    return lambda book: (act(book[sheet]), None)[1]


def both(*edits: Edit) -> Edit:
    def edit(book: Workbook) -> None:
        for one in edits:
            one(book)

    return edit


def rename(old: str, new: str) -> Edit:
    def edit(book: Workbook) -> None:
        book[old].title = new

    return edit


def remove(sheet: str) -> Edit:
    def edit(book: Workbook) -> None:
        del book[sheet]

    return edit


def move_column_to_the_end(sheet: str, header: str) -> Edit:
    def edit(book: Workbook) -> None:
        here = book[sheet]
        old, new = column(here, header), here.max_column + 1
        for row in range(HEADER - 1, here.max_row + 1):
            here.cell(row, new).value = here.cell(row, old).value
        here.delete_cols(old)

    return edit


def new_header(sheet: str, header: str, text: str | None) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet].cell(HEADER, column(book[sheet], header)).value = text

    return edit


def extra_column(sheet: str, header: str, value: Any) -> Edit:
    def edit(book: Workbook) -> None:
        here = book[sheet]
        new = here.max_column + 1
        here.cell(HEADER, new).value = header
        here.cell(HEADER + 1, new).value = value

    return edit


def hide_row(sheet: str, row: int) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet].row_dimensions[row].hidden = True

    return edit


def hide_column(sheet: str, header: str) -> Edit:
    def edit(book: Workbook) -> None:
        here = book[sheet]
        here.column_dimensions[openpyxl.utils.get_column_letter(column(here, header))].hidden = True

    return edit


def hide_sheet(sheet: str) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet].sheet_state = "hidden"

    return edit


def comment(sheet: str, cell: str) -> Edit:
    def edit(book: Workbook) -> None:
        book[sheet][cell].comment = Comment("ask the supplier", "finance")

    return edit


def count_from_1904(book: Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904


CAPEX, RATE = "expansions.hall.capex", "finance.discount_rate"
ENERGY = "sites.north.energy_price"
TEMPLATE = (
    refused("a total row", typed("Offers", "name", 4, "Total"), "Offers!A8", "row of totals", "sheet of your own"),
    refused(
        "a total row in Japanese", typed("Fleet", "site", 2, "合計"), "Fleet!A6", "row of totals", "remove the row"
    ),
    refused(
        "a sum below a column", typed("Fleet", "quantity", 2, 1), "Fleet!A6", "has figures, but no site", "a total"
    ),
    harmless("blank rows between", on("Offers", lambda sheet: sheet.insert_rows(6, 3))),
    harmless("a blank that nobody sees, below the table", typed("Offers", "name", 9, "  ")),
    understood("a percentage as text", on_case("finance discount rate", "5.5%"), RATE, "5.5 %"),
    understood("full-width per cent", on_case("finance discount rate", "７％"), RATE, "7 %"),
    refused(
        "50 instead of 50 %", typed("Programmes", "rate", 1, 50), "Programmes!{rate}5", "more than the whole", "50 %?"
    ),
    understood("a fraction", typed("Programmes", "rate", 1, "1/3"), "programmes.grant.rate", "1/3"),
    understood("a month as text", on_case("calendar start", "2024/07"), "calendar.start", "2024-07"),
    understood("a month as Japanese text", on_case("calendar start", "2024年7月"), "calendar.start", "2024-07"),
    understood("a real date", on_case("calendar start", datetime.date(2024, 7, 1)), "calendar.start", "2024-07"),
    refused(
        "a day in the middle",
        on_case("calendar start", datetime.date(2024, 7, 15)),
        "Case!B9",
        "first day",
        "2024-07-01",
    ),
    refused("the month first", on_case("calendar start", "Apr-24"), "Case!B9", "is not a month", "2024-04-01"),
    refused("the year of an era", on_case("calendar start", "令和6年4月"), "Case!B9", "is not a month", "2024-04-01"),
    understood("full-width digits", typed("Expansions", "capex", 1, "２５０,０００,０００"), CAPEX, "250 mn JPY"),
    harmless("full-width letters", typed("Offers", "system", 1, "ｃｕｂｅ")),
    understood("thousands as text", typed("Expansions", "capex", 1, "250,000,000"), CAPEX, "250 mn JPY"),
    understood("a yen sign", typed("Expansions", "capex", 1, "¥250,000,000", ""), CAPEX, "250 mn JPY"),
    understood("hundred millions of yen", typed("Expansions", "capex", 1, "2.5億円", ""), CAPEX, "250 mn JPY"),
    understood("millions of yen", typed("Expansions", "capex", 1, "250百万円", ""), CAPEX, "250 mn JPY"),
    understood("a scale without a currency", typed("Expansions", "capex", 1, "250 mn"), CAPEX, "250 mn JPY"),
    understood("the currency in front", typed("Expansions", "capex", 1, "JPY 250,000,000", ""), CAPEX, "250 mn JPY"),
    understood("the currency in small letters", typed("Expansions", "capex", 1, 250e6, "jpy"), CAPEX, "250 mn JPY"),
    refused("a dollar sign", typed("Expansions", "capex", 1, "$5"), "Expansions!{capex}5", "the text '$5'", "5 USD"),
    refused(
        "no currency", typed("Expansions", "capex", 1, 5e8, ""), "Expansions!{capex}5", "has no currency", "amounts in"
    ),
    understood("yen in words", typed("Expansions", "capex", 1, 25e7, "円"), CAPEX, "250 mn JPY"),
    refused(
        "a currency that is none",
        typed("Expansions", "capex", 1, 5, "YUN"),
        "Expansions!{capex}5",
        "YUN",
        "exchange_rates",
    ),
    understood(
        "a triangle for minus", typed("Funding", "funding", 1, "▲500,000,000"), "finance.funding.2024-07", "-500 mn JPY"
    ),
    understood(
        "brackets for minus", typed("Funding", "funding", 1, "(500,000,000)"), "finance.funding.2024-07", "-500 mn JPY"
    ),
    refused(
        "minus where there is none", typed("Expansions", "capex", 1, "▲1,000"), "Expansions!{capex}5", "is negative", ""
    ),
    refused(
        "a decimal comma",
        typed("Expansions", "capex", 1, "2,5"),
        "Expansions!{capex}5",
        "the text '2,5'",
        "leave the cell empty",
    ),
    refused("a hidden row", hide_row("Sites", 5), "Sites!A5", "row 5 is hidden", "show the row"),
    harmless("a hidden row without figures", hide_row("Sites", 40)),
    refused("a hidden column", hide_column("Sites", "pue"), "Sites!", "is hidden", "show the column"),
    refused("a hidden sheet", hide_sheet("Sites"), "Sites", "the sheet is hidden", "unhide"),
    refused(
        "a formula that was never worked out",
        typed("Sites", "pue", 1, "=1.1*1.1"),
        "Sites!{pue}5",
        "never worked out",
        "open and save",
    ),
    refused(
        "a merged cell", on("Sites", lambda sheet: sheet.merge_cells("A5:A6")), "Sites!A5", "A5:A6 is merged", "unmerge"
    ),
    harmless("a merged title", on("Sites", lambda sheet: sheet.merge_cells("A1:D1"))),
    refused(
        "a renamed sheet", rename("Offers", "Offers FY26"), "Read me", "no sheet 'Offers'", "renamed to Offers FY26?"
    ),
    refused("a removed sheet", remove("Fleet"), "Read me", "no sheet 'Fleet'", "an empty sheet says"),
    refused("a removed first sheet", remove(READ_ME), "", "has no sheet 'Read me'", "its sheets are Case"),
    harmless("a sheet of one's own", lambda book: book.create_sheet("my notes").append(["anything", 5])),
    harmless("a reordered column", move_column_to_the_end("Sites", "pue")),
    harmless("a reordered sheet", lambda book: book.move_sheet("Sites", 3)),
    harmless("reordered rows", on("Offers", lambda sheet: swap_rows(sheet, 5, 7))),
    refused("a share beyond all numbers", typed("Sites", "pue", 1, "1e400"), "Sites!{pue}5", "not a finite number", ""),
    harmless("a trailing space", typed("Offers", "name", 1, "maker  ")),
    harmless("a non-breaking space", typed("Offers", "system", 1, "\u00a0cube")),
    refused(
        "a space that nobody sees in a name",
        typed("Offers", "system", 1, "cu\u200bbe"),
        "Offers!{system}5",
        "U+200B",
        "remove it",
    ),
    refused("an error value", typed("Sites", "pue", 1, "#REF!"), "Sites!{pue}5", "the error #REF!", "mend the formula"),
    refused(
        "an error value as a name",
        typed("Offers", "name", 1, "#NAME?"),
        "Offers!A5",
        "the error #NAME?",
        "mend the formula",
    ),
    harmless("a comment on a cell", comment("Sites", "A5")),
    harmless("a filter that hides nothing", on("Sites", lambda sheet: setattr(sheet.auto_filter, "ref", "A4:P9"))),
    harmless("a workbook that counts from 1904", count_from_1904),
    refused("'n/a'", typed("Sites", "pue", 1, "n/a"), "Sites!{pue}5", "the text 'n/a'", "leave the cell empty"),
    refused("a dash", typed("Sites", "pue", 1, "-"), "Sites!{pue}5", "the text '-'", "leave the cell empty"),
    harmless("a column of notes", extra_column("Sites", "notes", "ask again")),
    harmless("a column of notes with a header of its own", extra_column("Sites", "who says so", "the landlord")),
    refused(
        "a column whose header was changed",
        new_header("Sites", "rent", "colo rent"),
        "Sites!",
        "'colo rent' is not known, and rent is missing",
        "rent",
    ),
    refused(
        "a column whose header is gone",
        new_header("Sites", "pue", None),
        "Sites!{pue}4",
        "has no header, and pue is missing",
        "header back",
    ),
    refused(
        "a column that stands twice", extra_column("Sites", "pue", 1.3), "Sites!", "'pue' stands twice", "remove one"
    ),
    refused(
        "a name that stands twice",
        both(
            typed("Fleet", "site", 1, "north"),
            typed("Expansions", "name", 2, "hall"),
            typed("Expansions", "blocks", 2, 5),
        ),
        "Expansions!{blocks}6",
        "differs from",
        "another name",
    ),
    refused(
        "a month that stands twice",
        both(
            typed("Offers", "name", 4, "maker"),
            typed("Offers", "from month", 4, "2025-04"),
            typed("Offers", "price", 4, 1, "USD"),
        ),
        "Offers!{price}8",
        "stands twice for 2025-04",
        "keep one",
    ),
    replaced("a name that looks like a cell", typed("Workloads", "name", 1, "B300"), "  rental:", "  B300:"),
    refused(
        "a name like a formula",
        typed("Offers", "supplier", 1, "=x"),
        "Offers!{supplier}5",
        "never worked out",
        "open and save",
    ),
    refused(
        "a parent that no sheet has",
        typed("Fleet", "site", 1, "nord"),
        "Fleet!A5",
        "there is no site 'nord'",
        "'north'?",
    ),
    refused(
        "a word that is not in the list", typed("Workloads", "metric", 1, "gpus"), "Workloads!{metric}5", "'gpus'", ""
    ),
    harmless("a word of the list in other letters", typed("Workloads", "metric", 1, "Accelerators ")),
    harmless("a yes in another language", on_case("finance terminal value", "はい")),
    refused(
        "neither yes nor no", on_case("finance terminal value", "maybe"), "Case!B21", "neither yes nor no", "yes or no"
    ),
    refused(
        "a fraction of a thing",
        typed("Expansions", "blocks", 1, 1.5),
        "Expansions!{blocks}5",
        "not a whole number",
        "whole number",
    ),
    harmless("a fiscal year as a number", typed("Capex limits", "fiscal year", 1, 2024)),
    refused(
        "a label that was changed",
        on("Case", lambda sheet: setattr(sheet["A17"], "value", "finance discount")),
        "Case!A17",
        "no field 'finance discount'",
        "'finance discount rate'",
    ),
    refused(
        "a value in the wrong unit",
        typed("Sites", "energy price", 1, "20 JPY/MWh"),
        "Sites!{energy price}5",
        "per MWh",
        "kWh",
    ),
    understood("a price per hour and unit", typed("Sites", "energy price", 1, "¥21/kWh"), ENERGY, "21 JPY/kWh"),
    refused(
        "a required cell that was cleared",
        typed("Sites", "pue", 1, None),
        "Sites!{pue}5",
        "value missing",
        "Power usage",
    ),
    refused(
        "a date where a number is needed",
        typed("Sites", "pue", 1, datetime.date(2024, 1, 2)),
        "Sites!{pue}5",
        "stands where a number",
        "",
    ),
    refused(
        "true where a number is needed", typed("Sites", "pue", 1, True), "Sites!{pue}5", "stands where a number", ""
    ),
)


def swap_rows(sheet: Worksheet, one: int, other: int) -> None:
    for number in range(1, sheet.max_column + 1):
        first, second = sheet.cell(one, number), sheet.cell(other, number)
        first.value, second.value = second.value, first.value
        first.number_format, second.number_format = second.number_format, first.number_format


# --- The sheet Inputs of a finished workbook ------------------------------------------------------------------------


def row_of(sheet: Worksheet, path: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == path)


def figure(path: str, value: Any, number: int = 4) -> Edit:
    def edit(book: Workbook) -> None:
        sheet = book["Inputs"]
        sheet.cell(row_of(sheet, path), number).value = value

    return edit


def at_figure(path: str, act: Callable[[Worksheet, int], object]) -> Edit:
    return lambda book: (act(book["Inputs"], row_of(book["Inputs"], path)), None)[1]


def hide_figure(path: str) -> Edit:
    return at_figure(path, lambda sheet, row: setattr(sheet.row_dimensions[row], "hidden", True))


def copy_row_to_the_end_of_its_section(sheet: Worksheet, row: int) -> None:
    sheet.insert_rows(row + 1)
    for number in range(1, 8):
        sheet.cell(row + 1, number).value = sheet.cell(row, number).value


CASH = "finance.opening_cash"


def rename_first_row_by_period(sheet: Worksheet) -> None:
    heading = next(cell.row for cell in sheet["A"] if cell.value == AS_SOLVED_HEADING)
    next(cell for cell in sheet["B"] if cell.row > heading and cell.value).value = "finance.opening_cash"


INPUTS = (
    harmless("nothing", lambda _: None),
    harmless("a blank row between", at_figure(CASH, lambda sheet, row: sheet.insert_rows(row))),
    harmless("a total row", on("Inputs", lambda sheet: sheet.append(["合計", None, None, 5]))),
    understood("a percentage as text", figure(RATE, "5.5%"), RATE, "5.5 %"),
    refused("50 instead of 50 %", figure("programmes.grant.rate", 50), "Inputs!D", "more than the whole", "50 %?"),
    understood("full-width digits", figure(CASH, "４,０００,０００,０００"), CASH, "4 bn JPY"),
    understood("a yen sign", figure(CASH, "￥4,000,000,000"), CASH, "4 bn JPY"),
    understood("hundred millions of yen", figure(CASH, "40億円"), CASH, "4 bn JPY"),
    understood("millions of yen", figure(CASH, "4,000 百万円"), CASH, "4 bn JPY"),
    refused("another currency", figure(CASH, "4,000 USD"), "Inputs!D", "the text '4,000 USD'", "Unit says JPY"),
    understood(
        "a triangle for minus", figure("finance.funding.2024-07", "▲2,000,000"), "finance.funding.2024-07", "-2 mn JPY"
    ),
    understood(
        "brackets for minus", figure("finance.funding.2024-07", "(2,000,000)"), "finance.funding.2024-07", "-2 mn JPY"
    ),
    refused("minus where there is none", figure("sites.north.pue", "▲1"), "Inputs!D", "is negative", "zero or more"),
    understood("a month as text", figure("calendar.start", "2024-07"), "calendar.start", "2024-07"),
    harmless("a workbook that counts from 1904", count_from_1904),
    refused("'n/a'", figure(RATE, "n/a"), "Inputs!D", "the text 'n/a'", "type the number alone"),
    refused("a dash", figure(RATE, "-"), "Inputs!D", "the text '-'", "type the number alone"),
    refused("an error value", figure(RATE, "#DIV/0!"), "Inputs!D", "the error #DIV/0!", "mend the formula"),
    refused("an empty cell", figure(RATE, None), "Inputs!D", "the cell is empty", "As solved"),
    refused(
        "a formula that was never worked out",
        figure(RATE, "=0.05+0.01"),
        "Inputs!D",
        "never worked out",
        "open and save",
    ),
    refused(
        "a removed row",
        at_figure(CASH, lambda sheet, row: sheet.delete_rows(row)),
        "Inputs!B7",
        "are gone or have moved",
        "undo it",
    ),
    refused("a copied row", at_figure(CASH, copy_row_to_the_end_of_its_section), "Inputs!B", "stands twice", "undo it"),
    refused(
        "a new column in front",
        on("Inputs", lambda sheet: sheet.insert_cols(2)),
        "Inputs!B7",
        "are gone or have moved",
        "undo it",
    ),
    refused(
        "a new column between the periods",
        on("Inputs", lambda sheet: sheet.insert_cols(10)),
        "Inputs!J",
        "stands as solved",
        "undo",
    ),
    refused(
        "a new column behind the value",
        on("Inputs", lambda sheet: sheet.insert_cols(5)),
        "Inputs!E",
        "stands as solved",
        "undo",
    ),
    refused("a changed value as solved", figure(CASH, 4e9, 5), "Inputs!E", "4000000000", "undo"),
    refused(
        "a row by period that has another name",
        on("Inputs", rename_first_row_by_period),
        "Inputs!",
        "was moved or renamed",
        "unchanged copy",
    ),
    refused("more than any number", figure(RATE, "1" + "0" * 400), "Inputs!D", "not a finite number", ""),
    refused(
        "a changed figure that is hidden",
        both(figure(RATE, 0.06), hide_figure(RATE)),
        "Inputs!D",
        "is hidden",
        "show the row",
    ),
    harmless("a hidden row that was not changed", hide_figure(RATE)),
    refused(
        "a merged value",
        at_figure(RATE, lambda sheet, row: sheet.merge_cells(f"D{row}:E{row}")),
        "Inputs!E",
        "None stands as solved",
        "undo",
    ),
    refused("a renamed sheet", rename("Inputs", "Inputs v2"), "", "has no sheet 'Inputs'", "Inputs v2"),
    refused("a removed sheet", remove("Case file"), "", "has no sheet 'Case file'", "its sheets are"),
    harmless("a sheet of one's own", lambda book: book.create_sheet("my notes").append([1])),
    harmless("a comment on a cell", comment("Inputs", "D10")),
    harmless("a filter that hides nothing", on("Inputs", lambda sheet: setattr(sheet.auto_filter, "ref", "A6:H60"))),
    harmless("a remark in the notes", figure(CASH, "ask the bank", 7)),
)


def test_there_are_enough_of_them() -> None:
    for changes in (TEMPLATE, INPUTS):
        assert len({change.name for change in changes}) == len(changes)
    assert len(TEMPLATE) >= 60 and len(INPUTS) >= 30


@pytest.mark.parametrize("change", TEMPLATE, ids=lambda change: change.name)
def test_a_change_of_the_template(change: Change, template: Path, tmp_path: Path) -> None:
    hold(change, template, tmp_path / "budget.xlsx")


@pytest.mark.parametrize("change", INPUTS, ids=lambda change: change.name)
def test_a_change_of_a_finished_workbook(change: Change, finished: Path, tmp_path: Path) -> None:
    hold(change, finished, tmp_path / "plan.xlsx")


def hold(change: Change, source: Path, path: Path) -> None:
    """Makes a change in a copy, reads it, and holds what comes of it against what should."""
    book = openpyxl.load_workbook(source)
    where = f"{path}: {cell_of(change.cell, book)}" if change.cell else str(path)
    change.edit(book)
    book.save(path)
    if change.found:
        told(change, path, where)
        return
    expected = read_case(TINY, overrides={change.path: change.value} if change.path else {})
    if any(change.text):
        expected = read_text(path.parent, tiny_with(change.text))
    assert read_case(path).input_hash == expected.input_hash
    assert change.same == (expected.input_hash == read_case(TINY).input_hash)


def cell_of(spec: str, book: Workbook) -> str:
    """A cell whose column is named by its header, as the template has it."""
    match = re.fullmatch(r"(.+)!\{(.+)\}(\d+)", spec)
    if match is None:
        return spec
    letter = openpyxl.utils.get_column_letter(column(book[match[1]], match[2]))
    return f"{match[1]}!{letter}{match[3]}"


def told(change: Change, path: Path, where: str) -> None:
    with pytest.raises(InputError) as caught:
        read_case(path)
    faults = [fault for fault in caught.value.faults if fault.place.file.startswith(where)]
    words = [f"{fault.found} | {fault.allowed} | {fault.remedy}" for fault in faults]
    assert any(change.found in said and change.remedy in said for said in words), str(caught.value)
    assert all("Traceback" not in said for said in words)


# --- What no workbook library would write -----------------------------------------------------------------------------


def patched(source: Path, target: Path, part: str, change: Callable[[str], str]) -> Path:
    """A copy of a workbook with one part of the archive changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == part else content)
    return target


def with_formula(cell: str, formula: str, stored: str) -> Callable[[str], str]:
    """A number becomes a formula that a spreadsheet program worked out."""
    return lambda xml: re.sub(rf'(<c r="{cell}"[^>]*>)<v>[^<]*</v>', rf"\1<f>{formula}</f><v>{stored}</v>", xml)


def test_a_formula_counts_as_its_stored_value(template: Path, finished: Path, tmp_path: Path) -> None:
    for source, sheet in ((template, CASE), (finished, "Inputs")):
        book = openpyxl.load_workbook(source)
        number = book.sheetnames.index(sheet) + 1
        row = next(c.row for c in book[sheet]["A"] if c.value and "discount rate" in str(c.value))
        cell = f"{'B' if sheet == CASE else 'D'}{row}"
        path = tmp_path / f"{number}.xlsx"
        patched(source, path, f"xl/worksheets/sheet{number}.xml", with_formula(cell, "0.03+0.04", "0.07"))
        assert read_case(path).input_hash == read_case(TINY, overrides={RATE: "7 %"}).input_hash


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook".encode("utf-16-le") + bytes(600)


def archive(*names: str) -> Callable[[Path], bytes]:
    def content(template: Path) -> bytes:
        path = template.with_name("archive.zip")
        with zipfile.ZipFile(path, "w") as new:
            for name in names:
                new.writestr(name, "<x/>")
        return path.read_bytes()

    return content


FILES: tuple[tuple[str, str, Callable[[Path], bytes], str, str], ...] = (
    ("an old workbook", "budget.xls", lambda _: OLD, "an .xls workbook of the old form", "save it as .xlsx"),
    ("an old workbook under a new name", "budget.xlsx", lambda _: OLD, "of the old form", "save it as .xlsx"),
    ("an old workbook without a name", "budget", lambda _: OLD, "of the old form", "save it as .xlsx"),
    ("a password", "budget.xlsx", lambda _: ENCRYPTED, "protected by a password", "without a password"),
    ("a table of text", "budget.csv", lambda _: b"name,price\nb200,5\n", "is a .csv file", "plan template"),
    (
        "a text under the name of a workbook",
        "budget.xlsx",
        lambda _: b"name,price\n",
        "is not an .xlsx",
        "saved as .xlsx",
    ),
    ("an empty file", "budget.xlsx", lambda _: b"", "the file is empty", "right file"),
    ("half a file", "budget.xlsx", lambda t: t.read_bytes()[:5000], "is not an .xlsx workbook", "saved as .xlsx"),
    ("a damaged file", "budget.xlsx", lambda t: damaged(t.read_bytes()), "is damaged", "undamaged copy"),
    ("an archive that is no workbook", "budget.xlsx", archive("a.txt"), "is not an .xlsx workbook", "saved as .xlsx"),
    ("a text document", "budget.xlsx", archive("word/document.xml"), "is not an .xlsx workbook", "saved as .xlsx"),
    ("an OpenDocument sheet", "budget.ods", archive("content.xml"), "OpenDocument", "save it as .xlsx"),
    ("a binary workbook", "budget.xlsb", archive("xl/workbook.bin"), "an .xlsb workbook", "save it as .xlsx"),
)
"""What it is, its name, its content, what is found, and the remedy."""


def damaged(content: bytes) -> bytes:
    broken = bytearray(content)
    broken[3000:3400] = bytes(400)
    return bytes(broken)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file[0])
def test_a_file_of_another_kind_is_refused_as_what_it_is(
    file: tuple[str, str, Callable[[Path], bytes], str, str], template: Path, tmp_path: Path
) -> None:
    _, name, content, found, remedy = file
    (tmp_path / name).write_bytes(content(template))
    told(Change("", lambda _: None, found=found, remedy=remedy), tmp_path / name, str(tmp_path / name))


def test_a_workbook_with_macros_is_read_and_its_macros_are_not(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "budget.xlsm"
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"anything")
    assert read_case(path).input_hash == read_case(TINY).input_hash


def test_a_row_beyond_the_last_is_refused_and_not_counted_to(finished: Path, tmp_path: Path) -> None:
    far = patched(
        finished,
        tmp_path / "plan.xlsx",
        part_of(finished, "Inputs"),
        lambda text: text.replace('<row r="13"', '<row r="99999999"'),
    )
    with pytest.raises(InputError, match="a row beyond 1,048,576, the last one that a sheet can have"):
        read_case(far)


def test_a_workbook_of_someone_else_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "other.xlsx")
    told(Change("", lambda _: None, found="no sheet 'Case file'", remedy="plan template"), tmp_path / "other.xlsx", "")


def test_all_mistakes_are_told_at_once(template: Path, tmp_path: Path) -> None:
    edits = (
        typed("Sites", "pue", 1, "n/a"),
        typed("Offers", "system", 1, "cubes"),
        on_case("finance discount rate", 5),
    )
    book = openpyxl.load_workbook(template)
    both(*edits)(book)
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(InputError) as caught:
        read_case(tmp_path / "b.xlsx")
    fields = {fault.field for fault in caught.value.faults}
    assert {"sites.north.pue", "offers.maker.system", "finance.discount_rate"} <= fields
