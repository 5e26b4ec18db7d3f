"""Records the first steps in a terminal as a picture: ``uv run python docs/website/session.py``."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

PICTURE = Path(__file__).resolve().parents[1] / "images" / "session.svg"
COMMANDS = ("plan init my-plan", "plan my-plan/budget.yaml")
WIDTH = 100
FONTS = re.compile(r"@font-face \{\{.*?\}\}\n", re.DOTALL)
"""Fonts that the picture would fetch from elsewhere; whoever looks at it has one of fixed width."""


def said(command: str, folder: Path) -> Text:
    """What a command says on a terminal."""
    _, *words = command.split()
    done = subprocess.run(
        [sys.executable, "-m", "planner", *words],
        cwd=folder,
        env={**os.environ, "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"},
        capture_output=True,
        text=True,
        check=True,
    )
    return Text.from_ansi(done.stdout.rstrip())


def main() -> None:
    """Runs the commands in a new folder and draws what they say."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
            console.print(said(command, Path(folder)))
            console.print()
    picture = console.export_svg(title="plan", code_format=FONTS.sub("", CONSOLE_SVG_FORMAT), unique_id="session")
    PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
