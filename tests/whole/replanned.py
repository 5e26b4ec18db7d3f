"""A toy plan in a folder, the workbook of its actuals filled in, and the plan made anew; money in millions of yen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

from planner.audit import audit
from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.planning import plan
from planner.reading.actuals.file import read_actuals
from planner.reading.budget import read_case
from planner.reading.workbook.earlier import EarlierPlan, earlier_plan
from planner.report.actuals import Planned, write_actuals
from planner.report.workbook.book import write_workbook
from planner.session.replanning import Terms, replan
from tests.cases.toy import toy_fields
from tests.report.workbook.test_added import UNUSUAL

AS_OF = Month.of(2026, 1)
Cells = Mapping[tuple[str, str], object]
"""What is typed, by sheet and cell."""


def budget(folder: Path, name: str = "budget.yaml", **changes: Any) -> Path:
    """The toy with changes as a case file."""
    fields = toy_fields(**{"unusual": UNUSUAL, "catalogue": "", **changes})
    (folder / name).write_text(json.dumps(fields), encoding="utf-8")
    return folder / name


def planned(folder: Path, **changes: Any) -> EarlierPlan:
    """The plan of the toy with changes, and beside it the workbook of its actuals as it is written."""
    write_workbook(plan(read_case(budget(folder, **changes)), gap=0.0), folder / "plan.xlsx")
    earlier = earlier_plan(folder / "plan.xlsx")
    write_template(folder, earlier)
    return earlier


def write_template(folder: Path, earlier: EarlierPlan, as_of: Month = AS_OF) -> None:
    case = earlier.reading.case
    audited = audit(case, earlier.decisions)
    planned = Planned(case, earlier.fingerprint, earlier.decisions, audited)
    write_actuals(folder / "actuals.xlsx", planned, as_of)


def filled(folder: Path, cells: Cells) -> Path:
    """The workbook of actuals with some cells typed over."""
    book = openpyxl.load_workbook(folder / "actuals.xlsx")
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(folder / "filled.xlsx")
    return folder / "filled.xlsx"


def anew(
    folder: Path,
    cells: Cells,
    budget_file: str = "budget.yaml",
    as_of: Month = AS_OF,
    stay_close: float | None = None,
) -> Outcome:
    """The plan that is made anew, to the end."""
    earlier = earlier_plan(folder / "plan.xlsx")
    reading = read_case(folder / budget_file)
    terms = Terms(gap=0.0, time_limit=60.0, stay_close=stay_close)
    return replan(reading, earlier, read_actuals(filled(folder, cells)), as_of, terms)
