"""What is frozen in the workbook: figures on Inputs, checks that move with them, in both languages, and read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import input_hash
from planner.report.summary_file import summary
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.verification.finished import verify_workbook
from tests.cases.toy import programme, toy
from tests.model.test_rows_of_frozen import BANK, DUTY, FROZEN, HALL
from tests.report.workbook.test_added import UNUSUAL
from tests.report.workbook.test_recalculation import assert_another_engine_agrees


@cache
def plan(entered: bool = False) -> Outcome:
    programmes = {"state": programme(0.5, obligations=[DUTY]), "town": programme(0.1)}
    frozen = {**FROZEN, "programmes": {"state": entered}, "complete": not entered}
    terms = {"expansions__hall": HALL, "programmes": programmes, "finance__loans": {"bank": BANK}}
    case = toy(frozen=frozen, unusual=UNUSUAL, **terms)
    return plan_case(case, gap=0.0, input_hash=input_hash(case))


def checks(grid: Any, words: str) -> list[tuple[str, Any, Any]]:
    """Label, left and right of the checks whose label has some words."""
    sheet = grid.sheets["Checks"]
    rows = [row for (row, column), cell in sheet.cells.items() if column == 0 and words in str(cell.content)]
    found = []
    for row in rows:
        number = next(n for n in range(500) if grid.line_of(Key("check", n)).row == row)
        sides = (grid.value_of(Key("check", number, side)) for side in ("left", "right"))
        found.append((str(sheet.cells[row, 0].content), *sides))
    return found


@pytest.mark.parametrize("entered", [False, True])
def test_every_stored_value_is_what_formualizer_computes(tmp_path: Path, entered: bool) -> None:
    write_workbook(plan(entered), tmp_path / "book.xlsx")
    assert_another_engine_agrees(tmp_path / "book.xlsx")
    assert verify_workbook(tmp_path / "book.xlsx").holds
    assert read_case(tmp_path / "book.xlsx").case.frozen == plan(entered).case.frozen


def test_formulas_stay_short(tmp_path: Path) -> None:
    write_workbook(plan(), tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    for name in ("Fleet and placement", "Checks", "Subsidies"):
        texts = [cell.value for row in book[name].iter_rows() for cell in row if isinstance(cell.value, str)]
        assert max(len(text) for text in texts if text.startswith("=")) <= 80


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_checks_hold_and_every_text_is_translated(language: str) -> None:
    grid = lay_book(plan(), language).grid
    assert grid.value_of("master") == "OK"
    assert grid.speaker.missing == set()


def test_each_pin_is_held_against_what_was_decided() -> None:
    grid = lay_book(plan()).grid
    assert checks(grid, "as frozen") == [
        ("ordered in 2025-01 as frozen", 2, 2),
        ("started in 2026-01 as frozen", 1, 1),
        ("leaving in 2026-01 as frozen", 1, 1),
        ("claimed of 2025-01 as frozen", 1.5, 1.5),
        ("drawn in 2025-01 as frozen", 20e6, 20e6),
        ("repaid from 2026-01 on as frozen", 5e6, 5e6),
        ("entered as frozen", 0, 0),
    ]
    assert checks(grid, "nothing besides") == [
        ("ordered up to 2026-12, nothing besides what is frozen", 2, 2),
        ("started up to 2026-12, nothing besides what is frozen", 1, 1),
        ("claimed up to 2026-12, nothing besides what is frozen", 1.5, 1.5),
        ("drawn up to 2026-12, nothing besides what is frozen", 20e6, 20e6),
        ("repaid up to 2026-12, nothing besides what is frozen", 5e6, 5e6),
    ]


def test_only_a_case_in_which_something_is_frozen_says_so() -> None:
    plain = plan_case(toy(unusual=UNUSUAL), gap=0.0)
    assert "frozen" not in summary(plain)
    assert summary(plan())["frozen"]["orders"] == [{"offer": "maker", "site": "east", "month": "2025-01", "systems": 2}]
    assert "What is frozen" not in lay_book(plain).figures
