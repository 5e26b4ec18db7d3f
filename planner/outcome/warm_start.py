"""What the search of one plan leaves for that of another, in names that hold in both cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.decisions import Decisions

Named = tuple[str, tuple[object, ...]]
"""A column of a model by its kind and its key."""
Branch = Mapping[Named, tuple[float, float]]
"""Bounds on whole-number decisions; what is not named is free."""


@dataclass(frozen=True)
class WarmStart:
    """Where a search may begin; none of it is believed, all of it is worked out again in the case at hand."""

    plans: tuple[Decisions, ...]
    """Plans of cases that are nearly the same; the best of those that are plans here counts."""
    branches: tuple[Branch, ...] = ()
    """Branches over blocks and programmes that together hold every plan, whatever the figures are."""
    side_by_side: tuple[tuple[Decisions, ...], ...] = ()
    """Plans of several models side by side, one for each of them, in their order."""
