"""What the program says, before any language has said it: a template and its named parts.

Whoever has something to say writes the English template once and names what goes into it::

    say("order through {offer}", offer="maker")             # a name of the user
    say("{vintage}: exits", vintage=say("{system} at {site}", ...))  # words of the program inside other words
    say("Price, {unit}", unit=unit_of("JPY million"))        # a unit inside a text
    say("claimed under {programmes}", programmes=joined(names, " and "))

``str(message)`` is the English text. ``Speaker.say(message)`` of ``planner.language`` is the text in its language: it
looks the template up, never what was made of it. So what a part is has to be said by its type:

- a ``str`` or ``int`` in a part is the user's own name, title or source, a month, or a number as it is to be shown: it
  stays as it is, whatever it says;
- a word of the program (a kind, a line, a resource) is a ``Message``: ``say("energy")``;
- a unit is a ``Message`` too, of ``unit_of``: catalogues hold units apart, for "month" beside a figure is another
  word than "month" in a sentence;
- several of them, one behind the other, are ``joined`` by a sign that languages write in their own way.

Where a whole text of the program is asked for (a label, a note, a heading), a bare ``str`` is a template without parts:
``Text`` is short for that. There, a text that is nothing but the user's own is ``verbatim(name)``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import override

VERBATIM = "{text}"
"""The template of a text that is wholly the user's own: the same in every language."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Several parts, one behind the other."""

    parts: tuple[Part, ...]
    sign: str
    """What stands between them in English."""

    @override
    def __str__(self) -> str:
        return self.sign.join(str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the program: its English template, and what stands for each ``{placeholder}`` in it."""

    template: str
    parts: tuple[tuple[str, Part], ...] = ()
    is_unit: bool = False
    """Whether it is a unit, which catalogues hold apart."""

    @override
    def __str__(self) -> str:
        """The English text."""
        return self.template.format(**{name: str(part) for name, part in self.parts}) if self.parts else self.template

    def part(self, name: str) -> Part:
        """What stands for a placeholder; nothing where the template has none of that name."""
        return dict(self.parts).get(name, "")

    def but(self, **parts: Part) -> Message:
        """The same with other parts.

        >>> str(say("{offer}{when}: ordered", offer="maker", when=say(", {month}", month="2025-04")).but(when=""))
        'maker: ordered'
        """
        return Message(self.template, tuple((name, parts.get(name, part)) for name, part in self.parts), self.is_unit)


Part = str | int | Message | Joined
"""What may stand for a placeholder; a ``str`` is never looked up."""
Text = str | Message
"""A text of the program, or a unit; a ``str`` is a template without parts."""


def say(template: str, /, **parts: Part) -> Message:
    """A text of the program.

    >>> str(say("{system} at {site}", system="H200-8", site="tokyo"))
    'H200-8 at tokyo'
    """
    return Message(template, tuple(parts.items()))


def unit_of(template: str, /, **parts: Part) -> Message:
    """A unit; its parts are units as well.

    >>> str(unit_of("{currency} million", currency=unit_of("JPY")))
    'JPY million'
    """
    return Message(template, tuple(parts.items()), is_unit=True)


def price_unit(currency: str, per: str) -> Message:
    """Money per something.

    >>> str(price_unit("JPY", "kWh"))
    'JPY/kWh'
    """
    return unit_of("{currency}/{per}", currency=unit_of(currency), per=unit_of(per))


def rate_unit(currency: str, other: str) -> Message:
    """What one unit of another currency costs."""
    return unit_of("{currency} per {other}", currency=unit_of(currency), other=unit_of(other))


def fiscal_year(year: int) -> Message:
    """The name of a fiscal year, such as 'FY2026'."""
    return say("FY{year}", year=year)


def message_of(text: Text) -> Message:
    """The same as a message."""
    return text if isinstance(text, Message) else Message(text)


def about(name: Part, what: Text) -> Message:
    """What is said about something, mostly something that the user named.

    >>> str(about("maker", "age at the end"))
    'maker: age at the end'
    """
    return say("{name}: {what}", name=name, what=message_of(what))


def verbatim(text: Part) -> Message:
    """A text that is wholly the user's own.

    >>> str(verbatim("revenue"))
    'revenue'
    """
    return Message(VERBATIM, (("text", text),))


def joined(parts: Iterable[Part], sign: str) -> Joined:
    """Several parts with a sign between them.

    >>> str(joined(["ministry", "prefecture"], " and "))
    'ministry and prefecture'
    """
    return Joined(tuple(parts), sign)
