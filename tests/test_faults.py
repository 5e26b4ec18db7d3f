"""Whatever happens to a run, it ends, it says what happened, and its files are the old ones or the new ones."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cases.toy import programme, toy
from studies.budgets import budget
from studies.changed import engine, task

from planner.errors import WriteError
from planner.outcome import Outcome
from planner.report import files, scratch
from planner.session.timetable import GRACE_SECONDS, REPORT, SEARCH, RunTimetable
from planner.studies import lanes
from planner.studies.runs import run_all

HERE = Path(__file__).parent
TINY = HERE / "cases" / "tiny.yaml"
SETTLE, RELAXED = "planner.solving.solve:settle", "planner.solving.search:_Search._relaxed"
KILLS = int(os.environ.get("PLANNER_KILLS", "8"))
"""How often the storm strikes; 200 and more for a release."""
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and shells of POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(TINY, tmp_path / "tiny.yaml")
    return tmp_path


class Faulty:
    """The command with faults inside, running in a folder."""

    def __init__(
        self,
        folder: Path,
        faults: dict[str, Any],
        *arguments: str,
        command: tuple[str, ...] = ("tiny.yaml", "--output", "out"),
        **environment: str,
    ) -> None:
        self.folder = folder
        program = [sys.executable, str(HERE / "faults" / "injected.py"), json.dumps(faults)]
        self.process = subprocess.Popen(
            [*program, *command, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(HERE.parent), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def reaches_the_fault(self) -> None:
        for _ in range(1200):
            if (self.folder / "waiting").exists():
                return
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.05)
        raise AssertionError("the fault was never reached")

    def ended(self, within: float = 120) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=within)
        assert "Traceback" not in err
        assert not list(self.folder.glob("out/.planner-*"))
        return self.process.returncode, out, err


def summary(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "out/plan.json").read_text(encoding="utf-8"))
    return content


def holds_a_whole_plan(folder: Path) -> bool:
    book = openpyxl.load_workbook(folder / "out/plan.xlsx", read_only=True)
    return "Cash flow" in book.sheetnames and summary(folder)["proof"]["limits_broken"] == 0


# Every run ends.


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
    faults = {"planner.plan:no_plan_words": "wait", "grace": 3}
    status, _, err = Faulty(folder, faults, "--time-limit", "1").ended()
    assert status == 1
    assert "No plan exists; that is proven." in err
    assert not (folder / "out").exists()


# Ctrl-C and its relatives.


@posix_only
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("stage", ["planner.session.work:read_for_plan", "planner.plan:build", RELAXED])
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
@pytest.mark.parametrize("stage", ["planner.plan:audit", "planner.session.work:write_workbook"])
def test_a_stop_during_audit_or_writing_leaves_all_or_nothing(folder: Path, stage: str) -> None:
    run = Faulty(folder, {stage: "pause"})
    run.reaches_the_fault()
    run.process.send_signal(signal.SIGINT)
    status, _, _ = run.ended()
    assert status == 130
    assert holds_a_whole_plan(folder)


@posix_only
def test_a_second_stop_ends_at_once(folder: Path) -> None:
    run = Faulty(folder, {SETTLE: "wait", "planner.plan:complete": "wait"})
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


def heeds_no_limit(_case: Any, **_terms: Any) -> Outcome:
    Path(os.environ["WAITING"]).touch()
    time.sleep(600)
    raise AssertionError


def test_a_study_goes_on_without_a_plan_that_is_late(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAITING", str(tmp_path / "waiting"))
    monkeypatch.setattr(lanes, "GRACE_SECONDS", 0.5)
    stuck = dataclasses.replace(engine(workers=1, time_limit=0.5, apart=True), plan=heeds_no_limit)
    (run,) = run_all([task(toy(), "stuck")], stuck)
    assert (run.outcome, run.proven) == (None, False)
    assert "did not end at its time limit of 0.5 s" in run.message


@posix_only
def test_a_stop_of_a_study_is_heard_while_a_plan_is_made(tmp_path: Path) -> None:
    program = (
        "import dataclasses, pathlib\n"
        "from cases.toy import toy\nfrom planner.studies.runs import run_all\nfrom planner.watch import stops\n"
        "from studies.changed import engine, task\nfrom test_faults import heeds_no_limit\n"
        "if __name__ == '__main__':\n"
        "    stops.raise_stopped()\n"
        "    stuck = dataclasses.replace(engine(workers=1, apart=True), plan=heeds_no_limit)\n"
        "    try:\n        run_all([task(toy(), 'stuck')], stuck)\n"
        "    except stops.Stopped as asked:\n        raise SystemExit(stops.exit_status(asked.number))\n"
    )
    (tmp_path / "study.py").write_text(program)
    paths = os.pathsep.join([str(HERE.parent), str(HERE)])
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
]


@posix_only
@pytest.mark.parametrize("study", STUDIES, ids=["compare", "frontier"])
@pytest.mark.parametrize(("runs", "number"), [(0, signal.SIGINT), (1, signal.SIGINT), (2, signal.SIGTERM)])
def test_a_stopped_study_says_what_it_keeps_and_nothing_else(
    tmp_path: Path, study: tuple[str, ...], runs: int, number: signal.Signals
) -> None:
    rates = {f"rate-{percent}": {"programmes.half.rate": f"{percent} %"} for percent in range(10, 80, 10)}
    budget(tmp_path, rates, programmes={"half": programme(0.5)})
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


# A process that dies, and memory that runs out.


@posix_only
def test_a_killed_worker_is_said_to_be_and_nothing_is_written(folder: Path) -> None:
    (folder / "out").mkdir()
    (folder / "out/plan.xlsx").write_text("an earlier plan")
    status, out, err = Faulty(folder, {RELAXED: "kill"}).ended()
    assert (status, out) == (3, "")
    assert "most likely for want of memory" in err
    assert f"left from an earlier one: {Path('out/plan.xlsx')}" in err
    assert (folder / "out/plan.xlsx").read_text() == "an earlier plan"


@posix_only
def test_the_plan_of_a_killed_worker_is_brought_home(folder: Path) -> None:
    status, out, err = Faulty(folder, {SETTLE: "kill"}).ended()
    assert status == 3
    assert "most likely for want of memory" in err
    assert "net present value" in out
    assert holds_a_whole_plan(folder)


def test_memory_that_runs_out_is_no_defect(folder: Path) -> None:
    status, out, err = Faulty(folder, {"planner.plan:build": "memory"}).ended()
    assert (status, out) == (3, "")
    assert err.startswith("this case needs more memory than there is")


# Files.

STEPS = {
    "a folder for it": (scratch.tempfile, "mkdtemp"),
    "the lock": (scratch.os, "open"),
    "the content": (Path, "write_bytes"),
    "onto the disk": (files.os, "fsync"),
    "its rights": (Path, "chmod"),
    "into place": (Path, "replace"),
}
"""Every call by which a file comes into being."""


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO], ids=errno.errorcode.get)
def test_an_error_at_any_step_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    old = tmp_path / "plan.json"
    old.write_text("old")

    owner, name = STEPS[step]
    right = getattr(owner, name)

    def fails(*arguments: Any, **named: Any) -> Any:
        if _tidies_up(step, arguments):
            return right(*arguments, **named)
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fails)
        with pytest.raises(WriteError, match=r"plan\.json: could not be written: .*\n    fix: ") as refused:
            files.replace_content(old, b"new")
    assert os.strerror(number) in str(refused.value)
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def _tidies_up(step: str, arguments: tuple[Any, ...]) -> bool:
    """Opening is also how a folder is removed; only that of the lock is to go wrong."""
    return step == "the lock" and not str(arguments[0]).endswith(scratch.LOCK)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "into place"])  # by then both are on the disk
def test_of_two_files_both_are_replaced_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    both = [tmp_path / "plan.xlsx", tmp_path / "plan.json"]
    for path in both:
        path.write_text("old")
    owner, name = STEPS[step]
    right, calls = getattr(owner, name), []

    def fails_the_second_time(*arguments: Any, **named: Any) -> Any:
        if _tidies_up(step, arguments):
            return right(*arguments, **named)
        calls.append(1)
        if len(calls) > 1:
            raise OSError(errno.ENOSPC, "no room")
        return right(*arguments, **named)

    with monkeypatch.context() as patch, pytest.raises(WriteError), files.all_or_none():
        patch.setattr(owner, name, fails_the_second_time)
        for path in both:
            files.replace_content(path, b"new")
    assert [path.read_text() for path in both] == ["old", "old"]
    assert sorted(tmp_path.iterdir()) == sorted(both)


def test_a_power_cut_that_loses_the_name_is_no_reason_to_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = files._flush

    def of_files_only(path: Path) -> None:
        if path.is_dir():
            raise OSError(errno.EINVAL, "this file system flushes no folders")
        right(path)

    monkeypatch.setattr(files, "_flush", of_files_only)
    files.replace_content(tmp_path / "plan.json", b"new")
    assert (tmp_path / "plan.json").read_bytes() == b"new"


def test_a_stray_of_a_killed_run_is_cleared_at_once_and_one_in_use_is_not(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from planner.report.scratch import scratch\n"
        "with scratch(Path(sys.argv[1])) as place:\n"
        "    (place / 'half').write_text('half'); print(place.name, flush=True); time.sleep(600)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    ) as writer:
        assert writer.stdout is not None
        name = writer.stdout.readline().strip()
        files.clear_temporaries(tmp_path)
        assert (tmp_path / name / "half").exists()
        writer.kill()
    files.clear_temporaries(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_cleared_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, calls = scratch.tempfile.mkdtemp, []

    def cleared(**named: Any) -> str:
        name = str(right(**named))
        calls.append(name)
        if len(calls) == 1:
            files.clear_temporaries(tmp_path)
        return name

    monkeypatch.setattr(scratch.tempfile, "mkdtemp", cleared)
    files.replace_content(tmp_path / "plan.json", b"new")
    assert len(calls) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


@posix_only
def test_a_full_disk_leaves_the_old_files_and_says_what_helps(folder: Path) -> None:
    (folder / "out").mkdir()
    for name in ("plan.xlsx", "plan.json"):
        (folder / "out" / name).write_text("old")
    run = Faulty(folder, {"planner.report.files:_flush": "2 full"})
    status, out, err = run.ended()
    assert (status, out) == (4, "")
    assert "plan.json: could not be written: No space left on device\n    fix: the disk is full: free some room" in err
    assert "not of this run, but left from an earlier one: out/plan.xlsx" in err
    assert sorted(path.read_text() for path in (folder / "out").iterdir()) == ["old", "old"]


def plan(command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of a real shell, in which ``plan`` is the command."""
    definition = f'plan() {{ "{sys.executable}" -m planner.cli "$@"; }}; set -o pipefail; '
    return subprocess.run(
        ["bash", "-c", definition + command],
        cwd=folder,
        # no bytecode: what a full disk cuts off would be read by every later run
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HERE.parent), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@posix_only
def test_a_file_that_the_system_cuts_off_is_not_put_in_place(folder: Path) -> None:
    result = plan("ulimit -f 40; plan tiny.yaml -o out", folder)
    assert result.returncode == 4
    assert "out/plan.xlsx: could not be written: File too large" in result.stderr
    assert list((folder / "out").iterdir()) == []


@posix_only
def test_what_cannot_be_written_is_said_before_the_search(folder: Path) -> None:
    (folder / "out/plan.xlsx").mkdir(parents=True)
    run = Faulty(folder, {RELAXED: "kill"})
    status, _, err = run.ended()
    assert status == 4
    assert "a folder has the name of the file" in err


@posix_only
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="nothing is read-only to root")
def test_a_read_only_folder_is_said(folder: Path) -> None:
    (folder / "out").mkdir(mode=0o555)
    result = plan("plan tiny.yaml -o out", folder)
    assert result.returncode == 4
    assert "ask for the right to write there" in result.stderr


def test_a_folder_without_the_right_to_write_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files.os, "access", lambda *_: False)
    with pytest.raises(WriteError, match="ask for the right to write there"):
        files.require_room(tmp_path / "new" / "folder", ("plan.xlsx",))
    assert list(tmp_path.iterdir()) == []


# Streams and surroundings.


@posix_only
@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("plan tiny.yaml -o out | head -1", 0),
        ("plan tiny.yaml -o out --json | true", 0),
        ("plan tiny.yaml -o out >&-", 0),
        ("plan tiny.yaml -o out <&- >&- 2>&-", 0),
        ("plan nowhere.yaml 2>&-", 2),
        ("plan verify tiny.yaml | true", 2),
    ],
)
def test_a_reader_that_is_gone_changes_nothing(folder: Path, line: str, status: int) -> None:
    result = plan(line, folder)
    assert result.returncode == status
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr
    if status == 0:
        assert holds_a_whole_plan(folder)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_screen_that_takes_nothing_is_an_error_but_the_plan_is_written(folder: Path) -> None:
    result = plan("plan tiny.yaml -o out > /dev/full", folder)
    assert result.returncode == 4
    assert "the screen (stdout): could not be written: No space left on device" in result.stderr
    assert "the plan itself is written: out/plan.xlsx and out/plan.json" in result.stderr
    assert holds_a_whole_plan(folder)


@posix_only
@pytest.mark.parametrize("surroundings", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}])
def test_neither_home_nor_terminal_nor_locale_is_needed(folder: Path, surroundings: dict[str, str]) -> None:
    result = plan("plan tiny.yaml -o out", folder, **surroundings)
    assert (result.returncode, result.stderr) == (0, "")
    assert holds_a_whole_plan(folder)


# What stands there already.


def test_a_workbook_that_is_planned_from_is_kept_unless_the_new_one_is_the_same(folder: Path) -> None:
    assert plan("plan tiny.yaml -o out -q", folder).returncode == 0
    first = (folder / "out/plan.xlsx").read_bytes()
    result = plan("plan out/plan.xlsx -o out -q", folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert (folder / "out/plan.xlsx").read_bytes() == first
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["plan.json", "plan.xlsx"]
    for number, language in ((1, "ja"), (2, "en")):
        before = (folder / "out/plan.xlsx").read_bytes()
        result = plan(f"plan out/plan.xlsx -o out --language {language}", folder)
        assert result.returncode == 0, result.stderr
        assert f"kept out/plan.before-{number}.xlsx: the workbook that was planned from" in result.stderr
        assert (folder / f"out/plan.before-{number}.xlsx").read_bytes() == before


def test_a_refusal_names_the_results_that_still_stand(folder: Path) -> None:
    assert plan("plan tiny.yaml -q", folder).returncode == 0
    text = (folder / "tiny.yaml").read_text(encoding="utf-8")
    (folder / "tiny.yaml").write_text(text.replace("period: quarter", "period: quartet"), encoding="utf-8")
    result = plan("plan tiny.yaml", folder)
    assert result.returncode == 2
    assert "not of this run, but left from an earlier one: outputs/tiny/plan.xlsx of 20" in result.stderr


def test_watched_or_not_the_bytes_are_the_same(folder: Path) -> None:
    assert plan("plan tiny.yaml -o watched -q", folder).returncode == 0
    program = (
        "import contextlib, io, sys; from planner.cli import main\n"
        "sys.argv = ['plan', 'tiny.yaml', '-o', 'alone']\n"
        "with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit): main()\n"
        "assert 'net present value' in said.getvalue()"
    )
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, check=True, timeout=240)
    for name in ("plan.xlsx", "plan.json"):
        assert (folder / "watched" / name).read_bytes() == (folder / "alone" / name).read_bytes()


# Kills.


@pytest.fixture
def storm(folder: Path) -> Iterator[Any]:
    def strikes(arguments: list[str], where: str, kills: int, longest: float) -> dict[str, Any]:
        said = {"arguments": arguments, "folder": where, "kills": kills, "longest": longest, "chance": kills}
        result = subprocess.run(
            [sys.executable, str(HERE / "faults" / "kills.py"), json.dumps(said)],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
            capture_output=True,
            text=True,
            timeout=600 + 20 * kills,
            check=True,
        )
        found: dict[str, Any] = json.loads(result.stdout)
        print(found)  # for those who run the long storm
        return found

    yield strikes


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_breaks_a_file_of_a_plan(folder: Path, storm: Any) -> None:
    assert plan("plan tiny.yaml -o right -q", folder).returncode == 0
    right, kills = _hashes(folder / "right"), max(1, KILLS * 6 // 10)
    (folder / "out").mkdir()
    for name in right:
        (folder / "out" / name).write_text("old")
    old = _hashes(folder / "out")
    found = storm(["tiny.yaml", "-o", "out", "-q"], "out", kills, 1.5)
    assert found["killed"] == kills
    allowed = {f"{name} {of[name]}" for of in (right, old) for name in right}
    assert set(found["seen"]) <= allowed, found
    assert plan("plan tiny.yaml -o out -q", folder).returncode == 0
    assert _hashes(folder / "out") == right
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["plan.json", "plan.xlsx"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_no_kill_breaks_a_comparison_which_goes_on_to_the_same_result(folder: Path, storm: Any) -> None:
    assert plan("plan compare tiny.yaml -o right -q", folder).returncode == 0
    right, kills = _hashes(folder / "right"), max(1, KILLS * 4 // 10)
    found = storm(["compare", "tiny.yaml", "-o", "out", "-q"], "out", kills, 6.0)
    assert found["killed"] == kills
    assert set(found["seen"]) <= {f"{name} {right[name]}" for name in right}, found
    assert plan("plan compare tiny.yaml -o out -q", folder).returncode == 0
    assert _hashes(folder / "out") == right
    assert not list(folder.rglob(".planner-*"))
    entries = sorted((folder / "right/journal").iterdir())
    assert [path.name for path in entries] == [path.name for path in sorted((folder / "out/journal").iterdir())]
    for path in entries:
        assert path.read_bytes() == (folder / "out/journal" / path.name).read_bytes()
