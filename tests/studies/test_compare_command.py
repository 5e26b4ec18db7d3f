"""``plan compare`` as a user runs it: files, screens, refusals, statuses, and being killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cases.toy import mn, programme, yearly
from tests.report.page.read import require_page, rows
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.studies.budgets import budget, command, environment

HALF = {"half": programme(0.5)}
SCENARIOS: dict[str, Any] = {
    "third": {"programmes.half.rate": "1/3"},
    "dear": {"systems.cube.price.typical": mn(110)},
    "crowd": {"workloads.training.amount": 3},
    "none": {"programmes.half": None},
}
FRONT = ("Overview", "Bridges", "Annual figures", "Covenants and floors", "Limits that bind", "All figures")
"""Sheets before those of scenarios."""
WHERE = Path("outputs/toy/compare")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("compare")
    budget(folder, SCENARIOS, programmes=HALF)
    return folder, command(folder, "compare", "toy.yaml", "--gap", "0", "--workers", "1", "--additionality")


def test_all_scenarios_stand_on_the_screen_in_a_workbook_and_in_a_file(
    done: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, result = done
    assert (result.returncode, result.stderr) == (0, "")
    assert "dear: the same decisions; net present value 5.00 mn JPY less than the base (" in result.stdout
    assert (
        "crowd: net present value 260.00 mn JPY more than the base (390.00 mn instead of 130.00 mn JPY); another plan"
        in result.stdout
    )
    assert "The case as it stands: what its programmes bring about" in result.stdout
    assert "share of the grant for what is bought anyway, at least" in result.stdout
    content = json.loads((folder / WHERE / "compare.json").read_text(encoding="utf-8"))
    bridges = {one["scenario"]: one["bridge"] for one in content["scenarios"]}
    assert [*bridges] == [*SCENARIOS]
    for bridge in bridges.values():
        assert abs(sum(bridge["parts"].values()) - bridge["difference"]) < 0.5
    # The cube costs 10 more; half of that is paid.
    assert {part: round(amount) for part, amount in bridges["dear"]["parts"].items() if round(amount)} == {
        "price": -10_000_000,
        "grants": 5_000_000,
    }
    page = require_page((folder / WHERE / "compare.html").read_text(encoding="utf-8"))
    steps = [row[1:] for row in rows(page, "bridges") if row[0] == "dear"]
    assert steps == [
        ["base", "130.00 mn JPY"], ["prices and terms", "-10.00 mn JPY"], ["grants", "5.00 mn JPY"],
        ["dear", "125.00 mn JPY"],
    ]  # fmt: skip
    assert [row[0] for row in rows(page, "worth")] == ["base", "third", "dear", "crowd", "none"]
    (changed,) = content["scenarios"][0]["changed_inputs"]
    assert (changed["path"], changed["base"]) == ("programmes.half.rate", "0.5")


def test_the_formulas_of_the_workbook_come_to_what_is_stored(
    done: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, _ = done
    path = folder / WHERE / "compare.xlsx"
    values, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    assert values.sheetnames == [*FRONT, "base", *SCENARIOS, "Chart data"]
    counted = sum(cell.data_type == "f" for sheet in formulas for row in sheet.iter_rows() for cell in row)
    assert counted > 250
    assert_another_engine_agrees(path)
    charts = {sheet.title: len(sheet._charts) for sheet in formulas if sheet._charts}
    assert charts == {"Overview": 1, "Bridges": len(SCENARIOS), "Annual figures": 2}


def test_the_plans_are_those_that_are_made_one_by_one(done: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = done
    content = json.loads((folder / WHERE / "compare.json").read_text(encoding="utf-8"))
    one = json.loads(command(folder, "toy.yaml", "--scenario", "crowd", "--gap", "0", "--json").stdout)
    for name in ("plan.xlsx", "plan.json", "plan.html"):
        beside = folder / WHERE / "plans" / "crowd" / name
        assert beside.read_bytes() == (folder / "outputs/toy/crowd" / name).read_bytes(), name
    assert {path.name for path in (folder / WHERE / "plans").iterdir()} == {"base", *SCENARIOS}
    (beside,) = [scenario for scenario in content["scenarios"] if scenario["scenario"] == "crowd"]
    assert beside["plan"]["input_hash"] == one["input_hash"]
    assert beside["plan"]["figures"]["npv"] == one["headline"]["npv"]
    assert beside["plan"]["proof"]["value"] == one["proof"]["value"]
    journal = [path for path in (folder / WHERE / "journal").glob("crowd-*.json") if "without" not in path.name]
    record = json.loads(journal[0].read_text(encoding="utf-8"))
    assert record["decisions"]["order"] == [[["maker", "east", 0], 3]]
    assert one["decisions"]["order"][0]["systems"] == 3


def test_additionality_needs_no_scenario(tmp_path: Path) -> None:
    budget(tmp_path, {}, programmes=HALF)
    result = command(tmp_path, "compare", "toy.yaml", "--additionality", "--gap", "0", "--no-plans")
    assert (result.returncode, result.stderr) == (0, "")
    assert "accelerators because of it" in result.stdout


def test_markdown_and_json_are_all_that_is_printed_and_the_screen_tells_what_decides(tmp_path: Path) -> None:
    budget(tmp_path, SCENARIOS, programmes=HALF)
    page = command(tmp_path, "compare", "toy.yaml", "crowd", "--markdown", "--no-plans")
    assert page.returncode == 0, page.stderr
    assert page.stdout.startswith("# toy compared\n")
    assert "| order | maker at east | FY2025 | systems | 1 | 3 | 2 |" in page.stdout
    screen = command(tmp_path, "compare", "toy.yaml", "crowd", "--no-plans").stdout
    places = [
        screen.index(words) for words in ("Plans\n", "\nChanged decisions", "In the files besides: Changed inputs; ")
    ]
    assert places == sorted(places)
    assert not re.search(r"^(Changed (inputs|results)|What binds now|Bridge of )", screen, re.MULTILINE)
    text = command(tmp_path, "compare", "toy.yaml", "crowd", "--json", "--no-plans").stdout
    assert text == (tmp_path / WHERE / "compare.json").read_text(encoding="utf-8")
    assert command(tmp_path, "compare", "toy.yaml", "crowd", "--quiet").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "scenarios", "words"),
    [
        (["crwod"], SCENARIOS, "did you mean 'crowd'?"),
        ([], {"typo": {"programmes.half.raet": 0.4}}, "did you mean 'rate'?"),
        ([], {"typo": {"programmes.hlaf.rate": 0.4}}, "'half'"),
        (["--fail-on", "nvp < 0"], SCENARIOS, "did you mean 'npv'?"),
        ([], {}, "the file has no scenarios"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_nearest_one_and_nothing_is_written(
    tmp_path: Path, arguments: list[str], scenarios: dict[str, Any], words: str
) -> None:
    budget(tmp_path, scenarios, programmes=HALF)
    result = command(tmp_path, "compare", "toy.yaml", *arguments)
    assert result.returncode == 2
    assert words in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["toy.yaml"]


def test_fail_on_has_a_status_of_its_own_and_the_results_are_written(tmp_path: Path) -> None:
    budget(tmp_path, SCENARIOS, programmes=HALF)
    fine = command(tmp_path, "compare", "toy.yaml", "dear", "--fail-on", "npv < 0", "--quiet", "--no-plans")
    assert (fine.returncode, fine.stderr) == (0, "")
    condition = "npv < base.npv - 1 mn"
    met = command(tmp_path, "compare", "toy.yaml", "dear", "third", "--fail-on", condition, "--quiet")
    assert met.returncode == 5
    assert met.stderr.splitlines()[1:] == [f"  dear: {condition}", f"  third: {condition}"]
    assert (tmp_path / WHERE / "compare.xlsx").exists()
    content = json.loads((tmp_path / WHERE / "compare.json").read_text(encoding="utf-8"))
    assert [one["plan"] for one in content["conditions_met"]] == ["dear", "third"]


def test_a_scenario_without_a_plan_says_why_beside_the_others(tmp_path: Path) -> None:
    scenarios = {"must": {"workloads.training.must_serve": 1, "workloads.training.amount": 99}, **SCENARIOS}
    budget(tmp_path, scenarios, programmes=HALF)
    left = tmp_path / WHERE / "plans" / "must" / "plan.xlsx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"of an earlier run")
    result = command(tmp_path, "compare", "toy.yaml", "must", "dear")
    assert result.returncode == 1
    assert f"left from an earlier one: {left.relative_to(tmp_path)}" in result.stderr
    assert "must: no plan. No plan exists." in result.stdout
    assert "dear: the same decisions" in result.stdout
    content = json.loads((tmp_path / WHERE / "compare.json").read_text(encoding="utf-8"))
    assert [one["plan"] is None for one in content["scenarios"]] == [True, False]


def many(folder: Path) -> None:
    """A budget with scenarios enough to be killed in between."""
    rates = {f"rate-{percent}": {"programmes.half.rate": f"{percent} %"} for percent in range(10, 80, 10)}
    fleet = [{"system": "cube", "quantity": 2, "arrives": "2024-01"}]
    work = {"metric": "accelerators", "amount": 6, "price": yearly(45)}
    budget(folder, rates, programmes=HALF, workloads__training=work, sites__east__fleet=fleet)


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / WHERE / name).read_bytes() for name in ("compare.json", "compare.xlsx", "compare.html")}


QUIETLY = ("compare", "toy.yaml", "--quiet", "--no-plans", "--workers")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a run that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    many(folder)
    assert command(folder, *QUIETLY, "1").returncode == 0
    return folder


@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_twice_and_resumed_gives_the_same_bytes(whole: Path, tmp_path: Path, workers: str) -> None:
    many(tmp_path)
    journal = tmp_path / WHERE / "journal"
    for number in (1, 2):
        standing = count(journal)
        process = subprocess.Popen(
            [sys.executable, "-m", "planner.cli", *QUIETLY, workers], cwd=tmp_path, env=environment()
        )
        deadline = time.monotonic() + 120
        while count(journal) < standing + number and time.monotonic() < deadline:
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not (tmp_path / WHERE / "compare.json").exists()
    stood = count(journal)
    assert 3 <= stood < 8
    assert command(tmp_path, *QUIETLY, workers).returncode == 0
    assert count(journal) == 8
    assert files(tmp_path) == files(whole)


def count(folder: Path) -> int:
    """Finished runs; a process that was killed while it wrote leaves a temporary file, which is none."""
    return len([path for path in folder.glob("*.json") if not path.name.startswith(".")])
