"""Says of a plan from elsewhere which limits it keeps, and which claims of its proof agree with it."""

from __future__ import annotations

from typing import Protocol

from planner.outcome import Audit, Outcome, label_of
from planner.reading.claims import Claims
from planner.verification.finished.proof import Planned, disagreements, only_read
from planner.verification.finished.verdict import Verdict, first


class Prover(Protocol):
    """Whoever can tell more of a bound than that it was read."""

    def confirm(self, verdict: Verdict, claims: Claims, planned: Planned, outcome: Outcome) -> None:
        """Says whether the bound as written holds."""
        ...


def weigh_limits(verdict: Verdict, audited: Audit) -> None:
    """Says which limits are broken, or that all are kept."""
    if not audited.broken:
        verdict.words.append(f"limits: all {len(audited.limits)} kept")
        return
    verdict.against(f"limits: {len(audited.broken)} of {len(audited.limits)} broken under the inputs as they now are")
    verdict.words += first(
        [
            f"  {limit.told_rule.replace('_', ' ')}: {limit.subject}: {limit.left:,.6g} {limit.sense} "
            f"{limit.right:,.6g} {limit.unit} does not hold"
            for limit in audited.broken
        ]
    )


def weigh_proof(
    verdict: Verdict,
    claims: Claims,
    planned: Planned,
    outcome: Outcome,
    prover: Prover | None,
) -> None:
    """Says which claims agree with the plan, which do not, which were only read, and what a prover found.

    The proof of the outcome is that which is written; without a prover its bound is only read.
    """
    proof = outcome.proof
    if wrong := disagreements(claims, planned, proof):
        verdict.against("proof: what is written does not agree with the plan:", *(f"  {line}" for line in wrong))
    else:
        label = label_of(objective=proof.objective, bound=proof.bound, size=planned.size)
        verdict.words.append(f"proof: objective, gap and label agree with plan and bound: {label}")
    proves = prover is not None and claims.bound is not None and not planned.audit.broken
    if prover is not None and proves:
        prover.confirm(verdict, claims, planned, outcome)
    verdict.words += only_read(claims, proof, proven=proves)
