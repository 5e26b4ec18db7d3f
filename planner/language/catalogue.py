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
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Catalogue:
    """All messages of one language."""

    code: str
    sheets: Mapping[str, str]
    """Names of the sheets, by their English name."""
    units: Mapping[str, str]
    """Units, by their English template."""
    signs: Mapping[str, str]
    """What stands between the parts of a list."""
    texts: Mapping[str, str]
    """All other texts, by their English template."""


@cache
def catalogue_of(code: str) -> Catalogue:
    """The catalogue of a language; that of English is empty.

    Raises:
        ValueError: two sections say a text in two ways, or a translation has other placeholders than its text.
    """
    if code == LANGUAGES[0]:
        return Catalogue(code, {}, {}, {}, {})
    sections: dict[str, dict[str, str]] = tomllib.loads(
        files("planner.language").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    )
    units, signs = sections.pop(UNITS), sections.pop(SIGNS)
    texts = {text: said for section in sections.values() for text, said in section.items()}
    twice = {text for section in sections.values() for text in section if section[text] != texts[text]}
    if twice:
        raise ValueError(f"{code}.toml: two translations of {sorted(twice)}")
    for text, said in [*texts.items(), *units.items()]:
        if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(said)):
            raise ValueError(f"{code}.toml: other placeholders in the translation of {text!r}")
    return Catalogue(code, sections[SHEETS], units, signs, texts)
