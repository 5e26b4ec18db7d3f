"""Ctrl-C and its relatives: whenever they come, they are heard, and nothing is left half done."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.session.session import _words_without_plan
from planner.session.timetable import REPORT
from planner.studies import process_pool
from planner.studies.runs import run_all
from planner.supervisor.supervisor import Ending
from tests.cases.toy import programme, toy
from tests.faults.faulty import RELAXED, SETTLE, Faulty, heeds_no_limit, holds_a_whole_plan, posix_only, summary
from tests.places import TESTS
from tests.studies.budgets import budget
from tests.studies.changed import engine, task


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("stage", ["planner.session.work:read_for_plan", "planner.planning:build", RELAXED])
def test_a_stop_before_a_plan_is_found_leaves_nothing(folder: Path, stage: str, number: signal.Signals) -> None:
    run = Faulty(folder, {stage: "wait"})
    run.reaches_the_fault()
    asked = time.monotonic()
    run.process.send_signal(number)
    status, out, err = run.ended()
    assert time.monotonic() - asked < 20
    assert (status, out) == (128 + number, "")
    assert "no plan had been found, and nothing was written" in err
    assert ("Ctrl-C" in err) == (number == signal.SIGINT)
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("kept", "stage", "words"),
    [
        ({}, "search", "no plan had been found, and nothing was written"),
        ({"plan": b""}, "search", "a plan had been found, but was not completed, and nothing was written"),
        ({"plan": b""}, REPORT, "none was put in place"),
    ],
)
def test_what_is_said_without_a_plan_never_contradicts_what_was_found(
    kept: dict[str, bytes], stage: str, words: str
) -> None:
    said = _words_without_plan("stopped", Ending("stopped", 0, stage, 1.0, kept))
    assert words in said
    assert ("no plan had been found" in said) == (not kept)


@posix_only
def test_a_stop_while_a_plan_is_made_tidy_brings_it_home(folder: Path) -> None:
    run = Faulty(folder, {SETTLE: "wait"})
    run.reaches_the_fault()
    run.process.send_signal(signal.SIGINT)
    status, out, err = run.ended()
    assert status == 130
    assert "stopped by Ctrl-C" in err
    assert "net present value" in out
    assert holds_a_whole_plan(folder)
    assert "stopped by Ctrl-C" in summary(folder)["options"]["ended early"]


@posix_only
@pytest.mark.parametrize("stage", ["planner.planning:audit", "planner.writing:write_workbook"])
def test_a_stop_during_audit_or_writing_leaves_all_or_nothing(folder: Path, stage: str) -> None:
    run = Faulty(folder, {stage: "pause"})
    run.reaches_the_fault()
    run.process.send_signal(signal.SIGINT)
    status, _, _ = run.ended()
    assert status == 130
    assert holds_a_whole_plan(folder)


@posix_only
def test_a_second_stop_ends_at_once(folder: Path) -> None:
    run = Faulty(folder, {SETTLE: "wait", "planner.planning:complete": "wait"})
    run.reaches_the_fault()
    (folder / "waiting").unlink()
    run.process.send_signal(signal.SIGINT)
    run.reaches_the_fault()  # now in the process that brings the plan home
    time.sleep(0.5)
    run.process.send_signal(signal.SIGINT)
    asked = time.monotonic()
    status, out, _ = run.ended()
    assert (status, out) == (130, "")
    assert time.monotonic() - asked < 10
    assert not (folder / "out").exists()


QUESTIONS = [
    ("explain", "tiny.yaml"),
    ("explain", "tiny.yaml", "--why-not", "maker@north"),
    ("alternatives", "tiny.yaml"),
]


@posix_only
@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
@pytest.mark.parametrize("stage", [RELAXED, "planner.solving.highs:Solver.run"])
def test_a_question_can_be_stopped_wherever_it_is(folder: Path, question: tuple[str, ...], stage: str) -> None:
    late = "3 wait" if stage != RELAXED else "wait"
    run = Faulty(folder, {stage: late}, command=question)
    run.reaches_the_fault()
    run.process.send_signal(signal.SIGINT)
    status, out, err = run.ended(20)
    assert (status, out) == (130, "")
    assert "stopped by Ctrl-C" in err
    assert "the question is not answered" in err


@posix_only
def test_a_question_whose_search_heeds_no_limit_is_ended(folder: Path) -> None:
    run = Faulty(folder, {RELAXED: "wait", "grace": 3}, "--time-limit", "1", command=("explain", "tiny.yaml"))
    status, out, err = run.ended(100)
    assert (status, out) == (3, "")
    assert "too long after the time limit of 1 s" in err


@posix_only
def test_whoever_watches_may_be_killed_and_the_worker_goes_with_it(folder: Path) -> None:
    run = Faulty(folder, {RELAXED: "wait"})
    run.reaches_the_fault()
    children = subprocess.run(
        ["pgrep", "-P", str(run.process.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    run.process.kill()
    run.process.communicate()
    for _ in range(200):
        if not any(_is_running(int(child)) for child in children):
            return
        time.sleep(0.05)
    raise AssertionError(f"{children} run on")


def _is_running(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{number}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_study_goes_on_without_a_plan_that_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAITING", str(tmp_path / "waiting"))
    monkeypatch.setattr(process_pool, "GRACE_SECONDS", 0.5)
    stuck = dataclasses.replace(engine(workers=1, time_limit=0.5, apart=True), plan=heeds_no_limit)
    (run,) = run_all([task(toy(), "stuck")], stuck)
    assert (run.outcome, run.proven) == (None, False)
    assert "did not end at its time limit of 0.5 s" in run.message


@posix_only
def test_a_stop_of_a_study_is_heard_while_a_plan_is_made(tmp_path: Path) -> None:
    program = (
        "import dataclasses, pathlib\n"
        "from tests.cases.toy import toy\nfrom planner.studies.runs import run_all\n"
        "from planner.supervisor import stops\n"
        "from tests.studies.changed import engine, task\nfrom tests.faults.faulty import heeds_no_limit\n"
        "if __name__ == '__main__':\n"
        "    stops.raise_stopped()\n"
        "    stuck = dataclasses.replace(engine(workers=1, apart=True), plan=heeds_no_limit)\n"
        "    try:\n        run_all([task(toy(), 'stuck')], stuck)\n"
        "    except stops.Stopped as asked:\n        raise SystemExit(stops.exit_status(asked.number))\n"
    )
    (tmp_path / "study.py").write_text(program)
    paths = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    environment = {**os.environ, "PYTHONPATH": paths, "WAITING": str(tmp_path / "waiting")}
    process = subprocess.Popen([sys.executable, "study.py"], cwd=tmp_path, env=environment)
    for _ in range(1200):
        if (tmp_path / "waiting").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 143


STUDIES = [
    ("compare", "toy.yaml"),
    ("frontier", "toy.yaml", "--vary", "programmes.half.rate", "--from", "0", "--to", "90%"),
    ("robust", "toy.yaml", "--decide-by", "2025-01", "--futures", "8"),
]
RATE = {"path": "programmes.half.rate", "range": {"low": 0.2, "typical": 1, "high": 1.8}}


@posix_only
@pytest.mark.parametrize("study", STUDIES, ids=["compare", "frontier", "robust"])
@pytest.mark.parametrize(("runs", "number"), [(0, signal.SIGINT), (1, signal.SIGINT), (2, signal.SIGTERM)])
def test_a_stopped_study_says_what_it_keeps_and_nothing_else(
    tmp_path: Path, study: tuple[str, ...], runs: int, number: signal.Signals
) -> None:
    rates = {f"rate-{percent}": {"programmes.half.rate": f"{percent} %"} for percent in range(10, 80, 10)}
    budget(tmp_path, rates, programmes={"half": programme(0.5)}, futures={"drivers": {"rate": RATE}})
    process = subprocess.Popen(
        [sys.executable, "-m", "planner.cli", *study, "--workers", "2", "--output", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    journal = tmp_path / "out/journal"
    while not (journal.exists() and len([*journal.glob("[!.]*.json")]) >= runs):  # without runs, they are being started
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    time.sleep(0.0 if runs else 0.2)
    os.killpg(process.pid, number)  # as a terminal does: to all of them
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (128 + number, "")
    name = "Ctrl-C" if number == signal.SIGINT else r"a request to end \(SIGTERM\)"
    kept = len([*journal.glob("[!.]*.json")])
    if kept:
        plans = "1 finished plan is" if kept == 1 else f"{kept} finished plans are"
        words = f"{plans} kept in out/journal: the same command goes on from there"
    else:
        words = "no plan was finished yet, and nothing was written"
    assert re.fullmatch(f"stopped by {name}; {words}\n", err)
    assert kept >= runs
    assert not (tmp_path / f"out/{study[0]}.json").exists()
