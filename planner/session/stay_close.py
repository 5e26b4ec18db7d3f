"""Of plans that are nearly as good as the best, the one that changes as little as can be of an earlier one."""

from __future__ import annotations

import math
from dataclasses import replace

from planner.audit import audit
from planner.audit.facts import Facts
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.model.build import build
from planner.outcome import Outcome, Proof, label_of
from planner.solution import decisions_of
from planner.solving.least_change import closest
from planner.verification.agreement import require_agreement
from planner.vocabulary.message import Message, say


def closer(outcome: Outcome, kept: Decisions, share: float, time_limit: float) -> tuple[Outcome, Message]:
    """The plan that differs least from an earlier one within a share of the best, and what that is about.

    Args:
        outcome: the best plan.
        kept: the earlier plan, in the names of this case.
        share: how much worse it may be.
        time_limit: seconds for each of the two searches.
    """
    case, best = outcome.case, outcome.proof.objective
    worst = (share + outcome.proof.relative_gap) / max(1e-9, 1.0 - share)  # a gap is told as a share of what is found
    asked = replace(outcome.proof, gap_requested=max(outcome.proof.gap_requested, worst))
    model = build(coefficients_of(case))
    worse = best - (1.0 if model.more_is_better else -1.0) * share * abs(best)
    values = closest(
        model, kept, outcome.decisions, worse / model.goal.size, gap=outcome.proof.gap_requested, seconds=time_limit
    )
    if values is None:
        return outcome, say("no plan nearer to the earlier one was found in time")
    decisions = decisions_of(model, values)
    checked = audit(case, decisions)
    require_agreement(case, model, values, checked, model.objective.value(values) * model.goal.size)
    proof = proof_of(replace(outcome, proof=asked), checked.objective)
    options = {**outcome.options, "gap": f"{asked.gap_requested:g}", "stay close": f"{share:g}"}
    close = replace(outcome, decisions=decisions, audit=checked, proof=proof, options=options)
    before, after = (_changed_spend(case, kept, one) for one in (outcome.decisions, decisions))
    template = "kept close: {after} {currency} of spending is otherwise than planned, not {before}; it costs {cost}"
    amounts = {"after": f"{after:,.0f}", "before": f"{before:,.0f}", "cost": f"{abs(best - checked.objective):,.0f}"}
    return close, say(template, currency=case.finance.currency, **amounts)


def _changed_spend(case: Case, before: Decisions, after: Decisions) -> float:
    """What is ordered and started otherwise, by what it costs."""
    facts = Facts(case, after)
    orders = {*before.order, *after.order}
    starts = {*before.expand, *after.expand}
    spend = [abs(after.order.get(k, 0) - before.order.get(k, 0)) * sum(facts.unit_cost(k).values()) for k in orders]
    spend += [
        abs(after.expand.get(k, 0) - before.expand.get(k, 0)) * sum(facts.unit_cost(facts.block(k)).values())
        for k in starts
    ]
    return math.fsum(spend)


def proof_of(outcome: Outcome, objective: float) -> Proof:
    """The proof of another plan of the same case, by the same bound."""
    proof = replace(outcome.proof, objective=objective)
    proof = replace(proof, label=label_of(objective=objective, bound=proof.bound, size=1.0))
    return replace(proof, message=str(proof.gap_words))
