"""Resources of a site: one record for each of what systems take of the place where they stand; index letter ``r``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Resource = Literal["power", "racks", "liquid_cooling", "staff", "uplink"]
"""Keys of the resources, as a case file writes them under ``capacity`` of a site and ``adds`` of an expansion."""

Taking = Literal["stated", "racks", "liquid_cooling"]
"""How what one system takes follows from its group ``installation``."""


@dataclass(frozen=True)
class ResourceRecord:
    """One resource of a site."""

    key: Resource
    unit: str
    """What the model counts it in."""
    field: str
    """Attribute that holds it on the capacity of a site, on a block, and on an installation where it is stated."""
    kind: Literal["kW", "Gbps", "amount"]
    """How a figure of it is written in a case file: with that unit, or as a plain number."""
    larger_unit: str = ""
    """A thousand of its unit, which people may have meant; nothing where there is no such unit."""
    named_by_unit: bool = False
    """Whether its unit says what it is: ``4 racks``, but ``6 MW of power``."""
    taking: Taking = "stated"
    """stated: as much as its field says. racks: a part of a rack that follows from height and power, where the system
    does not fill racks of its own. liquid_cooling: all of the system's power, wherever air does not do."""
    unlimited: bool = True
    """Whether a site that says nothing about it has no limit; else it has none of it."""

    @property
    def label(self) -> str:
        """What people call it."""
        return self.key.replace("_", " ")


_RECORDS = (
    ResourceRecord("power", "kW", "power_kw", "kW", "MW"),
    ResourceRecord("racks", "racks", "racks", "amount", named_by_unit=True, taking="racks"),
    ResourceRecord("liquid_cooling", "kW", "liquid_cooling_kw", "kW", "MW", taking="liquid_cooling", unlimited=False),
    ResourceRecord("staff", "posts", "staff", "amount", named_by_unit=True),
    ResourceRecord("uplink", "Gbps", "uplink_gbps", "Gbps", "Tbps"),
)
RESOURCES: dict[Resource, ResourceRecord] = {record.key: record for record in _RECORDS}
"""Every resource with its record, in the order of the reports."""
