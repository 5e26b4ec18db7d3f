"""A share is written one way, in texts of the program and on the pages for users: ``35 %``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.language import Speaker
from planner.language.catalogue import catalogue_of
from planner.report.amounts import percent, share_words
from planner.report.voice import Voice
from planner.report.xlsx.scale import Scale
from tests.places import ROOT

CLOSE = re.compile(r"[\d}]%")
COMMAND_LINES = "planner/cli"
"""What is typed in a shell has no blank in it: its help shows shares as they are typed."""


def texts(source: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that is no docstring, and the form of every number within one."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "0" for part in node.values)
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield node.lineno, "0%" * ast.unparse(node.format_spec).endswith(("%'", '%"'))


def told_close(source: Path) -> list[str]:
    """Where a share stands close to its sign."""
    return [f"{source.name}:{line}: {text}" for line, text in texts(source) if CLOSE.search(text)]


def test_texts_of_the_program_set_the_sign_of_a_share_apart() -> None:
    files = [file for file in (ROOT / "planner").rglob("*.py") if COMMAND_LINES not in file.as_posix()]
    assert len(files) > 100
    assert [found for file in files for found in told_close(file)] == []


@pytest.mark.parametrize("text", ['x = f"{a:.1%}"', 'x = "at most 5% of it"', 'x = f"{a}% of it"', 'x = "{text}%"'])
def test_a_share_that_stands_close_to_its_sign_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(text)
    assert told_close(tmp_path / "one.py")


def test_pages_for_users_set_the_sign_of_a_share_apart() -> None:
    found = []
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        text = re.sub(r"```sh.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        found += [f"{page.name}: {line}" for line in text.splitlines() if re.search(r"\d%", line)]
    assert found == []


def test_japanese_sets_it_close() -> None:
    assert (percent(0.355), Speaker("ja").say(share_words(0.355))) == ("35.5 %", "35.5%")
    assert Voice("ja", "JPY").percent(0.355) == "35.5%"
    forms = {code: Scale("JPY", True, Speaker(code)).number_format("share", False) for code in ("en", "ja")}
    assert forms == {"en": "0.0 %", "ja": "0.0%"}
    assert [said for said in catalogue_of("ja").texts.values() if re.search(r"\d %", said)] == []
