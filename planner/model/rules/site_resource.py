"""Systems fit into the power, racks, liquid cooling, staff and uplink of their site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Row, total
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.constraints.sites import SITE_RESOURCE
from planner.vocabulary.keys import Stand


def site_resource(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What systems take of a resource is at most what the site and its blocks offer; by site d, resource r, period t.

    ``sum_s use[s,d,r] * installed[s,d,t] <= capacity[d,r,t] + sum_x adds[x,r] * (built[x,t] - retired[x,t])``

    Unit: that of the resource (kW, racks, kW of liquid cooling, posts, Gbps). ``built`` counts the blocks that were
    started long enough ago to be ready, ``retired`` those of them whose useful life is over.
    """
    for d, r, t in sets.resources:
        here = [Stand(s, d, t) for s in sets.site_systems.get((d, t), [])]
        used = total((coefficients.sites.use[key.system, d, r], decide.installed[key]) for key in here)
        ready = sets.ready_blocks.get((d, t), [])
        built = total((coefficients.blocks.adds[block.expansion, r], decide.built[block]) for block in ready)
        gone = sets.retired_blocks.get((d, t), [])
        built = built - total((coefficients.blocks.adds[block.expansion, r], decide.built[block]) for block in gone)
        yield Row(SITE_RESOURCE, (d, r, t), used <= built + coefficients.sites.capacity[d, r, t])
