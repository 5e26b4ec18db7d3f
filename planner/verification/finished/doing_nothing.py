"""What a ``plan.json`` or a workbook says of doing nothing further, worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from planner.audit import audit
from planner.case.doing_nothing import doing_nothing
from planner.decisions import Decisions
from planner.outcome import DoingNothing, Outcome, ProofLabel
from planner.reading.claims import number, text
from planner.reading.summary.decisions import decisions_of_summary
from planner.reading.workbook.doing_nothing import nothing_of_book
from planner.reading.xlsx.book import Book


def beside_nothing(outcome: Outcome, path: Path, content: Mapping[str, Any]) -> Outcome:
    """A plan as it is written beside what is written of doing nothing; its proof is read, the rest worked out again.

    Raises:
        InputError: an entry is none that the planner wrote. AuditError: its decisions do not fit the case.
    """
    said = content.get("doing_nothing")
    if not isinstance(said, dict):
        return outcome
    if "decisions" not in said:
        return replace(outcome, no_doing_nothing=text(said.get("why_not")) or "")
    decisions = decisions_of_summary(path, said, outcome.case.calendar)
    return _beside(outcome, decisions, text(said.get("proof")) or "", number(said.get("bound")) or 0.0)


def beside_nothing_of_book(outcome: Outcome, book: Book) -> Outcome:
    """The same with what the sheet Run log of a workbook says of doing nothing.

    Raises:
        InputError: a row is none that the planner wrote. AuditError: its decisions do not fit the case.
    """
    said = nothing_of_book(book, doing_nothing(outcome.case))
    if said is None:
        return outcome
    if said.decisions is None:
        return replace(outcome, no_doing_nothing=said.why_not)
    return _beside(outcome, said.decisions, said.label, said.bound)


def _beside(outcome: Outcome, decisions: Decisions, label: str, bound: float) -> Outcome:
    case = doing_nothing(outcome.case)
    audited = audit(case, decisions)
    proof = replace(
        outcome.proof,
        label=cast(ProofLabel, label),
        kind=case.objective.kind,
        objective=audited.objective,
        bound=bound,
        unit=case.finance.currency,
    )
    return replace(outcome, doing_nothing=DoingNothing(case, decisions, proof, audited))
