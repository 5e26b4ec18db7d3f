"""Limits of suppliers and of demand."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.limits.kinds import QUANTITY_TOLERANCE, any_limit, count_limit, in_period, money_limit
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Demand
from planner.vocabulary.message import Message, say


def supply(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more is ordered than a supplier offers in a period and has allocated so far."""
    for offer, terms in facts.case.offers.items():
        ordered = [0] * len(facts.periods)
        for (name, _, t), count in facts.decisions.order.items():
            ordered[t] += count if name == offer else 0
        for t in facts.periods:
            if terms.available is not None:
                most = facts.at(terms.available, t) or 0
                about = About((offer, "available"), _ordered(offer, in_period(facts, t)))
                yield count_limit("supply", about, ordered[t], "<=", most, "systems", t)
            if terms.allocation is not None:
                most = facts.at(terms.allocation, t) or 0
                until = say(", up to {month}", month=facts.calendar.label(t))
                about = About((offer, "allocation"), _ordered(offer, until))
                yield count_limit("supply", about, sum(ordered[: t + 1]), "<=", most, "systems", t)


def _ordered(offer: str, when: Message) -> Message:
    return say("{offer}{when}: ordered", offer=offer, when=when)


def supply_chain_share(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Offers with a tag take no more than their share of all spend."""
    spend = {key: count * sum(facts.unit_cost(key).values()) for key, count in facts.decisions.order.items()}
    total = sum(spend.values())
    for tag, share in facts.case.supply_chain_limits.items():
        tagged = sum(amount for (offer, _, _), amount in spend.items() if tag in facts.case.offers[offer].tags)
        about = About((tag,), say("spend on offers with the tag {tag}", tag=tag))
        yield money_limit(facts, "supply_chain_share", about, tagged, "<=", share * total)


def demand(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """No more is served than is asked for."""
    served: dict[Demand, float] = {}
    for (workload, system, _, t), amount in facts.decisions.serve.items():
        key = Demand(workload, t)
        served[key] = served.get(key, 0.0) + amount * throughput(facts.case, workload, system)
    for workload, demand in facts.case.workloads.items():
        for t in facts.periods:
            amount = facts.at(demand.amount, t) or 0.0
            words = say("{workload}{when}: served", workload=workload, when=in_period(facts, t))
            about = About((workload,), words)
            got = served.get(Demand(workload, t), 0.0)
            yield count_limit("demand", about, got, "<=", amount, demand.metric, t)


def service_level(facts: Facts, _accounts: Accounts, quantities: Quantities) -> Iterator[Limit]:
    """What must be served is served."""
    for workload, demand in facts.case.workloads.items():
        for t in facts.periods:
            if facts.is_over(t):
                continue
            amount = facts.at(demand.amount, t) or 0.0
            words = say("{workload}{when}: unserved", workload=workload, when=in_period(facts, t))
            about = About((workload,), words)
            tolerance = QUANTITY_TOLERANCE * max(1.0, amount)
            unmet, most = quantities.unmet[Demand(workload, t)], (1 - demand.must_serve) * amount
            yield any_limit("service_level", about, unmet, "<=", most, demand.metric, tolerance, t)
