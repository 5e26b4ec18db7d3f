"""Streams that nobody reads, and surroundings that lack what most have."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.faulty import holds_a_whole_plan, plan, posix_only


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
