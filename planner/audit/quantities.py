"""The physical side of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from planner.audit.facts import Facts
from planner.audit.hosting import throughput
from planner.audit.payments import grant_entries
from planner.outcome import Entry, Quantities
from planner.vocabulary.keys import Demand, Stand


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
    flows = list(grant_entries(facts))
    unmet = {
        (asked := Demand(workload, t)): (facts.at(demand.amount, t) or 0.0) - served.get(asked, 0.0)
        for workload, demand in facts.case.workloads.items()
        for t in facts.periods
    }
    return Quantities(
        delivered=delivered,
        installed=facts.installed,
        unmet=unmet,
        grant={award.claim: award.amount for award in facts.awards},
        grant_paid=_by_period("grants", flows),
        clawback=_by_period("grants_repaid", flows),
    )


def _by_period(line: str, entries: Iterable[Entry]) -> dict[tuple[str, int], float]:
    """Amounts of a line by programme and period."""
    found: dict[tuple[str, int], float] = {}
    for entry in entries:
        if entry.line == line:
            key = (entry.about[0], entry.period)
            found[key] = found.get(key, 0.0) + entry.amount
    return found
