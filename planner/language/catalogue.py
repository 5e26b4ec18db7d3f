"""Message catalogues: English texts and their translations, read from one data file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "ja")
"""Languages that a workbook can be written in; the first is what the program itself speaks."""
SHEETS, UNITS, SIGNS = "sheets", "units", "signs"
"""Sections of a catalogue with a meaning of their own; all others are there for the eye."""
SPACELESS = ("earlier", "loan", "month", "number", "offer", "programme", "site", "system", "workload")
"""Placeholders of names and months, in which there is no space: without that a long text could pass for a name."""
CONVERTED = ("what the audit's limits are about",)
"""Sections whose texts are all messages: no text is matched with them by its pattern."""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Pattern:
    """A text with placeholders, and what it becomes."""

    form: re.Pattern[str]
    result: str

    @property
    def weight(self) -> int:
        """How much of it is fixed text: what says more is tried first."""
        return len(re.sub(r"\(\?P<\w+>.*?\)", "", self.form.pattern))


@dataclass(frozen=True)
class Catalogue:
    """All messages of one language."""

    code: str
    sheets: Mapping[str, str]
    """Names of the sheets, by their English name."""
    units: Mapping[str, str]
    """Units, by their English name."""
    signs: Mapping[str, str]
    """What stands between the parts of a list."""
    texts: Mapping[str, str]
    """All other texts, by their English template."""
    patterns: tuple[Pattern, ...]
    unit_patterns: tuple[Pattern, ...]


def _pattern(text: str, result: str) -> Pattern:
    """A text with ``{placeholders}`` as a regular expression.

    >>> _pattern("order through {offer}", "").form.fullmatch("order through b200")["offer"]
    'b200'
    """
    pieces = _PLACEHOLDER.split(text)

    def placeholder(name: str) -> str:
        return f"(?P<{name}>{r'\S+?' if name in SPACELESS else '.+?'})"

    form = "".join(placeholder(piece) if odd % 2 else re.escape(piece) for odd, piece in enumerate(pieces))
    return Pattern(re.compile(form, re.DOTALL), result)


def _heaviest_first(patterns: list[Pattern]) -> tuple[Pattern, ...]:
    return tuple(sorted(patterns, key=lambda pattern: -pattern.weight))


@cache
def catalogue_of(code: str) -> Catalogue:
    """The catalogue of a language; that of English is empty."""
    if code == LANGUAGES[0]:
        return Catalogue(code, {}, {}, {}, {}, (), ())
    sections: dict[str, dict[str, str]] = tomllib.loads(
        files("planner.language").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    )
    old_road = {text for name in sections if name not in CONVERTED for text in sections[name]}
    units, signs = sections.pop(UNITS), sections.pop(SIGNS)
    everything = {text: result for section in sections.values() for text, result in section.items()}
    twice = {text for section in sections.values() for text in section if section[text] != everything[text]}
    if twice:
        raise ValueError(f"{code}.toml: two translations of {sorted(twice)}")
    for text, result in [*everything.items(), *units.items()]:
        if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(result)):
            raise ValueError(f"{code}.toml: other placeholders in the translation of {text!r}")
    return Catalogue(
        code=code,
        sheets=sections[SHEETS],
        units=units,
        signs=signs,
        texts=everything,
        patterns=_heaviest_first(
            [_pattern(text, result) for text, result in everything.items() if "{" in text and text in old_road]
        ),
        unit_patterns=_heaviest_first([_pattern(text, result) for text, result in units.items() if "{" in text]),
    )
