"""Workbooks that somebody tampered with: each is found where it was changed, or is told as no longer known."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.verification.finished import verify_workbook
from tests.reading.workbook.workbooks import Change, again, before, changed, part_of, put, rebuilt

BOOK, RELATIONS, START = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"
TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
INPUTS = "Inputs"
ROW, CELL = r'<row r="14".*?</row>', r'<c r="D14".*?</c>'
"""The periods of the calendar on Inputs: eight."""
OF_INPUTS = r'(<sheet name="Inputs"[^>]* r:id=")rId\d+"'
"""Where the workbook says which relation leads to Inputs."""
A_TEXT = r'(r="A14" s="\d+" t="s"><v>)\d+'
"""A text on Inputs, up to its number among all texts of the workbook."""
DOUBLED = put("<v>8</v>", "<v>16</v>")


def periods(content: str, cell: str = "D14") -> Change:
    """Something else stands in the cell of the eight periods, in whatever style it is, or in the one as solved."""
    return changed(rf'(<c r="{cell}" s="\d+">)<v>8</v>', rf"\g<1>{content}")


AS_SOLVED = periods("<v>16</v>", "E14")
SIXTEEN = periods("<v>16</v>")


@dataclass(frozen=True)
class Tampering:
    """What was done to a finished workbook, where it is found, and in which words."""

    name: str
    changes: Mapping[str, Change]
    found: str
    cell: str = ""
    more: tuple[tuple[str, str], ...] = field(default=())
    verified: bool = False
    """Whether `plan verify` finds it, which reads more than planning does."""


def on_inputs(name: str, change: Change, found: str, cell: str = "") -> Tampering:
    return Tampering(name, {INPUTS: change}, found, cell)


def together(*changes: Change) -> Change:
    def edit(xml: str) -> str:
        for change in changes:
            xml = change(xml)
        return xml

    return edit


def hidden(name: str, change: Change, why: str) -> Tampering:
    """A changed figure that nobody sees."""
    return on_inputs(name, together(SIXTEEN, change), why, "Inputs!D14")


def linked(name: str, formula: str, **more: Change) -> Tampering:
    """A figure that comes from elsewhere."""
    change = periods(f"{formula}<v>16</v>")
    return Tampering(name, {INPUTS: change, **more}, "looks into another workbook", "Inputs!D14")


NPV = 'name="plan_npv"'
TAMPERED = (
    on_inputs("a row twice", again(ROW, DOUBLED), "damaged: row 14 stands twice", "Inputs!A14"),
    on_inputs("a row behind a later one", put('<row r="16"', '<row r="9"'), "row 9 stands behind row 15", "Inputs!A9"),
    on_inputs("a cell twice", again(CELL, DOUBLED), "damaged: the cell stands twice", "Inputs!D14"),
    on_inputs("a cell behind a later one", put('r="E14"', 'r="A14"'), "behind one to its right", "Inputs!A14"),
    on_inputs("a cell that says another row", put('r="D14"', 'r="D15"'), "a cell of row 14 says that it is D15"),
    on_inputs("a cell that says no cell", put('r="D14"', 'r="D014"'), "a cell of row 14 says that it is D014"),
    on_inputs("a cell beyond the last column", put('r="G14"', 'r="XFE14"'), "beyond the last column", "Inputs!"),
    on_inputs("two values in a cell", periods("<v>8</v><v>16</v>"), "the cell holds two values", "Inputs!D14"),
    on_inputs(
        "two formulas in a cell",
        periods("<f>8</f><f>16</f><v>8</v>"),
        "the cell holds two formulas",
        "Inputs!D14",
    ),
    on_inputs(
        "the cells twice",
        before("</worksheet>", '<sheetData><row r="14"><c r="D14"><v>16</v></c></row></sheetData>'),
        "stand in it twice",
        "Inputs",
    ),
    on_inputs("a number that is none", periods("<v>1_6</v>"), "holds '1_6'", "Inputs!D14"),
    on_inputs("a number in other digits", periods("<v>１６</v>"), "nothing of its kind", "Inputs!D14"),
    on_inputs("a text that is not there", changed(A_TEXT, r"\g<1>99999"), "99999"),
    on_inputs("a text before the first", changed(A_TEXT, r"\g<1>-1"), "'-1'"),
    on_inputs("a style that is not there", changed(r'r="D14" s="\d+"', 'r="D14" s="9999"'), "nothing of its kind"),
    on_inputs("a kind that is none", changed(r'(r="D14" s="\d+")', r'\g<1> t="x"'), "nothing of its kind"),
    on_inputs("a column twice", again(r'<col min="3".*?/>'), "column 3 stands twice", "Inputs"),
    Tampering("a part twice", {}, "sheet3.xml stands twice", more=(("xl/worksheets/sheet3.xml", "<x/>"),)),
    Tampering("a part in capitals", {}, "stands twice in it", more=(("xl/worksheets/SHEET3.xml", "<x/>"),)),
    Tampering("a part with other strokes", {}, "stands twice in it", more=(("xl\\worksheets\\sheet3.xml", "<x/>"),)),
    Tampering("two sheets of one name", {BOOK: put('name="Summary"', 'name="INPUTS"')}, "two sheets 'Inputs'"),
    Tampering("two sheets of one part", {BOOK: put('r:id="rId2"', 'r:id="rId3"')}, "the same part as another one"),
    Tampering("a sheet that leads nowhere", {BOOK: changed(OF_INPUTS, r'\1rId99"')}, "'Inputs' leads nowhere"),
    Tampering(
        "a sheet of another workbook",
        {RELATIONS: changed(r'(Id="rId1" )', r'\1TargetMode="External" ')},
        "'Cover' leads nowhere",
    ),
    Tampering("a relation twice", {RELATIONS: put('Id="rId2"', 'Id="rId3"')}, "gives the relation rId3 twice"),
    Tampering(
        "another book inside", {START: put('Target="xl/workbook.xml"', 'Target="xl/other.xml"')}, "would be opened"
    ),
    Tampering(
        "texts of two kinds", {RELATIONS: put("relationships/theme", "relationships/sharedStrings")}, "two parts"
    ),
    Tampering("a document type", {BOOK: put("?>", '?><!DOCTYPE x [<!ENTITY a "b">]>')}, "declares a document type"),
    Tampering(
        "the strict form",
        {
            BOOK: put(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
        },
        "of the strict form",
    ),
    Tampering(
        "a name twice",
        {BOOK: again(rf"<definedName {NPV}.*?</definedName>")},
        "plan_npv is defined twice",
        verified=True,
    ),
    Tampering(
        "a name for one sheet",
        {BOOK: again(rf"<definedName {NPV}.*?</definedName>", put(NPV, f'{NPV} localSheetId="1"'))},
        "stands for something else on one of the sheets",
        verified=True,
    ),
    Tampering("a name of no cell", {BOOK: changed(rf"({NPV}>)[^<]*", r"\1#REF!")}, "leads to no cell", verified=True),
    hidden("a row of no height", put('<row r="14"', '<row r="14" ht="0" customHeight="1"'), "column is hidden"),
    hidden("a row that nobody can see", put('<row r="14"', '<row r="14" ht="0.75" customHeight="1"'), "is hidden"),
    hidden("rows of no height", put('defaultRowHeight="15"', 'defaultRowHeight="0"'), "is hidden"),
    hidden(
        "rows that are hidden unless they say so", put("<sheetFormatPr", '<sheetFormatPr zeroHeight="1"'), "is hidden"
    ),
    hidden("a column of no width", changed('max="5" width="[0-9.]+"', 'max="5" width="0"'), "column is hidden"),
    hidden(
        "columns of no width",
        together(changed("<cols>.*</cols>", ""), put("<sheetFormatPr", '<sheetFormatPr defaultColWidth="0"')),
        "column is hidden",
    ),
    hidden(
        "a figure under a merged one",
        before("<pageMargins", '<mergeCells count="1"><mergeCell ref="D13:D14"/></mergeCells>'),
        "D13:D14 is merged over it",
    ),
    Tampering(
        "a sheet that only a program shows",
        {
            INPUTS: SIXTEEN,
            BOOK: put('<sheet name="Inputs"', '<sheet name="Inputs" state="veryHidden"'),
        },
        "the sheet is hidden",
        "Inputs!D14",
    ),
    linked("a link", "<f>[1]Budget!A1</f>"),
    linked("a link to a file", "<f>'file:///budget.ods'#$Budget.A1</f>"),
    linked(
        "a link by its name",
        "<f>Periods*2</f>",
        **{BOOK: before("</definedNames>", '<definedName name="Periods">[1]Budget!$A$1</definedName>')},
    ),
    linked("a link between quotes", '<f>IF("a"="a",\'[1]My sheet\'!A1,0)</f>'),
    on_inputs("a value as solved", AS_SOLVED, "16 stands as solved"),
    on_inputs(
        "both values of a figure",
        together(SIXTEEN, AS_SOLVED),
        "16 stands as solved",
    ),
    Tampering(
        "the text of the case",
        {TEXTS: put("  periods: 8", "  periods: 16")},
        "the text of the case was changed by hand",
    ),
)


def test_there_are_enough_of_them() -> None:
    assert len({one.name for one in TAMPERED}) == len(TAMPERED) >= 40


@pytest.mark.parametrize("one", TAMPERED, ids=lambda one: one.name)
def test_what_was_tampered_with_is_refused_where_it_was(one: Tampering, finished: Path, tmp_path: Path) -> None:
    changes = {part_of(finished, name) if "/" not in name else name: change for name, change in one.changes.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # the library that puts it together knows that it is damaged
        path = rebuilt(finished, tmp_path / "plan.xlsx", changes, one.more)
    ask: Callable[[Path], object] = verify_workbook if one.verified else read_case
    with pytest.raises(InputError) as caught:
        ask(path)
    told = [fault for fault in caught.value.faults if one.found in fault.found]
    assert told, str(caught.value)
    assert any(fault.place.file.startswith(f"{path}: {one.cell}" if one.cell else str(path)) for fault in told)
    assert all(fault.remedy or fault.allowed for fault in told)


def test_a_damaged_part_that_is_not_read_is_refused_as_well(finished: Path, tmp_path: Path) -> None:
    content = bytearray(finished.read_bytes())
    with zipfile.ZipFile(finished) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 200] ^= 0xFF
    (tmp_path / "plan.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="the workbook is damaged"):
        read_case(tmp_path / "plan.xlsx")


def test_a_figure_outside_of_what_the_sheet_says_is_its_size_counts(finished: Path, tmp_path: Path) -> None:
    small = together(changed('<dimension ref="[^"]*"/>', '<dimension ref="A1:C3"/>'), periods("<v>6</v>"))
    path = rebuilt(finished, tmp_path / "plan.xlsx", {part_of(finished, INPUTS): small})
    assert read_case(path).case.calendar.periods == 6


def test_a_number_that_was_typed_over_a_result_is_found(finished: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(finished) as archive:
        sheet, cell = (
            archive.read(BOOK).decode().partition(NPV)[2].partition("<")[0].lstrip(">").replace("$", "").split("!")
        )
    typed = changed(rf'(<c r="{cell}"[^>]*>)(?:<f>.*?</f>)?<v>[^<]*</v>', r"\1<v>9000000000</v>")
    path = rebuilt(finished, tmp_path / "plan.xlsx", {part_of(finished, sheet.strip("'")): typed})
    verdict = verify_workbook(path)
    assert not verdict.keeps and "9,000,000,000 JPY stored" in " ".join(verdict.words)


def test_a_decision_that_was_changed_is_found(finished: Path, tmp_path: Path) -> None:
    more = changed(r'(<c r="I\d+"[^>]*>)<v>([1-9]\d*)</v>', r"\1<v>\g<2>0</v>")
    path = rebuilt(finished, tmp_path / "plan.xlsx", {part_of(finished, "Decisions"): more})
    assert not verify_workbook(path).keeps
