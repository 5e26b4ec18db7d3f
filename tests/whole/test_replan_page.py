"""The commands of docs/replan.md, one after the other, as they stand there; and what half a year did to the plan."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import openpyxl
import pytest

from tests.loaded import run
from tests.pages import blocks
from tests.places import INPUTS

COMMANDS = [line for block in blocks("replan.md", "sh") for line in block.strip().split("\n")]
ANEW = COMMANDS[-1]


def words(command: str) -> list[str]:
    """A command without what starts it."""
    start, *rest = shlex.split(command, comments=True)[2:]
    assert start
    return rest


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the page were run."""
    found = tmp_path_factory.mktemp("page")
    (found / "inputs").mkdir()
    for name in ("starter.yaml", "hardware.yaml"):
        shutil.copy(INPUTS / name, found / "inputs")
    for command in COMMANDS:
        done = run(*words(command), cwd=found)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
    return found


def test_the_page_names_all_its_commands(folder: Path) -> None:
    case = "inputs/starter.yaml"
    assert [words(command)[0] for command in COMMANDS] == [case, case, "template", "replan"]
    first, anew = (json.loads((folder / "outputs" / name / "plan.json").read_text()) for name in ("first", "anew"))
    for kind, entries in first["decisions"].items():  # a cell of a workbook holds 16 digits of an amount
        assert [list(one.values())[:-1] for one in anew["decisions"][kind]] == [
            list(one.values())[:-1] for one in entries
        ]
        amounts = ([list(one.values())[-1] for one in table] for table in (anew["decisions"][kind], entries))
        assert next(amounts) == pytest.approx(next(amounts), rel=1e-14)
    assert anew["variance"]["kept"] and anew["variance"]["told"] == []
    assert anew["variance"]["planned"] == anew["variance"]["now"] == pytest.approx(first["headline"]["npv"], abs=1.0)


def test_half_a_year_later_two_deliveries_are_late_a_customer_left_and_a_grant_did_not_come(folder: Path) -> None:
    """A year in, since the first grant of this plan falls due in its second."""
    done = run(*words(COMMANDS[2].replace("2027-04", "2027-10").replace("actuals.xlsx", "later.xlsx", 1)), cwd=folder)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(folder / "outputs" / "later.xlsx")
    orders, grants, changes = book["Orders"], book["Grants"], book["Changes"]
    rows = {str(orders.cell(row, 3).value): row for row in range(5, 12) if orders.cell(row, 1).value}
    orders.cell(rows["2026-07"], 7).value = "2027-02"
    orders.cell(rows["2026-10"], 7).value = "2027-07"
    assert grants.cell(5, 1).value == "regional-subsidy"
    due = float(grants.cell(5, 3).value)
    grants.cell(5, 5).value = "2028-04"
    for column, value in enumerate(("workloads.inference.amount", "2027-04", "30", "a customer left"), 1):
        changes.cell(5, column).value = value
    book.save(folder / "outputs" / "later.xlsx")
    command = ANEW.replace("2027-04", "2027-10").replace("actuals.xlsx", "later.xlsx").replace("anew", "later")
    done = run(*words(command), cwd=folder)
    assert done.returncode == 0, done.stderr
    way = json.loads((folder / "outputs" / "later" / "plan.json").read_text())["variance"]
    assert [one.partition(": ")[2] for one in way["told"]] == [
        "2027-02 instead of 2026-12",
        "2027-07 instead of 2027-03",
        "30 (a customer left), from 2027-04 on",
    ]
    assert [(one["month"], one["amount"]) for one in way["cash_besides"]] == [("2027-10", -due), ("2028-04", due)]
    assert way["now"] < way["planned"] - 1e8
    added = sum(one["planned"] + sum(one["happened"].values()) + sum(one["changed"].values()) for one in way["lines"])
    assert added == pytest.approx(way["now"], abs=1.0)
    checked = run("verify", "outputs/later/plan.xlsx", cwd=folder)
    assert checked.returncode == 0, checked.stdout
    assert "Otherwise than planned:" in done.stdout and "The rest is planned otherwise than before." in done.stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("--as-of 2027-04", "--as-of 2027-05"), "no period of the plan starts in 2027-05"),
        (("--as-of 2027-04", "--as-of soon"), "--as-of: 'soon' is no month"),
        (("first/plan.xlsx", "second/plan.xlsx"), "they were written for another plan"),
        (("outputs/actuals.xlsx", "outputs/first/plan.xlsx"), "has no sheet 'Actuals'"),
        (("outputs/actuals.xlsx", "outputs/none.xlsx"), "none.xlsx"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(folder: Path, change: tuple[str, str], said: str) -> None:
    done = run(*words(ANEW.replace(*change).replace("outputs/anew", "outputs/never")), cwd=folder)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (folder / "outputs" / "never").exists()


def test_the_workbook_to_fill_in_is_written_once_and_for_a_month_of_the_plan(folder: Path) -> None:
    again = run(*words(COMMANDS[2]), cwd=folder)
    assert (again.returncode, "stands there already" in again.stderr) == (2, True)
    for option, said in (("", "--as-of: is missing"), ("--as-of 2026-04", "no period starts in 2026-04")):
        other = COMMANDS[2].replace("actuals.xlsx", "another.xlsx", 1).replace("--as-of 2027-04", option)
        done = run(*words(other), cwd=folder)
        assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (folder / "outputs" / "another.xlsx").exists()
