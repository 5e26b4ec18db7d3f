"""The physical side of the plan."""

from __future__ import annotations

from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.payments import given_back, paid
from planner.decisions import cohort_month
from planner.outcome import Quantities


def quantities_of(facts: Facts) -> Quantities:
    """What arrives, stands, works and is paid, by names and period."""
    delivered: dict[tuple[str, str, int], int] = {}
    for (system, site, cohort), (period, count) in facts.cohorts.items():
        if cohort_month(cohort) >= facts.calendar.start:
            delivered[system, site, period] = delivered.get((system, site, period), 0) + count
    served: dict[tuple[str, int], float] = {}
    for (workload, system, _, t), amount in facts.decisions.serve.items():
        served[workload, t] = served.get((workload, t), 0.0) + amount * throughput(facts.case, workload, system)
    grant: dict[tuple[str, str, str, int], float] = {}
    granted: dict[tuple[str, int], float] = {}
    repaid: dict[tuple[str, int], float] = {}
    for award in facts.awards:
        grant[award.programme, *award.investment] = award.amount
        for found, flows in ((granted, paid(facts.case, award)), (repaid, given_back(facts.case, award))):
            for period, money in flows:
                found[award.programme, period] = found.get((award.programme, period), 0.0) + money
    unmet = {
        (workload, t): (facts.at(demand.amount, t) or 0.0) - served.get((workload, t), 0.0)
        for workload, demand in facts.case.workloads.items()
        for t in facts.periods
    }
    return Quantities(
        delivered=delivered,
        installed=facts.installed,
        unmet=unmet,
        grant=grant,
        grant_paid=granted,
        grant_repaid=repaid,
    )
