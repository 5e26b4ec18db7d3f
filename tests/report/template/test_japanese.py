"""The template and the workbook of actuals in Japanese: filled in, they read to what the English ones read to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.audit import audit
from planner.case.quantities import Month
from planner.errors import InputError
from planner.language import Speaker, catalogue_of, choice_words, english_caption
from planner.reading.actuals.file import read_actuals
from planner.reading.actuals.layout import BY_NAME, DRAWN, FRONT, SHEETS, WHOLE
from planner.reading.budget import read_case
from planner.reading.case.text import case_text
from planner.reading.template.tables import CASE, READ_ME, columns_in, tables
from planner.report.actuals import Planned, write_actuals
from planner.report.template.book import _write, write_template
from tests.places import INPUTS, PROGRAMMES
from tests.whole.replanned import planned

CASES = (INPUTS / "starter.yaml", PROGRAMMES.with_name("tiny.yaml"), PROGRAMMES, INPUTS / "sakura-2024.yaml")
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "budget.xlsx"
    write_template(path, language="ja")
    return path


def edited(path: Path, to: Path, sheet: str, cell: str, value: Any) -> Path:
    book = openpyxl.load_workbook(path)
    book[sheet][cell].value = value
    book.save(to)
    return to


def faults_of(path: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_case(path)
    return [f"{fault.place.file}: {fault.found} / {fault.allowed} / {fault.remedy}" for fault in refused.value.faults]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_that_is_written_in_japanese_is_read_back(path: Path, tmp_path: Path) -> None:
    reading = read_case(path)
    for language in ("en", "ja"):
        write_template(tmp_path / f"{language}.xlsx", reading, language)
    english, japanese = (read_case(tmp_path / f"{language}.xlsx") for language in ("en", "ja"))
    assert japanese.case == reading.case
    assert japanese.input_hash == english.input_hash == reading.input_hash
    text = case_text(japanese.case, japanese.provenance)
    assert text == case_text(english.case, english.provenance)


def test_every_text_is_translated_and_every_caption_leads_back(tmp_path: Path) -> None:
    speaker = Speaker("ja")
    for name, reading in (("empty", None), ("filled", read_case(CASES[0]))):
        _write(tmp_path / f"{name}.xlsx", reading, speaker)
    assert speaker.missing == set()
    columns = [column for table in tables() for column in (columns_in(table) if table.path else table.columns)]
    assert len(columns) > 300
    for column in columns:
        assert english_caption(speaker.caption(column.header, column.unit)) == column.header
        assert english_caption(speaker.caption(column.unit)) == column.unit
        said = [choice_words(choice) for choice in column.kind.choices]
        assert sum(len(words) for words in said) == len(frozenset[str]().union(*said)), column.header
    captions = catalogue_of("ja").captions
    titles = [speaker.sheet(table.sheet) for table in tables()]
    assert len(set(titles)) == len(titles) and all(len(title) <= 31 for title in titles)
    assert not [said for said in captions.values() if set("[]()*（）［］＊") & set(said)]


def test_no_caption_of_it_is_left_in_english(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    assert book.sheetnames[:2] == ["はじめに", "基本条件"]
    for table in tables()[1:]:
        sheet = book[Speaker("ja").sheet(table.sheet)]
        for row in (1, 2):
            assert JAPANESE.search(str(sheet.cell(row, 1).value)), table.sheet
        for cell in sheet[4]:
            assert JAPANESE.search(str(cell.value)) or str(cell.value).startswith("PUE"), cell.value
    choices = [one.formula1 for one in book["基本条件"].data_validations.dataValidation if one.formula1]
    assert '"月,四半期,半期,年"' in choices


def test_the_examples_of_it_are_not_read(empty: Path) -> None:
    told = faults_of(empty)
    assert len(told) > 5
    assert all("基本条件!B" in fault or "拠点" in fault or "需要" in fault for fault in told), told


def test_a_bad_cell_is_named_as_it_is_seen(tmp_path: Path) -> None:
    write_template(tmp_path / "good.xlsx", read_case(CASES[0]), "ja")
    sheet = openpyxl.load_workbook(tmp_path / "good.xlsx")["調達先"]
    headers = {str(cell.value).partition("\n")[0]: cell.column_letter for cell in sheet[4]}
    bad = edited(tmp_path / "good.xlsx", tmp_path / "bad.xlsx", "調達先", f"{headers['リードタイム']}5", "abc")
    (told,) = faults_of(bad)
    assert f"調達先!{headers['リードタイム']}5" in told
    bad = edited(tmp_path / "good.xlsx", tmp_path / "bad.xlsx", "調達先", f"{headers['金額の通貨']}5", None)
    assert any("'金額の通貨'" in told for told in faults_of(bad))
    bad = edited(tmp_path / "good.xlsx", tmp_path / "bad.xlsx", "調達先", f"{headers['価格']}4", "お値段")
    assert any("'お値段'" in told and "価格" in told for told in faults_of(bad))
    book = openpyxl.load_workbook(tmp_path / "good.xlsx")
    book["調達先"].title = "Offers"
    book.save(tmp_path / "bad.xlsx")
    assert any("no sheet '調達先'" in told and "renamed to Offers" in told for told in faults_of(tmp_path / "bad.xlsx"))


def test_forms_may_be_mixed(tmp_path: Path) -> None:
    """English words in a Japanese template, Japanese ones in an English template, and sheets of one's own beside it."""
    reading = read_case(CASES[0])
    for language, own, word in (("ja", "Loans", "quarter"), ("en", "借入金", "四半期")):
        path = tmp_path / f"{language}.xlsx"
        write_template(path, reading, language)
        book = openpyxl.load_workbook(path)
        book.create_sheet(own)
        case = book[Speaker(language).sheet(CASE)]
        label = Speaker(language).caption("calendar period")
        row = next(cell.row for cell in case["A"] if str(cell.value).startswith(f"{label} *") or cell.value == label)
        case.cell(row, 2).value = word
        book.save(path)
        assert read_case(path).input_hash == reading.input_hash
    book = openpyxl.load_workbook(tmp_path / "en.xlsx")
    for cell in book["Offers"][4]:
        name, line, unit = str(cell.value).partition("\n")
        cell.value = f"{Speaker('ja').caption(name)}{line}{unit}"
    book.save(tmp_path / "mixed.xlsx")
    assert "価格" in [str(cell.value).partition("\n")[0] for cell in book["Offers"][4]]
    assert read_case(tmp_path / "mixed.xlsx").input_hash == reading.input_hash


def test_actuals_in_japanese_are_the_same_actuals(tmp_path: Path) -> None:
    earlier = planned(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "actuals.xlsx")
    english = read_actuals(tmp_path / "actuals.xlsx")
    assert english.as_of is not None
    case, decisions = earlier.reading.case, earlier.decisions
    of_plan = Planned(case, earlier.fingerprint, decisions, audit(case, decisions))
    write_actuals(tmp_path / "japanese.xlsx", of_plan, Month.parse(str(english.as_of)), "ja")
    for name, sheet, what in (("actuals", "Loans", "drawn"), ("japanese", "借入金", "借入")):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        for column, value in enumerate(("bank", what, "2025-04", 0, 5), 1):
            book[sheet].cell(5, column).value = value
        book.save(tmp_path / f"{name}.xlsx")
    english, japanese = (read_actuals(tmp_path / f"{name}.xlsx") for name in ("actuals", "japanese"))
    assert (japanese.as_of, japanese.plan, japanese.cash) == (english.as_of, english.plan, english.cash)
    assert sum(len(entries) for entries in english.entries.values()) > 3
    assert japanese.entries["Loans"][0].text("what") == DRAWN
    for name, entries in english.entries.items():
        assert [one.values for one in japanese.entries[name]] == [one.values for one in entries]
    titles = openpyxl.load_workbook(tmp_path / "japanese.xlsx").sheetnames
    assert titles == [Speaker("ja").sheet(name) for name in (FRONT, *BY_NAME)] and len(titles) == len(book.sheetnames)
    fields = [one for sheet in SHEETS for one in sheet.fields]
    for one in fields:
        header = Speaker("ja").caption(one.header, WHOLE if one.kind == "whole" else "")
        assert JAPANESE.search(header) and english_caption(header) == one.header
    bad = edited(tmp_path / "japanese.xlsx", tmp_path / "bad.xlsx", "発注", "C5", "abc")
    with pytest.raises(InputError, match="発注!C5"):
        read_actuals(bad)


def test_read_me_lists_the_sheets_in_japanese(empty: Path) -> None:
    book = openpyxl.load_workbook(empty)
    listed = [str(cell.value) for cell in book[Speaker("ja").sheet(READ_ME)]["A"]]
    assert [name for name in listed if name in book.sheetnames] == book.sheetnames[1:-1]
