"""The promises of the workbook, read from the finished file with another library."""

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell

from planner.report.workbook.book import SHEETS, write_workbook
from planner.report.workbook.engine.functions import FUNCTIONS
from planner.report.workbook.front.master_check import FIRST_CHECK_ROW
from tests.report.example import CASE, outcome
from tests.report.workbook.formulas import constants, functions, hidden_columns, relative

TIME_SHEETS = ("Inputs", "Decisions", "Fleet and placement", "Power and space", "Subsidies", "Cash flow")
OVER_TIME = {entry.name for entry, _ in SHEETS if entry.over_time}
ANNUAL = ("Annual profit and loss", "Annual balance sheet", "Annual cash flow", "Funding", "Debt and covenants")
FIRST, PERIODS = 9, 12
"""Column of the first period, counted from 1, and the periods of the example."""
HEADER = (4, 5, 6)
UNITS_OF_CHARTS = ("JPY million", "accelerators", "PFLOPS", "kW", "JPY/accelerator-hour", "month")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), target)
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return load_workbook(path)


@pytest.fixture(scope="module")
def values(path: Path) -> Workbook:
    return load_workbook(path, data_only=True)


def all_cells(book: Workbook) -> list[Cell]:
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def all_formulas(book: Workbook) -> list[Cell]:
    return [cell for cell in all_cells(book) if cell.data_type == "f"]


def inputs(book: Workbook) -> list[Cell]:
    return [cell for row in book["Inputs"].iter_rows() for cell in row if not cell.protection.locked]


def test_sheets_stand_in_order_and_nothing_is_hidden_but_the_keys_of_decisions(book: Workbook) -> None:
    assert book.sheetnames == [entry.name for entry, _ in SHEETS]
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        keys = [FIRST + PERIODS] if sheet.title == "Decisions" else []
        assert hidden_columns(sheet) == keys
        assert all(sheet.cell(HEADER[-1], column).value == "Key" for column in keys)


def test_the_cover_names_every_other_sheet_once(book: Workbook) -> None:
    titles = [cell.value for row in book["Cover"].iter_rows(max_col=1) for cell in row]
    assert all(titles.count(entry.name) == 1 for entry, _ in SHEETS if entry.name != "Cover")


def test_formulas_are_short_and_use_known_functions_only(book: Workbook) -> None:
    formulas = all_formulas(book)
    assert len(formulas) > 1000
    known = {*FUNCTIONS, "IF", "IFERROR"}
    for cell in formulas:
        assert len(cell.value) <= 80, cell.value
        used = functions(cell.value)
        assert set(used) <= known, cell.value
        assert used.count("IF") <= 1, cell.value
        assert "[" not in cell.value


def test_no_figure_hides_in_a_formula(book: Workbook) -> None:
    for cell in all_formulas(book):
        assert set(constants(cell.value)) <= {0, 1, 3, 4, 12, 365}, cell.value


def test_a_row_has_one_formula_across_time(book: Workbook) -> None:
    rows = 0
    for name in TIME_SHEETS:
        for row in book[name].iter_rows(min_col=FIRST, max_col=FIRST + PERIODS - 1):
            forms = {relative(cell.value, cell.row, cell.column) for cell in row if cell.data_type == "f"}
            assert len(forms) <= 1, (name, row[0].row, forms)
            if forms:
                rows += 1
                assert all(cell.data_type == "f" for cell in row), (name, row[0].row)
    assert rows > 100


def test_the_same_column_is_the_same_period_on_every_time_sheet(values: Workbook) -> None:
    first = [[values["Inputs"].cell(row, FIRST + t).value for t in range(PERIODS)] for row in HEADER]
    assert first[0] == list(range(1, PERIODS + 1))
    assert [str(day)[:7] for day in first[1]][:5] == ["2024-04", "2024-07", "2024-10", "2025-01", "2025-04"]
    assert first[2] == [2024] * 4 + [2025] * 4 + [2026] * 4
    for name in TIME_SHEETS:
        assert [[values[name].cell(row, FIRST + t).value for t in range(PERIODS)] for row in HEADER] == first


def test_every_row_with_a_figure_has_a_label_and_a_unit(values: Workbook) -> None:
    for name in TIME_SHEETS:
        for row in values[name].iter_rows(min_row=8):
            if any(isinstance(cell.value, int | float) for cell in row):
                assert row[0].value and row[2].value, (name, row[0].row)
    for row in values["Checks"].iter_rows(min_row=FIRST_CHECK_ROW + 1):
        if row[3].value is not None:
            assert row[0].value and row[2].value, row[0].row


def test_each_sheet_with_money_states_its_scale_once(values: Workbook) -> None:
    for name in (*TIME_SHEETS, "Summary", "Checks", "Run log"):
        said = [cell for cell in values[name]["A"] if str(cell.value).startswith("Money is shown in")]
        assert len(said) == 1, name


def test_inputs_stand_once_with_their_source(values: Workbook) -> None:
    sheet = values["Inputs"]
    as_solved = next(cell.row for cell in sheet["A"] if cell.value == "Calendar that follows")
    paths = [sheet.cell(row, 2).value for row in range(8, as_solved) if sheet.cell(row, 2).value]
    assert len(paths) == len(set(paths))
    for path in (
        "finance.exchange_rates.USD", "offers.h200-direct.available", "sites.ishikari.fleet.1.unpaid",
        "programmes.national.obligations.0.floor", "workloads.training.efficiency.GB200", "expansions.hall-2.capex",
        "systems.GB200.installation.power", "supply_chain_limits.one-country", "finance.funding.2024-05",
    ):  # fmt: skip
        assert path in paths
    sources = {sheet.cell(row, 2).value: sheet.cell(row, 7).value for row in range(8, as_solved)}
    assert sources["finance.discount_rate"] == "-1 % over the board's rate"
    assert sources["finance.minimum_cash"] == "moves checks only; @board paper of the operator"
    assert sources["systems.H200-8.performance.bf16_tflops_dense"] == "data sheet of the maker"
    assert "call for proposals" in sources["programmes.national.rate"]
    assert sources["workloads.training.memory_gb"] == "not live: run the plan again"


def test_only_inputs_can_be_changed_and_each_is_validated(book: Workbook) -> None:
    for sheet in book:
        assert sheet.protection.sheet and not sheet.protection.password
        unlocked = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        assert (len(unlocked) > 100) if sheet.title == "Inputs" else unlocked == []
    rules = [rule.sqref for rule in book["Inputs"].data_validations.dataValidation]
    for cell in inputs(book):
        assert any(cell.coordinate in area for area in rules), cell.coordinate
        assert cell.data_type in ("n", "d")


def test_text_of_a_user_never_becomes_a_formula(book: Workbook) -> None:
    title = CASE["title"]
    assert title.startswith("=HYPERLINK")
    for cell in all_cells(book):
        if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t", "\r")):
            if cell.data_type == "f":
                assert "HYPERLINK" not in cell.value
            else:
                assert cell.quotePrefix, cell.coordinate
    assert book["Cover"]["A1"].value == title and book["Cover"]["A1"].data_type == "s"
    assert any(str(cell.value).endswith("@board paper of the operator") for cell in book["Inputs"]["G"])


def test_names_are_valid_and_none_looks_like_a_cell(book: Workbook) -> None:
    assert {"plan_npv", "plan_master_check"} <= set(book.defined_names)
    for name in book.defined_names:
        assert re.fullmatch(r"plan_[a-z_]+", name)


def test_every_sheet_is_ready_to_print(book: Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes, sheet.title
        assert sheet.print_title_rows, sheet.title
        assert sheet.page_setup.orientation == ("portrait" if sheet.title in ("Cover", "Board page") else "landscape")
        if sheet.title in OVER_TIME:
            assert sheet.page_setup.scale == 89 and sheet.print_title_cols == "$A:$C"
        else:
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            one = sheet.title in ("Cover", "Board page", *ANNUAL)
            assert sheet.page_setup.fitToHeight == (None if one else 0), "one page is what a missing number means"
        footer = sheet.oddFooter
        assert "example.xlsx" in footer.left.text
        assert "&A" in footer.center.text and "&P" in footer.center.text
        assert f"run {outcome().input_hash[:12]}" in footer.right.text


def test_charts_are_native_and_say_what_they_show(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawing = "".join(parts.read(f"xl/drawings/drawing{number}.xml").decode() for number in (1, 2))
    assert len(charts) == 13
    assert len(re.findall(r'descr="[^"]{20,}"', drawing)) == len(charts)
    for chart in charts:
        axes = len(re.findall(r"<c:(?:val|cat|date)Ax>", chart))
        over_time = "first month of the period" in chart or "Cash by month" in chart
        assert axes == 2
        assert chart.count("<c:title>") == (3 if over_time else 2), "the chart, the axis of its figures, that of time"
        assert any(unit in chart for unit in UNITS_OF_CHARTS)
        points = re.findall(r"<c:f>([^<]*)</c:f>", chart)
        assert points
        own = {"Cash by month": "Liquidity by month", "Results by fiscal year": "Profit and tax"}
        sheet = next((sheet for title, sheet in own.items() if title in chart), "Chart data")
        assert all(point.startswith(f"'{sheet}'!") for point in points)


def test_same_input_same_bytes(path: Path, tmp_path: Path) -> None:
    again = tmp_path / "example.xlsx"
    write_workbook(outcome(), again)
    assert again.read_bytes() == path.read_bytes()


def test_columns_are_wide_enough_for_what_they_show(path: Path, book: Workbook, values: Workbook) -> None:
    """Cash of 20 billion on Inputs shows all its digits; the same in millions needs less."""
    sheet = values["Inputs"]
    longest = max(len(f"{cell.value:,.0f}") for cell in sheet["D"] if isinstance(cell.value, int | float))
    assert longest >= 14
    assert book["Inputs"].column_dimensions["D"].width > longest
    for name in TIME_SHEETS[1:]:
        widest = max(
            len(f"{cell.value / 1e6:,.1f}")
            for row in values[name].iter_rows(min_row=8, min_col=FIRST, max_col=FIRST + PERIODS - 1)
            for cell in row
            if isinstance(cell.value, int | float)
        )
        assert book[name].column_dimensions["I"].width > widest


def test_what_is_owed_is_told_in_the_unit_in_which_it_is_one_or_more(values: Workbook) -> None:
    rows = [[cell.value for cell in row] for row in values["Summary"].iter_rows(max_col=4)]
    (owed,) = [row for row in rows if str(row[0]).startswith("installed when the obligation")]
    assert isinstance(owed[1], int | float)
    assert owed[1] >= 200
    assert owed[2:] == ["BF16 PFLOPS, dense", "from 2025-10; PFLOPS count dense throughput only"]


def test_the_cost_of_an_hour_says_that_it_is_before_tax(values: Workbook) -> None:
    notes = {row[0].value: str(row[3].value) for row in values["Summary"].iter_rows(max_col=4)}
    assert notes["cost of one accelerator-hour at work"].startswith("before tax: ")


def test_axes_of_charts_keep_the_decimals_of_small_figures(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        pages = [parts.read(name).decode() for name in parts.namelist() if "/charts/chart" in name]
    (hour,) = [page for page in pages if "JPY/accelerator-hour" in page]
    assert 'formatCode="[&gt;=10]#,##0;[&lt;=-10]-#,##0;General"' in hour
