"""What the checks look at, and what they say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from planner.case.case import Case
from planner.coefficients import Coefficients, what_can_be
from planner.outcome import Provenance
from planner.reading.tree.nodes import Path
from planner.vocabulary.resources import Resource


@dataclass(frozen=True)
class Doubt:
    """Something in a case that is allowed and most likely not meant."""

    path: Path
    """A figure or a name that the case states, or would state."""
    what: str
    why: str
    remedy: str


@dataclass(frozen=True)
class Subject:
    """A case that was read without a mistake, with all that follows from it."""

    case: Case
    provenance: Mapping[str, Provenance]
    reasons: dict[tuple[str, str], str] = field(default_factory=dict, compare=False)
    """Why a system cannot stand at a site, as far as that was asked; nothing where it can."""

    @cached_property
    def coefficients(self) -> Coefficients:
        """What the model would be told: which system fits where, which order comes in time, which claim pays."""
        return what_can_be(self.case)

    @cached_property
    def room(self) -> dict[tuple[str, Resource], float]:
        """The most that a site ever has of a resource that it limits, all blocks built that can be."""
        coefficients, most = self.coefficients, dict[tuple[str, Resource], float]()
        for (site, resource, _), amount in coefficients.sites.capacity.items():
            most[site, resource] = max(most.get((site, resource), 0.0), amount)
        can_be_built = {expansion for expansion, _ in coefficients.blocks.ready}
        for (expansion, resource), amount in coefficients.blocks.adds.items():
            key = (coefficients.blocks.site[expansion], resource)
            if key in most and expansion in can_be_built:
                most[key] += amount * coefficients.blocks.limit[expansion]
        return most
