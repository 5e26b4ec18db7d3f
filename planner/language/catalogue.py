"""Message catalogues: English texts and their translations, read from one data file a language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from planner.defaults import LANGUAGES

SHEETS, UNITS, SIGNS, CAPTIONS, CHOICES = "sheets", "units", "signs", "captions", "choices"
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
    captions: Mapping[str, str] = field(default_factory=dict)
    """Headers, labels and units by which the cells of a filled template are found, by their English words."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Words that are chosen in a cell of it, by those of the case file."""


@cache
def catalogue_of(code: str) -> Catalogue:
    """The catalogue of a language; that of English is empty.

    Raises:
        ValueError: two sections say a text in two ways, a translation has other placeholders than its text, or two
            captions are the same.
    """
    if code == LANGUAGES[0]:
        return Catalogue(code, {}, {}, {}, {})
    sections: dict[str, dict[str, str]] = tomllib.loads(
        files("planner.language").joinpath(f"{code}.toml").read_text(encoding="utf-8")
    )
    units, signs = sections.pop(UNITS), sections.pop(SIGNS)
    captions, choices, sheets = sections.pop(CAPTIONS, {}), sections.pop(CHOICES, {}), sections.pop(SHEETS)
    texts = {text: said for section in sections.values() for text, said in section.items()}
    twice = {text for section in sections.values() for text in section if section[text] != texts[text]}
    if twice:
        raise ValueError(f"{code}.toml: two translations of {sorted(twice)}")
    for text, said in [*texts.items(), *units.items()]:
        if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(said)):
            raise ValueError(f"{code}.toml: other placeholders in the translation of {text!r}")
    if len({plain_caption(said) for said in captions.values()}) < len(captions):
        raise ValueError(f"{code}.toml: two captions are the same")
    return Catalogue(code, sheets, units, signs, {**sheets, **texts}, captions, choices)


def plain_caption(text: str) -> str:
    """A caption whatever the case and width of its letters, and the spaces and underscores in it.

    >>> plain_caption("ＰＵＥ "), plain_caption("Energy_price")
    ('pue', 'energy price')
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("_", " ").split())
