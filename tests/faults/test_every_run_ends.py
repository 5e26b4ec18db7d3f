"""Whatever holds a run up, it ends in time and says what it has."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from planner.session.timetable import GRACE_SECONDS, REPORT, SEARCH, RunTimetable
from tests.faults.faulty import RELAXED, SETTLE, Faulty, holds_a_whole_plan, posix_only, summary


def test_the_timetable_keeps_its_promise_in_every_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("planner.session.timetable.time.monotonic", lambda: now)
    for preparation in (0.0, 1.0, 1.5):
        began = now
        timetable = RunTimetable(300.0)
        assert timetable.deadline == began + 310
        now += preparation
        timetable.enter(SEARCH)
        assert timetable.deadline > now + 300  # whoever heeds the limit is never cut short
        assert timetable.deadline <= began + 300 + GRACE_SECONDS
        now = timetable.deadline
        rest = timetable.resumed()
        assert rest.deadline == began + 300 + GRACE_SECONDS
        assert rest.seconds > 4
        assert not rest.may_stop
        timetable.enter(REPORT)
        assert timetable.deadline == began + 300 + GRACE_SECONDS
    large = RunTimetable(300.0)
    now += 20
    large.enter(SEARCH)
    assert large.grace == 120  # six times the preparation


@posix_only
@pytest.mark.parametrize("stuck", [RELAXED, "planner.session.work:read_for_plan"])
def test_a_search_that_heeds_no_limit_is_ended(folder: Path, stuck: str) -> None:
    began = time.monotonic()
    run = Faulty(folder, {stuck: "wait", "grace": 3}, "--time-limit", "1")
    status, out, err = run.ended()
    assert (status, out) == (3, "")
    assert "too long after the time limit of 1 s" in err
    assert "nothing was written" in err
    assert time.monotonic() - began < 100  # the fault itself would last ten minutes
    assert not (folder / "out").exists()


@posix_only
def test_where_the_tie_break_is_stuck_the_plan_is_brought_home(folder: Path) -> None:
    status, out, err = Faulty(folder, {SETTLE: "wait"}, "--time-limit", "1").ended()
    assert status == 3
    assert "the best plan found until then:" in err
    assert "net present value" in out
    assert holds_a_whole_plan(folder)
    assert "not ready after" in summary(folder)["options"]["ended early"]


@posix_only
def test_where_the_reason_is_stuck_it_is_still_said_that_there_is_no_plan(folder: Path) -> None:
    text = (folder / "tiny.yaml").read_text(encoding="utf-8")
    text = text.replace("minimum_cash: 100 m JPY", "minimum_cash: 30 bn JPY")
    (folder / "tiny.yaml").write_text(text, encoding="utf-8")
    faults = {"planner.explain.conflict:no_plan_words": "wait", "grace": 3}
    status, _, err = Faulty(folder, faults, "--time-limit", "1").ended()
    assert status == 1
    assert "No plan exists; that is proven." in err
    assert not (folder / "out").exists()
