"""The input template: every field has its place, filled in it is the same case and plan, and bad cells are named."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from planner.errors import Fault, InputError
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.cells.headers import plain_header
from planner.reading.template.tables import CASE, READ_ME, tables
from planner.report.template.book import write_template
from tests import loaded
from tests.places import INPUTS, PROGRAMMES

STARTER = INPUTS / "starter.yaml"
CASES = (STARTER, PROGRAMMES.with_name("tiny.yaml"), PROGRAMMES, INPUTS / "sakura-2024.yaml")


def day(year: int, month: int) -> datetime.date:
    return datetime.date(year, month, 1)


STARTER_CASE: dict[str, Any] = {
    "name": "starter", "title": "Two suppliers, two sites, one programme", "calendar start": day(2026, 4),
    "calendar period": "quarter", "calendar periods": 20, "calendar fiscal year start month": 4,
    "finance currency": "JPY", "finance opening cash": 8_000_000_000, "finance minimum cash": "1 bn",
    "finance discount rate": 0.06, "finance terminal value": "yes",
}  # fmt: skip
"""What a person types for the starter case on the sheet Case."""
STARTER_SHEETS: dict[str, list[dict[str, Any]]] = {
    "Exchange rates": [{"currency": "USD", "exchange rates": 157, "amounts in": "JPY"}],
    "Funding": [
        {"month": day(2026, 7), "funding": 4_000_000_000, "amounts in": "JPY"},
        {"month": "2030-10", "funding": "▲40 億円"},
    ],
    "Capex limits": [{"fiscal year": "FY2026", "capex limits": "100億円"}],
    "Resale": [{"age": 0, "share": 0.8}, {"age": "1 year", "share": "65%"}, {"age": "3 years", "share": 0.3},
               {"age": "5 years", "share": "12 %"}],
    "Offers": [
        {"name": "h200-integrator", "system": "h200-hgx8", "supplier": "Integrator A", "price": 320_000,
         "amounts in": "USD", "lead time": "16 weeks", "available": 20, "payment at order": 0.3, "tags": "nvidia"},
        {"name": "b200-maker", "system": "b200-hgx8", "supplier": "Server maker B", "price": 390_000,
         "amounts in": "USD", "order window from": day(2026, 7), "order window to": day(2028, 12), "allocation": 100,
         "payment at order": 0.3, "tags": "nvidia"},
        {"name": "b200-maker", "from month": day(2027, 4), "price": "USD 370,000"},
    ],
    "Sites": [
        {"name": "own-building", "region": "kyushu", "opens": day(2020, 4), "cooling": "air", "capacity power": 500,
         "rack power": 30, "pue": 1.3, "energy price": 17.8, "operations": 12_000, "amounts in": "JPY"},
        {"name": "colocation", "region": "tokyo", "opens": day(2026, 10), "cooling": "Air", "capacity power": "0.4 MW",
         "rack power": 20, "pue": 1.4, "energy price": 19.9, "rent": 20_000, "amounts in": "jpy"},
    ],
    "Fleet": [{"site": "own-building", "system": "h200-hgx8", "quantity": 10, "arrives": day(2025, 4)}],
    "Expansions": [
        {"name": "new-hall", "site": "own-building", "adds power": 600, "capex": "900百万円", "lead time": 9,
         "blocks": 2, "payment at order": 0.5, "terminal life": "15 years"},
    ],
    "Workloads": [
        {"name": "training", "metric": "bf16_pflops", "amount": 60, "price": 240, "amounts in": "JPY",
         "scale up accelerators": 8},
        {"name": "training", "from month": day(2027, 4), "amount": 1000},
        {"name": "training", "from month": day(2028, 4), "amount": 1500},
        {"name": "inference", "metric": "accelerators", "amount": 60, "must serve": 0.9, "regions": "kyushu, tokyo"},
    ],
    "Price by system": [
        {"workload": "inference", "system": "h200-hgx8", "price by system": 420, "amounts in": "JPY"},
        {"workload": "inference", "system": "b200-hgx8", "price by system": 480, "amounts in": "JPY"},
    ],
    "Programmes": [
        {"name": "regional-subsidy", "rate": 0.33, "categories": "systems, additions, facility", "regions": "kyushu",
         "order window from": day(2026, 4), "order window to": day(2028, 3), "in service by": day(2028, 12),
         "operator cap": 4e9, "amounts in": "JPY", "payment lag": 6, "retention": "3 years"},
    ],
    "Obligations": [
        {"programme": "regional-subsidy", "metric": "bf16_pflops", "floor": 700, "from": day(2028, 4)},
    ],
    "Scenarios": [
        {"name": "no-subsidy", "title": "Without the programme"},
        {"name": "weak-yen", "title": "The dollar costs 175 JPY"},
    ],
    "Scenario changes": [
        {"scenario": "no-subsidy", "path": "programmes.regional-subsidy", "set": "null"},
        {"scenario": "weak-yen", "path": "finance.exchange_rates.USD", "set": "175 JPY"},
    ],
}  # fmt: skip
"""What a person types for it on the other sheets, in the many ways in which people type amounts."""
STARTER_FUTURES: dict[str, list[dict[str, Any]]] = {
    "Drivers": [
        {"name": "dollar", "title": "the dollar", "path": "finance.exchange_rates.USD", "walk volatility": 0.1},
        {"name": "training-price", "title": "the price of training", "path": "workloads.training.price",
         "walk volatility": "15%", "walk drift": "-5 %"},
        {"name": "demand", "title": "demand for training", "path": "workloads.training.amount", "range low": 0.6,
         "range typical": "100 %", "range high": 1.2},
        {"name": "b200-late", "title": "the B200", "path": "systems.b200-hgx8.lead_time.typical", "kind": "addition"},
    ],
    "Driver outcomes": [
        {"driver": "b200-late", "value": "0 months", "weight": 0.7},
        {"driver": "b200-late", "value": "6 months", "weight": "30 %"},
    ],
    "Events": [{"name": "grant-late", "title": "the grant is paid a year late", "chance": 0.25}],
    "Event effects": [
        {"event": "grant-late", "path": "programmes.regional-subsidy.payment_lag", "addition": "12 months"},
    ],
}  # fmt: skip
"""What a person types for its futures, where they are wanted."""
HEADER = 4
"""Row of the headers, counted from 1; the first row of entries is the one below."""


def column_of(book: Workbook, sheet: str, header: str) -> int:
    cells = book[sheet][HEADER]
    return next(cell.column for cell in cells if cell.value is not None and plain_header(cell.value) == header)


def row_of(book: Workbook, field: str) -> int:
    """The row of a field on the sheet Case."""
    return next(cell.row for cell in book[CASE]["A"] if cell.value is not None and plain_header(cell.value) == field)


def fill(book: Workbook, case: dict[str, Any] = STARTER_CASE, sheets: Any = STARTER_SHEETS) -> None:
    """Types the figures of a case into an empty template, over the examples."""
    for field, value in case.items():
        book[CASE].cell(row_of(book, field), 2).value = value
    for table in tables()[1:]:
        for row in book[table.sheet].iter_rows(min_row=HEADER + 1):
            for cell in row:
                cell.value = None
        for number, line in enumerate(sheets.get(table.sheet, ()), HEADER + 1):
            for header, value in line.items():
                book[table.sheet].cell(number, column_of(book, table.sheet, header)).value = value


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "budget.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def filled(empty: Path) -> Path:
    return edited(empty, empty.with_name("filled.xlsx"), fill)


def edited(source: Path, target: Path, *edits: Callable[[Workbook], None]) -> Path:
    """A copy of a workbook in which somebody changed something."""
    book = openpyxl.load_workbook(source)
    for edit in edits:
        edit(book)
    book.save(target)
    return target


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(InputError) as caught:
        read_case(path)
    return caught.value.faults


# --- What it holds --------------------------------------------------------------------------------------------------


def test_every_field_of_the_case_has_one_cell_with_its_unit_and_its_help(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    assert book.sheetnames == [READ_ME, *(table.sheet for table in tables()), "Lists"]
    for table in tables()[1:]:
        headers = [plain_header(cell.value) for cell in book[table.sheet][HEADER]]
        assert tuple(headers) == table.headers and len(set(headers)) == len(headers)
        helps = [cell.value for cell in book[table.sheet][HEADER - 1]]
        for column in table.columns:
            assert column.meaning and column.meaning in helps[headers.index(column.header)]
            shown = book[table.sheet].cell(HEADER, headers.index(column.header) + 1).value
            assert not column.unit or f"[{column.unit}]" in shown
    labels = [plain_header(cell.value) for cell in book[CASE]["A"] if cell.value]
    for column in tables()[0].columns:
        assert labels.count(column.header) == 1
    paths = [(*table.path, *column.path) for table in tables() for column in table.columns]
    assert len(set(paths)) == len(paths) > 150
    for noun in ("loans", "unusual"):
        assert any(noun in path for path in paths)
    for field in (("finance", "tax", "rate"), ("finance", "depreciation", "systems"), ("finance", "asset_grants")):
        assert field in paths


def test_cells_say_what_they_take(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    for table in tables()[1:]:
        rules = {str(rule.sqref): rule for rule in book[table.sheet].data_validations.dataValidation}
        for column in (*table.keys, *table.columns):
            letter = openpyxl.utils.get_column_letter(column_of(book, table.sheet, column.header))
            rule = rules[f"{letter}5:{letter}1004"]
            if column.kind.shape in ("choice", "switch") and not column.kind.many:
                assert rule.type == "list" and all(choice in rule.formula1 for choice in column.kind.choices)
            if column.kind.shape == "share":
                assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "1")
            if column.kind.shape == "count":
                assert rule.type == "whole"
    letter = openpyxl.utils.get_column_letter(column_of(book, "Expansions", "site"))
    rules = {str(rule.sqref): rule for rule in book["Expansions"].data_validations.dataValidation}
    sites = rules[f"{letter}5:{letter}1004"]
    assert (sites.type, sites.formula1) == ("list", "'Sites'!$A$5:$A$1004")


def test_two_templates_are_the_same_bytes(empty: Path, tmp_path: Path) -> None:
    write_template(tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == empty.read_bytes()


# --- What it says ---------------------------------------------------------------------------------------------------


def test_an_empty_template_names_every_cell_that_must_be_filled(empty: Path) -> None:
    faults = faults_of(empty)
    book = openpyxl.load_workbook(empty)
    required = [column for column in tables()[0].columns if column.required]
    assert len(required) > 5
    for column in required:
        (fault,) = [fault for fault in faults if fault.field == ".".join(column.path)]
        assert fault.place.file == f"{empty}: {CASE}!B{row_of(book, column.header)}"
        assert fault.found == "value missing" and column.meaning.rstrip(".") in fault.remedy
    assert {fault.field for fault in faults if f": {CASE}!" not in fault.place.file} == {"sites", "workloads"}


def starter() -> Reading:
    """The starter case without its futures, as it is typed below."""
    return read_case(STARTER, overrides={"futures": "null"})


def test_the_template_filled_with_the_starter_is_the_starter(filled: Path) -> None:
    assert_same(read_case(filled), starter())


def test_futures_are_typed_in(empty: Path, tmp_path: Path) -> None:
    def with_futures(book: Workbook) -> None:
        fill(book, sheets=STARTER_SHEETS | STARTER_FUTURES)

    assert_same(read_case(edited(empty, tmp_path / "b.xlsx", with_futures)), read_case(STARTER))


def test_it_gives_the_plan_of_the_starter(filled: Path) -> None:
    starter, template = (read_case(path) for path in (STARTER, filled))
    plans = [plan_case(reading.case, input_hash=reading.input_hash, gap=0.05) for reading in (starter, template)]
    assert plans[0].decisions == plans[1].decisions
    assert plans[0].decisions.order
    assert plans[0].audit.accounts.npv == plans[1].audit.accounts.npv


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_is_written_into_the_template_is_read_back(path: Path, tmp_path: Path) -> None:
    reading = read_case(path)
    write_template(tmp_path / "filled.xlsx", reading)
    assert_same(read_case(tmp_path / "filled.xlsx"), reading)


def assert_same(one: Reading, other: Reading) -> None:
    assert one.case == other.case
    assert one.input_hash == other.input_hash


def test_scenarios_come_on_top(filled: Path) -> None:
    assert read_case(filled, "weak-yen").input_hash == read_case(STARTER, "weak-yen").input_hash
    assert read_case(filled, "no-subsidy").case.programmes == {}


def test_the_place_of_a_figure_is_its_cell(filled: Path) -> None:
    provenance = read_case(filled).provenance
    assert provenance["offers.b200-maker.price.2027-04"].file == "filled.xlsx: Offers!F7"
    assert provenance["finance.opening_cash"].file.startswith("filled.xlsx: Case!B")


def test_a_source_on_case_is_the_source_of_the_figure(filled: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book[CASE].cell(row_of(book, "finance discount rate"), 6).value = "board paper of March"

    reading = read_case(edited(filled, tmp_path / "b.xlsx", edit))
    assert reading.provenance["finance.discount_rate"].source == "board paper of March"


# --- Examples -------------------------------------------------------------------------------------------------------


def without_sheets(*kept: str) -> Callable[[Workbook], None]:
    """Types the starter, but leaves the examples on some sheets as they are."""

    def edit(book: Workbook) -> None:
        before = {sheet: [[cell.value for cell in row] for row in book[sheet].iter_rows(min_row=5)] for sheet in kept}
        fill(book)
        for sheet, rows in before.items():
            for row in book[sheet].iter_rows(min_row=5):
                for cell in row:
                    cell.value = None
            for at, values in enumerate(rows, 5):
                for column, value in enumerate(values, 1):
                    book[sheet].cell(at, column).value = value

    return edit


def test_examples_are_not_read_as_long_as_they_stay_as_they_are(empty: Path, tmp_path: Path) -> None:
    path = edited(empty, tmp_path / "b.xlsx", without_sheets("Programmes", "Obligations", "Resale", "Funding"))
    faults = faults_of(path)  # the scenarios of the starter name the programme, which is now only an example
    assert {fault.field for fault in faults} == {"scenarios.no-subsidy.set.programmes.regional-subsidy"}


def test_an_example_that_was_changed_is_refused_until_it_has_a_name(empty: Path, tmp_path: Path) -> None:
    def cheaper(book: Workbook) -> None:
        book["Offers"].cell(5, column_of(book, "Offers", "price")).value = 300_000

    def named(book: Workbook) -> None:
        book["Offers"].cell(5, 1).value = "mine"

    (fault,) = faults_of(edited(empty, tmp_path / "b.xlsx", without_sheets("Offers"), cheaper))
    assert fault.place.file.endswith("Offers!A5") and "still marked as an example" in fault.found
    reading = read_case(edited(empty, tmp_path / "c.xlsx", without_sheets("Offers"), cheaper, named))
    assert list(reading.case.offers) == ["mine"]


# --- The command ----------------------------------------------------------------------------------------------------


def plan(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return loaded.run(*arguments, cwd=cwd)


def test_the_command_writes_checks_exports_and_plans_a_template(filled: Path, tmp_path: Path) -> None:
    assert plan("template", "budget.xlsx", cwd=tmp_path).returncode == 0
    content = (tmp_path / "budget.xlsx").read_bytes()
    again = plan("template", "budget.xlsx", cwd=tmp_path)
    assert again.returncode == 2 and "stands there already" in again.stderr
    assert (tmp_path / "budget.xlsx").read_bytes() == content
    assert plan("template", "budget.yaml", cwd=tmp_path).returncode == 2
    refused = plan("budget.xlsx", cwd=tmp_path)
    assert refused.returncode == 2 and "budget.xlsx: Case!B" in refused.stderr and "Traceback" not in refused.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"budget.xlsx"}
    (tmp_path / "filled.xlsx").write_bytes(filled.read_bytes())
    assert "2 offers of 2 systems, 2 sites" in plan("check", "filled.xlsx", cwd=tmp_path).stdout
    assert plan("export", "filled.xlsx", "--output", "case.yaml", cwd=tmp_path).returncode == 0
    assert read_case(tmp_path / "case.yaml").input_hash == read_case(STARTER).input_hash
    assert plan("template", "second.xlsx", "--case", "case.yaml", cwd=tmp_path).returncode == 0
    assert read_case(tmp_path / "second.xlsx").input_hash == read_case(STARTER).input_hash
    done = plan("filled.xlsx", "--gap", "0.05", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "outputs" / "starter" / "plan.xlsx").exists()


# --- Other programs and other versions ------------------------------------------------------------------------------


def test_a_sheet_that_an_older_template_did_not_have_may_be_missing(filled: Path, tmp_path: Path) -> None:
    def older(book: Workbook) -> None:
        del book["Loans"]
        row = next(cell.row for cell in book[READ_ME]["A"] if cell.value == "Loans")
        book[READ_ME].delete_rows(row)

    assert_same(read_case(edited(filled, tmp_path / "b.xlsx", older)), starter())


def test_a_column_that_an_older_template_did_not_have_may_be_missing(filled: Path, tmp_path: Path) -> None:
    def older(book: Workbook) -> None:
        book["Expansions"].delete_cols(column_of(book, "Expansions", "depreciation life"))

    assert_same(read_case(edited(filled, tmp_path / "b.xlsx", older)), starter())


# --- Figures over time ----------------------------------------------------------------------------------------------


def lines(sheet: str, first: int, *values: dict[str, Any]) -> Callable[[Workbook], None]:
    """Types rows into a sheet, from a row on."""

    def edit(book: Workbook) -> None:
        for number, line in enumerate(values, first):
            for header, value in line.items():
                book[sheet].cell(number, column_of(book, sheet, header)).value = value

    return edit


def test_a_value_without_a_month_holds_from_the_start_of_the_plan(filled: Path, tmp_path: Path) -> None:
    path = edited(
        filled,
        tmp_path / "b.xlsx",
        lines("Sites", 7, {"name": "colocation", "from month": day(2028, 4), "rent": 22_000, "amounts in": "JPY"}),
    )
    rent = read_case(path).case.model_dump(mode="json", by_alias=True)["sites"]["colocation"]["rent"]
    assert rent == {"2026-04": "20_000 JPY/kW-month", "2028-04": "22_000 JPY/kW-month"}


def test_tax_is_a_figure_over_time_on_case(filled: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        sheet = book[CASE]
        row = row_of(book, "finance tax rate")
        sheet.cell(row, 2).value = 0.3
        bottom = sheet.max_row + 1
        for column, value in ((1, "finance tax rate"), (2, "34.6%"), (4, day(2027, 4))):
            sheet.cell(bottom, column).value = value

    tax = read_case(edited(filled, tmp_path / "b.xlsx", edit)).case.finance.tax
    assert tax is not None
    assert tax.model_dump(mode="json")["rate"] == {"2026-04": 0.3, "2027-04": 0.346}


def test_a_refused_step_is_told_once(filled: Path, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        book["Offers"].cell(6, column_of(book, "Offers", "amounts in")).value = None
        book["Programmes"].cell(5, column_of(book, "Programmes", "rate")).value = 50

    faults = faults_of(edited(filled, tmp_path / "b.xlsx", edit))
    assert {fault.field for fault in faults} == {"offers.b200-maker.price", "programmes.regional-subsidy.rate"}
    assert len(faults) == 2


def test_loans_are_entries_of_a_sheet(filled: Path, tmp_path: Path) -> None:
    loan = {
        "name": "bank",
        "limit": "3 bn",
        "amounts in": "JPY",
        "rate": 0.015,
        "term": "5 years",
        "repayment": "equal_parts",
    }
    reading = read_case(edited(filled, tmp_path / "b.xlsx", lines("Loans", 5, loan)))
    expected = read_case(STARTER, overrides={"futures": "null", "finance.loans.bank": (
        "{limit: 3 bn JPY, rate: 1.5 %, term: 5 years, repayment: equal_parts}"
    )})  # fmt: skip
    assert_same(reading, expected)


PARTS = [
    {"programme": "regional-subsidy", "share": "30%", "event": "Order", "lag": 3},
    {"programme": "regional-subsidy", "share": 0.6, "lag": "6か月"},
    {"programme": "regional-subsidy", "share": "1/10", "event": "delivery", "lag": "18 months"},
]
CREDIT = {
    "name": "credit", "kind": "tax_credit", "rate": 0.05, "categories": "systems", "after": "regional-subsidy",
    "tax limit": "20%", "carry forward": 24, "excludes": "write-off",
}  # fmt: skip
WRITE_OFF = {"name": "write-off", "kind": "special_depreciation", "rate": 0.3, "categories": "systems, additions"}


def in_full(book: Workbook) -> None:
    """Types the programme of the starter in parts with an early exit, and two programmes about tax."""
    lines("Milestones", 5, *PARTS)(book)
    lines("Programmes", 5, {"payment lag": None, "early exit": "repay_remaining"}, CREDIT, WRITE_OFF)(book)
    book[CASE].cell(row_of(book, "finance tax rate"), 2).value = 0.346


def test_programmes_in_full_are_typed_in(filled: Path, tmp_path: Path) -> None:
    reading = read_case(edited(filled, tmp_path / "b.xlsx", in_full))
    subsidy = "programmes.regional-subsidy"
    expected = read_case(STARTER, overrides={
        "futures": "null",
        "finance.tax.rate": "34.6 %",
        f"{subsidy}.payment_lag": "null",
        f"{subsidy}.early_exit": "repay_remaining",
        f"{subsidy}.milestones": "[{share: 30 %, event: order, lag: 3 months}, {share: 60 %, lag: 6 months},"
        " {share: 1/10, lag: 18 months}]",
        "programmes.credit": "{kind: tax_credit, rate: 5 %, categories: [systems], after: [regional-subsidy],"
        " tax_limit: 20 %, carry_forward: 24 months, excludes: [write-off]}",
        "programmes.write-off": "{kind: special_depreciation, rate: 30 %, categories: [systems, additions]}",
    })  # fmt: skip
    assert_same(reading, expected)


def test_a_part_of_a_grant_that_is_wrong_is_named_by_its_cell(filled: Path, tmp_path: Path) -> None:
    def wrong(book: Workbook) -> None:
        in_full(book)
        book["Milestones"].cell(5, column_of(book, "Milestones", "share")).value = 30
        book["Milestones"].cell(6, column_of(book, "Milestones", "programme")).value = "regional"

    told = {
        (fault.place.file.rpartition(" ")[2], fault.field)
        for fault in faults_of(edited(filled, tmp_path / "b.xlsx", wrong))
    }
    assert told == {
        ("Milestones!B5", "programmes.regional-subsidy.milestones.0.share"),
        ("Milestones!A6", "programmes.regional"),
    }


def test_parts_that_are_not_the_whole_are_named_by_their_sheet(filled: Path, tmp_path: Path) -> None:
    def short(book: Workbook) -> None:
        in_full(book)
        book["Milestones"].delete_rows(7)

    (fault,) = faults_of(edited(filled, tmp_path / "b.xlsx", short))
    assert fault.place.file.rpartition(" ")[2].startswith("Milestones!") and "add up to 90 %" in fault.found


def test_a_template_is_filled_from_any_form_of_a_budget(filled: Path, tmp_path: Path) -> None:
    systems = lines("Systems", 5, {"name": "h200-hgx8", "availability": 0.8})
    path = edited(filled, tmp_path / "b.xlsx", systems)
    reading = read_case(path)
    assert reading.case.systems["h200-hgx8"].availability == 0.8
    write_template(tmp_path / "again.xlsx", reading)
    assert_same(read_case(tmp_path / "again.xlsx"), reading)
    sheet = openpyxl.load_workbook(tmp_path / "again.xlsx")["Systems"]
    assert sheet.max_row == 5 and sum(cell.value is not None for cell in sheet[5]) == 2
