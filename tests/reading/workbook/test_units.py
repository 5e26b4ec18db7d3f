"""Units that a person writes beside figures of a workbook: read where they can mean one thing, refused elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.language import LANGUAGES, Speaker
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.case.per_period import said
from planner.reading.template.tables import CASE, READ_ME
from planner.reading.workbook.figures import WORDLESS, unit_as_written
from planner.reading.workbook.layout import CASE_FILE, FIRST_LINE, SUBJECT, UNIT
from planner.reading.workbook.layout import INPUTS as INPUTS_SHEET
from planner.reading.workbook.values import written_at
from planner.reading.xlsx.book import open_book
from planner.report.workbook.book import write_workbook
from tests.places import TINY
from tests.reading.workbook.test_changes import (
    HEADER,
    Change,
    Edit,
    at_figure,
    both,
    column,
    extra_column,
    figure,
    harmless,
    hold,
    new_header,
    on,
    on_case,
    refused,
    typed,
    understood,
)

CAPEX, ENERGY = "expansions.hall.capex", "sites.north.energy_price"
LEAD, ADDED = "expansions.hall.lead_time", "expansions.hall.adds.power"
NO_UNIT = "no unit that is read here"


def under(sheet: str, header: str, text: str, value: Any, currency: str | None = None) -> Edit:
    """A header with another unit, and a figure of the first entry below it."""
    return both(new_header(sheet, header, text), typed(sheet, header, 1, value, currency))


def shown_as(sheet: str, header: str, code: str, value: Any, currency: str | None = None) -> Edit:
    """A figure of the first entry in a number format of its own."""

    def edit(book: Workbook) -> None:
        typed(sheet, header, 1, value, currency)(book)
        book[sheet].cell(HEADER + 1, column(book[sheet], header)).number_format = code

    return edit


def beside(field: str, unit: str, value: Any) -> Edit:
    """A figure on Case, and what stands under 'unit' beside it."""

    def edit(book: Workbook) -> None:
        on_case(field, value)(book)
        row = next(cell.row for cell in book[CASE]["B"] if cell.value == value and book[CASE].cell(cell.row, 1).value)
        book[CASE].cell(row, 3).value = unit

    return edit


def written(sheet: str, cell: str, text: str) -> Edit:
    return on(sheet, lambda here: setattr(here[cell], "value", text))


TEMPLATE = (
    understood("weeks", under("Expansions", "lead time", "lead time [weeks]", 16), LEAD, "16 weeks"),
    understood("weeks in Japanese", under("Expansions", "lead time", "lead time（週）", 16), LEAD, "16 weeks"),
    understood("years behind a star", under("Expansions", "lead time", "lead time * years", 2), LEAD, "2 years"),
    refused(
        "quarters",
        new_header("Expansions", "lead time", "lead time [quarters]"),
        "Expansions!{lead time}4",
        NO_UNIT,
        "months",
    ),
    refused(
        "weeks and months",
        new_header("Expansions", "lead time", "lead time [months] (weeks)"),
        "Expansions!{lead time}4",
        "weeks and months",
        "take one",
    ),
    understood("megawatts", under("Expansions", "adds power", "adds power [MW]", 6), ADDED, "6 MW"),
    refused(
        "megawatts in small letters",
        new_header("Expansions", "adds power", "adds power [mw]"),
        "Expansions!{adds power}4",
        NO_UNIT,
        "kW",
    ),
    understood("a currency", under("Expansions", "capex", "capex [USD]", 2e6, ""), CAPEX, "2 mn USD"),
    understood("thousands", under("Expansions", "capex", "capex [kUSD]", 2000, ""), CAPEX, "2 mn USD"),
    understood(
        "thousands behind the currency",
        under("Expansions", "capex", "capex (USD '000)", 2000, "USD"),
        CAPEX,
        "2 mn USD",
    ),
    understood("millions of yen", under("Expansions", "capex", "capex [百万円]", 250, ""), CAPEX, "250 mn JPY"),
    understood("a scale alone", under("Expansions", "capex", "capex [millions]", 250, "JPY"), CAPEX, "250 mn JPY"),
    understood(
        "a cell with its own currency", under("Expansions", "capex", "capex [kUSD]", "3 mn JPY", ""), CAPEX, "3 mn JPY"
    ),
    refused(
        "two currencies",
        under("Expansions", "capex", "capex [kUSD]", 2000, "JPY"),
        "Expansions!{capex}5",
        "amounts in JPY",
        "the same",
    ),
    refused(
        "two scales",
        under("Expansions", "capex", "capex [thousands]", 2000, "kUSD"),
        "Expansions!{capex}5",
        "two scales",
        "take one",
    ),
    refused("a dollar", new_header("Expansions", "capex", "capex [$]"), "Expansions!{capex}4", NO_UNIT, "such as USD"),
    refused(
        "German thousands", new_header("Expansions", "capex", "capex [TEUR]"), "Expansions!{capex}4", NO_UNIT, "kEUR"
    ),
    refused(
        "a price for each GPU",
        new_header("Offers", "price", "price\n[money] (per GPU)"),
        "Offers!{price}4",
        "per GPU",
        "the whole entry",
    ),
    refused(
        "dollars for each GPU",
        new_header("Offers", "price", "price [USD/GPU]"),
        "Offers!{price}4",
        "USD/GPU",
        "the whole entry",
    ),
    refused(
        "energy by the megawatt-hour",
        new_header("Sites", "energy price", "energy price [JPY/MWh]"),
        "Sites!{energy price}4",
        NO_UNIT,
        "kWh",
    ),
    refused(
        "rent by the year", new_header("Sites", "rent", "rent (per kW-year)"), "Sites!{rent}4", NO_UNIT, "kW-month"
    ),
    refused(
        "a price by the day",
        new_header("Workloads", "price", "price per accelerator-day"),
        "Workloads!",
        "names a unit without brackets",
        "in brackets",
    ),
    refused(
        "a price by the day in brackets",
        new_header("Workloads", "price", "price [per accelerator-day]"),
        "Workloads!{price}4",
        NO_UNIT,
        "accelerator-hour",
    ),
    understood(
        "energy in another currency",
        under("Sites", "energy price", "energy price [USD per kWh]", 0.1, ""),
        ENERGY,
        "0.1 USD/kWh",
    ),
    refused("per cent of a ratio", new_header("Sites", "pue", "pue [%]"), "Sites!{pue}4", NO_UNIT, "take '%' away"),
    refused(
        "GPUs that are counted",
        new_header("Offers", "available", "available [GPUs]"),
        "Offers!{available}4",
        NO_UNIT,
        "",
    ),
    understood(
        "per cent",
        both(new_header("Programmes", "rate", "rate [%]"), shown_as("Programmes", "rate", "General", 40)),
        "programmes.grant.rate",
        "40 %",
    ),
    harmless("per cent that the cell shows", new_header("Programmes", "rate", "rate [%]")),
    refused(
        "half a per cent or half",
        both(new_header("Programmes", "rate", "rate [%]"), shown_as("Programmes", "rate", "General", 0.5)),
        "Programmes!{rate}5",
        "may be 0.5 % or 50 %",
        "type 0.5 %",
    ),
    refused(
        "a scale for all currencies",
        new_header("Expansions", "amounts in", "amounts in [thousands]"),
        "Expansions!{amounts in}4",
        NO_UNIT,
        "",
    ),
    understood("a scale with the currency", typed("Expansions", "capex", 1, 2000, "kUSD"), CAPEX, "2 mn USD"),
    refused(
        "a price for each GPU by its currency",
        typed("Expansions", "capex", 1, 5, "USD per GPU"),
        "Expansions!{capex}5",
        "is not a scale of money",
        "",
    ),
    refused(
        "a second column with a unit",
        extra_column("Expansions", "lead time weeks", 16),
        "Expansions!",
        "without brackets",
        "once",
    ),
    refused(
        "a unit over the sheet",
        written("Expansions", "A2", "All amounts in kUSD"),
        "Expansions!A2",
        "above the figures",
        "headers",
    ),
    refused(
        "a unit over the sheet in Japanese",
        written("Expansions", "C1", "単位：百万円"),
        "Expansions!C1",
        "above the figures",
        "headers",
    ),
    refused(
        "a unit on the first sheet",
        written(READ_ME, "B12", "amounts in thousands of USD"),
        "Read me!B12",
        "above the figures",
        "headers",
    ),
    understood("a format in weeks", shown_as("Expansions", "lead time", '0 "weeks"', 16), LEAD, "16 weeks"),
    understood("a format in megawatts", shown_as("Expansions", "adds power", r"0\ \M\W", 6), ADDED, "6 MW"),
    understood("a format in parts", shown_as("Expansions", "adds power", '0.0,"MW"', 6000), ADDED, "6 MW"),
    understood(
        "a format in millions", shown_as("Expansions", "capex", '#,##0,,"百万円"', 25e7, ""), CAPEX, "250 mn JPY"
    ),
    understood(
        "a format with the sign of the row", shown_as("Expansions", "capex", '"$"#,##0', 2e6, "USD"), CAPEX, "2 mn USD"
    ),
    refused(
        "a format in another currency",
        shown_as("Expansions", "capex", "[$€-407] #,##0", 5e6, "JPY"),
        "Expansions!{capex}5",
        "its number format says €",
        "the same",
    ),
    refused(
        "a format in dollars",
        shown_as("Expansions", "capex", "$#,##0", 5e6, "JPY"),
        "Expansions!{capex}5",
        "'$'",
        "such as USD",
    ),
    refused(
        "a format in per cent",
        shown_as("Expansions", "capex", "0%", 5e6, "JPY"),
        "Expansions!{capex}5",
        "in per cent",
        "number format",
    ),
    refused(
        "a format by size",
        shown_as("Expansions", "capex", '[>999]0,"k";0', 5e6, "JPY"),
        "Expansions!{capex}5",
        "by its size",
        "",
    ),
    refused(
        "a format that counts GPUs",
        shown_as("Offers", "available", '0" GPUs"', 10),
        "Offers!{available}5",
        "'GPUs'",
        "",
    ),
    refused(
        "a format against its header",
        both(
            new_header("Expansions", "lead time", "lead time [years]"),
            shown_as("Expansions", "lead time", '0 "weeks"', 16),
        ),
        "Expansions!{lead time}5",
        "years, and its number format weeks",
        "the same",
    ),
    understood("the sign of the yen", shown_as("Expansions", "capex", "¥#,##0", 250e6, "JPY"), CAPEX, "250 mn JPY"),
    harmless("a remark behind a name", new_header("Offers", "supplier", "supplier (legal name)")),
    understood("millions on Case", beside("finance opening cash", "mn JPY", 4000), "finance.opening_cash", "4 bn JPY"),
    understood(
        "a label with a unit",
        both(
            on_case("finance opening cash", 4000),
            on(
                CASE,
                lambda sheet: [
                    setattr(cell, "value", "finance opening cash [百万円]")
                    for cell in sheet["A"]
                    if "opening cash" in str(cell.value)
                ],
            ),
        ),
        "finance.opening_cash",
        "4 bn JPY",
    ),
    refused(
        "dollars in thousands of nothing",
        beside("finance opening cash", "per month", 4000),
        "Case!C",
        NO_UNIT,
        "take 'per month' away",
    ),
    refused("months for periods", beside("calendar periods", "months", 60), "Case!C", NO_UNIT, "take 'months' away"),
    refused(
        "thousands over all values",
        written(CASE, "B4", "value [thousands]"),
        "Case!B4",
        "figures of many kinds",
        "take it away",
    ),
)


def labelled(path: str, text: str, number: int) -> Edit:
    return at_figure(path, lambda sheet, row: setattr(sheet.cell(row, number), "value", text))


def formatted(path: str, code: str) -> Edit:
    return at_figure(path, lambda sheet, row: setattr(sheet.cell(row, 4), "number_format", code))


CASH, PUE = "finance.opening_cash", "sites.north.pue"
INPUTS = (
    refused("another currency", labelled(CASH, "EUR", 3), "Inputs!C", "the unit 'EUR' stands beside", "undo it"),
    refused("weeks", labelled(LEAD, "weeks", 3), "Inputs!C", "the unit 'weeks'", "plan export"),
    refused("megawatts", labelled(ADDED, "MW", 3), "Inputs!C", "the unit 'MW'", "undo it"),
    refused(
        "the number and its unit", both(figure(CASH, 4e6), labelled(CASH, "kJPY", 3)), "Inputs!C", "'kJPY'", "undo it"
    ),
    refused(
        "a unit in the label", labelled(LEAD, "expansion hall: lead time [weeks]", 1), "Inputs!A", "'weeks'", "undo it"
    ),
    refused("a unit in a header", written("Inputs", "D6", "Value (thousands)"), "Inputs!D6", "'thousands'", "undo it"),
    refused(
        "a unit over the sheet", written("Inputs", "A3", "in thousands of USD"), "Inputs!A3", "above the figures", ""
    ),
    refused(
        "a format in weeks", both(figure(LEAD, 30), formatted(LEAD, '0 "weeks"')), "Inputs!D", "'weeks'", "undo it"
    ),
    refused("a format in euros", formatted(CASH, "[$€-407] #,##0"), "Inputs!D", "'€'", "undo it"),
    refused("a format in per cent", formatted(CASH, "0%"), "Inputs!D", "in per cent", "undo it"),
    harmless("a format in millions", formatted(CASH, '#,##0,,"百万円"')),
    harmless("a ratio in per cent", formatted(PUE, "0%")),
    harmless("no unit", labelled(CASH, "", 3)),
)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, outcome = tmp_path_factory.mktemp("finished"), plan(read_case(TINY))
    for code in LANGUAGES:
        write_workbook(outcome, folder / f"{code}.xlsx", code)
    return {code: folder / f"{code}.xlsx" for code in LANGUAGES}


@pytest.mark.parametrize("change", TEMPLATE, ids=lambda change: change.name)
def test_a_unit_in_the_template_is_read_or_refused(change: Change, template: Path, tmp_path: Path) -> None:
    hold(change, template, tmp_path / "budget.xlsx")


@pytest.mark.parametrize("change", INPUTS, ids=lambda change: change.name)
def test_a_unit_on_inputs_stays_or_is_refused(change: Change, finished: dict[str, Path], tmp_path: Path) -> None:
    hold(change, finished["en"], tmp_path / "plan.xlsx")


def test_a_unit_on_inputs_in_japanese_stays_or_is_refused(finished: dict[str, Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(finished["ja"])
    sheet = book[Speaker("ja").catalogue.sheets[INPUTS_SHEET]]
    row = next(cell.row for cell in sheet["B"] if cell.value == CASH)
    assert sheet.cell(row, 3).value == "円"
    sheet.cell(row, 3).value = "ユーロ"
    book.save(tmp_path / "plan.xlsx")
    with pytest.raises(Exception, match=rf"{sheet.title}!C{row}: {CASH}: the unit 'ユーロ'"):
        read_case(tmp_path / "plan.xlsx")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_reader_knows_every_unit_that_the_sheet_shows(code: str, finished: dict[str, Path]) -> None:
    book, read = open_book(finished[code], (CASE_FILE, INPUTS_SHEET)), read_case(TINY).case
    case = said(read, read.model_dump(mode="json", by_alias=True))
    cells, speaker, seen = book.sheets[INPUTS_SHEET], Speaker(code), 0
    for (row, at), found in cells.items():
        if at != SUBJECT or row < FIRST_LINE:
            continue
        path = str(found.value)
        known = path.startswith("constants.")
        old = None if known else path.split(".")[2] if path.endswith(".month") else written_at(case, path)
        unit = unit_as_written(case, path, old)
        assert unit is not None and speaker.unit(WORDLESS.get(unit, unit)) == cells[row, UNIT].value, path
        seen += 1
    assert seen > 60


def test_the_source_of_a_figure_says_which_unit_was_read(template: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(template)
    under("Expansions", "lead time", "lead time [weeks]", 16)(book)
    book["Expansions"].cell(HEADER + 1, column(book["Expansions"], "source")).value = "quotation 9"
    book.save(tmp_path / "budget.xlsx")
    letter = openpyxl.utils.get_column_letter(column(book["Expansions"], "lead time"))
    source = read_case(tmp_path / "budget.xlsx").provenance[LEAD].source
    assert source == f"quotation 9; in weeks, as the header Expansions!{letter}4 says"
