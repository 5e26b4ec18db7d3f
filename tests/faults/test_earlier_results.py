"""What stands there already: it is kept, and a refusal names it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.faults.faulty import plan
from tests.loaded import run
from tests.places import TESTS


def test_a_workbook_that_is_planned_from_is_kept_unless_the_new_one_is_the_same(folder: Path) -> None:
    assert run("tiny.yaml", "-o", "out", "-q", cwd=folder).returncode == 0
    first = (folder / "out/plan.xlsx").read_bytes()
    result = run("out/plan.xlsx", "-o", "out", "-q", cwd=folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert (folder / "out/plan.xlsx").read_bytes() == first
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["plan.html", "plan.json", "plan.xlsx"]
    for number, language in ((1, "ja"), (2, "en")):
        before = (folder / "out/plan.xlsx").read_bytes()
        result = run("out/plan.xlsx", "-o", "out", "--language", language, cwd=folder)
        assert result.returncode == 0, result.stderr
        assert f"kept out/plan.before-{number}.xlsx: the workbook that was planned from" in result.stderr
        assert (folder / f"out/plan.before-{number}.xlsx").read_bytes() == before


def test_a_refusal_names_the_results_that_still_stand(folder: Path) -> None:
    assert run("tiny.yaml", "-q", cwd=folder).returncode == 0
    text = (folder / "tiny.yaml").read_text(encoding="utf-8")
    (folder / "tiny.yaml").write_text(text.replace("period: quarter", "period: quartet"), encoding="utf-8")
    result = run("tiny.yaml", cwd=folder)
    assert result.returncode == 2
    assert "not of this run, but left from an earlier one: outputs/tiny/plan.xlsx of 20" in result.stderr


def test_watched_or_not_the_bytes_are_the_same(folder: Path) -> None:
    assert plan("plan tiny.yaml -o watched -q", folder).returncode == 0
    program = (
        "import contextlib, io, sys; from planner.cli import main\n"
        "sys.argv = ['plan', 'tiny.yaml', '-o', 'alone']\n"
        "with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.suppress(SystemExit): main()\n"
        "assert 'net present value' in said.getvalue()"
    )
    environment = {**os.environ, "PYTHONPATH": str(TESTS.parent)}
    subprocess.run([sys.executable, "-c", program], cwd=folder, env=environment, check=True, timeout=240)
    for name in ("plan.xlsx", "plan.json"):
        assert (folder / "watched" / name).read_bytes() == (folder / "alone" / name).read_bytes()
