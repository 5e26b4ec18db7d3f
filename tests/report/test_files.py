"""The old file or the new one, never a broken one."""

import os
from pathlib import Path

import pytest

from planner.errors import WriteError
from planner.report.files import clear_temporaries, replace_file


def test_the_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    replace_file(target, lambda path: path.write_text("new"))
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")

    def fail(path: Path) -> None:
        path.write_text("half of the ne")
        raise OSError(28, "No space left on device")

    with pytest.raises(WriteError, match="No space left on device"):
        replace_file(target, fail)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_defect_while_writing_leaves_the_old_file_as_well(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError):
        replace_file(target, lambda path: path.write_text(str(1 / 0)))
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="could not be written"):
        replace_file(tmp_path / "missing" / "plan.json", lambda path: path.write_text("new"))


def test_what_killed_runs_left_is_cleared_and_what_is_being_written_stays(tmp_path: Path) -> None:
    for name in (".planner-old.xlsx", ".planner-new.xlsx", "plan.xlsx"):
        (tmp_path / name).write_text("")
    os.utime(tmp_path / ".planner-old.xlsx", (0, 0))
    os.utime(tmp_path / "plan.xlsx", (0, 0))
    clear_temporaries(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".planner-new.xlsx", "plan.xlsx"]
