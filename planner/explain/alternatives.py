"""Plans almost as good as the best that differ most, and what all good plans have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.audit import audit
from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.model.build import Model, build
from planner.model.linear import Column, Sum, count
from planner.outcome import INVESTMENTS, Audit, Outcome
from planner.results import decisions_of
from planner.solving.second import GoodPlans


@dataclass(frozen=True)
class Alternative:
    """One plan, audited."""

    name: str
    """What it has the least of, or 'best'."""
    decisions: Decisions
    audit: Audit
    proven: bool
    """Whether no good plan has less of it."""

    @property
    def orders(self) -> dict[tuple[str, str], int]:
        """Systems ordered by offer and site."""
        found: dict[tuple[str, str], int] = {}
        for (offer, site, _), number in self.decisions.order.items():
            found[offer, site] = found.get((offer, site), 0) + number
        return found


@dataclass(frozen=True)
class Common:
    """How many systems of an offer all good plans buy."""

    offer: str
    best: int
    least: int
    """Every good plan buys so many at least."""
    most: float
    """No good plan buys more."""


@dataclass(frozen=True)
class Alternatives:
    """The room to choose around a plan."""

    within: float
    floor: float
    """A plan is good where its objective is no worse, in the unit of the objective."""
    tag: str
    """The dependence that one alternative avoids; nothing where no offer has tags."""
    plans: tuple[Alternative, ...]
    """The best first."""
    common: tuple[Common, ...]


def alternatives(
    outcome: Outcome, *, within: float, tag: str | None, seconds: float, told: Callable[[], None] = lambda: None
) -> Alternatives:
    """Looks for plans within a share of the best that differ most from it.

    Args:
        within: how much worse they may be, as a share of the objective.
        tag: the dependence to avoid; without it the one with most spend.
        seconds: time for each search; a search that is stopped says so.
        told: hears that a search begins.
    """
    case = outcome.case
    model = build(coefficients_of(case))
    unit = 1.0 if outcome.proof.kind == "compute" else model.figures.money_unit
    sign = 1.0 if model.more_is_better else -1.0
    floor = outcome.proof.objective - sign * within * abs(outcome.proof.objective)
    chosen = tag or _largest_tag(case, model, outcome)
    good = GoodPlans(model, floor / unit - sign * 1e-9 * abs(floor / unit), told)
    plans = [Alternative("best", outcome.decisions, outcome.audit, proven=True)]
    for name, goal in _goals(case, model, chosen):
        values = good.least(goal, seconds=seconds)
        if values is not None:
            plans.append(_alternative(case, model, name, values, proven=False))
    for name, groups in _groups(case, model):
        plans.append(_fewest(good, name, groups, outcome, seconds))
    common = tuple(_common(good, model, offer, plans[0], seconds / 4) for offer in case.offers)
    return Alternatives(within, floor, chosen, tuple(plans), common)


def _alternative(case: Case, model: Model, name: str, values: list[float], *, proven: bool) -> Alternative:
    decisions = decisions_of(model, values)
    return Alternative(name, decisions, _audited(case, decisions), proven)


def _fewest(good: GoodPlans, name: str, groups: list[list[Column]], outcome: Outcome, seconds: float) -> Alternative:
    """A good plan that uses few of some groups: they are given up one by one, the least missed first."""
    model = good.model
    bought = {*outcome.decisions.order, *outcome.decisions.expand}
    used = {n for n, group in enumerate(groups) if any(column.key in bought for column in group)}
    order: list[int] = []
    while True:
        off = set(range(len(groups))) - used
        worth = {n: good.could_do_without(groups, off | {n}) for n in used}
        possible = {n: value for n, value in worth.items() if value is not None}
        if not possible:
            break
        order.append(max(possible, key=lambda n: possible[n]))
        used.discard(order[-1])
    while order:
        off = set(range(len(groups))) - used
        values = good.without(groups, off, gap=outcome.proof.gap_requested, seconds=seconds)
        if values is not None:
            proven = good.needs_as_many(groups, len(used))
            return _alternative(outcome.case, model, name, values, proven=proven)
        used.add(order.pop())
    return Alternative(name, outcome.decisions, outcome.audit, good.needs_as_many(groups, len(used)))


def _goals(case: Case, model: Model, tag: str) -> list[tuple[str, Sum]]:
    """Sums that are made small, by name."""
    late, periods = Sum(), model.figures.periods
    for t in periods:
        for line in INVESTMENTS:
            late.plus(model.sums.lines[line][t], float(len(periods) - t) / len(periods))
    tagged = tuple(name for name, offer in case.offers.items() if tag in offer.tags)
    goals = [(f"least spend on {tag}", model.sums.spend(tagged)), ("latest spending", late)]
    return [goal for goal in goals if goal[1].terms]


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


def spend_on(case: Case, plan: Alternative, tag: str) -> float:
    """What a plan pays for offers with a tag, in currency."""
    unit_cost = coefficients_of(case)
    return sum(
        number * unit_cost.unit_cost[key] * unit_cost.money_unit
        for key, number in plan.decisions.order.items()
        if tag in case.offers[key[0]].tags
    )


def _largest_tag(case: Case, model: Model, outcome: Outcome) -> str:
    """The tag with most spend that is not on everything that is bought; any tag where all are; none without tags."""
    spend: dict[str, float] = {tag: 0.0 for offer in case.offers.values() for tag in offer.tags}
    total = 0.0
    for key, number in outcome.decisions.order.items():
        cost = number * model.figures.unit_cost[key]
        total += cost
        for tag in case.offers[key[0]].tags:
            spend[tag] += cost
    if not spend:
        return ""
    carried = {tag for tag in spend if all(tag in offer.tags for offer in case.offers.values())}
    return max(sorted(spend), key=lambda tag: (tag not in carried, spend[tag]))


def _audited(case: Case, decisions: Decisions) -> Audit:
    found = audit(case, decisions)
    if found.broken:
        words = "\n".join(f"{limit.rule}: {limit.subject}" for limit in found.broken)
        raise AuditError(f"the audit does not agree with an alternative plan; nothing was reported:\n{words}")
    return found


def _common(good: GoodPlans, model: Model, offer: str, best: Alternative, seconds: float) -> Common:
    ordered = count(column for key, column in model.decide.order.items() if key[0] == offer)
    bought = sum(number for (name, _), number in best.orders.items() if name == offer)
    if not ordered.terms:
        return Common(offer, bought, 0, 0.0)
    least, most = good.between(ordered, seconds)
    return Common(offer, bought, min(least, bought), max(most, float(bought)))
