"""Little memory, and no process to be had: what is lacking is said, with its remedy, and never called a defect."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from planner.outcome import Outcome
from planner.session import session
from planner.studies import process_pool
from planner.studies.plans import PlanJob
from planner.studies.tasks import RunFailedError, Task
from planner.supervisor import surroundings
from planner.supervisor.stops import Stops
from planner.supervisor.supervisor import Ending
from tests.faults.faulty import Faulty, plan, posix_only

MEMORY, PROCESS, FILES = "too little memory", "no further process or thread", "no further file"


def wrapped(inner: Exception, outer: Exception) -> Exception:
    try:
        try:
            raise inner
        except Exception as error:
            raise outer from error
    except Exception as error:
        return error


LACKS = [
    (MemoryError(), MEMORY),
    (OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)), MEMORY),
    (wrapped(MemoryError(), SystemError("returned a result with an exception set")), MEMORY),
    (ImportError("libhighs.so.1: failed to map segment from shared object"), MEMORY),
    (ImportError("libx.so: cannot map: Cannot allocate memory"), MEMORY),
    (BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)), PROCESS),
    (RuntimeError("can't start new thread"), PROCESS),
    (OSError(errno.EMFILE, os.strerror(errno.EMFILE)), FILES),
]
DEFECTS = [RuntimeError("dictionary changed size"), ImportError("no module x"), KeyError(1), OSError(errno.ENOENT, "?")]


@pytest.mark.parametrize(
    ("error", "words"), LACKS, ids=[f"{type(one).__name__}-{n}" for n, (one, _) in enumerate(LACKS)]
)
def test_what_an_error_says_is_lacking(error: Exception, words: str) -> None:
    said = str(surroundings.lacking(error))
    assert words in said
    assert "\n    fix: " in said


@pytest.mark.parametrize("error", DEFECTS, ids=[type(one).__name__ for one in DEFECTS])
def test_no_other_error_is_blamed_on_the_surroundings(error: Exception) -> None:
    assert surroundings.lacking(error) is None


@posix_only
@pytest.mark.parametrize(("line", "megabytes"), [("plan tiny.yaml -o out", 150), ("plan template new.xlsx", 250)])
def test_a_limit_on_memory_is_said_before_anything_begins(folder: Path, line: str, megabytes: int) -> None:
    result = plan(f"ulimit -v {megabytes * 1024} || exit 77; {line}", folder)
    if result.returncode == 77:
        pytest.skip("no limit can be set here")
    assert (result.returncode, result.stdout) == (3, "")
    assert result.stderr == (
        f"this program may take no more than {megabytes} MB of memory here, and needs at least 256 MB; "
        "nothing was begun.\n    fix: let it have more of it, such as by `ulimit -v unlimited`\n"
    )
    assert [path.name for path in folder.iterdir()] == ["tiny.yaml"]


@pytest.mark.parametrize("status", [1, -6, -11])
def test_a_process_that_breaks_down_under_a_limit_is_no_defect(monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    ending = Ending("died", status, "", 1.0)
    assert "which is a defect" in session.reason(ending, Stops(), 60)
    monkeypatch.setattr(session, "memory_limit_mb", lambda: 300)
    said = session.reason(ending, Stops(), 60)
    assert "defect" not in said
    assert "most likely for want of memory, of which it may take 300 MB" in said


@posix_only
@pytest.mark.parametrize(
    ("faults", "command", "words"),
    [
        ({"os:fork": "no-process"}, ("tiny.yaml", "--output", "out"), PROCESS),
        ({"os:fork": "no-process"}, ("explain", "tiny.yaml"), PROCESS),
        ({"planner.supervisor.supervisor:end_with_parent": "no-thread"}, ("tiny.yaml", "--output", "out"), PROCESS),
        ({"planner.session.work:plan_and_report": "memory"}, ("tiny.yaml", "--output", "out"), MEMORY),
        ({"multiprocessing.util:spawnv_passfds": "no-process"}, ("compare", "tiny.yaml", "--output", "out"), PROCESS),
    ],
)
def test_what_is_lacking_for_a_run_is_said(
    folder: Path, faults: dict[str, Any], command: tuple[str, ...], words: str
) -> None:
    status, out, err = Faulty(folder, faults, command=command).ended()
    assert (status, out) == (3, "")
    assert words in err
    assert "defect" not in err
    assert list(folder.glob("out/*.*")) == []


def short_of_memory(*_: Any, **__: Any) -> Outcome:
    raise MemoryError


def test_a_run_of_a_study_that_lacks_memory_is_no_defect() -> None:
    task: Any = Task("wide", None, "hash")  # type: ignore[arg-type]  # never looked at
    job = PlanJob(short_of_memory, task, 0.01, 1.0)
    with pytest.raises(RunFailedError, match="wide: there is too little memory") as failed:
        process_pool.opened(job, process_pool.sealed(job))
    assert failed.value.exit_status == 3
