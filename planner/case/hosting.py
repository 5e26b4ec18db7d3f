"""What a system comes to at a site: whether the site can host it, and what one takes of each of its resources."""

from __future__ import annotations

import math
from typing import assert_never

from planner.case.site import Site
from planner.case.system import System
from planner.vocabulary.resources import RESOURCES, Resource

ROUNDING = 1e-9
"""Share by which a quotient may miss a whole number and still be it: three servers of 14.3 kW fit into 42.9 kW."""


def rack_share(system: System, site: Site) -> float | None:
    """Racks that one system takes at a site; None where its height or its power does not fit a rack."""
    needs, limit = system.installation, site.rack_power_kw
    power = needs.power_kw or 0.0
    if needs.racks is not None:
        too_dense = limit is not None and power > limit * needs.racks * (1 + ROUNDING)
        return None if too_dense else needs.racks
    in_one_rack = whole_part(site.rack_height_units / (needs.rack_units or math.inf))
    if limit is not None and power > 0:
        in_one_rack = min(in_one_rack, whole_part(limit / power))
    return 1 / in_one_rack if in_one_rack else None


def whole_part(quotient: float) -> int:
    """The whole part of a quotient of two written figures."""
    return math.floor(quotient * (1 + ROUNDING))


def hosts(system: System, site: Site) -> bool:
    """Whether the site can cool the system and its racks can hold it."""
    cooled = not set(system.installation.cooling).isdisjoint(site.cooling)
    return cooled and rack_share(system, site) is not None


def is_liquid_cooled(system: System, site: Site) -> bool:
    """Whether a system takes of the liquid cooling of a site: wherever air does not do for both."""
    return not ("air" in system.installation.cooling and "air" in site.cooling)


def taken(system: System, site: Site, resource: Resource) -> float:
    """What one system takes of a resource at a site, in the unit of the resource."""
    taking = RESOURCES[resource].taking
    if taking == "stated":
        return system.installation.stated(resource)
    if taking == "racks":
        return rack_share(system, site) or 0.0
    if taking == "liquid_cooling":
        return system.installation.stated("power") if is_liquid_cooled(system, site) else 0.0
    assert_never(taking)
