"""What the command says of futures, and what it does not load for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from planner.errors import EXIT_BAD_INPUT
from tests import loaded
from tests.futures.cases import text_with
from tests.places import ROOT


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    path = folder / "case.yaml"
    path.write_text(text_with(*changes), encoding="utf-8")
    return path


def test_check_reads_the_ends_of_every_distribution(tmp_path: Path):
    refused = loaded.run("check", str(written(tmp_path, ("{value: 15 %, weight", "{value: 1.2, weight"))), cwd=ROOT)
    assert refused.returncode == EXIT_BAD_INPUT
    assert "futures.drivers.output: at 'output: 1.2' systems.cube.additions.typical goes wrong" in refused.stderr
    passed = loaded.run("check", str(written(tmp_path)), cwd=ROOT)
    assert passed.returncode == 0, passed.stderr


def test_a_plan_of_a_case_with_futures_does_not_load_what_draws_them(tmp_path: Path):
    script = (
        "import sys; from pathlib import Path; from planner import read_case, plan; "
        f"plan(read_case(Path({str(written(tmp_path))!r}))); print('scipy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
