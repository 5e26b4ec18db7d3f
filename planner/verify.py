"""Works the plan of a finished workbook out again: its decisions under the inputs that it now holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from planner.audit import audit
from planner.case.quantities import Money
from planner.errors import AuditError
from planner.outcome import Audit
from planner.reading.workbook_cells import Book, open_book
from planner.reading.workbook_decisions import decisions_of_book
from planner.reading.workbook_edits import Change
from planner.reading.workbook_file import WorkbookReading, reading_of_book
from planner.reading.workbook_layout import CASE_FILE, DECISIONS, INPUTS

NPV_NAME = "plan_npv"
"""Name of the cell that holds the net present value."""
MOST_SHOWN = 20
"""Lines of one kind that are shown; whoever has more plans again anyway."""


@dataclass
class Verdict:
    """What was found, in words, and whether the plan stands."""

    holds: bool = True
    """Every limit is kept, the stored value agrees, and no input was changed."""
    keeps: bool = True
    """Every limit is kept and the stored value agrees, whether or not the plan is still known to be the best."""
    words: list[str] = field(default_factory=list)

    def against(self, *words: str) -> None:
        """Says what speaks against the plan."""
        self.holds = self.keeps = False
        self.words += words

    def doubt(self, *words: str) -> None:
        """Says why the plan may not be the best any more."""
        self.holds = False
        self.words += words


def verify_workbook(path: Path) -> Verdict:
    """Holds the decisions of a workbook against its own inputs, without a solver.

    Raises:
        InputError: the file is no workbook of this program, or a cell cannot be read.
    """
    book = open_book(path, (CASE_FILE, INPUTS, DECISIONS), (NPV_NAME,))
    reading = reading_of_book(book)
    verdict = Verdict()
    _weigh_changes(verdict, reading.changes)
    audited = _audited(verdict, book, reading)
    if audited is not None:
        _weigh_limits(verdict, audited)
        _weigh_value(verdict, audited, book.named[NPV_NAME], reading.now.case.finance.currency)
    verdict.words.insert(0, f"{path}: {_first_line(verdict, len(reading.changes))}")
    if reading.changes:
        verdict.words.append(f"plan again with: plan {path}")
    return verdict


def _first_line(verdict: Verdict, changes: int) -> str:
    if verdict.holds:
        return "the plan holds"
    if verdict.keeps:
        inputs = "1 input" if changes == 1 else f"{changes} inputs"
        return f"the plan still keeps every limit, but is no longer known to be the best: {inputs} changed"
    return "the plan does not hold as it stands"


def _audited(verdict: Verdict, book: Book, reading: WorkbookReading) -> Audit | None:
    decisions = decisions_of_book(book, reading.solved.case.calendar)
    try:
        return audit(reading.now.case, decisions)
    except AuditError as error:
        verdict.against(f"its decisions do not fit the inputs as they now are: {error}")
        return None


def _weigh_changes(verdict: Verdict, changes: tuple[Change, ...]) -> None:
    if not changes:
        verdict.words.append("inputs: none was changed since the plan was made")
        return
    verdict.doubt(f"inputs: {len(changes)} changed since the plan was made, so it may no longer be the best one")
    lines = [f"  {one.place}: {one.path}: {one.solved} as solved, {one.now} now" for one in changes]
    verdict.words += _first(lines)


def _weigh_limits(verdict: Verdict, audited: Audit) -> None:
    if not audited.broken:
        verdict.words.append(f"limits: all {len(audited.limits)} kept")
        return
    verdict.against(f"limits: {len(audited.broken)} of {len(audited.limits)} broken under the inputs as they now are")
    verdict.words += _first(
        [
            f"  {limit.rule.replace('_', ' ')}: {limit.subject}: {limit.left:,.6g} {limit.sense} "
            f"{limit.right:,.6g} {limit.unit} does not hold"
            for limit in audited.broken
        ]
    )


def _weigh_value(verdict: Verdict, audited: Audit, stored: object, currency: str) -> None:
    npv = audited.accounts.npv
    worth = f"{npv:,.0f} {currency} ({Money(amount=npv, currency=currency).words})"
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        verdict.against(
            f"net present value: {worth} recomputed, but the workbook stores none; "
            "open it in a spreadsheet program, which works its formulas out, and save it"
        )
    elif abs(stored - npv) > max(1.0, 1e-9 * abs(npv)):
        verdict.against(
            f"net present value: {stored:,.0f} {currency} stored, but {worth} recomputed; "
            "a spreadsheet program that works its formulas out again may not have saved it yet"
        )
    else:
        verdict.words.append(f"net present value: {worth}, as the workbook stores it")


def _first(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_SHOWN
    return lines if more <= 0 else [*lines[:MOST_SHOWN], f"  and {more} more"]
