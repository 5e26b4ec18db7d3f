"""LibreOffice recalculates the workbook: the stored values hold, and a changed assumption moves what it must."""

import shutil
import subprocess
import warnings
from functools import cache
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook

from planner.planning import plan
from planner.reading.budget import read_case
from planner.report.workbook.book import write_workbook
from planner.report.workbook.engine.verdicts import BROKEN, CHANGED, UNFIT
from planner.verification.finished import verify_workbook
from tests.places import TINY
from tests.report import programmes
from tests.report.example import outcome
from tests.report.workbook.test_added import planned
from tests.report.workbook.test_recalculation import differences, formulas_of
from tests.report.workbook.test_value import SHAPES as VALUES

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")]

CASH = "finance.opening_cash"
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""
"""Without this LibreOffice shows stored values as they are, and a test of them proves nothing."""


class Office:
    """LibreOffice with a profile that recalculates every workbook it loads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def recalculate(self, *sources: Path) -> list[Path]:
        """All workbooks in one go, since starting takes longer than calculating."""
        return self._convert("xlsx:Calc MS Excel 2007 XML", "recalculated", *sources)

    def print(self, source: Path) -> Path:
        """The pages of a workbook as it would be printed."""
        return self._convert("pdf", "printed", source)[0].with_suffix(".pdf")

    def _convert(self, kind: str, name: str, *sources: Path) -> list[Path]:
        target = self.folder / name
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        command = [
            OFFICE,
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            target,
            *sources,
        ]
        subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=600)
        return [target / source.name for source in sources]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "example.xlsx"
    write_workbook(outcome(), path)
    return path


@cache
def stored(path: Path) -> Workbook:
    """The workbook with the values in its cells; no workbook here changes once it is written."""
    with warnings.catch_warnings():
        # LibreOffice saves the months of an axis as texts where numbers belong; openpyxl then leaves out the chart.
        warnings.filterwarnings("ignore", "Unable to read chart .* expected <class 'float'>", UserWarning)
        return load_workbook(path, data_only=True)


def named(path: Path, name: str) -> object:
    place = stored(path).defined_names[f"plan_{name}"].attr_text
    sheet, cell = place.replace("'", "").replace("$", "").split("!")
    return stored(path)[sheet][cell].value


def find_row(sheet: object, text: str, column: int = 2) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == text)


def changed(book: Path, target: Path, path: str, column: str, value: float) -> Path:
    """The workbook with one assumption changed, as a person would change it."""
    edited = load_workbook(book)
    sheet = edited["Inputs"]
    row = find_row(sheet, path)
    assert not sheet[f"{column}{row}"].protection.locked
    for cell in [sheet[f"{column}{row}"]] if column == "D" else sheet[row][8:]:
        if cell.value is not None:
            cell.value = value
    edited.save(target)
    return target


def test_a_wrong_stored_value_is_corrected_so_recalculation_is_real(tmp_path: Path, office: Office) -> None:
    wrong = tmp_path / "wrong.xlsx"
    with xlsxwriter.Workbook(str(wrong)) as file:
        sheet = file.add_worksheet()
        sheet.write_number("A1", 1)
        sheet.write_formula("B1", "=A1+1", None, 99)
    assert load_workbook(wrong, data_only=True).active["B1"].value == 99
    assert load_workbook(office.recalculate(wrong)[0], data_only=True).active["B1"].value == 2


CHANGES = [
    ("finance.exchange_rates.USD", "I", 170.0, {"npv", "lowest_cash", "capex"}),
    ("systems.H200-8.lead_time.typical", "D", 12.0, {"npv"}),
    ("finance.discount_rate", "D", 0.12, {"npv"}),
    ("programmes.national.rate", "D", 0.4, {"npv"}),
    ("finance.resale.0.share", "D", 0.2, {"npv", "terminal_value"}),
]
"""Path of an assumption, its column, another value, and the named figures that must move."""


@pytest.fixture(scope="module")
def aided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook in Japanese of a case whose programmes say all that programmes can say."""
    path = tmp_path_factory.mktemp("book") / "programmes.xlsx"
    write_workbook(programmes.outcome(), path, "ja")
    return path


@pytest.fixture(scope="module")
def adding(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that tells what a plan adds to what stands there already, with a loan, tax and a value at the end."""
    path = tmp_path_factory.mktemp("book") / "adding.xlsx"
    write_workbook(planned("tax, loans and what is left"), path)
    return path


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of flows of which several rates of return would do."""
    path = tmp_path_factory.mktemp("book") / "several.xlsx"
    write_workbook(VALUES["several rates"], path)
    return path


@pytest.fixture(scope="module")
def owned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that tells what a plan is worth to its owners."""
    path = tmp_path_factory.mktemp("book") / "owned.xlsx"
    write_workbook(VALUES["owners"], path)
    return path


OTHERS = ("aided", "adding", "several", "owned")
"""Fixtures of other workbooks, which are recalculated as they are written."""


@pytest.fixture(scope="module")
def after(
    book: Path, office: Office, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, Path]:
    """The workbooks as written, and the first with each change, recalculated."""
    folder = tmp_path_factory.mktemp("changed")
    others = [request.getfixturevalue(name) for name in OTHERS]
    edited = [changed(book, folder / f"{path}.xlsx", path, column, value) for path, column, value, _ in CHANGES]
    names = ["book", *OTHERS, *(change[0] for change in CHANGES)]
    return dict(zip(names, office.recalculate(book, *others, *edited), strict=True))


@pytest.mark.parametrize("fixture", ["book", *OTHERS])
def test_libreoffice_computes_every_stored_value(
    fixture: str, after: dict[str, Path], request: pytest.FixtureRequest
) -> None:
    written = {place: value for place, (_, value) in formulas_of(request.getfixturevalue(fixture)).items()}
    computed = {(sheet, cell): stored(after[fixture])[sheet][cell].value for sheet, cell in written}
    assert differences(written, computed) == []
    assert named(after[fixture], "master_check") == "OK"


@pytest.mark.parametrize(("path", "moves"), [(path, moves) for path, _, _, moves in CHANGES])
def test_a_changed_assumption_moves_what_it_must_and_trips_the_master_check(
    book: Path, after: dict[str, Path], path: str, moves: set[str]
) -> None:
    assert named(after[path], "master_check") in (CHANGED, BROKEN, UNFIT)
    for name in ("npv", "lowest_cash", "capex", "terminal_value"):
        before, now = named(book, name), named(after[path], name)
        assert isinstance(now, int | float)
        if name in moves:
            assert abs(now - before) > 1, name


def test_a_finance_team_changes_a_figure_and_verify_follows_the_spreadsheet(tmp_path: Path, office: Office) -> None:
    """A spreadsheet program stores whole numbers without a point; the figures around them are worked out from these."""
    book = tmp_path / "tiny.xlsx"
    write_workbook(plan(read_case(TINY)), book)
    value = next(row[3].value for row in load_workbook(book)["Inputs"].iter_rows() if row[1].value == CASH)
    (source,) = office.recalculate(changed(book, tmp_path / "cash.xlsx", CASH, "D", int(value) + 7))
    verdict = verify_workbook(source)
    assert verdict.changes == 1
    assert "sheets: every formula is the one that was written, and every figure what it comes to" in verdict.words
