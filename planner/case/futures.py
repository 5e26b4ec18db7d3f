"""What may turn out otherwise than the case states: drivers with their distributions, events, and how they go together.

It decides nothing about a plan: a plan is made for the figures that the case states.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from planner.case.quantities import (
    Count,
    DurationText,
    Month,
    Name,
    Noun,
    Share,
    SignedShare,
    Size,
    Text,
)

ChangeKind = Literal["factor", "addition", "value"]
"""Whether what is drawn multiplies the figure, is added to it, or stands in its place."""


class Range(Noun):
    """A distribution between a lowest and a highest point, with one point at which it is densest."""

    low: Size
    """Lowest."""
    typical: Size | None = None
    """Most likely; what the case states where it is left out."""
    high: Size
    """Highest."""
    shape: Literal["pert", "triangular"] = "pert"
    """pert: a beta distribution with little weight near its ends. triangular: straight lines to both ends."""


class Normal(Noun):
    """A normal distribution, cut off at its points of 0.1 % and 99.9 %."""

    typical: Size | None = None
    """Mean; what the case states where it is left out."""
    spread: Size
    """Standard deviation."""


class Lognormal(Noun):
    """A lognormal distribution, cut off at its points of 0.1 % and 99.9 %; it never falls below zero."""

    typical: Size | None = None
    """Median; what the case states where it is left out."""
    spread: Share
    """Standard deviation of the logarithm: at 20 % two draws of three lie within a factor of 1.22."""


class Outcome(Noun):
    """One value of several, with its probability."""

    value: Any
    """The factor, the addition or the new value, as the kind of the driver says."""
    weight: Share
    """Its probability; those of all outcomes are 100 % together."""


class Walk(Noun):
    """A path in time: a factor that starts at 1 and moves at random, and may be drawn back to what the case states.

    Its logarithm is an Ornstein-Uhlenbeck process; in every month the median is what the case states, drift apart.
    """

    volatility: Share
    """Standard deviation of the logarithm, of a year without reversion."""
    drift: SignedShare = 0.0
    """By how much the middle of the paths rises in a year, such as -5 %."""
    reversion: Annotated[Share, Field(le=0.99)] = 0.0
    """Share of the distance from the middle that is lost in a year; at nothing it is a random walk."""
    step: Literal["month", "quarter", "year"] = "quarter"
    """How often it moves."""

    @property
    def months(self) -> int:
        """Months in one step."""
        return {"month": 1, "quarter": 3, "year": 12}[self.step]


class Driver(Noun):
    """Something that may turn out otherwise, and the figures of the case that move with it, all by the same draw."""

    title: Text = ""
    """What it is, in a few words."""
    path: Text = ""
    """The figure that moves, such as ``finance.exchange_rates.USD``."""
    paths: tuple[Text, ...] = ()
    """The figures that move together, in place of one path."""
    kind: ChangeKind = "factor"
    """factor: what is drawn multiplies what the case states. addition: it is added, such as months of delay. value: it
    stands in its place."""
    first: Annotated[Month | None, Field(alias="from")] = None
    """First month of figures that may turn out otherwise; those before are known. Without it the start of the
    horizon."""
    range: Range | None = None
    """A lowest, a typical and a highest value."""
    normal: Normal | None = None
    """A normal distribution."""
    lognormal: Lognormal | None = None
    """A lognormal distribution."""
    discrete: tuple[Outcome, ...] = ()
    """A few values, each with its weight."""
    walk: Walk | None = None
    """A path in time, of a factor."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def targets(self) -> tuple[str, ...]:
        """All paths that it moves."""
        return (self.path, *self.paths) if self.path else self.paths


class Effect(Noun):
    """What an event does to figures of the case while it lasts; exactly one of factor, addition and value."""

    path: Text = ""
    """The figure that changes. One that does not change with time, such as a lead time, changes as a whole."""
    paths: tuple[Text, ...] = ()
    """The figures that change alike, in place of one path."""
    factor: Size | None = None
    """What they are multiplied by."""
    addition: Size | None = None
    """What is added to them, such as months of delay."""
    value: Any = None
    """What stands in their place, as the case file writes it."""

    @property
    def targets(self) -> tuple[str, ...]:
        """All paths that it changes."""
        return (self.path, *self.paths) if self.path else self.paths

    @property
    def change(self) -> tuple[ChangeKind, object]:
        """What kind of change it is, and by how much."""
        if self.factor is not None:
            return "factor", self.factor
        return ("addition", self.addition) if self.addition is not None else ("value", self.value)


class Event(Noun):
    """Something that may happen, once at most: in a month that is drawn, and for as long as it lasts."""

    title: Text = ""
    """What happens, in a few words."""
    hazard: Share | None = None
    """Probability that it happens within a year in which it has not happened before."""
    chance: Share | None = None
    """Probability that it happens at all, in place of a hazard; every month of its window is as likely."""
    first: Annotated[Month | None, Field(alias="from")] = None
    """First month in which it may begin; without it the start of the horizon."""
    last: Annotated[Month | None, Field(alias="to")] = None
    """Last month in which it may begin; without it the end of the horizon."""
    lasts: DurationText | None = None
    """How long it lasts; without it to the end of the horizon."""
    lasts_at_most: DurationText | None = None
    """How long it lasts at most, where nobody knows: every number of months from ``lasts`` to it is as likely."""
    effects: tuple[Effect, ...]
    """What it does."""
    source: Text = ""
    """Where the figures come from."""


class Correlation(Noun):
    """How two drivers or events go together."""

    between: tuple[Name, ...]
    """The two of them, by name."""
    coefficient: SignedShare
    """From -1, always opposite, to 1, always alike: the correlation of the normal scores, by which all are drawn. An
    event counts as high where it happens early."""


class Futures(Noun):
    """What may turn out otherwise. A plan does not read it; futures are drawn from it to try a plan on."""

    seed: Count = 1
    """Where the draws begin, unless the command says another: the same seed gives the same futures."""
    drivers: dict[Name, Driver] = {}
    """What varies, by name."""
    events: dict[Name, Event] = {}
    """What may happen, by name."""
    correlations: tuple[Correlation, ...] = ()
    """Which of them go together; those that are not named are independent."""

    @property
    def names(self) -> tuple[str, ...]:
        """Drivers and then events, in the order of the file."""
        return (*self.drivers, *self.events)

    def targets(self) -> Iterator[str]:
        """Every path that something moves; one may come several times."""
        for driver in self.drivers.values():
            yield from driver.targets
        for event in self.events.values():
            for effect in event.effects:
                yield from effect.targets
