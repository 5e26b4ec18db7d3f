"""What a ``plan.json`` says of doing nothing further, worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from planner.audit import audit
from planner.case.doing_nothing import doing_nothing
from planner.outcome import DoingNothing, Outcome, ProofLabel
from planner.reading.claims import number, text
from planner.reading.summary.decisions import decisions_of_summary


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
    case = doing_nothing(outcome.case)
    decisions = decisions_of_summary(path, said, case.calendar)
    audited = audit(case, decisions)
    proof = replace(
        outcome.proof,
        label=cast(ProofLabel, text(said.get("proof")) or ""),
        kind=case.objective.kind,
        objective=audited.objective,
        bound=number(said.get("bound")) or 0.0,
        unit=case.finance.currency,
    )
    return replace(outcome, doing_nothing=DoingNothing(case, decisions, proof, audited))
