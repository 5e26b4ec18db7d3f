"""The loss of a site in the workbook: rows and checks that move with the inputs, in both languages, and read back."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.case.file import input_hash
from planner.report.summary_file import summary
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.results.every_table import tables
from planner.verification.finished import verify_workbook
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_added import UNUSUAL
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.whole.test_site_loss import two_sites


@cache
def plan() -> Outcome:
    case = two_sites(4, 0.5, systems__cube__availability="95 %", unusual=UNUSUAL)
    return plan_case(case, gap=0.0, input_hash=input_hash(case))


def test_every_stored_value_is_what_formualizer_computes(tmp_path: Path) -> None:
    write_workbook(plan(), tmp_path / "book.xlsx")
    assert_another_engine_agrees(tmp_path / "book.xlsx")
    assert verify_workbook(tmp_path / "book.xlsx").holds


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_checks_hold_and_every_text_is_translated(language: str) -> None:
    grid = lay_book(plan(), language).grid
    assert grid.value_of("master") == "OK"
    assert grid.speaker.missing == set()


def test_what_the_other_site_would_serve_is_told_above_what_must_survive() -> None:
    # Half of the work of four must survive: two. Three cubes at a site could do 2.85.
    grid = lay_book(plan()).grid
    for lost in ("east", "west"):
        assert amount(grid, Key("survives", lost, "training"), 1) == pytest.approx(0, abs=1e-6)
        other = "west" if lost == "east" else "east"
        able = 0.95 * plan().audit.quantities.installed["cube", other, 1]  # type: ignore[index]
        assert amount(grid, Key("spare", lost, "cube", other), 1) == pytest.approx(able - 2)


def test_only_a_case_that_asks_for_it_has_rows_and_a_table() -> None:
    plain = plan_case(two_sites(4, 0.5, workloads__training__survives_site_loss=False), gap=0.0)
    assert "failover" not in tables(plain) and "failover" not in str(summary(plain))
    found = tables(plan())["failover"]
    assert list(found.columns)[:4] == ["lost_site", "workload", "system", "site"] and len(found) == 6
    assert len(summary(plan())["decisions"]["failover"]) == 6
