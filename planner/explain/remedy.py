"""Changes of figures that together make a plan possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.explain.figure import Figure, Path

WAYS = ("time", "finance", "room and supply", "programmes", "workloads")
"""Ways out of a contradiction."""


@dataclass(frozen=True)
class Remedy:
    """Changes that together make a plan possible: figures and how much each is loosened."""

    changes: tuple[tuple[Figure, float], ...]
    is_least: bool = True
    """Whether nine tenths of it is known not to be enough."""

    @property
    def texts(self) -> dict[Path, str]:
        """New values by path."""
        return {figure.path: figure.yaml(change) for figure, change in self.changes}

    @property
    def size(self) -> float:
        """How large the changes are, as a share of the figures that they change."""
        return sum(change / base_of(figure) for figure, change in self.changes)

    def part(self, share: float) -> dict[Path, str]:
        """New values when only a share of each change is made."""
        return {figure.path: figure.text(_partly(figure, change, share)) for figure, change in self.changes}


def asks_for_less(remedy: Remedy) -> bool:
    """Whether it is demand that is given up; ways to meet it come first."""
    return any(figure.path[0] == "workloads" for figure, _ in remedy.changes)


def different(ranked: Sequence[Remedy], most: int) -> list[Remedy]:
    """Those of several changes that differ most, in their order: a date, money, room, terms and less demand, one each.

    Places that are left go to other fields. The same field of another offer or site is named among the statements, but
    as a change it would say nothing new.
    """
    chosen: list[Remedy] = []
    for kind in (_way, _field):
        for remedy in ranked:
            if kind(remedy) not in map(kind, chosen):
                chosen.append(remedy)
    return sorted(chosen[:most], key=ranked.index)


def way(figure: Figure) -> str:
    """The way out that a change of a figure is."""
    if figure.kind in ("month", "months", "years"):
        return "time"
    return figure.path[0] if figure.path[0] in ("workloads", "programmes", "finance") else "room and supply"


def _way(remedy: Remedy) -> str:
    """The way out that a change is, told by its first figure."""
    return way(remedy.changes[0][0])


def _field(remedy: Remedy) -> tuple[str, str]:
    """The field that a change is about, whichever offer, site or step it belongs to."""
    path = remedy.changes[0][0].path
    return path[0], next(part for part in reversed(path) if not part[0].isdigit())


def base_of(figure: Figure) -> float:
    """What a change of a figure is measured against: the figure itself, a year for a month."""
    if figure.kind == "month":
        return 12.0
    if figure.kind == "years":
        return max(1.0, figure.value)
    return abs(figure.value) or 1e9


def _partly(figure: Figure, change: float, share: float) -> float:
    part = float(int(change * share)) if figure.whole else change * share
    return figure.after(part)
