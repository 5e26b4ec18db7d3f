"""A plan held in a case that came otherwise: what it comes to there, verified like a plan of its own."""

from __future__ import annotations

from dataclasses import replace

from planner.audit import audit
from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.defaults import BRIDGE_RATE, TIME_LIMIT
from planner.errors import NoProofError
from planner.model.build import build
from planner.outcome import Audit, DoingNothing, Outcome, Proof, versions
from planner.solution import decisions_of
from planner.solving.held import hold
from planner.verification.agreement import PROMISES, require_agreement


def hold_plan(
    case: Case,
    planned: Decisions,
    *,
    scenario: str,
    input_hash: str = "",
    bridge_rate: float = BRIDGE_RATE,
    time_limit: float = TIME_LIMIT,
) -> Outcome:
    """What was planned, in a case that came otherwise, beside doing nothing there.

    Orders, blocks and programmes are as planned, as far as suppliers and sites allow; work, exits, loans and claims
    adapt. The audit works the whole out again; limits that are promises may be broken, and are in its list.

    Args:
        case: the case as it came; of the same periods as the one of the plan.
        planned: the decisions of the plan.
        scenario: names the case.
        input_hash: its fingerprint.
        bridge_rate: what cash that is missing costs, as a share a year; it decides what adapts, and is no cost.
        time_limit: seconds for either of the two.

    Raises:
        NoProofError: nothing was found in time.
        AuditError: the audit does not agree, which is a defect of the program.
        ScalingError: the figures of the case span more than the solver can hold.
    """
    decisions, proof, audited = _held(case, planned, bridge_rate, time_limit)
    outcome = Outcome(
        case=case,
        scenario=scenario,
        input_hash=input_hash,
        provenance={},
        decisions=decisions,
        proof=proof,
        audit=audited,
        versions=versions(),
        options={"bridge rate": f"{bridge_rate:g}", "objective": case.objective.kind},
    )
    idle = doing_nothing(case)
    try:
        nothing, its_proof, its_audit = _held(idle, Decisions(), bridge_rate, time_limit)
    except NoProofError as answer:
        return replace(outcome, no_doing_nothing=str(answer))
    return replace(outcome, doing_nothing=DoingNothing(idle, nothing, its_proof, its_audit))


def _held(case: Case, planned: Decisions, bridge_rate: float, seconds: float) -> tuple[Decisions, Proof, Audit]:
    model = build(coefficients_of(case))
    held = hold(model, planned, bridge_rate=bridge_rate, seconds=seconds)
    decisions = decisions_of(model, held.values)
    audited = audit(case, decisions)
    objective, words = held.proof.objective, "the audit does not agree with the plan that was held"
    require_agreement(case, model, held.values, audited, objective, words=words, may_break=PROMISES)
    return decisions, replace(held.proof, objective=audited.objective), audited
