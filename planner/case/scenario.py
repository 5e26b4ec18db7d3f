"""A named change of the case."""

from __future__ import annotations

from typing import Any

from planner.case.quantities import Noun, Share, Text


class Scenario(Noun):
    """Overrides by path; index nothing: a scenario makes another case."""

    title: Text = ""
    """What the scenario asks."""
    set: dict[str, Any] = {}
    """New values by path, such as ``programmes.meti.rate: 1/3``."""
    weight: Share | None = None
    """Its probability, where the scenario is a future that may happen; the case as it stands has what those of all
    scenarios leave. The plan of one scenario does not read it."""
