"""Who tells of a plan in many futures: in which language, in which currency, and by which figure futures are ranked."""

from __future__ import annotations

from planner.language import Speaker
from planner.report.compare.tables import Column, columns
from planner.report.voice import Voice
from planner.studies.stress import Stress
from planner.vocabulary.message import Text, say

FIGURES: dict[str, tuple[str, str]] = {
    "value_added": ("value added", "money"),
    "npv": ("net present value", "money"),
    "internal_rate_of_return": ("internal rate of return", "share"),
    "lowest_cash": ("lowest cash", "money"),
    "lowest_debt_service_cover": ("lowest debt service cover", "times"),
    "least_obligation_cover": ("least of what stands over its floor", "share"),
    "capex": ("capital expenditure", "money"),
    "grants": ("grants", "money"),
}
"""Figures whose spread is shown: their titles and units."""


def leading(found: Stress) -> str:
    """The figure that futures are ranked by: value added, or net present value where that is not known."""
    return "value_added" if found.values("value_added")[0] else "npv"


class Telling:
    """A plan in many futures, and how it is told."""

    def __init__(self, found: Stress, speaker: Speaker) -> None:
        self.found, self.speaker = found, speaker
        self.currency: str = found.base.case.finance.currency
        self.voice = Voice(speaker.code, self.currency)
        self.leading = leading(found)

    def say(self, text: Text) -> str:
        """A text in the language."""
        return self.speaker.say(text)

    def head(self, unit: str, *titles: Text) -> tuple[Column, ...]:
        """Columns of one unit, with titles in the language."""
        return columns(unit, *(self.say(title) for title in titles))

    def there(self) -> str:
        """The title of the figure by which futures are ranked, where something alone has come."""
        return self.say(say("{figure} there", figure=say(self.title)))

    @property
    def title(self) -> str:
        """The title of that figure."""
        return FIGURES[self.leading][0]

    def money(self, amount: float) -> str:
        """An amount with its scale and currency."""
        return self.voice.money(amount)
