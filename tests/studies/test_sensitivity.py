"""One figure at a time: held and made anew, against comparisons with the same change, and on sheet, file and screen."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from planner.defaults import BRIDGE_RATE
from planner.holding import hold_plan
from planner.outcome import Outcome
from planner.outcome.sensitivity import Sensitivity
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.report.stress.figures import future_figures
from planner.report.workbook.book import lay_book, write_workbook
from planner.studies.sensitivity import Steps, Ways, changes_of, levers_of, sensitivity
from planner.verification.finished import verify_workbook
from tests import loaded
from tests.places import INPUTS

STARTER, GAP = INPUTS / "starter.yaml", 1e-2


def ways(replanned: bool = True) -> Ways:
    def replan(there: Reading) -> Outcome:
        return plan_case(there.case, gap=GAP, input_hash=there.input_hash, reasons=False)

    return Ways(hold_plan, future_figures, BRIDGE_RATE, 60.0, replan if replanned else None)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_case(STARTER, overrides={"futures": "null"})


@pytest.fixture(scope="module")
def planned(reading: Reading) -> Outcome:
    return plan(reading, gap=GAP)


@pytest.fixture(scope="module")
def found(reading: Reading, planned: Outcome) -> Sensitivity:
    return sensitivity(reading, planned, ways())


def test_what_is_held_is_worth_no_more_than_what_is_best_there(found: Sensitivity) -> None:
    sides = [side for pull in found.pulls for side in pull.sides]
    assert len(sides) > 12 and found.figure == "value_added"
    for side in sides:
        assert side.held is not None and side.replanned is not None
        assert side.broken or side.held <= side.replanned + 2 * GAP * abs(side.replanned)
    assert any(side.replanned > side.held * 1.05 for side in sides if side.held and side.replanned)


def test_prices_pull_to_their_sides_and_the_widest_stand_first(found: Sensitivity) -> None:
    by_name = {str(pull.lever): pull for pull in found.pulls}
    for name, sign in (("prices of work", 1), ("prices of systems", -1), ("exchange rate of USD", -1)):
        low, high = by_name[name].low, by_name[name].high
        assert low is not None and high is not None and low.held is not None and high.held is not None
        assert sign * low.held < sign * found.planned < sign * high.held
    assert by_name["lead times of systems"].low is None
    spans = [pull.span(found.planned) for pull in found.pulls]
    assert spans == sorted(spans, reverse=True) and spans[-1] > 0


def test_no_step_is_the_plan_itself(reading: Reading, planned: Outcome) -> None:
    nowhere = sensitivity(reading, planned, ways(), Steps(0.0, 0.0, 0.0, 0))
    assert nowhere.pulls
    for side in (side for pull in nowhere.pulls for side in pull.sides):
        assert side.held == side.replanned == nowhere.planned


def test_a_side_is_the_plan_of_the_case_with_that_override(reading: Reading, found: Sensitivity) -> None:
    (lever,) = [one for one in levers_of(reading) if str(one.name) == "exchange rate of USD"]
    assert lever.high is not None
    changes = changes_of(reading, lever.paths, lever.high[1])
    assert changes == {"finance.exchange_rates.USD": "172.7 JPY"}
    overridden = read_case(STARTER, overrides={"futures": "null", "finance.exchange_rates.USD": "172.7 JPY"})
    there = plan(overridden, gap=GAP)
    assert there.doing_nothing is not None
    (pull,) = [one for one in found.pulls if one.lever == lever.name]
    assert pull.high is not None
    added = there.npv - there.doing_nothing.audit.accounts.npv
    assert pull.high.replanned == pytest.approx(added, rel=2 * GAP)


def test_promises_that_break_are_told(tmp_path: Path) -> None:
    case = read_case(STARTER, overrides={"futures": "null", "workloads.inference.must_serve": "0.9"})
    outcome = plan(case, gap=GAP)
    late = sensitivity(case, outcome, ways(replanned=False), Steps(months=18))
    broken = [one for pull in late.pulls for side in pull.sides for one in side.broken]
    assert broken and all(one["short"] > 0 for one in broken)
    write_workbook(replace(outcome, sensitivity=late), tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Sensitivity"]
    texts = {str(cell.value) for row in sheet.iter_rows(min_row=6, min_col=4, max_col=4) for cell in row}
    assert any("less served than promised" in text or "below its floor" in text for text in texts), texts


def test_the_sheet_holds_live_differences_and_is_verified(planned: Outcome, found: Sensitivity, tmp_path: Path) -> None:
    outcome = replace(planned, sensitivity=found)
    speaker = lay_book(outcome, "ja").grid.speaker
    assert speaker.missing == set()
    write_workbook(outcome, tmp_path / "plan.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Sensitivity"]
    assert sheet["F6"].value == "=$D$6-$D$3" and str(sheet["H6"].value).startswith("=MAX(0,")
    assert len(sheet._charts) == 1
    verdict = verify_workbook(tmp_path / "plan.xlsx")
    assert verdict.holds, verdict.words
    assert any("Sensitivity: read, not confirmed" in told for told in verdict.words)


def test_the_command_writes_sheet_and_file(tmp_path: Path) -> None:
    done = loaded.run(str(STARTER), "--sensitivity", "held", "--no-html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads((tmp_path / "out" / "plan.json").read_text(encoding="utf-8"))["sensitivity"]
    assert told["levers"][0]["low"]["held"] < told["planned"]
    assert "replanned" not in told["levers"][0]["low"]
    assert "Sensitivity" in openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx").sheetnames
