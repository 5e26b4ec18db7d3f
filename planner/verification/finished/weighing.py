"""Says of a plan from elsewhere which limits it keeps, and which claims of its proof agree with it."""

from __future__ import annotations

from dataclasses import replace
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

    def confirm_nothing(self, verdict: Verdict, planned: Planned, outcome: Outcome) -> None:
        """Says the same of the bound of doing nothing further, given as an outcome of its own."""
        ...


def weigh_limits(verdict: Verdict, audited: Audit) -> None:
    """Says which limits are broken, or that all are kept."""
    if not audited.broken:
        verdict.words.append(f"limits: all {len(audited.limits)} kept")
        return
    verdict.against(f"limits: {len(audited.broken)} of {len(audited.limits)} broken under the inputs as they now are")
    verdict.words += broken_lines(audited)


def broken_lines(audited: Audit) -> list[str]:
    """The limits that are broken, a line each."""
    return first(
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


def weigh_nothing(verdict: Verdict, planned: Planned, outcome: Outcome, prover: Prover | None) -> None:
    """Says whether a better way of doing nothing further is excluded, on which rests what the plan adds.

    Its decisions are worked out again elsewhere; without a prover its bound is only read.
    """
    nothing = outcome.doing_nothing
    if nothing is None:
        if outcome.no_doing_nothing:
            verdict.words.append(f"doing nothing: read, not confirmed: {outcome.no_doing_nothing}")
        return
    if nothing.audit.broken:
        verdict.against(f"doing nothing: {len(nothing.audit.broken)} of {len(nothing.audit.limits)} limits broken")
        verdict.words += broken_lines(nothing.audit)
    elif prover is None:
        bound = f"{nothing.proof.bound:,.12g} {nothing.proof.unit}"
        verdict.words.append(f"doing nothing: bound: read, not confirmed: no plan is better than {bound}")
    else:
        alone = replace(
            outcome,
            case=nothing.case,
            decisions=nothing.decisions,
            proof=nothing.proof,
            audit=nothing.audit,
            doing_nothing=None,
        )
        prover.confirm_nothing(verdict, replace(planned, case=nothing.case, audit=nothing.audit), alone)
