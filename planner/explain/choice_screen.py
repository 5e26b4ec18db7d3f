"""The room to choose as lines of text: other plans, how they differ, and what all of them have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.case.case import Case
from planner.case.quantities import Money
from planner.case.words import counted
from planner.decisions import Decisions
from planner.explain.alternative import Alternative, Alternatives, NoneBetter
from planner.explain.goals import LATEST, spend_on, tied_up
from planner.explain.screen import amount
from planner.outcome import Outcome

MOST_MONTHS = 4
"""Months of one thing that are shown where only its dates differ."""


def alternative_lines(outcome: Outcome, found: Alternatives) -> Iterator[str]:
    """The plans side by side, in which respects there is none, and what they have in common."""
    yield f"Plans within {found.within * 100:.4g} % of the best, each audited like the plan itself"
    if outcome.case.frozen is not None:
        yield f"All of them keep to what is frozen up to {outcome.case.frozen.until}."
    best = found.plans[0]
    for plan in found.plans:
        yield f"  {plan.name}: {_plan_words(outcome, found, plan)}"
        if plan is not best:
            changes = list(_changes(outcome.case, best.decisions, plan.decisions))
            yield f"      {'; '.join(changes) if changes else 'the same orders, blocks and exits'}"
    for one in found.none_better:
        yield f"  {one.name}: {_none_better_words(one)}"
    yield "What all plans within that distance have in common"
    for common in found.common:
        if common.least == common.most == 0:
            yield f"  {common.offer}: no good plan buys any"
        else:
            yield f"  {common.offer}: every good plan buys {common.least:,} at least, none more than {common.most:,.0f}"


def _none_better_words(one: NoneBetter) -> str:
    less = "fewer" if one.name.startswith("fewest") else "less"
    return (
        f"the best plan itself; {f'proved: no good plan has {less}' if one.proven else f'none with {less} was found'}"
    )


def _plan_words(outcome: Outcome, found: Alternatives, plan: Alternative) -> str:
    case, best = outcome.case, found.plans[0]
    suppliers = {case.offers[offer].supplier for offer, _ in plan.decisions.ordered}
    sites = {site for _, site in plan.decisions.ordered} | {case.expansions[x].site for x, _ in plan.decisions.expand}
    lost = amount(outcome, abs(plan.audit.objective - best.audit.objective))
    words = f"{amount(outcome, plan.audit.objective)}"
    words += "" if plan is best else f" ({lost} less good)"
    words += f"; {counted(len(suppliers), 'supplier')}, {counted(len(sites), 'site')}"
    if found.tag:
        words += f", {_money(spend_on(case, plan, found.tag), case)} on {found.tag}"
    if plan.name == LATEST:
        years = case.calendar.periods * case.calendar.months_per_period / 12
        here, there = (_money(years * tied_up(one), case) for one in (best, plan))
        words += f"; ties up {there}-years of spending instead of {here}-years"
    if plan.name.startswith("fewest"):
        words += "; proved: no good plan has fewer" if plan.proven else "; fewer were not found"
    return words


def _money(value: float, case: Case) -> str:
    return Money(amount=float(f"{value:.4g}"), currency=case.finance.currency).words


def _changes(case: Case, best: Decisions, plan: Decisions) -> Iterator[str]:
    """What differs by its totals, or where these are the same by its months."""
    one, other = _by_month(case, best), _by_month(case, plan)
    for what in sorted({*one, *other}):
        here, there = one.get(what, {}), other.get(what, {})
        if here == there:
            continue
        before, after = sum(here.values()), sum(there.values())
        if before != after:
            yield f"{what}: {after:,} instead of {before:,}"
            continue
        months = [month for month in sorted({*here, *there}) if here.get(month, 0) != there.get(month, 0)]
        moved = [f"{there.get(month, 0):,} instead of {here.get(month, 0):,} in {month}" for month in months]
        rest = [f"and in {len(moved) - MOST_MONTHS} months more"] if len(moved) > MOST_MONTHS else []
        yield f"{what}: {', '.join([*moved[:MOST_MONTHS], *rest])}"


def _by_month(case: Case, decisions: Decisions) -> Mapping[str, Mapping[str, int]]:
    """Orders, blocks and exits, by what they are about and by month."""
    found: dict[str, dict[str, int]] = {}
    entries = [
        *((f"{offer} at {site}", t, number) for (offer, site, t), number in decisions.order.items()),
        *((f"{expansion} (blocks)", t, number) for (expansion, t), number in decisions.expand.items()),
        *((f"{system} leaving {site}", t, number) for ((system, site, _), t), number in decisions.exit.items()),
    ]
    for what, t, number in entries:
        months = found.setdefault(what, {})
        months[case.calendar.label(t)] = months.get(case.calendar.label(t), 0) + number
    return found
