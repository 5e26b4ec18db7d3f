"""An input that is varied, as whoever reads the frontier calls it and writes its values."""

from __future__ import annotations

from planner.report.compare.tables import unit_message
from planner.report.input_words import InputWords
from planner.report.limits_told import amount_told
from planner.studies.frontier.parameter import Parameter


class Varied:
    """Says an input and its values in a language."""

    def __init__(self, parameter: Parameter, words: InputWords) -> None:
        self.parameter, self.voice = parameter, words.voice
        self.name = words.name(parameter.path)

    def value(self, value: float) -> str:
        """A value, to six figures."""
        said = self.parameter.words(value)
        return said if self.parameter.is_month else self.voice(amount_told(said, self.voice.language))

    @property
    def axis(self) -> str:
        """Its name and unit, beside plain numbers."""
        unit = self.parameter.unit
        if " " in unit and not self.voice.is_english:  # of a scale and a currency: one of it, in full
            unit = self.voice(amount_told(f"1 {unit}", self.voice.language))
        elif unit:
            unit = self.voice.speaker.unit(unit_message(unit)) if unit != "%" else unit
        return f"{self.name}, {unit}" if unit else self.name
