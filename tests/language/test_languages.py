"""The languages have one name, wherever one is asked for or holds because none was."""

from __future__ import annotations

import ast
from typing import get_args

from planner.cli.options import Language
from planner.defaults import LANGUAGES
from tests.places import ROOT

NAMED_BY_HAND = {"planner/defaults.py", "planner/cli/options.py"}
"""Where they are listed, and where the command line's library asks for a literal type."""


def test_the_command_offers_every_language() -> None:
    assert get_args(Language) == LANGUAGES


def test_no_language_stands_by_hand_where_none_was_asked_for() -> None:
    """But as the key of a table that says something for each."""
    found = []
    for file in sorted((ROOT / "planner").rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not any(f'"{language}"' in text for language in LANGUAGES):
            continue
        name, tree = file.relative_to(ROOT).as_posix(), ast.parse(text)
        keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in LANGUAGES and id(node) not in keys:
                found.append(f"{name}:{node.lineno}")
    assert [one for one in found if one.partition(":")[0] not in NAMED_BY_HAND] == []
