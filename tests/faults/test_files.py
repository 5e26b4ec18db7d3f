"""Files are the old ones or the new ones, whatever fails while they are written."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from planner.errors import WriteError
from planner.report import files, scratch
from planner.report.compare.tables import Section
from planner.report.compare.workbook import write_sections
from planner.report.template.book import write_template
from tests.faults.faulty import RELAXED, Faulty, plan, posix_only
from tests.places import TESTS

STEPS = {
    "a folder for it": (scratch.tempfile, "mkdtemp"),
    "the lock": (scratch.os, "open"),
    "the content": (Path, "write_bytes"),
    "onto the disk": (files.os, "fsync"),
    "its rights": (Path, "chmod"),
    "into place": (Path, "replace"),
}
"""Every call by which a file comes into being."""
WORKBOOKS = {
    "template": write_template,
    "study": lambda path: write_sections(
        [Section("one", "One", ("A sentence.",), ())], path, title="One", currency="JPY", run_id="0"
    ),
}
"""What writes a workbook, but for the plan, which takes its time to make."""


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
        env={**os.environ, "PYTHONPATH": str(TESTS.parent)},
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


@posix_only
def test_a_file_that_the_system_cuts_off_is_not_put_in_place(folder: Path) -> None:
    result = plan("ulimit -f 40; plan tiny.yaml -o out", folder)
    assert result.returncode == 4
    assert "out/plan.xlsx: could not be written: File too large" in result.stderr
    assert list((folder / "out").iterdir()) == []


@posix_only
@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("plan template new.xlsx", "new.xlsx"),
        ("plan init new", "new/hardware.yaml"),  # the first of the three files would fit
    ],
)
def test_every_command_says_so_and_leaves_nothing(folder: Path, line: str, file: str) -> None:
    result = plan(f"ulimit -f 8; {line}", folder)
    assert result.returncode == 4, result.stderr
    assert f"{file}: could not be written: File too large\n    fix: files may not grow as large there" in result.stderr
    assert [path.name for path in folder.rglob("*.*")] == ["tiny.yaml"]


def test_a_disk_that_is_full_within_a_workbook_is_told_by_every_kind_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(zipfile.ZipFile, "write", fails)
    for kind, write in WORKBOOKS.items():
        with pytest.raises(WriteError, match=r"book\.xlsx: could not be written: No space left on device"):
            write(tmp_path / "book.xlsx")
        assert list(tmp_path.iterdir()) == [], kind


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
