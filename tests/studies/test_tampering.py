"""The journal is not believed because it stands there: whatever was changed in it is told and planned again."""

from __future__ import annotations

import dataclasses
import functools
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.secret import LENGTH, NAME, secret_in
from planner.studies.runs import run_all
from planner.studies.tasks import Engine
from tests.cases.toy import programme, toy
from tests.places import FAULTS
from tests.studies.budgets import command
from tests.studies.changed import engine, task

STATED = FAULTS / "compare-stated-stated/case.yaml"
PAID = task(toy(programmes={"half": programme(0.5)}), "paid")
NONE = task(toy(workloads__training__must_serve=1, systems__cube__lead_time={"typical": "1 year"}), "no plan")
PLAIN = task(toy(), "plain")
TASKS = {one.name: one for one in (PAID, PLAIN)}
ESCAPES = "\x1b[2J\x1b[1;31mverified optimal\x1b[0m \u202e"


def in_record(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """A change of the content of a file that keeps its old seal."""

    def spoil(path: Path) -> None:
        record = json.loads(path.read_bytes())
        change(record)
        path.write_text(json.dumps(record))

    return spoil


def nothing_bought(record: dict[str, Any]) -> None:
    """Another feasible plan, with bound and objective of its own and the best of labels."""
    record["decisions"] = {}
    record["proof"] |= {"objective": 0.0, "bound": 0.0, "label": "verified optimal"}


def no_plan(record: dict[str, Any]) -> None:
    seal = record["seal"]
    record.clear()
    record.update(seal=seal, message=f"No plan exists. {ESCAPES}", proven=True)


def sealed_with(secret: bytes, changed: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    """A seal that was made elsewhere, over whatever one likes."""

    def spoil(path: Path) -> None:
        elsewhere = path.parent / "elsewhere"
        elsewhere.mkdir()
        run_all([PAID], keeper_of(elsewhere, secret=secret))
        in_record(changed)(elsewhere / path.name)
        shutil.move(elsewhere / path.name, path)
        elsewhere.rmdir()

    return spoil


def of_another_question(path: Path) -> None:
    """A good file in the place of another: the plan of a case without the programme."""
    run_all([PLAIN], keeper_of(path.parent))
    (file,) = path.parent.glob("plain-*.json")
    shutil.move(file, path)


def of_another_gap(path: Path) -> None:
    run_all([PAID], keeper_of(path.parent, gap=0.5))
    (file,) = [one for one in path.parent.glob("*.json") if one != path]
    shutil.move(file, path)


def without_seal(path: Path) -> None:
    path.write_bytes(re.sub(rb'"seal": "[0-9a-f]*", ', b"", path.read_bytes()))


def empty_seal(path: Path) -> None:
    path.write_bytes(re.sub(rb'"seal": "[0-9a-f]*"', b'"seal": "' + b"0" * 64 + b'"', path.read_bytes()))


def two_seals(path: Path) -> None:
    """The true seal, and behind it other decisions under the same name."""
    path.write_bytes(path.read_bytes().rstrip()[:-1] + b', "decisions": {}}\n')


def one_byte(path: Path) -> None:
    content = path.read_bytes()
    place = content.rindex(b"0.0")
    path.write_bytes(content[:place] + b"1" + content[place + 1 :])


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def endless(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


def a_folder_of_that_name_is_gone(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


SPOILT: dict[str, Callable[[Path], None]] = {
    "another plan that is called optimal": in_record(nothing_bought),
    "the label alone": in_record(lambda record: record["proof"].update(label="proven infeasible")),
    "the bound alone": in_record(lambda record: record["proof"].update(bound=record["proof"]["objective"])),
    "a wider gap that was asked for": in_record(lambda record: record["proof"].update(gap_requested=0.9)),
    "the objective a little": in_record(lambda record: record["proof"].update(objective=130_000_000.01)),
    "no plan, and escape codes": in_record(no_plan),
    "one system less": in_record(lambda record: record["decisions"].update(order=[])),
    "the words of its options": in_record(lambda record: record["options"].update(gap=ESCAPES)),
    "another solver": in_record(lambda record: record["proof"].update(solver=ESCAPES)),
    "written anew, value by value the same": in_record(lambda record: None),
    "a seal from elsewhere": sealed_with(b"elsewhere", nothing_bought),
    "a seal from elsewhere over a true plan": sealed_with(b"elsewhere", lambda record: None),
    "the answer to another question": of_another_question,
    "the answer for another gap": of_another_gap,
    "without its seal": without_seal,
    "a seal of noughts": empty_seal,
    "an entry twice": two_seals,
    "one digit of the proof": one_byte,
    "the first hundred bytes": a_folder_of_that_name_is_gone,
    "deeply nested": lambda path: path.write_bytes(b"[" * 1_000_000),
    "numbers without end": lambda path: path.write_bytes(b'{"seal": ' + b"1" * 1_000_000),
    "not text at all": lambda path: path.write_bytes(bytes(range(256)) * 99),
}
UNREADABLE: dict[str, Callable[[Path], None]] = {"a pipe that never ends": a_pipe, "a device": endless}


@functools.cache
def planned(name: str) -> Outcome:
    """The plan of a task; what is tried here is what is believed, so it is searched for once."""
    return plan_case(TASKS[name].case, gap=0.0, scenario=name, input_hash=TASKS[name].input_hash)


def known(_case: Case, **terms: Any) -> Outcome:
    """A planner that knows the answers already."""
    if terms["scenario"] == NONE.name:
        raise NoPlanError("No plan exists.")
    return planned(terms["scenario"])


def keeper_of(journal: Path, **terms: Any) -> Engine:
    return dataclasses.replace(engine(journal=journal, **terms), plan=known)


@pytest.fixture(scope="module")
def true(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of a study that nobody touched."""
    folder = tmp_path_factory.mktemp("true")
    run_all([PAID], keeper_of(folder))
    return folder


@pytest.mark.parametrize("how", [*SPOILT, *UNREADABLE])
def test_what_was_changed_in_a_file_is_found_and_planned_again(true: Path, tmp_path: Path, how: str) -> None:
    journal = tmp_path / "journal"
    shutil.copytree(true, journal)
    (path,) = journal.iterdir()
    whole = path.read_bytes()
    (SPOILT | UNREADABLE)[how](path)
    keeper = keeper_of(journal)
    (run,) = run_all([PAID], keeper)
    assert keeper.unconfirmed == ({path} if how in SPOILT else set())
    assert (run.plan.proof.label, run.plan.proof.objective) == ("verified optimal", pytest.approx(130e6))
    assert path.read_bytes() == whole
    # Now it is believed again.
    again = keeper_of(journal)
    run_all([PAID], dataclasses.replace(again, plan=_never))
    assert again.unconfirmed == set()


def _never(*_: Any, **__: Any) -> Any:
    raise AssertionError("planned again")


def test_that_no_plan_exists_is_believed_of_ones_own_program_alone(tmp_path: Path) -> None:
    run_all([NONE], keeper_of(tmp_path))
    (path,) = tmp_path.iterdir()
    in_record(lambda record: record.update(message=ESCAPES))(path)
    keeper = keeper_of(tmp_path)
    (run,) = run_all([NONE], keeper)
    assert run.message.startswith("No plan exists.")
    assert keeper.unconfirmed == {path}


def test_without_a_secret_nothing_is_kept_and_nothing_is_believed(true: Path, tmp_path: Path) -> None:
    run_all([PAID], keeper_of(tmp_path, secret=b""))
    assert not [*tmp_path.iterdir()]
    shutil.copytree(true, tmp_path / "journal")
    keeper = keeper_of(tmp_path / "journal", secret=b"")
    run_all([PAID], keeper)
    assert len(keeper.unconfirmed) == 1


def test_a_secret_is_made_once_for_its_owner_alone_and_never_beside_results(tmp_path: Path) -> None:
    found = secret_in(tmp_path / "settings")
    assert len(found) == LENGTH
    assert secret_in(tmp_path / "settings") == found != secret_in(tmp_path / "other")
    path = tmp_path / "settings" / NAME
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0
    path.write_bytes(b"")  # nobody's secret
    assert len(secret_in(tmp_path / "settings")) == LENGTH
    assert secret_in(Path("settings")) == b""
    (tmp_path / "file").touch()
    assert secret_in(tmp_path / "file") == b""


def test_the_command_says_what_it_does_not_believe(tmp_path: Path) -> None:
    shutil.copy(STATED, tmp_path)
    where = tmp_path / "outputs/tiny/compare"
    arguments = ("compare", "case.yaml", "resale-whole", "--workers", "1")
    first = command(tmp_path, *arguments)
    assert (first.returncode, first.stderr) == (0, "")
    told = json.loads((where / "compare.json").read_text(encoding="utf-8"))
    (changed,) = told["scenarios"]
    shares = {one["path"]: (one["base"], one["scenario"]) for one in changed["changed_inputs"]}
    assert shares["finance.resale.1.share"] == ("0.6", "0.05")  # figure by figure
    files = {name: (where / name).read_bytes() for name in ("compare.json", "compare.xlsx")}
    (entry,) = (where / "journal").glob("resale-whole-*.json")
    in_record(no_plan)(entry)
    again = command(tmp_path, *arguments)
    assert (again.returncode, again.stdout) == (0, first.stdout)
    assert "1 run kept in outputs/tiny/compare/journal was not made here, or changed since" in again.stderr
    assert "\x1b" not in again.stdout + again.stderr
    assert files == {name: (where / name).read_bytes() for name in files}
