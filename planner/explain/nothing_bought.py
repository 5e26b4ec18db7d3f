"""Why a plan buys nothing: what keeps each offer from each site, or what one system would cost and bring there."""

from __future__ import annotations

import itertools

from planner.case.quantities import Money
from planner.coefficients import Coefficients, what_can_be
from planner.explain.in_the_way import limits_shared, reasons_against
from planner.outcome import Outcome
from planner.vocabulary.keys import Demand, Investment

MOST_LINES = 12
"""Offers and sites that are told one by one."""
MOST_LIMITS = 3
"""Limits that are named for an offer that would pay."""


def why_nothing(outcome: Outcome) -> list[str]:
    """The reasons, one line an offer and a site; no line where the plan buys something."""
    if outcome.decisions.buys_anything:
        return []
    if not outcome.case.offers:
        return ["nothing is on offer"]
    coefficients = what_can_be(outcome.case)
    pairs = list(itertools.product(outcome.case.offers, outcome.case.sites))
    lines = [_reason(outcome, coefficients, offer, site) for offer, site in pairs[:MOST_LINES]]
    return [*lines, f"and {len(pairs) - MOST_LINES} more"] if len(pairs) > MOST_LINES else lines


def _reason(outcome: Outcome, coefficients: Coefficients, offer: str, site: str) -> str:
    name, case = f"{offer} at {site}", outcome.case
    if against := reasons_against(case, offer, site):
        return f"{name}: {against[0]}"
    if case.objective.kind == "npv":
        orders = [order for order in coefficients.offers.delivery if order[:2] == (offer, site)]
        order = max(orders, key=lambda one: _most(coefficients, one) - coefficients.present_cost(one))
        cost, most = coefficients.present_cost(order), _most(coefficients, order)
        if most <= cost:
            when = coefficients.calendar.label(order.period)
            sums = f"one costs {_words(coefficients, cost)} and brings {_words(coefficients, most)} at most"
            return f"{name}: {sums}, ordered in {when} and always at work; in present worth, before tax"
    limits = [limit for limit in limits_shared(case, outcome.prices or (), offer, site) if (limit.gain or 0) > 0]
    if limits:
        return f"{name}: what stands in its way is {', '.join(limit.path for limit in limits[:MOST_LIMITS])}"
    return f"{name}: it would pay for itself only with work, money or room that the plan does not have for it"


def _most(coefficients: Coefficients, order: Investment) -> float:
    """The most that one system can bring in present worth: the best work all the time, every grant, the best sale.

    Whatever else the plan does, no system brings more: demand, caps, money and tax are left aside.
    """
    ready, (system, _, arrival) = coefficients.offers.delivery[order], coefficients.offers.vintage[order]
    vintages, discount = coefficients.vintages, coefficients.budget.discount
    first, kept, best = [coefficients.calendar.months_of(t)[0] for t in coefficients.periods], 0.0, 0.0
    for t in range(ready, coefficients.calendar.periods):
        if t > ready:
            best = max(best, kept + vintages.resale.get((system, arrival, t), 0.0) * discount.dated("end", first[t]))
        if t >= vintages.life_end[system, arrival]:
            return best + _grants(coefficients, order)
        earned = _earned(coefficients, system, order.site, t)
        kept += (earned - vintages.maintenance.get((system, arrival, t), 0.0)) * discount.at_turns[first[t]]
    best = max(best, kept + vintages.terminal.get((system, arrival), 0.0) * discount.at_end)
    return best + _grants(coefficients, order)


def _earned(coefficients: Coefficients, system: str, site: str, t: int) -> float:
    """What one system earns in a period at the work that pays best, or idle, less what it costs to run."""
    demand, sites, key = coefficients.demand, coefficients.sites, (system, site, t)
    works = [w for (w, s, d) in demand.suits if (s, d) == (system, site) and demand.amount[Demand(w, t)] > 0]
    earned = (demand.revenue[w, system, t] - demand.selling_costs.get((w, system, t), 0.0) for w in works)
    best = max((each - sites.energy_work[key] for each in earned), default=0.0)
    standing = sites.energy_idle[key] + sites.rent[key] + sites.operations[key] + sites.maintenance[system, t]
    return sites.availability[system] * max(0.0, best) - standing


def _grants(coefficients: Coefficients, order: Investment) -> float:
    """What all programmes together can pay for one system, as if nothing capped them and all were paid at once."""
    return sum(terms.rate * terms.eligible for (_, unit), terms in coefficients.claims.terms.items() if unit == order)


def _words(coefficients: Coefficients, amount: float) -> str:
    return Money(amount=float(f"{amount * coefficients.money_unit:.5g}"), currency=coefficients.currency).words
