"""One who says the program's texts in a language."""

from __future__ import annotations

from collections.abc import Mapping

from planner.defaults import LANGUAGES
from planner.language.catalogue import catalogue_of
from planner.vocabulary.message import VERBATIM, Joined, Message, Part, Text, message_of, unit_of


class Speaker:
    """Says texts of the program in one language."""

    def __init__(self, code: str = LANGUAGES[0]) -> None:
        self.code = code
        self.catalogue = catalogue_of(code)
        self.missing: set[str] = set()
        """Templates that were asked for and that the catalogue does not hold; they are said in English."""

    @property
    def is_english(self) -> bool:
        """Whether there is nothing to translate."""
        return self.code == LANGUAGES[0]

    def say(self, text: Text) -> str:
        """A text of the program: its template is looked up, and each part said for what it is."""
        message = message_of(text)
        form = message.template if self.is_english else self._form(message)
        return form.format(**{name: self._part(part) for name, part in message.parts}) if message.parts else form

    def unit(self, unit: Text) -> str:
        """A unit."""
        return self.say(unit_of(unit) if isinstance(unit, str) else unit)

    def sheet(self, name: str) -> str:
        """The name of a sheet."""
        return name if self.is_english else self.catalogue.sheets[name]

    def caption(self, text: str, unit: str = "") -> str:
        """A header, a label or a unit of the template; ``unit`` is that of the column."""
        own = f"{text} [{unit}]"
        return self._listed(self.catalogue.captions, own if own in self.catalogue.captions else text)

    def choice(self, word: str) -> str:
        """A word that is chosen in a cell of the template."""
        return self._listed(self.catalogue.choices, word)

    def _listed(self, words: Mapping[str, str], text: str) -> str:
        if text not in words and not self.is_english and text:
            self.missing.add(text)
        return words.get(text, text)

    def _form(self, message: Message) -> str:
        """The template in the language, in English where the catalogue does not hold it."""
        texts = self.catalogue.units if message.is_unit else self.catalogue.texts
        form = texts.get(message.template)
        if form is None and message.template not in ("", VERBATIM):
            self.missing.add(message.template)
        return message.template if form is None else form

    def _part(self, part: Part) -> str:
        if isinstance(part, Message):
            return self.say(part)
        if isinstance(part, Joined):
            return self.catalogue.signs.get(part.sign, part.sign).join(self._part(one) for one in part.parts)
        return str(part)
