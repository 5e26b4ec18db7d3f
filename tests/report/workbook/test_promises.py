"""The ten promises of the workbook, kept by the reference workbook in each language; example and edges have their own.

1 one formula a row, one period a column    test_a_row_has_one_form..., test_workbook
2 short formulas without figures             test_formulas_are_short..., test_language for Japanese
3 every input once, units, scale             test_every_figure_has_a_unit, test_workbook
4 checks with slack, a master check          test_checks_..., test_live (an error counts as failed), test_accounts
5 any change trips the master check          test_mutation (every input of the reference), test_live, test_office
6 nothing hidden, protection, print          test_every_sheet_..., test_charts_...
7 text of a user stays text                  test_workbook
8 names, over-long texts                     test_a_text_that_is_too_long..., test_workbook
9 fixed widths, formats                      test_nothing_is_wider_than_its_column, test_language
10 application form of a programme           test_the_application_form_...
"""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from planner.language import Speaker
from planner.outcome import Outcome
from planner.report.workbook.book import SHEETS, write_workbook
from planner.report.workbook.engine.functions import FUNCTIONS
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.ledger import Ledger
from planner.report.xlsx.measures import shown_text, text_width
from tests.report.example import outcome
from tests.report.workbook.formulas import constants, functions, hidden_columns, relative

FIRST, HEADER_ROWS = 9, 6
"""Column of the first period, counted from 1, and the last row of the header."""


class Book:
    """A finished workbook, its stored values and its file."""

    def __init__(self, plan: Outcome, path: Path, language: str) -> None:
        write_workbook(plan, path, language)
        self.path, self.plan, self.speaker = path, plan, Speaker(language)
        self.formulas: Workbook = load_workbook(path)
        self.values: Workbook = load_workbook(path, data_only=True)
        self.periods = plan.case.calendar.periods
        self.by_month = self.speaker.sheet("Liquidity by month")
        self.time_sheets = [self.speaker.sheet(entry.name) for entry, _ in SHEETS if entry.over_time]

    def columns(self, sheet: str) -> int:
        """Columns of a sheet over time: its periods, or its months."""
        return len(self.plan.case.calendar.months) if sheet == self.by_month else self.periods


@pytest.fixture(scope="module", params=["en", "ja"])
def book(request: pytest.FixtureRequest, reference: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(reference, tmp_path_factory.mktemp("book") / "plan.xlsx", request.param)


def test_a_row_has_one_form_over_the_periods_and_one_over_the_years(book: Book) -> None:
    rows = 0
    for name in book.time_sheets:
        count = book.columns(name)
        for row in book.formulas[name].iter_rows(min_col=FIRST):
            for part in (row[:count], row[count:]):
                forms = {relative(cell.value, cell.row, cell.column) for cell in part if cell.data_type == "f"}
                assert len(forms) <= 1, (name, row[0].row, forms)
                rows += len(forms)
            filled = [cell for cell in row[:count] if cell.data_type == "f"]
            assert len(filled) in (0, count), (name, row[0].row)
    assert rows > 600


def test_formulas_are_short_hold_no_figures_and_use_known_functions(book: Book) -> None:
    known, count = {*FUNCTIONS, "IF", "IFERROR"}, 0
    for sheet in book.formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            count += 1
            used = functions(cell.value)
            assert len(cell.value) <= 80, (sheet.title, cell.value)
            assert set(used) <= known, (sheet.title, cell.value)
            assert used.count("IF") <= 1, (sheet.title, cell.value)
            assert {abs(number) for number in constants(cell.value)} <= {0, 1, 3, 4, 12, 365}, (sheet.title, cell.value)
    assert count > 20_000


def test_every_figure_has_a_label_and_a_unit(book: Book) -> None:
    for name in book.time_sheets:
        for row in book.values[name].iter_rows(min_row=HEADER_ROWS + 2):
            if any(isinstance(cell.value, int | float) for cell in row):
                assert row[0].value, (name, row[0].row)
                assert row[2].value, (name, row[0].row)


def test_every_input_stands_once_and_none_is_an_error(book: Book) -> None:
    sheet = book.values[book.speaker.sheet("Inputs")]
    unlocked = [row for row in sheet.iter_rows(min_row=HEADER_ROWS + 2) if not all(c.protection.locked for c in row)]
    paths = [row[1].value for row in unlocked]
    assert len(paths) == len(set(paths)) > 250
    for other in book.values:
        errors = [cell.coordinate for row in other.iter_rows() for cell in row if cell.data_type == "e"]
        assert errors == [], other.title


def test_checks_say_left_right_room_tolerance_and_status(book: Book) -> None:
    sheet = book.values[book.speaker.sheet("Checks")]
    rows = [row for row in sheet.iter_rows(min_row=10) if row[8].value is not None]
    assert len(rows) > 100
    for row in rows:
        left, sense, right, room, tolerance, failed = (row[at].value for at in range(3, 9))
        slack = {"=": -abs(left - right), "<=": right - left, ">=": left - right}[ENGLISH_SIGNS.get(sense, sense)]
        digits = 1e-14 * max(abs(left), abs(right))  # the last ones of large amounts
        assert room == pytest.approx(slack, rel=1e-9, abs=max(1e-6, digits))
        assert failed == 0
        assert room + tolerance >= 0
        assert row[9].value == "OK"
    master = book.values[book.speaker.sheet("Summary")]["B3"].value
    assert master == book.values[book.speaker.sheet("Checks")]["D4"].value == "OK"


ENGLISH_SIGNS = {"＝": "=", "≦": "<=", "≧": ">="}


def test_every_sheet_is_visible_protected_and_ready_to_print(book: Book) -> None:
    assert book.formulas.sheetnames == [book.speaker.sheet(entry.name) for entry, _ in SHEETS]
    for sheet in book.formulas:
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert hidden_columns(sheet) == (
            [FIRST + book.periods] if sheet.title == book.speaker.sheet("Decisions") else []
        ), "the keys of the decisions and nothing else"
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes
        assert sheet.print_title_rows
        is_flat = sheet.title not in book.time_sheets
        is_upright = sheet.title in map(book.speaker.sheet, ("Cover", "Board page"))
        assert sheet.page_setup.orientation == ("portrait" if is_upright else "landscape")
        assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) == is_flat
        if not is_flat:
            assert sheet.page_setup.scale == 89 and sheet.print_title_cols == "$A:$C"
        footer = sheet.oddFooter
        assert "plan.xlsx" in footer.left.text
        assert "&A" in footer.center.text
        assert "&P" in footer.center.text
        assert book.plan.input_hash[:12] in footer.right.text


def test_pages_are_printed_large_enough_to_be_read(book: Book) -> None:
    """Nine points on the screen are eight on paper at the least; sheets over time have a fixed scale."""
    paper = {"8": 420 / 25.4 - 0.5, "9": 297 / 25.4 - 0.5}
    for sheet in book.formulas:
        if sheet.title in book.time_sheets:
            continue
        used = {cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None}
        widths = {}
        for column in sheet.column_dimensions.values():
            widths |= dict.fromkeys(range(column.min, column.max + 1), column.width)
        last = range_boundaries(sheet.print_area.rpartition("!")[2])[2] if sheet.print_area else max(used)
        inches = sum(widths.get(column, 9) for column in range(1, last + 1)) * 7 / 96
        wide = sheet.page_setup.fitToWidth or 1
        assert wide * paper[str(sheet.page_setup.paperSize)] / inches >= 0.85, sheet.title


def test_charts_have_titles_units_words_and_cells(book: Book) -> None:
    with zipfile.ZipFile(book.path) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawing = "".join(parts.read(f"xl/drawings/drawing{number}.xml").decode() for number in (1, 2))
    assert len(charts) == 13
    assert len(re.findall(r'descr="([^"]{10,})"', drawing)) == len(charts)
    own = {
        book.speaker.say("Cash by month"): book.by_month,
        book.speaker.say("Results by fiscal year"): book.speaker.sheet("Profit and tax"),
    }
    for chart in charts:
        assert chart.count("<c:title>") >= 2
        points = re.findall(r"<c:f>'?([^'!]*)'?!", chart)
        data = book.speaker.sheet("Chart data")
        assert set(points) == {next((sheet for title, sheet in own.items() if title in chart), data)}


def test_bridges_end_where_the_figures_do(reference: Outcome) -> None:
    """What the bars of a bridge add up to is the last balance, and the cost of an hour that Summary states."""
    ledger = laid(reference)
    grid = ledger.grid
    for name, last in (("cash", "closing"), ("value", "plan")):
        steps = [key[2] for key in grid.keys_under(name, "adds")]
        assert grid.value_of(Key(name, "level", steps[-2])) == pytest.approx(
            grid.value_of(Key(name, "adds", last)), abs=1
        )
    parts = [grid.value_of(key) for key in grid.keys_under("hour", "adds")]
    assert sum(parts[:-1]) == pytest.approx(parts[-1], rel=1e-9)


def laid(plan: Outcome) -> Ledger:
    from planner.report.workbook.book import lay_book  # noqa: PLC0415

    return lay_book(plan)


def test_the_application_form_asks_for_whole_thousands_and_says_what_rounding_takes(reference: Outcome) -> None:
    grid, case = laid(reference).grid, reference.case
    (programme,) = case.programmes
    rate, asked, lost = case.programmes[programme].rate, 0.0, 0.0
    for category in ("systems", "additions", "facility"):
        for year in grid.years:
            figures = [
                grid.value_of(OfYear(Key("form", programme, row, category), year))
                for row in ("cost", "eligible", "asked", "lost")
            ]
            assert figures[0] >= figures[1]
            assert figures[2] % 1000 == 0
            assert 0 <= figures[3] < 1000
            assert figures[2] + figures[3] == pytest.approx(rate * figures[1], abs=1e-3)
            asked, lost = asked + figures[2], lost + figures[3]
    decided = sum(reference.audit.quantities.grant.values())
    assert asked + lost == pytest.approx(decided, abs=1)
    assert grid.value_of(Key("form", programme, "asked", "all")) == pytest.approx(asked)
    assert 0 < lost < grid.value_of(Key("form", programme, "most", "all"))


def test_nothing_is_wider_than_its_column(book: Book) -> None:
    """A number that does not fit is printed as ###."""
    for name in book.time_sheets:
        sheet, values = book.formulas[name], book.values[name]
        widths = {}
        for column in sheet.column_dimensions.values():
            widths |= dict.fromkeys(range(column.min, column.max + 1), column.width)
        for row in values.iter_rows(min_row=4, min_col=4):
            for cell in (cell for cell in row if isinstance(cell.value, int | float)):
                shown = shown_text(cell.value, cell.number_format)
                assert text_width(shown) <= widths[cell.column] + 0.3, (name, cell.coordinate, shown)


def test_a_text_that_is_too_long_is_refused_and_not_lost(tmp_path: Path) -> None:
    plan = outcome()  # the reader refuses such a title; the workbook would, should one come from elsewhere
    plan = replace(plan, case=plan.case.model_copy(update={"title": "x" * 40_000}))
    with pytest.raises(Exception, match=r"Cover!A1.*too long"):
        write_workbook(plan, tmp_path / "plan.xlsx")
    assert not (tmp_path / "plan.xlsx").exists()
