"""Amounts of resources in words, and the slip of a unit by which an amount would fit."""

from __future__ import annotations

from planner.case.site import RESOURCE_UNITS, Resource

SLIP = 1000.0
"""What lies between kW and MW, between MW and GW, between Gbps and Tbps."""
HEADROOM = 100.0
"""An amount that is a thousand times as large is taken for the one that was meant if it is no more than so many times
what is needed: a site is built for what stands there, and not for a hundred times as much."""
_LARGER = {"kW": "MW", "Gbps": "Tbps"}


def amount_words(resource: Resource, amount: float) -> str:
    """An amount of a resource.

    >>> amount_words("power", 1.2), amount_words("liquid_cooling", 6000), amount_words("racks", 4)
    ('1.2 kW of power', '6 MW of liquid cooling', '4 racks')
    """
    unit = RESOURCE_UNITS[resource]
    name = "" if unit in ("racks", "posts") else f" of {resource.replace('_', ' ')}"
    if amount >= SLIP and unit in _LARGER:
        return f"{amount / SLIP:,.6g} {_LARGER[unit]}{name}"
    return f"{amount:,.6g} {unit}{name}"


def meant(resource: Resource, amount: float, needed: float) -> str:
    """The question whether an amount was meant in the next larger unit; empty where that explains nothing.

    >>> meant("power", 1.2, 230), meant("power", 200, 230), meant("power", 0.006, 14.3)
    ('did you mean 1.2 MW?', '', '')
    """
    unit = RESOURCE_UNITS[resource]
    if unit not in _LARGER or not needed <= amount * SLIP <= HEADROOM * needed:
        return ""
    return f"did you mean {amount:,.6g} {_LARGER[unit]}?"
