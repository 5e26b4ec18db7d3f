"""Looks for plans almost as good as the best that differ most, and for what all good plans have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from planner.audit import audit
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.errors import AuditError, NoProofError
from planner.explain.alternative import Alternative, Alternatives, Common, NoneBetter
from planner.explain.goals import Goal, goals, largest_tag
from planner.model.build import Model, build
from planner.model.linear import Column, count
from planner.outcome import Audit, Outcome
from planner.solution import decisions_of
from planner.solving.near_optimal import NearOptimalPlans

MORE_THAN_ROUNDING = 1e-5
"""By how much less of something an alternative must have at least, as a share of what the best plan has."""


def alternatives(
    outcome: Outcome, *, within: float, tag: str | None, seconds: float, told: Callable[[], None] = lambda: None
) -> Alternatives:
    """Looks for plans within a share of the best that differ most from it, as ``planner.alternatives`` has it.

    Every search has some seconds, and says so where it is stopped.
    """
    case = outcome.case
    model = build(coefficients_of(case))
    unit = 1.0 if outcome.proof.kind == "compute" else model.coefficients.money_unit
    sign = 1.0 if model.more_is_better else -1.0
    floor = outcome.proof.objective - sign * within * abs(outcome.proof.objective)
    chosen = tag or largest_tag(case, model, outcome)
    good = NearOptimalPlans(model, floor / unit - sign * 1e-9 * abs(floor / unit), outcome.warm_start, told)
    best = Alternative("best", outcome.decisions, outcome.audit, proven=True)
    found: list[Alternative | NoneBetter] = [
        _least(good, goal, best, outcome, seconds) for goal in goals(case, model, chosen)
    ]
    found += [_fewest(good, name, groups, best, outcome, seconds) for name, groups in _groups(case, model)]
    plans = tuple(one for one in found if isinstance(one, Alternative))
    common = tuple(_common(good, model, offer, (best, *plans), seconds) for offer in case.offers)
    none_better = tuple(one for one in found if isinstance(one, NoneBetter))
    return Alternatives(within, floor, chosen, (best, *plans), none_better, common)


def _least(
    good: NearOptimalPlans, goal: Goal, best: Alternative, outcome: Outcome, seconds: float
) -> Alternative | NoneBetter:
    """A good plan with less of something than the best one, by more than rounding; or that there is none."""
    has, unit = goal.measure(best), good.model.coefficients.money_unit
    below = has - MORE_THAN_ROUNDING * max(abs(has), unit)
    if below <= 0:  # nothing at all is as little as can be
        return NoneBetter(goal.name, proven=True)
    try:
        values = good.least(goal.sum, below / unit, gap=outcome.proof.gap_requested, seconds=seconds)
    except NoProofError:
        return NoneBetter(goal.name, proven=False)
    if values is None:
        return NoneBetter(goal.name, proven=True)
    plan = _alternative(outcome.case, good.model, goal.name, values, proven=False)
    return plan if goal.measure(plan) < has else NoneBetter(goal.name, proven=False)


def _alternative(case: Case, model: Model, name: str, values: list[float], *, proven: bool) -> Alternative:
    decisions = decisions_of(model, values)
    return Alternative(name, decisions, _audited(case, decisions), proven)


def _fewest(
    good: NearOptimalPlans, name: str, groups: list[list[Column]], best: Alternative, outcome: Outcome, seconds: float
) -> Alternative | NoneBetter:
    """A good plan that uses fewer of some groups: they are given up one by one, the least missed first."""
    model = good.model
    used = _used(groups, best.decisions)
    order: list[int] = []
    while True:
        off = set(range(len(groups))) - used
        least = {n: good.could_do_without(groups, off | {n}) for n in used}
        possible = {n: value for n, value in least.items() if value is not None}
        if not possible:
            break
        order.append(max(possible, key=lambda n: possible[n]))
        used.discard(order[-1])
    had = len(used) + len(order)
    while len(used) < had:
        off, values = set(range(len(groups))) - used, None
        with suppress(NoProofError):  # not in time; with one group more it may be
            values = good.without(groups, off, gap=outcome.proof.gap_requested, seconds=seconds)
        if values is not None:
            plan = _alternative(outcome.case, model, name, values, proven=False)
            return replace(plan, proven=good.needs_as_many(groups, len(_used(groups, plan.decisions))))
        used.add(order.pop())
    return NoneBetter(name, good.needs_as_many(groups, had))


def _used(groups: list[list[Column]], decisions: Decisions) -> set[int]:
    """Which groups a plan uses."""
    bought = {*decisions.order, *decisions.expand}
    return {n for n, group in enumerate(groups) if any(column.key in bought for column in group)}


def _groups(case: Case, model: Model) -> list[tuple[str, list[list[Column]]]]:
    """Suppliers and sites, each with the columns that use them."""
    orders, blocks = model.decide.order, model.decide.expand
    suppliers = sorted({offer.supplier for offer in case.offers.values()})
    by_supplier = [[c for key, c in orders.items() if case.offers[key[0]].supplier == name] for name in suppliers]
    by_site = [
        [c for key, c in orders.items() if key[1] == site]
        + [c for key, c in blocks.items() if case.expansions[key[0]].site == site]
        for site in case.sites
    ]
    found = [("fewest suppliers", by_supplier), ("fewest sites", by_site)]
    return [(name, [group for group in groups if group]) for name, groups in found]


def _audited(case: Case, decisions: Decisions) -> Audit:
    found = audit(case, decisions)
    if found.broken:
        words = "\n".join(f"{limit.told_rule}: {limit.subject}" for limit in found.broken)
        raise AuditError(f"the audit does not agree with an alternative plan; nothing was reported:\n{words}")
    return found


def _common(good: NearOptimalPlans, model: Model, offer: str, plans: Sequence[Alternative], seconds: float) -> Common:
    ordered = count(column for key, column in model.decide.order.items() if key[0] == offer)
    bought = [sum(number for (name, _), number in plan.decisions.ordered.items() if name == offer) for plan in plans]
    if not ordered.terms:
        return Common(offer, bought[0], 0, 0.0)
    least, most = good.between(ordered, bought, seconds)
    return Common(offer, bought[0], min(least, *bought), max(most, *(float(one) for one in bought)))
