"""Systems fit into the power, racks, liquid cooling, staff and uplink of their site."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Comparison, Key, total
from planner.model.sets import Sets
from planner.model.variables import Variables


def site_resource(
    sets: Sets, figures: Coefficients, decide: Variables, sums: Expressions
) -> Iterator[tuple[Key, Comparison]]:
    """What systems take of a resource is at most what the site and its blocks offer; by site d, resource r, period t.

    ``sum_s use[s,d,r] * installed[s,d,t] <= capacity[d,r,t] + sum_x adds[x,r] * built[x,t]``

    Unit: that of the resource (kW, racks, kW of liquid cooling, posts, Gbps). ``built`` counts the blocks that are
    ready. The number of blocks of an expansion is limited as well: ``sum_t expand[x,t] <= blocks[x]``.
    """
    for d, r, t in sets.resources:
        used = total((figures.use[s, d, r], decide.installed[s, d, t]) for s in sets.site_systems.get((d, t), []))
        built = total((figures.adds[x, r], decide.expand[x, u]) for x, u in sets.ready_blocks.get((d, t), []))
        yield (d, r, t), used <= built + figures.capacity[d, r, t]
    for x, limit in figures.block_limit.items():
        yield (x,), total((1.0, decide.expand[key]) for key in sets.blocks if key[0] == x) <= limit
