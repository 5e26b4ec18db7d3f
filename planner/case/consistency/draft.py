"""What a case says as far as its parts stand by themselves, so that checks run even where some part is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Self

from planner.case.calendar import Calendar
from planner.case.case import Case, Objective
from planner.case.consistency.unknown import as_far_as_known
from planner.case.finance import Finance
from planner.case.frozen import Frozen
from planner.case.futures import Futures
from planner.case.offer import Offer
from planner.case.programme import Programme
from planner.case.scenario import Scenario
from planner.case.site import Expansion, Site
from planner.case.system import System
from planner.case.workload import Workload

Path = tuple[str, ...]
"""The keys that lead to a field, as a case file has them; the items of lists are numbered from 0."""


EXAMPLE = "{example}"
"""Stands in a fix for the smallest that could be written at the path, which only the reading of files knows."""


@dataclass(frozen=True)
class Finding:
    """Parts of a case that do not fit together: where, what was found, what is allowed, the likely fix."""

    path: Path
    found: str
    allowed: str = ""
    remedy: str = ""


def with_way_out(path: Path, hint: str) -> str:
    """A hint at the usual mistake, and how to let the figure through if it is none."""
    return f"{hint} If it is right, say why in the file: `unusual: {{{'.'.join(path)}: the reason}}`"


@dataclass(frozen=True)
class Draft:
    """What a case says as far as it is right by itself; what is wrong in it stands as ``UNKNOWN``."""

    calendar: Calendar | None = None
    finance: Finance | None = None
    objective: Objective = field(default_factory=Objective)
    systems: dict[str, System] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    expansions: dict[str, Expansion] = field(default_factory=dict)
    workloads: dict[str, Workload] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    frozen: Frozen | None = None
    supply_chain_limits: dict[str, float] = field(default_factory=dict)
    unusual: dict[str, str] = field(default_factory=dict)
    scenarios: dict[str, Scenario] = field(default_factory=dict)
    futures: Futures | None = None
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names by section, those that cannot be names and those of systems that nothing uses included."""

    @classmethod
    def sections(cls) -> frozenset[str]:
        """The sections of a case that a draft holds."""
        return frozenset(section.name for section in fields(cls)) - {"declared"}

    @classmethod
    def of(cls, case: Case) -> Self:
        """A draft of a whole case."""
        return cls(**{section: getattr(case, section) for section in cls.sections()})

    def knowing(self, declared: Mapping[str, frozenset[str]]) -> Self:
        """The same draft with the names that the file declares."""
        return replace(self, declared=declared)

    def names(self, section: str) -> frozenset[str]:
        """All names that a section declares."""
        return self.declared.get(section, frozenset()) | frozenset(getattr(self, section))

    def is_whole(self, section: str) -> bool:
        """Whether no entry of a section is left out."""
        return len(getattr(self, section)) == len(self.names(section))

    def explains(self, path: Path) -> bool:
        """Whether the case gives a reason for an unusual figure, or for all months of it."""
        return any(self.unusual.get(".".join(steps), "").strip() for steps in (path, path[:-1]))

    @property
    def offered(self) -> dict[str, list[str]]:
        """The offers of each system that is known."""
        by_system: dict[str, list[str]] = {}
        for name, offer in self.offers.items():
            with as_far_as_known():
                if offer.system in self.systems:
                    by_system.setdefault(offer.system, []).append(name)
        return by_system
