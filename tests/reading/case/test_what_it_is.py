"""What a wrong value is, said in the words of someone who sees it: a time, a serial, a number nobody can hold."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml

from planner.errors import InputError
from planner.reading.budget import read_case
from planner.reading.tree import parse
from planner.report.template.book import write_template
from tests.places import FAULTS, TINY
from tests.reading.case.test_names import checked
from tests.reading.helpers import faults_of, line_of, read_text, said, tiny_with

CASH, START, BLOCKS = "opening_cash: 3 bn JPY", "start: 2024-04", "blocks: 1"
KANA = "\u30c8\u3099\u30eb"
"""The dollar in Japanese, its mark a letter of its own."""

VALUES = [
    (CASH, "opening_cash: 12:30:45", ["is the time of day '12:30:45'"]),
    (BLOCKS, "blocks: 12:30:45", ["is the time of day '12:30:45', not a whole number"]),
    (START, "start: 12:30:45", ["is the time of day '12:30:45', not a month"]),
    (START, "start: FY2027", ["'FY2027' is a fiscal year, not a month", "write its first month, such as 2027-04"]),
    (START, "start: 2027Q2", ["is a quarter, not a month", "2027-04"]),
    (START, "start: 45748", ["counts the day 2025-04-01, not a month", "write 2025-04, if that is meant"]),
    (START, 'start: "45748"', ["counts the day 2025-04-01, not a month", "write 2025-04, if that is meant"]),
    ("FY2024: 2 bn JPY", "2024-04: 2 bn JPY", ["is the date '2024-04', not a fiscal year", "write FY2024, if"]),
    (BLOCKS, f"blocks: {'7' * 5_000}", ["is a number of 5,000 digits"]),
    (CASH, f"opening_cash: {'7' * 5_000} JPY", ["has 5,004 letters"]),
    (CASH, f"opening_cash: {'7' * 5_000}", ["it is a number of 5,000 digits"]),
    (CASH, f"opening_cash: 3 {KANA}", ["'ドル' is not a currency code", "write 3 USD"]),
    ("discount_rate: 5 %", "discount_rate: 1/0", ["'1/0' divides by zero"]),
    (CASH, "opening_cash: 1_000_ JPY", ["an underscore that does not stand between two digits", "write 1_000 JPY"]),
    (CASH, "opening_cash: 1__000 JPY", ["underscore"]),
    ("20 JPY/kWh", "1_0_ JPY/kWh", ["underscore", "write 1_0 JPY/kWh"]),
    ("amount: 64", "amount: 1e-999999999", ["too small to be told from zero"]),
    (CASH, "opening_cash: 1e-999999999 JPY", ["too small to be told from zero"]),
    ("pue: 1.2", "pue: 1e400", ["'1e400'", "not a finite number: too large"]),
    (CASH, "opening_cash: 1e+308", ["too large to be held exactly", "write a larger unit"]),
    ("power: 10 kW", "power: 1e+308", ["too large to be held exactly", "write a larger unit"]),
    ("lead_time: 6 months", "lead_time: 32", ["write 32 weeks or 32 months, whichever is meant"]),
    ("lead_time: 6 months", "lead_time: -3", ["-3 is negative"]),
    ("minimum_cash: 100 m JPY", "minimum_cash: -5", ["-5 is negative"]),
    ("title: One of everything", f"title: {'x' * 40_000}", ["has 40,000 letters", "at most 2,000 letters"]),
    (CASH, f"{CASH}  # {'x' * 40_000}", ["the comment has 40,0"]),
    ("sites: [north]", f"sites: [{', '.join(['north'] * 4_000)}]", ["the list has 36,000 letters"]),
    ("programmes.grant: null", f"title: {'x' * 40_000}", ["the new value has 40,000 letters"]),
]


@pytest.mark.parametrize(("old", "new", "words"), VALUES, ids=[words[0][:40] + new[:9] for _, new, words in VALUES])
def test_a_value_is_called_what_it_is(old: str, new: str, words: list[str], tmp_path: Path) -> None:
    text = tiny_with((old, new))
    faults = faults_of(tmp_path, text)
    assert any(all(word in said(fault) for word in words) for fault in faults), faults
    assert {fault.place.line for fault in faults} == {line_of(text, new)}
    assert not any("1e+308 " in fault.remedy for fault in faults)


def test_kana_in_two_letters_are_read_like_those_in_one(tmp_path: Path) -> None:
    text = tiny_with(("title: One of everything", f"title: {KANA}"))
    assert read_text(tmp_path, text).case.title == "ドル"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("%YAML 1.1\n---\n", "asks to be read as YAML 1.1"),
        ("%TAG ! tag:x,2000:\n---\n", "%TAG"),
        ("%FOO\n---\n", "directive"),
    ],
)
def test_directives_are_refused(head: str, words: str, tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, head + tiny_with())
    assert words in fault.found
    assert fault.remedy.startswith("remove the line")
    assert read_text(tmp_path, "%YAML 1.2\n---\n" + tiny_with()).case.name == "tiny"


def test_a_fiscal_year_from_january_is_a_remedy() -> None:
    path = FAULTS / "calendar-year-message" / "case.yaml"
    status, _, err = checked(str(path))
    assert status == 2
    assert "`fiscal_year_start_month: 1`" in err
    assert read_case(path, None, {"calendar.fiscal_year_start_month": "1"}).case.calendar.fiscal_year_start_month == 1
    quarters = {"calendar.period": "quarter", "offers.maker.available": "10"}
    assert read_case(path, None, quarters).case.calendar.months_per_period == 3


def test_zero_is_not_proposed_where_it_is_refused() -> None:
    path = FAULTS / "x-zero.yaml"
    status, _, err = checked(str(path))
    assert status == 2
    assert "useful_life: is zero" in err
    assert "or zero" not in err
    with pytest.raises(InputError) as caught:
        read_case(path, None, {"systems.own.useful_life": "3 months", "systems.own.installation.racks": "0.001"})
    fields = {"systems.own.useful_life", "systems.own.installation.racks"}
    assert {fault.field for fault in caught.value.faults} == fields
    assert not any("or zero" in fault.allowed for fault in caught.value.faults)


class TestDepth:
    """The reader's own limit answers, whatever the parser does about depth by itself."""

    DEEP = ("a: " + "[" * 100_000, "a: " + "{b: " * 100_000, "a:\n " + "[\n " * 50 + "x", "a: [" + "[[[" * 300 + "x]]")

    @pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
    @pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
    def test_with_either_parser(self, text: str, loader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parse, "_LOADER", getattr(yaml, loader, yaml.BaseLoader))
        (fault,) = faults_of(tmp_path, text)
        assert fault.found == "more than 20 levels of nesting"
        assert fault.allowed == "at most 20 levels"

    def test_with_a_parser_that_has_a_limit_of_its_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = yaml.parse

        def strict(text: str, **options: Any) -> Any:
            """Refuses what lies 1,000 brackets ahead before it has told of any."""
            for event in real(text, **options):
                yield event
                at = event.end_mark.index
                if isinstance(event, yaml.ScalarEvent) and text.count("[", at) > 1_000:
                    mark = yaml.Mark("x", at + 1_001, 0, at + 1_001, None, None)  # type: ignore[arg-type]
                    raise yaml.scanner.ScannerError(None, None, "words of its own", mark)

        monkeypatch.setattr(yaml, "parse", strict)
        (fault,) = faults_of(tmp_path, "a: " + "[" * 5_000)
        assert fault.found == "more than 20 levels of nesting"
        (fault,) = faults_of(tmp_path, "a: x" + "[" * 5_000)  # letters of a text, and no brackets
        assert "words of its own" in fault.found or "expected" in fault.found

    def test_brackets_in_a_text_are_no_nesting(self, tmp_path: Path) -> None:
        text = tiny_with(("title: One of everything", f"title: One {'[' * 500}"))
        assert read_text(tmp_path, text).case.title == f"One {'[' * 500}"
        (fault,) = faults_of(tmp_path, f"a: One {'[' * 500}\nb: 'open {'[' * 500}\n")
        assert "close the quotes" in fault.remedy


def _faults_of_book(folder: Path, cells: dict[str, object]) -> list[str]:
    """What is said of a filled template in which some cells are others."""
    path = folder / "budget.xlsx"
    write_template(path, read_case(TINY))
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_case(path)
    return [f"{fault.place.file.rpartition(': ')[2]}: {said(fault)}" for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Case!B9": "soon"}, "Case!B9"),
        ({"Offers!B6": "sometime"}, "Offers!B6"),
        ({"Sites!B7": "2025-4-15x", "Sites!G7": 200, "Sites!H6": 5, "Sites!H7": 6}, "Sites!B7"),
        ({"Offers!A5": "makre"}, "did you mean 'makre' of A5?"),
        ({"Offers!A7": "makre"}, "did you mean 'maker' of A5?"),
        ({"Offers!B6": datetime.time(12, 30, 45)}, "the time of day 12:30:45"),
        ({"Offers!L5": datetime.time(12, 30, 45)}, "the time of day 12:30:45 stands where a number"),
        ({"Offers!L5": datetime.datetime(2024, 4, 1)}, "the date 2024-04-01 stands where a number"),
        ({"Offers!B6": 2024}, "2024 is a year, not a month"),
    ],
)  # fmt: skip
def test_one_wrong_cell_blames_no_other(cells: dict[str, object], words: str, tmp_path: Path) -> None:
    (fault,) = _faults_of_book(tmp_path, cells)
    assert words in fault


@pytest.mark.parametrize("end", ["", "x", "._", "e", "e9x", "."])
def test_a_long_number_takes_no_time(end: str, tmp_path: Path) -> None:
    start = time.process_time()
    faults_of(
        tmp_path, tiny_with((BLOCKS, f"blocks: {'7' * 300_000}{end}"), ("pue: 1.2", f"pue: 1{'_1' * 99_000}{end}"))
    )
    assert time.process_time() - start < 2.0
