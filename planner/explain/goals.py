"""What an alternative may have less of than the best plan: spend on one dependence, and early spending."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.explain.alternative import Alternative
from planner.model.build import Model
from planner.model.linear import LinearExpression
from planner.outcome import INVESTMENTS, Outcome

LATEST = "latest spending"


@dataclass(frozen=True)
class Goal:
    """What one alternative should have little of."""

    name: str
    sum: LinearExpression
    """In the unit of the model."""
    measure: Callable[[Alternative], float]
    """The same of a plan, worked out apart from the model, in currency."""


def goals(case: Case, model: Model, tag: str) -> list[Goal]:
    """Sums that are made small, each with how it is read off a plan."""
    late, periods = LinearExpression(), model.coefficients.periods
    for t in periods:
        for line in INVESTMENTS:
            late.add_term(model.sums.lines[line][t], float(len(periods) - t) / len(periods))
    tagged = tuple(name for name, offer in case.offers.items() if tag in offer.tags)
    goals = [
        Goal(f"least spend on {tag}", model.sums.spend(tagged), lambda plan: spend_on(case, plan, tag)),
        Goal(LATEST, late, tied_up),
    ]
    return [goal for goal in goals if goal.sum.terms]


def tied_up(plan: Alternative) -> float:
    """Capital expenditure of a plan, each amount by the share of the horizon that is left when it is paid; currency."""
    lines, periods = plan.audit.accounts.lines, len(plan.audit.accounts.cash)
    return math.fsum(amount * (periods - t) / periods for line in INVESTMENTS for t, amount in enumerate(lines[line]))


def spend_on(case: Case, plan: Alternative, tag: str) -> float:
    """What a plan pays for offers with a tag, in currency."""
    unit_cost = coefficients_of(case)
    return sum(
        number * unit_cost.units.cost[key] * unit_cost.money_unit
        for key, number in plan.decisions.order.items()
        if tag in case.offers[key[0]].tags
    )


def largest_tag(case: Case, model: Model, outcome: Outcome) -> str:
    """The tag with most spend that is not on everything that is bought; any tag where all are; none without tags."""
    spend: dict[str, float] = {tag: 0.0 for offer in case.offers.values() for tag in offer.tags}
    total = 0.0
    for key, number in outcome.decisions.order.items():
        cost = number * model.coefficients.units.cost[key]
        total += cost
        for tag in case.offers[key[0]].tags:
            spend[tag] += cost
    if not spend:
        return ""
    carried = {tag for tag in spend if all(tag in offer.tags for offer in case.offers.values())}
    return max(sorted(spend), key=lambda tag: (tag not in carried, spend[tag]))
