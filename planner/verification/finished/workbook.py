"""Works the plan of a finished workbook out again: its decisions under the inputs that it now holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.audit import audit
from planner.case.case import Case
from planner.case.quantities import Money
from planner.case.words import listed
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.outcome import Audit, versions
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.edits import Change
from planner.reading.workbook.file import WorkbookReading, reading_of_book
from planner.reading.workbook.layout import CASE_FILE, DECISIONS, INPUTS, RUN_LOG, WHAT_BINDS
from planner.reading.workbook.prices import prices_of_book
from planner.reading.workbook.run_log import claims_of_book
from planner.reading.xlsx.book import Book, open_book
from planner.report.workbook.book import lay_book
from planner.report.workbook.front.sensitivity import SENSITIVITY
from planner.report.workbook.front.variance import VARIANCE
from planner.verification.finished.doing_nothing import beside_nothing_of_book
from planner.verification.finished.proof import Planned, outcome_as_written
from planner.verification.finished.rows import moved_rows, other_words
from planner.verification.finished.sheets import NAMES, Differences, differences
from planner.verification.finished.verdict import Verdict, first
from planner.verification.finished.weighing import Prover, weigh_limits, weigh_nothing, weigh_proof

NPV_NAME = "plan_npv"
"""Name of the cell that holds the net present value."""
READ = (WHAT_BINDS, VARIANCE.name, SENSITIVITY.name)
"""Sheets with figures that only another search, an earlier plan, or further plans could confirm."""
ROOM = 20
"""How many times as many cells a whole workbook may have as those of its sheets that hold the case."""


def verify_workbook(path: Path, prover: Prover | None = None) -> Verdict:
    """Holds the decisions of a workbook against its own inputs, and what it says of its proof.

    Without a prover no solver is needed, and the bound is only read.

    Raises:
        InputError: the file is no workbook of this program, or a cell cannot be read.
    """
    return verify_book(opened(path), prover)


def opened(path: Path) -> Book:
    """The sheets of a workbook that are looked at.

    Raises:
        InputError: the file is no workbook of this program.
    """
    needed = (CASE_FILE, INPUTS, DECISIONS)
    return open_book(path, needed, (NPV_NAME,), [name for name in NAMES if name not in needed], ROOM)


def verify_book(book: Book, prover: Prover | None = None) -> Verdict:
    """The same for a workbook that is open already."""
    reading = reading_of_book(book)
    decisions = decisions_of_book(book, reading.solved.case)
    verdict = Verdict(changes=len(reading.changes))
    _weigh_changes(verdict, reading.changes)
    if other := list(other_words(book, reading.solved.case, decisions)):
        verdict.against("decisions: rows say something else than their keys, which alone are read:", *_lines(other))
    audited = _audited(verdict, reading.now.case, decisions)
    if audited is not None:
        weigh_limits(verdict, audited)
        _weigh_value(verdict, audited, book.named[NPV_NAME], reading.now.case.finance.currency)
    _weigh_claims(verdict, book, reading, decisions, prover)
    verdict.words.insert(0, f"{book.path}: {verdict.first_line}")
    if reading.changes:
        verdict.words.append(f"plan again with: plan {book.path}")
    return verdict


def _audited(verdict: Verdict, case: Case, decisions: Decisions) -> Audit | None:
    try:
        return audit(case, decisions)
    except AuditError as error:
        verdict.against(f"its decisions do not fit the inputs as they now are: {error}")
        return None


def _weigh_claims(
    verdict: Verdict, book: Book, reading: WorkbookReading, decisions: Decisions, prover: Prover | None
) -> None:
    """The proof is that of the inputs as solved, whatever was changed since."""
    if RUN_LOG not in book.sheets:
        verdict.against("proof: the sheet Run log is gone, and with it what was proven")
        return
    claims, solved = claims_of_book(book), reading.solved
    try:
        planned = Planned(solved.case, solved.scenario, solved.input_hash, audit(solved.case, decisions))
    except AuditError as error:
        verdict.against(f"proof: the decisions are not those that it is about: {error}")
        return
    outcome = outcome_as_written(claims, planned, decisions, solved.provenance)
    weigh_proof(verdict, claims, planned, outcome, prover)
    if claims.versions.get("planner") != versions()["planner"]:
        verdict.words.append("sheets: read, not confirmed: another version of the planner wrote them")
        return
    if planned.audit.broken:
        verdict.words.append("sheets: read, not confirmed: the planner writes none for a plan that breaks a limit")
        return
    try:
        outcome = replace(beside_nothing_of_book(outcome, book), prices=prices_of_book(book, solved.case.calendar))
    except AuditError as error:
        verdict.against(f"doing nothing: its decisions do not fit its case: {error}")
        return
    weigh_nothing(verdict, planned, outcome, prover)
    ledger = lay_book(outcome, book.language)
    if moved := list(moved_rows(book, solved.case, ledger)):
        verdict.against("decisions: rows were moved, but formulas take what stands in a cell:", *_lines(moved))
    _weigh_sheets(verdict, book, differences(ledger, book))


def _weigh_sheets(verdict: Verdict, book: Book, found: Differences) -> None:
    """Says what of the sheets is not as the planner wrote it; what was added beside counts against nothing."""
    for kind, lines in (
        ("sheets are gone or have another name", found.gone),
        ("cells are not as the planner wrote them", found.cells),
        ("cells hold a figure that is not what their formula comes to", found.stored),
    ):
        if lines:
            verdict.against(f"sheets: {len(lines)} {kind}:", *_lines(lines))
    if not (found.gone or found.cells or found.stored):
        verdict.words.append("sheets: every formula is the one that was written, and every figure what it comes to")
    if found.is_stale:
        verdict.words.append("sheets: their figures are from before the inputs were changed: none was worked out since")
    if found.added:
        verdict.words.append(f"sheets: {len(found.added)} added where the planner writes nothing, not checked:")
        verdict.words += _lines(found.added)
    if read := [name for name in READ if name in book.sheet_names]:
        verdict.words.append(f"sheets: figures of the run on {listed(read, 'and')}: read, not confirmed")
    if found.added:
        verdict.words.append(f"sheets: added where the planner writes nothing, and not checked: {len(found.added)}")
        verdict.words += _lines(found.added)


def _weigh_changes(verdict: Verdict, changes: tuple[Change, ...]) -> None:
    if not changes:
        verdict.words.append("inputs: none was changed since the plan was made")
        return
    verdict.doubt(f"inputs: {len(changes)} changed since the plan was made, so it may no longer be the best one")
    verdict.words += _lines([f"{one.place}: {one.path}: {one.solved} as solved, {one.now} now" for one in changes])


def _lines(found: list[str]) -> list[str]:
    return first([f"  {line}" for line in found])


def _weigh_value(verdict: Verdict, audited: Audit, stored: object, currency: str) -> None:
    npv = audited.accounts.npv
    amount = f"{npv:,.0f} {currency} ({Money(amount=npv, currency=currency).words})"
    if isinstance(stored, bool) or not isinstance(stored, int | float):
        verdict.against(
            f"net present value: {amount} recomputed, but the workbook stores none; "
            "open it in a spreadsheet program, which works its formulas out, and save it"
        )
    elif abs(stored - npv) > max(1.0, 1e-9 * abs(npv)):
        verdict.against(
            f"net present value: {stored:,.0f} {currency} stored, but {amount} recomputed; "
            "a spreadsheet program that works its formulas out again may not have saved it yet"
        )
    else:
        verdict.words.append(f"net present value: {amount}, as the workbook stores it")
