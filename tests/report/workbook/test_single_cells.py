"""A cell of Inputs moves the workbook as the audit of the changed case says, or the workbook says that it does not.

A few cells every day; with ``PLANNER_CELLS_FULL=1`` all of them, of many workbooks, with the counts printed.
"""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.outcome import Outcome
from planner.planning import plan
from planner.reading.budget import read_case
from tests.places import CASES, INPUTS
from tests.report.workbook.single_cells import FAULTS, Cell, Sweep
from tests.report.workbook.test_programmes import SHAPES

FULL = os.environ.get("PLANNER_CELLS_FULL") == "1"
RETENTION = CASES / "faults" / "workbook-retention-half-live" / "case.yaml"
FILES = (
    RETENTION, CASES / "tiny.yaml", CASES / "faults" / "loan-beyond-horizon" / "case.yaml",
    CASES / "faults" / "min-flip.yaml", CASES / "faults" / "x-dscr.yaml", INPUTS / "starter.yaml",
    INPUTS / "regional-2027.yaml",
)  # fmt: skip
WORKBOOKS: dict[str, Callable[[], Outcome]] = {
    **{f"programmes, {name}": make for name, make in SHAPES.items()},
    **{f"{path.parent.name}/{path.stem}": lambda path=path: plan(read_case(path)) for path in FILES},
}
EVERY_DAY = {"workbook-retention-half-live/case": 3, "cases/tiny": 7}
"""Of these workbooks one cell in so many is changed every day."""


@pytest.mark.parametrize("name", list(WORKBOOKS) if FULL else list(EVERY_DAY))
def test_a_single_cell_agrees_with_the_audit_or_says_that_it_does_not(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep = Sweep(WORKBOOKS[name](), tmp_path)
    cells = list(sweep.cells())[:: 1 if FULL else EVERY_DAY[name]]
    found = [(cell, *sweep.judge(cell)) for cell in cells]
    counts = Counter(verdict for _, verdict, _ in found)
    if FULL:
        with capsys.disabled():
            print(f"\n{name}: {len(cells)} changes: {dict(counts)}")
    assert [(cell.path, cell.value, words) for cell, verdict, words in found if verdict in FAULTS] == []
    assert counts["agrees"] > len(cells) / 6  # where no cash is left over, most changes break a limit


@pytest.fixture(scope="module")
def retention(tmp_path_factory: pytest.TempPathFactory) -> Sweep:
    return Sweep(plan(read_case(RETENTION)), tmp_path_factory.mktemp("retention"))


@pytest.mark.parametrize(
    ("path", "value", "verdict"),
    [
        ("programmes.aid.retention", 36, "agrees"),  # moved the grant that goes back, and not what is owed at the end
        ("programmes.aid.retention", 6, "agrees"),
        ("finance.resale.0.age", 30, "agrees"),  # a curve that no longer says what a new system fetches
        ("calendar.periods", 5, "not live"),  # counted as live, and no sheet can grow
        ("programmes.aid.payment_lag", 30, "told"),  # nothing is paid within the horizon: it cannot be claimed
        ("systems.cube.lead_time.typical", 30, "told"),  # nothing arrives within the horizon
    ],
)
def test_a_cell_that_went_wrong(retention: Sweep, path: str, value: float, verdict: str) -> None:
    row = retention.ledger.grid.line_of(path).row
    column = next(cell.column for cell in retention.cells() if cell.path == path)
    assert retention.judge(Cell(path, row, column, value))[0] == verdict
