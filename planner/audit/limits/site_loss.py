"""What must survive the loss of a site is looked at site by site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.limits.kinds import count_limit, in_period
from planner.decisions import summed
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.message import say


def site_loss(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Where work that must survive is done at a site, the other sites can do all such work without it."""
    case, decisions = facts.case, facts.decisions
    surviving = {name: workload for name, workload in case.workloads.items() if workload.survives_site_loss}
    at_risk = sorted({(t, site) for name, _, site, t in decisions.serve if name in surviving and not facts.is_over(t)})
    served = summed(
        ((lost, name, t), amount * throughput(case, name, system))
        for (lost, name, system, site, t), amount in decisions.failover.items()
        if site != lost
    )
    for t, lost in at_risk:
        for name, workload in surviving.items():
            amount = workload.must_serve * (facts.at(workload.amount, t) or 0.0)
            when = in_period(facts, t)
            words = say("{workload} without {site}{when}: served elsewhere", workload=name, site=lost, when=when)
            able = served.get((lost, name, t), 0.0)
            yield count_limit("site_loss", About((lost, name), words), able, ">=", amount, workload.metric, t)
    working = summed(
        ((lost, system, site, t), amount) for (lost, _, system, site, t), amount in decisions.failover.items()
    )
    for (lost, system, site, t), amount in working.items():
        able = case.systems[system].availability * sum(
            count for (s, d, u), count in facts.installed.items() if (s, d, u) == (system, site, t) and site != lost
        )
        when = in_period(facts, t)
        words = say("{system} at {site} without {lost}{when}: at work", system=system, site=site, lost=lost, when=when)
        yield count_limit("site_loss", About((lost, system, site), words), amount, "<=", able, "systems", t)
