"""Text that was read from somewhere reaches the terminal through one door, and there it commands nothing."""

from __future__ import annotations

import io
import json
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from rich.table import Table
from rich.text import Text

from planner.report.screen import HarmlessConsole
from planner.supervisor.streams import harmless
from tests import loaded
from tests.studies.budgets import SCREEN, budget

ERASE, COLOUR, TITLE, BELL = "\x1b[2J\x1b[H", "\x1b[1;31m", "\x1b]0;owned\x07", "\x07"
TURNED, C1, LINE = "\u202egalp\u202c", "\x9b2J", "\u2028"
HARM = [ERASE, COLOUR, TITLE, BELL, TURNED, C1, LINE, "\r", "\x00", "\x7f", "\ud800", "\u2066", "\ufeff", "\U000e0041"]


@pytest.mark.parametrize("harm", HARM)
def test_what_a_terminal_obeys_becomes_an_escape_and_stays_the_same_to_json(harm: str) -> None:
    shown = harmless(f"name {harm}.")
    assert shown == harmless(shown)
    assert not [one for one in shown if unicodedata.category(one) in ("Cc", "Cf", "Zl", "Zp", "Cs")]
    text = json.dumps({"title": f"name {harm}."}, ensure_ascii=False)
    assert json.loads(harmless(text)) == json.loads(text)


@pytest.mark.parametrize(
    "text", ["石狩 ８ 基\n", "50 %\u00a0→ −1\t", "नमस्ते ก็ é e\u0301", "👩\u200d💻", "全角\u3000空白", ""]
)
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("terminal", [True, False])
def test_a_console_keeps_its_own_colours_and_nobody_elses(terminal: bool) -> None:
    file = io.StringIO()
    system: Any = "standard" if terminal else None
    console = HarmlessConsole(file=file, force_terminal=terminal, width=200, color_system=system, _environ={})
    table = Table()
    table.add_column(Text(ERASE))
    table.add_row(Text(TURNED))
    for printed in (Text(f"a{COLOUR}b", style="bold"), table, Text(f"wrote {ERASE}")):
        console.print(printed)
    written = file.getvalue()
    assert "a\\u001b[1;31mb" in written
    assert "wrote \\u001b[2J" in written
    assert not [harm for harm in (ERASE, COLOUR, "\u202e") if harm in written]
    assert ("\x1b[1ma" in written) == ("\x1b" in written) == terminal


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_of_a_file_commands_nothing(tmp_path: Path) -> None:
    plain = budget(tmp_path)
    path = plain.with_name(f"toy{ERASE}{TURNED}.yaml")
    plain.rename(path)
    for file in (path, path.with_suffix(".yml")):  # one that is there, one that is not
        result = loaded.run("check", str(file), cwd=tmp_path, **SCREEN)
        assert result.returncode == (0 if file == path else 2)
        said = result.stdout + result.stderr
        assert "toy" in said
        assert not {"\x1b", "\u202e"} & {*said}
