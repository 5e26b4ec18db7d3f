"""Decisions that are made already, and are planned around: what is ordered, built, sold and entered up to a month."""

from __future__ import annotations

from planner.case.quantities import Count, Month, Name, Noun, Text, YesNo


class FrozenOrder(Noun):
    """Systems that are ordered, whatever else the plan does."""

    offer: Name
    """Which offer."""
    site: Name
    """For which site."""
    month: Month
    """Month of the order: the first of a period."""
    systems: Count
    """How many: just as many, no more and no less."""
    source: Text = ""
    """Where the figures come from."""


class FrozenBlocks(Noun):
    """Blocks that are started, whatever else the plan does."""

    expansion: Name
    """Which expansion."""
    month: Month
    """Month of their start: the first of a period."""
    blocks: Count
    """How many: just as many, no more and no less."""
    source: Text = ""
    """Where the figures come from."""


class FrozenExit(Noun):
    """Systems that leave before the end of their life, whatever else the plan does."""

    system: Name
    """Which system."""
    site: Name
    """Where it stands."""
    arrived: Month
    """When it came: the month that the sheet Decisions names, or from which a fleet stands there."""
    offer: Name | None = None
    """The offer through which it came; none for a fleet."""
    month: Month
    """Month in which they leave: the first of a period."""
    systems: Count
    """How many: just as many, no more and no less."""
    source: Text = ""
    """Where the figures come from."""


class Frozen(Noun):
    """Decisions that are made already. The rest is planned around them."""

    until: Month
    """Every order and every block that begins up to this month is as listed below; there are none besides."""
    orders: tuple[FrozenOrder, ...] = ()
    """Orders up to then."""
    blocks: tuple[FrozenBlocks, ...] = ()
    """Blocks of expansions up to then."""
    exits: tuple[FrozenExit, ...] = ()
    """Systems that leave before the end of their life up to then; other exits are free."""
    programmes: dict[Name, YesNo] = {}
    """Programmes that are entered for certain, or for certain not; those that are not named are free."""
    source: Text = ""
    """Where the figures come from."""
