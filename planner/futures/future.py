"""One way in which things may turn out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Drawn:
    """What was drawn of one driver or event."""

    driver: str
    """Its name in the case."""
    value: float
    """As a number, for rank correlation: the factor (of a walk, its mean over the months that may vary), what is added
    (durations in months), the new value or the position of the outcome; of an event the months for which it holds."""
    said: Message
    """The same for a person."""

    @property
    def words(self) -> str:
        """The same for a person, in English: ``the dollar in yen: 12 % more``."""
        return str(self.said)


@dataclass(frozen=True)
class Future:
    """Changes of a case that may come together, with the probability that they do."""

    name: str
    """A name as scenarios have them."""
    weight: float
    """Probability; those of a set of futures are 1 together."""
    changes: Mapping[str, object]
    """New values by path, as ``Reading.with_`` takes them; nothing where the case stays as it is."""
    drawn: tuple[Drawn, ...] = field(default=())
    """What was drawn, driver by driver; nothing for a scenario."""
