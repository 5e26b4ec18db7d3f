"""Whether two plans are one, equally good, or different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planner.outcome import EXACT, Outcome
from planner.studies.dates import same_decisions
from planner.studies.ex_post import ex_post

Verdict = Literal["same decisions", "equally good", "different"]


@dataclass(frozen=True)
class Likeness:
    """How the plans of two cases compare, each tried in the other's case."""

    verdict: Verdict
    loss_there: float | None = None
    """What the plan of the base is worth less in the scenario than the scenario's own; None where it is no plan there.
    Negative where it is worth more: both lie within the gap of the search."""
    loss_here: float | None = None
    """What the plan of the scenario is worth less in the base than the plan of the base."""


def likeness(base: Outcome, scenario: Outcome) -> Likeness:
    """Compares two plans.

    They are equally good if each is a plan of the other's case as it stands and there worth no less than that case's
    own plan, or less by no more than the gap that was asked for: either could have been the answer to both.
    """
    if same_decisions(base, scenario):
        return Likeness("same decisions", 0.0, 0.0)
    there, here = _loss(base, scenario), _loss(scenario, base)
    good = (
        there is not None
        and here is not None
        and there <= allowed_gap(scenario)
        and here <= allowed_gap(base)
        and base.proof.kind == scenario.proof.kind
    )
    return Likeness("equally good" if good else "different", there, here)


def allowed_gap(outcome: Outcome) -> float:
    """By how much a plan may be worse than the one found and still be an answer, in the unit of the objective."""
    return max(outcome.proof.gap_requested, EXACT) * max(1.0, abs(outcome.proof.objective))


def _loss(plan: Outcome, into: Outcome) -> float | None:
    there = ex_post(plan.decisions, into.case, plan.case)
    if there is None or not there.whole:
        return None
    sign = -1.0 if into.proof.kind == "cost" else 1.0
    return sign * (into.audit.objective - there.audit.objective)
