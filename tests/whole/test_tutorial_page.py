"""The tutorial as a new user walks through it: every command, every change of a line, every line that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.loaded import run
from tests.pages import page

PAGE = page("tutorial.md")
BLOCKS = re.findall(r"^```(sh|text|diff)\n(.*?)^```$|^(Take [^\n]* back\.)$", PAGE, re.DOTALL | re.MULTILINE)


def changed(text: str, change: str) -> str:
    """A file with some of its lines changed, each for the one behind it."""
    lines = change.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        assert text.count(old[1:]) == 1
        text = text.replace(old[1:], new[1:])
    return text


def status(command: list[str], case: Path) -> int:
    """How a command is to end: there are mistakes to check, and half a billion is below the floor of cash."""
    if command[1] == "check":
        return 2
    return 1 if case.exists() and "500 mn JPY" in case.read_text(encoding="utf-8") else 0


def test_every_step_of_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    case, before, told, shown = tmp_path / "my-plan" / "budget.yaml", "", "", 0
    for kind, block, back in BLOCKS:
        if back:
            case.write_text(before, encoding="utf-8")
        elif kind == "diff":
            before = case.read_text(encoding="utf-8")
            case.write_text(changed(before, block), encoding="utf-8")
        elif kind == "text":
            for line in block.splitlines():
                assert line in told.splitlines(), (line, told)
                shown += 1
        elif (command := block.split())[0] == "plan":
            done = run(*command[1:], cwd=tmp_path, COLUMNS="100")
            assert done.returncode == status(command, case), (block, done.stdout, done.stderr)
            told = done.stdout + done.stderr
    assert shown > 20


@pytest.mark.parametrize("step", range(1, 8))
def test_its_steps_are_numbered(step: int) -> None:
    assert f"\n## {step}. " in PAGE
