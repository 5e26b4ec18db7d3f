"""The page about robust plans: its futures are a case file's, and its commands run."""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from tests.pages import blocks
from tests.robust.futures import written
from tests.studies.budgets import command

SCENARIOS = yaml.safe_load(blocks("robust.md", "yaml")[0])["scenarios"]
COMMANDS = [line.partition("#")[0].split()[1:] for block in blocks("robust.md", "sh") for line in block.splitlines()]


def test_its_commands_run(tmp_path: Path) -> None:
    written(tmp_path, SCENARIOS).rename(tmp_path / "budget.yaml")
    assert len(COMMANDS) == 3
    values = []
    for arguments in COMMANDS:
        ran = command(tmp_path, *arguments, "--workers", "1")
        assert ran.returncode == 0, ran.stderr
        said = json.loads((tmp_path / "outputs/toy/robust/robust.json").read_text(encoding="utf-8"))
        values.append(said["proof"]["value"])
    # now 80 * 0.7 - 100 * 0.3 + 2 * 20 * 0.3; later 20 * 0.4 + 60 * 0.3; the worst tenth comes to -100 or 0
    assert values == [38e6, (0.5 * 26 + 0.5 * 0) * 1e6, 38e6]
