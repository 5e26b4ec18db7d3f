"""Decisions that are made already, and are planned around: what is ordered, built, sold and entered up to a month."""

from __future__ import annotations

from planner.case.quantities import Amount, Count, Month, Name, Noun, PositiveMoney, Text, YesNo


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


class FrozenClaim(Noun):
    """What is claimed under a programme, whatever else the plan does."""

    programme: Name
    """Under which programme."""
    investment: Name
    """Which offer or expansion it pays for."""
    site: Name
    """Where that stands."""
    month: Month
    """Month of the order, or of the start of the blocks: the first of a period."""
    units: Amount
    """How many systems or blocks: just as many, no more and no less."""
    source: Text = ""
    """Where the figures come from."""


class FrozenDraw(Noun):
    """Money that is drawn from a loan, whatever else the plan does."""

    loan: Name
    """Which loan."""
    month: Month
    """Month of the draw: the first of a period."""
    money: PositiveMoney
    """How much: just as much, no more and no less."""
    source: Text = ""
    """Where the figures come from."""


class FrozenRepayment(Noun):
    """Money that is repaid to a loan, whatever else the plan does."""

    loan: Name
    """Which loan."""
    month: Month
    """The first month of the period at whose end it is repaid."""
    money: PositiveMoney
    """How much: just as much, no more and no less."""
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
    claims: tuple[FrozenClaim, ...] = ()
    """What is claimed of what is ordered or started up to then; other claims are free."""
    draws: tuple[FrozenDraw, ...] = ()
    """What is drawn from loans up to then; other draws are free."""
    repayments: tuple[FrozenRepayment, ...] = ()
    """What is repaid to loans up to then; other repayments are free."""
    complete: YesNo = False
    """Whether exits, claims, draws and repayments up to then are as listed as well, and none besides: all of it has
    happened. What had to be served or to stand up to then is no longer asked for, nor are limits on capital expenditure
    of fiscal years that are over."""
    programmes: dict[Name, YesNo] = {}
    """Programmes that are entered for certain, or for certain not; those that are not named are free."""
    source: Text = ""
    """Where the figures come from."""
