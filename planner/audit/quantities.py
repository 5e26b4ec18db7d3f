"""The physical side of the plan."""

from __future__ import annotations

from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.payments import clawbacks, paid
from planner.outcome import Quantities
from planner.vocabulary.keys import Claim, Demand, Stand


def quantities_of(facts: Facts) -> Quantities:
    """What arrives, stands, works and is paid, by names and period."""
    delivered: dict[Stand, int] = {}
    for (system, site, arrival), (period, count) in facts.vintages.items():
        if arrival.month >= facts.calendar.start:
            key = Stand(system, site, period)
            delivered[key] = delivered.get(key, 0) + count
    served: dict[Demand, float] = {}
    for (workload, system, _, t), amount in facts.decisions.serve.items():
        asked = Demand(workload, t)
        served[asked] = served.get(asked, 0.0) + amount * throughput(facts.case, workload, system)
    grant: dict[Claim, float] = {}
    granted: dict[tuple[str, int], float] = {}
    repaid: dict[tuple[str, int], float] = {}
    for award in facts.awards:
        grant[award.claim] = award.amount
        for found, flows in ((granted, paid(facts.case, award)), (repaid, clawbacks(facts.case, award))):
            for period, money in flows:
                found[award.programme, period] = found.get((award.programme, period), 0.0) + money
    unmet = {
        (asked := Demand(workload, t)): (facts.at(demand.amount, t) or 0.0) - served.get(asked, 0.0)
        for workload, demand in facts.case.workloads.items()
        for t in facts.periods
    }
    return Quantities(
        delivered=delivered,
        installed=facts.installed,
        unmet=unmet,
        grant=grant,
        grant_paid=granted,
        clawback=repaid,
    )
