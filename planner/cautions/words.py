"""Amounts of resources in words, and the slip of a unit by which an amount would fit."""

from __future__ import annotations

from planner.vocabulary.resources import RESOURCES, Resource

SLIP = 1000.0
"""What lies between kW and MW, between MW and GW, between Gbps and Tbps."""
HEADROOM = 100.0
"""An amount that is a thousand times as large is taken for the one that was meant if it is no more than so many times
what is needed: a site is built for what stands there, and not for a hundred times as much."""


def amount_words(resource: Resource, amount: float) -> str:
    """An amount of a resource.

    >>> amount_words("power", 1.2), amount_words("liquid_cooling", 6000), amount_words("racks", 4)
    ('1.2 kW of power', '6 MW of liquid cooling', '4 racks')
    """
    record = RESOURCES[resource]
    name = "" if record.named_by_unit else f" of {record.label}"
    if amount >= SLIP and record.larger_unit:
        return f"{amount / SLIP:,.6g} {record.larger_unit}{name}"
    return f"{amount:,.6g} {record.unit}{name}"


def meant(resource: Resource, amount: float, needed: float) -> str:
    """The question whether an amount was meant in the next larger unit; empty where that explains nothing.

    >>> meant("power", 1.2, 230), meant("power", 200, 230), meant("power", 0.006, 14.3)
    ('did you mean 1.2 MW?', '', '')
    """
    larger = RESOURCES[resource].larger_unit
    if not larger or not needed <= amount * SLIP <= HEADROOM * needed:
        return ""
    return f"did you mean {amount:,.6g} {larger}?"
