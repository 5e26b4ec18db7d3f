"""One who says the program's texts in a language, and knows which texts are the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.language.catalogue import LANGUAGES, Pattern, catalogue_of
from planner.vocabulary.message import VERBATIM, Joined, Message, Part, Text

_NEUTRAL = re.compile(r"[\d\s.,:;%+×x/()·–—-]*|[a-z_]+(\.[\w-]+)+")
"""Numbers, months, signs and paths of the case file are the same in every language."""
_LISTS = {", ": "、", "; ": "；", " + ": " + "}
"""Signs between the parts of a list, and what stands for them."""


class Own(str):
    """A text of the user, such as a source: never translated, whatever it says."""

    __slots__ = ()


class Speaker:
    """Says texts of the program in one language.

    Args:
        code: the language.
        own: names and titles of the user, which stay as they are.
    """

    def __init__(self, code: str = LANGUAGES[0], own: Iterable[str] = ()) -> None:
        self.code = code
        self.catalogue = catalogue_of(code)
        self.own = frozenset(own)
        self.missing: set[str] = set()
        """Texts that were asked for and that the catalogue does not hold; they are said in English."""
        self._said: dict[str, str | None] = {}

    @property
    def is_english(self) -> bool:
        """Whether there is nothing to translate."""
        return self.code == LANGUAGES[0]

    def say(self, text: Text) -> str:
        """A text of the program, translated; a text of the user, and one that is not known, as it stands."""
        if isinstance(text, Message):
            return str(text) if self.is_english else self._filled_in(text)
        if self.is_english or isinstance(text, Own) or not text:
            return text
        said = self._find(text)
        if said is None:
            self.missing.add(text)
        return text if said is None else said

    def unit(self, unit: Text) -> str:
        """A unit, translated."""
        if isinstance(unit, Message):
            return self.say(unit)
        if self.is_english or not unit:
            return unit
        said = self._unit(unit)
        if said is None:
            self.missing.add(unit)
        return unit if said is None else said

    def sheet(self, name: str) -> str:
        """The name of a sheet."""
        return name if self.is_english else self.catalogue.sheets[name]

    def _filled_in(self, message: Message) -> str:
        """A message in another language than English: the template looked up, the parts said one by one."""
        known = self.catalogue.units if message.is_unit else self.catalogue.texts
        form = known.get(message.template)
        if form is None:
            form = message.template
            if form not in ("", VERBATIM):
                self.missing.add(form)
        return form.format(**{name: self._said_part(part) for name, part in message.parts}) if message.parts else form

    def _said_part(self, part: Part) -> str:
        if isinstance(part, Message):
            return self._filled_in(part)
        if isinstance(part, Joined):
            sign = self.catalogue.signs.get(part.sign, part.sign)
            return sign.join(self._said_part(one) for one in part.parts)
        return str(part)

    def _find(self, text: str) -> str | None:
        if text in self.own or _NEUTRAL.fullmatch(text):
            return text
        if text in self.catalogue.texts:
            return self.catalogue.texts[text]
        if text not in self._said:
            self._said[text] = None  # a text that holds itself must not be looked for again
            self._said[text] = self._filled(text, self.catalogue.patterns) or self._listed(text)
        return self._said[text]

    def _unit(self, text: str) -> str | None:
        if text in self.catalogue.units:
            return self.catalogue.units[text]
        return self._filled(text, self.catalogue.unit_patterns, units=True)

    def _filled(self, text: str, patterns: tuple[Pattern, ...], *, units: bool = False) -> str | None:
        """The first pattern that the text fits and all parts of which can be said."""
        for pattern in patterns:
            match = pattern.form.fullmatch(text)
            if match is None:
                continue
            parts = {name: self._part(part, units) for name, part in match.groupdict().items()}
            if None not in parts.values():
                return pattern.result.format(**parts)
        return None

    def _part(self, part: str, is_unit: bool) -> str | None:
        if is_unit:
            return self._unit(part)
        found = self._find(part)
        return found if found is not None else self._unit(part)

    def _listed(self, text: str) -> str | None:
        """A list of texts, each of which can be said."""
        for sign, own_sign in _LISTS.items():
            if sign in text:
                parts = [self._part(part, False) for part in text.split(sign)]
                if None not in parts:
                    return own_sign.join(str(part) for part in parts)
        return None
