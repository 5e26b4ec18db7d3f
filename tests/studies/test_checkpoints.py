"""The journal: what was finished is not planned again, what is damaged or of another question is."""

from __future__ import annotations

import dataclasses
import json
import math
import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from planner.errors import NoPlanError, NoProofError, ScalingError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.studies import checkpoints
from planner.studies.checkpoints import LARGEST_BYTES
from planner.studies.plans import PlanJob
from planner.studies.process_pool import kept_processes
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, RunFailedError, Task
from tests.cases.toy import mn, programme, toy, yearly
from tests.places import INPUTS
from tests.studies.changed import engine, task


def tasks() -> list[Task]:
    loan = {"bank": {"limit": mn(100), "rate": "2 %", "term": "36 months"}}
    return [
        task(toy(), "plain"),
        task(toy(programmes={"half": programme(0.5)}), "granted"),
        task(toy(finance__opening_cash=mn(30), finance__loans=loan), "lent"),
        task(toy(workloads__training__must_serve=1, systems__cube__lead_time={"typical": "1 year"}), "no plan"),
    ]


def fingerprint(one: Task, engine_: Engine) -> str:
    return checkpoints.fingerprint(PlanJob.of(one, engine_), engine_)


def never(*_: Any, **__: Any) -> Outcome:
    raise AssertionError("planned again")


def test_a_finished_run_is_not_planned_again_and_reads_the_same(tmp_path: Path) -> None:
    first = run_all(tasks(), engine(journal=tmp_path))
    again = run_all(tasks(), dataclasses.replace(engine(journal=tmp_path), plan=never))
    assert again == first
    assert [run.outcome is None for run in first] == [False, False, False, True]
    assert first[2].plan.decisions.draw
    assert "No plan exists" in first[3].message
    # Kept or not, side by side or not: all the same.
    assert run_all(tasks(), engine()) == first
    assert run_all(tasks(), engine(workers=2)) == first


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{",
        b'{"decisions": 1}',
        b'{"decisions": {"order": [[["maker", "east"], 1]]}}',
        pytest.param(b"[" * 200_000, id="too deep"),
        pytest.param(b" " * (LARGEST_BYTES + 1), id="too large"),
    ],
)
def test_a_damaged_entry_is_planned_again(tmp_path: Path, spoilt: bytes) -> None:
    (one, *_) = tasks()
    run_all([one], engine(journal=tmp_path))
    (path,) = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(spoilt)
    (run,) = run_all([one], engine(journal=tmp_path))
    assert run.plan.audit.accounts.npv == pytest.approx(80e6)
    assert path.read_bytes() == whole


def test_an_entry_that_the_audit_does_not_confirm_is_planned_again(tmp_path: Path) -> None:
    (one, *_) = tasks()
    run_all([one], engine(journal=tmp_path))
    (path,) = tmp_path.iterdir()
    record = json.loads(path.read_bytes())
    record["decisions"]["serve"] = []
    path.write_text(json.dumps(record))
    (run,) = run_all([one], engine(journal=tmp_path))
    assert run.plan.decisions.serve


def test_another_question_has_another_key() -> None:
    one, other, *_ = tasks()
    usual = engine()
    keys = {
        fingerprint(one, usual),
        fingerprint(other, usual),
        fingerprint(dataclasses.replace(one, name="other"), usual),
        fingerprint(one, engine(gap=0.5)),
        fingerprint(one, engine(time_limit=1.0)),
        fingerprint(one, dataclasses.replace(usual, versions={**usual.versions, "planner": "next"})),
    }
    assert len(keys) == 6
    assert fingerprint(one, usual) == fingerprint(one, dataclasses.replace(usual, workers=7))


def test_a_name_that_is_no_file_name_is_kept_all_the_same(tmp_path: Path) -> None:
    odd = dataclasses.replace(tasks()[0], name="../a b/円: 50 %" * 9)
    keeper = engine(journal=tmp_path)
    run_all([odd], keeper)
    path = checkpoints.file_of(PlanJob.of(odd, keeper), keeper)
    assert path is not None
    assert path.parent == tmp_path
    assert path.exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_cases_that_are_the_same_are_planned_once(tmp_path: Path, workers: int) -> None:
    one, _, _, none = tasks()
    named = [dataclasses.replace(task_, name=f"{task_.name} {number}") for task_ in (one, none) for number in range(3)]
    asked = tmp_path / "asked"
    asked.mkdir()
    planner_ = CountingPlanner(asked)
    runs = run_all(named, dataclasses.replace(engine(workers=workers, journal=tmp_path), plan=planner_))
    assert [run.task.name for run in runs] == [task_.name for task_ in named]
    assert len({run.plan.audit.accounts.npv for run in runs[:3]}) == 1
    assert [run.plan.scenario for run in runs[:3]] == ["plain 0", "plain 1", "plain 2"]
    # Without a plan each says why in the words of its own file.
    assert sorted(path.name for path in asked.iterdir()) == ["no plan 0", "no plan 1", "no plan 2", "plain 0"]
    assert len([*tmp_path.glob("*.json")]) == 6


@dataclasses.dataclass(frozen=True)
class CountingPlanner:
    """Plans, and leaves a mark for every case that it was asked for."""

    folder: Path

    def __call__(self, case: Any, **terms: Any) -> Outcome:
        (self.folder / terms["scenario"]).touch(exist_ok=False)
        return plan_case(case, **terms)


def dies_once(case: Any, **terms: Any) -> Outcome:
    """Plans, but the first process that is asked for 'granted' is killed."""
    mark = Path(os.environ["DIES_ONCE"])
    if terms["scenario"] == "granted" and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return plan_case(case, **terms)


def always_dies(_case: Any, **_terms: Any) -> Outcome:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_a_dead_process_takes_nothing_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIES_ONCE", str(tmp_path / "died"))
    runs = run_all(tasks(), dataclasses.replace(engine(workers=2), plan=dies_once))
    assert (tmp_path / "died").exists()
    assert runs == run_all(tasks(), engine())


def test_a_process_that_dies_again_and_again_is_an_error_and_leaves_no_process_behind() -> None:
    with pytest.raises(RunFailedError, match="died 2 times"):
        run_all(tasks(), dataclasses.replace(engine(workers=2), plan=always_dies))
    for child in multiprocessing.active_children():
        child.join(10)
    assert not multiprocessing.active_children()


def test_processes_that_are_kept_serve_several_studies_and_one_that_dies_idle_is_replaced() -> None:
    alone = run_all(tasks(), engine())
    with kept_processes(engine(workers=2)) as kept:
        assert run_all(tasks(), kept) == alone
        first = {child.pid for child in multiprocessing.active_children()}
        assert run_all(tasks(), kept) == alone
        assert {child.pid for child in multiprocessing.active_children()} == first and len(first) == 2
        killed = multiprocessing.active_children()[0]
        killed.kill()
        killed.join()
        assert run_all(tasks(), kept) == alone
        assert len({child.pid for child in multiprocessing.active_children()} - first) == 1
    assert not multiprocessing.active_children()


def test_kept_processes_end_with_a_study_that_fails() -> None:
    with kept_processes(dataclasses.replace(engine(workers=2), plan=always_dies)) as kept:
        with pytest.raises(RunFailedError, match="died 2 times"):
            run_all(tasks(), kept)
        assert not multiprocessing.active_children()


def test_branches_are_read_as_they_were_kept(tmp_path: Path) -> None:
    one = task(read_case(INPUTS / "starter.yaml").case)
    (first,) = run_all([one], engine(journal=tmp_path))
    (again,) = run_all([one], dataclasses.replace(engine(journal=tmp_path), plan=never))
    assert again.plan.branches == first.plan.branches == plan_case(one.case).branches
    bounds = [pair for branch in again.plan.branches for pair in branch.values()]
    assert any(low == -math.inf for low, _ in bounds) and any(high == math.inf for _, high in bounds)


def finds_nothing(_case: Any, **_terms: Any) -> Outcome:
    raise NoProofError("nothing was found in time")


def test_that_nothing_was_found_in_time_is_not_kept(tmp_path: Path) -> None:
    one = tasks()[:1]
    (run,) = run_all(one, dataclasses.replace(engine(journal=tmp_path), plan=finds_nothing))
    assert (run.outcome, run.proven) == (None, False)
    assert [*tmp_path.iterdir()] == []
    (again,) = run_all(one, engine(journal=tmp_path))
    assert again.plan.audit.accounts.npv == pytest.approx(80e6)


def refuses(_case: Any, **_terms: Any) -> Outcome:
    raise ScalingError("figures too far apart")


def breaks(_case: Any, **_terms: Any) -> Outcome:
    raise ZeroDivisionError("a defect")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_a_run_is_the_error_of_the_study_with_its_status(workers: int) -> None:
    with pytest.raises(RunFailedError, match="figures too far apart") as failure:
        run_all(tasks(), dataclasses.replace(engine(workers=workers), plan=refuses))
    assert failure.value.exit_status == ScalingError.exit_status
    with pytest.raises((RuntimeError, ZeroDivisionError), match="a defect"):
        run_all(tasks(), dataclasses.replace(engine(workers=workers), plan=breaks))


def test_progress_counts_every_run(tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    keeper = engine(journal=tmp_path, told=lambda done, of, _name: heard.append((done, of)))
    run_all(tasks()[:2], keeper)
    run_all(tasks()[:3], keeper)
    assert heard == [(0, 2), (1, 2), (2, 2), (0, 3), (1, 3), (2, 3), (3, 3)]


def test_the_case_has_no_plan_by_itself() -> None:
    # So that the entry above stands for a real answer.
    with pytest.raises(NoPlanError):
        plan_case(tasks()[3].case)
    assert yearly(60)
