"""What has to be served whatever happens can be served without any one site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Column, Row, count, total
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.demand import FAILOVER, SITE_LOSS
from planner.vocabulary.keys import Demand, Failover, Stand


def site_loss(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Without site l the others can serve the share of demand that survives; by l, workload w, period t; its metric.

    ``sum_(s,d) throughput[w,s] * failover[l,w,s,d,t] >= must_serve[w] * amount[w,t]`` and, by system s and site d,
    ``sum_w failover[l,w,s,d,t] <= availability[s] * installed[s,d,t]``, over the workloads that survive and the sites
    but l. Everything else may stop while the site is lost.
    """
    serving: dict[tuple[str, Demand], list[Failover]] = defaultdict(list)
    working: dict[tuple[str, Stand], list[Column]] = defaultdict(list)
    for key in sets.failovers:
        lost, workload, system, site, t = key
        serving[lost, Demand(workload, t)].append(key)
        working[lost, Stand(system, site, t)].append(decide.failover[key])
    for lost, demand in sets.site_losses:
        able = total(
            (coefficients.demand.throughput[demand.workload, key.system], decide.failover[key])
            for key in serving[lost, demand]
        )
        protected = coefficients.demand.protected_share[demand.workload] * coefficients.demand.amount[demand]
        yield Row(SITE_LOSS, (lost, *demand), able >= protected)
    for (lost, stand), columns in working.items():
        able = coefficients.sites.availability[stand.system] * decide.installed[stand]
        yield Row(FAILOVER, (lost, *stand), count(columns) <= able)
