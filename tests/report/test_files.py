"""The old file or the new one, never a broken one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from planner import cli
from planner.errors import EXIT_CANNOT_WRITE, WriteError
from planner.report.files import clear_temporaries, replace_file
from tests.fuzz.mangle import TOYS
from tests.places import TINY


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


LONG = "x" * 256


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "case.yaml", "-o", f"{LONG}.yaml"),
        ("template", f"{LONG}.xlsx"),
        ("template", f"{LONG}/budget.xlsx"),
        ("init", LONG),
        ("case.yaml", "-o", LONG),
        ("case.yaml", "-o", f"out/{LONG}/x"),
        ("pool", "pool.yaml", "-o", LONG),
    ],
    ids=lambda arguments: f"{arguments[0]}-{len(arguments[-1])}",
)
def test_a_name_that_no_file_can_have_is_said_before_the_search(
    arguments: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "case.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pool.yaml").write_text(yaml.safe_dump(TOYS, sort_keys=False), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["plan", *arguments])
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (EXIT_CANNOT_WRITE, "")
    assert "File name too long" in err
    assert "fix: choose a shorter name" in err
    assert sorted(tmp_path.rglob("*")) == before


def test_the_real_command_says_so_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planner", str(TINY), "--output", LONG]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert (ended.returncode, ended.stdout) == (EXIT_CANNOT_WRITE, "")
    assert "fix: choose a shorter name" in ended.stderr
    assert "defect" not in ended.stderr
