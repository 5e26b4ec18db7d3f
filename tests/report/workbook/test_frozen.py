"""What is frozen in the workbook: figures on Inputs, checks that move with them, in both languages, and read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

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
from tests.model.test_rows_of_frozen import DUTY, FROZEN, HALL
from tests.report.workbook.test_added import UNUSUAL
from tests.report.workbook.test_recalculation import assert_another_engine_agrees


@cache
def plan(entered: bool = False) -> Outcome:
    state = programme(0.5, obligations=[DUTY])
    frozen = {**FROZEN, "programmes": {"state": entered}}
    case = toy(frozen=frozen, expansions__hall=HALL, programmes__state=state, unusual=UNUSUAL)
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
        ("entered as frozen", 0, 0),
    ]
    assert checks(grid, "nothing besides") == [
        ("ordered up to 2026-12, nothing besides what is frozen", 2, 2),
        ("started up to 2026-12, nothing besides what is frozen", 1, 1),
    ]


def test_only_a_case_in_which_something_is_frozen_says_so() -> None:
    plain = plan_case(toy(unusual=UNUSUAL), gap=0.0)
    assert "frozen" not in summary(plain)
    assert summary(plan())["frozen"]["orders"] == [{"offer": "maker", "site": "east", "month": "2025-01", "systems": 2}]
    assert "What is frozen" not in lay_book(plain).figures
