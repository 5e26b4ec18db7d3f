"""``plan pool`` from the command line: what it writes, how it ends, and that nothing is left half-written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.report.pool.assumptions import assumptions
from planner.report.pool.sections import _left
from planner.report.pool.supply import supply
from planner.report.voice import Voice
from tests import loaded
from tests.places import INPUTS, ROOT
from tests.pool.pools import grant, operator, planned, pool, written
from tests.report.page.read import require_page, rows


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return loaded.run("pool", *map(str, arguments), cwd=cwd)


def toys(**more: Any) -> dict[str, Any]:
    programmes = {"aid": grant(0.5, total_cap="70 mn JPY")}
    target = {"floor": 3, "by": "2025-06"}
    return pool({"a": operator(), "b": operator(earns=30)}, programmes=programmes, target=target, **more)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    folder = tmp_path_factory.mktemp("toys")
    written(folder, toys())
    return folder / "outputs" / "toys", run("pool.yaml", cwd=folder)


def test_it_writes_a_folder_for_each_operator_and_the_officers_files(
    results: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = results
    assert done.returncode == 0, done.stderr
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    ends = ("html", "json", "xlsx")
    assert files == [f"{stem}.{end}" for stem in ("a/plan", "b/plan", "pool") for end in ends]
    page = require_page((folder / "pool.html").read_text(encoding="utf-8"))
    assert [row[0] for row in rows(page, "operators-1")] == ["a", "b"]
    for name in ("a", "b"):
        require_page((folder / name / "plan.html").read_text(encoding="utf-8"))
    assert "✓ Checked plan, the best possible: no plan can be better by more than 0 JPY" in done.stdout
    assert "all money rechecked (verified optimal)" in done.stdout
    assert "2 of 3 BF16 PFLOPS, dense in 2025-06: 1 are missing" in done.stdout


def test_pool_json_says_what_each_does_in_the_pool_and_beside_it(
    results: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    content = json.loads((results[0] / "pool.json").read_text(encoding="utf-8"))
    assert content["proof"]["label"] == "verified optimal"
    assert content["target"]["shortfall"] == 1
    a, b = content["operators"]["a"], content["operators"]["b"]
    assert a["alone_with_the_whole_pool"]["npv"] == pytest.approx(130e6)
    assert a["without_the_shared_programmes"]["npv"] == pytest.approx(80e6)
    assert b["without_the_shared_programmes"]["accelerators"] == 0
    total = sum(one["in_the_pool"]["public_money"] for one in (a, b))
    assert total == pytest.approx(70e6) == content["public_money"]
    assert content["npv"] == pytest.approx((80 + 3 * 30 - 100 + 70) * 1e6)
    assert all(limit["holds"] for limit in content["limits"])


def test_pool_xlsx_has_a_sheet_for_everything_and_agrees(
    results: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    book = openpyxl.load_workbook(results[0] / "pool.xlsx", data_only=True)
    names = ["Pool", "Programmes", "By year", "In the pool and beside it", "Orders", "Supply", "Checks", "Assumptions"]
    assert book.sheetnames == names
    cells = {row[0].value: [cell.value for cell in row] for row in book["Pool"].iter_rows() if row[0].value is not None}
    assert cells["public money awarded by shared programmes"][1] == pytest.approx(70e6)
    assert cells["missing to the target"][1] == 1
    assert cells["sum"][2] == pytest.approx(70e6)
    years = {row[0].value: [cell.value for cell in row] for row in book["By year"].iter_rows(min_row=5, max_row=9)}
    assert years["FY2025"][1:4] == [1, 1, 2]
    holds = [row[6].value for row in book["Checks"].iter_rows(min_row=5) if row[6].value in ("yes", "NO")]
    assert holds
    assert set(holds) == {"yes"}


def test_pool_xlsx_says_what_it_rests_on(results: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    sheet = openpyxl.load_workbook(results[0] / "pool.xlsx", data_only=True)["Assumptions"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    by_first: dict[Any, list[list[Any]]] = {}
    for first, *others in rows:
        by_first.setdefault(first, []).append(others)
    content = json.loads((results[0] / "b" / "plan.json").read_text(encoding="utf-8"))
    assert by_first["b"][0][:3] == ["toys-b", "b in toys", content["input_hash"]]
    lines = (results[0].parent.parent / "pool.yaml").read_text(encoding="utf-8").splitlines()
    (value, unit, whose, _, place), *others = by_first["programme aid: total cap"]
    assert (value, whose, others) == (70e6, "all operators", [])
    assert unit == "JPY million"
    file, line = place.split(":")
    assert (file, lines[int(line) - 1].strip()) == ("pool.yaml", "total_cap: 70 mn JPY")
    assert by_first["pulp"] == [[content["versions"]["pulp"], *[None] * 4]]


def test_no_header_of_pool_xlsx_is_cut(results: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    sheet = openpyxl.load_workbook(results[0] / "pool.xlsx")["Pool"]
    (header,) = [row[0].row for row in sheet.iter_rows() if row[0].value == "operator"]
    titles = [cell.value for cell in sheet[header] if cell.value]
    assert any(len(title) > 20 for title in titles), "or this would prove little"
    assert sheet.row_dimensions[header].height > 24, "two lines"


def test_a_figure_of_its_own_stands_below_the_shared_one(tmp_path: Path) -> None:
    own = operator(programmes={"aid": {"rate": 0.25}})
    content = pool({"c": own, "a": operator(), "b": operator()}, programmes={"aid": grant(0.5)})
    content["offers"]["maker"]["price"] = {"2025-01": "79 mn JPY", "2026-01": "70 mn JPY"}
    figures = assumptions(planned(tmp_path, content), Voice("en", "JPY")).tables[1].rows
    assert [(row[1], row[3]) for row in figures if row[0] == "programme aid: rate"] == [(0.5, "a, b"), (0.25, "c")]
    lines = (tmp_path / "pool.yaml").read_text(encoding="utf-8").splitlines()
    steps = [row for row in figures if str(row[0]).startswith("offer maker: price")]
    assert [row[:2] for row in steps] == [
        ("offer maker: price, from 2025-01", 79e6), ("offer maker: price, from 2026-01", 70e6),
    ]  # fmt: skip
    written_at = [lines[int(str(row[5]).split(":")[1]) - 1].strip() for row in steps]
    assert written_at == ["2025-01: 79 mn JPY", "2026-01: 70 mn JPY"]


def test_nothing_is_offered_where_nobody_can_order(tmp_path: Path) -> None:
    content = pool({"a": operator(), "b": operator()})
    (name,) = content["offers"]
    content["offers"][name] |= {"available": 3, "order_window": {"to": "2025-09"}}
    outcome = planned(tmp_path, content)
    limits = [limit for limit in outcome.audit.limits if limit.rule == "shared_supply"]
    rows = supply(outcome, Voice("en", "JPY")).tables[0].rows
    shown = {
        limit.period for limit in limits if f"{limit.about.names[0]}{limit.about.when}" in {row[0] for row in rows}
    }
    calendar = outcome.members["a"].outcome.case.calendar
    assert shown == {t for t, start in enumerate(calendar.starts) if str(start) <= "2025-09"}
    assert len(rows) < len(limits)


def test_what_is_left_of_an_award_is_no_rounding() -> None:
    assert str(_left(3e10, 3e10 + 4e-6)) == "0.0"
    assert _left(3e10, 2e10) == 1e10
    assert _left(None, 5.0) is None


def test_the_plan_of_an_operator_is_an_ordinary_plan(results: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = results
    done = loaded.run("verify", str(folder / "b" / "plan.xlsx"), cwd=folder)
    assert done.returncode == 0, done.stdout
    content = json.loads((folder / "b" / "plan.json").read_text(encoding="utf-8"))
    assert content["case"] == "toys-b"
    assert content["options"]["pool"] == "toys"


def test_the_same_pool_gives_the_same_bytes(results: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    folder, _ = results
    before = {path.name: path.read_bytes() for path in folder.glob("pool.*")}
    command = [sys.executable, "-m", "planner", "pool", "pool.yaml", "--output", "again", "--json"]  # with other hashes
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    again = subprocess.run(
        command, cwd=folder.parent.parent, capture_output=True, timeout=120, check=True, env=environment
    )
    assert again.stdout == before["pool.json"]
    assert {path.name: path.read_bytes() for path in (folder.parent.parent / "again").glob("pool.*")} == before


def test_bad_input_writes_nothing(tmp_path: Path) -> None:
    written(tmp_path, toys(objektive={}, participation="perhaps"))
    done = run("pool.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("2 mistakes in the input:")
    assert [path.name for path in tmp_path.iterdir()] == ["pool.yaml"]


def test_no_plan_for_all_together_says_why(tmp_path: Path) -> None:
    content = toys() | {"target": {"floor": 30, "by": "2025-06", "must_hold": True}}
    written(tmp_path, content)
    done = run("pool.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "there would be one without the target" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pool.yaml"]


def test_an_operator_without_any_plan_is_named(tmp_path: Path) -> None:
    content = toys()
    content["operators"]["b"]["workloads"]["training"]["must_serve"] = 1
    content["operators"]["b"]["finance"]["opening_cash"] = "1 mn JPY"
    written(tmp_path, content)
    done = run("pool.yaml", cwd=tmp_path)
    assert done.returncode == 1
    assert "b has no plan, even with the whole pool to itself" in done.stderr


def test_check_writes_nothing(tmp_path: Path) -> None:
    written(tmp_path, toys())
    done = run("pool.yaml", "--check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no mistakes found. toys: 2 operators, 3 periods" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["pool.yaml"]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="sends a signal as terminals do")
def test_ctrl_c_ends_it_with_nothing_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "planner", "pool", str(INPUTS / "meti-pool.yaml"), "--gap", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=environment)
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "stopped by Ctrl-C" in said
    assert "nothing was written" in said
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="the fault waits in a process of POSIX")
def test_a_search_that_heeds_no_limit_is_ended(tmp_path: Path) -> None:
    written(tmp_path, toys())
    faults = {"planner.solving.search:_Search._relaxed": "3 wait", "grace": 3}
    command = [sys.executable, str(ROOT / "tests/faults/injected.py"), json.dumps(faults), "pool", "pool.yaml"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    done = subprocess.run(
        [*command, "--time-limit", "1"], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "too long after the time limit of 1 s" in done.stderr
    assert time.monotonic() - began < 100  # the fault itself would last ten minutes
    assert not (tmp_path / "outputs").exists()
