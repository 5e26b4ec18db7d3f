"""The way back: in which language a workbook was written, and what its labels are in English."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from planner.defaults import LANGUAGES
from planner.language.catalogue import catalogue_of, plain_caption


def language_of(sheets: Collection[str]) -> str:
    """The language whose names most sheets of a workbook bear; English where none does."""

    english = {name for code in LANGUAGES[1:] for name in catalogue_of(code).sheets}

    def known(code: str) -> int:
        titles = english if code == LANGUAGES[0] else catalogue_of(code).sheets.values()
        return sum(title in sheets for title in titles)

    return max(LANGUAGES, key=known)


def sheet_title(code: str, name: str) -> str:
    """What a sheet is called in a language; sheets that the planner does not write keep their name."""
    return catalogue_of(code).sheets.get(name, name)


def english_title(code: str, title: str) -> str:
    """The English name of a sheet."""
    return next((name for name, own in catalogue_of(code).sheets.items() if own == title), title)


def caption(code: str, text: str, unit: str = "") -> str:
    """What a header, a label or a unit of the template is called in a language; ``unit`` is that of the column."""
    captions = catalogue_of(code).captions
    return captions.get(f"{text} [{unit}]", captions.get(text, text))


def english_caption(text: str) -> str:
    """The English words of a header, a label or a unit in any language; what is none stays as it is."""
    return _english_captions().get(plain_caption(text), text)


def choice_words(choice: str) -> frozenset[str]:
    """All that may stand in a cell for a word of the case file: itself, and what languages call it, plainly."""
    said = (catalogue_of(code).choices.get(choice, choice) for code in LANGUAGES)
    return frozenset(plain_caption(word) for word in (choice, *said))


def english_choice(word: str, choices: Iterable[str]) -> str:
    """The word of the case file among choices that a word of any language stands for; a plain word where it is none."""
    plain = plain_caption(word)
    return next((choice for choice in choices if plain in choice_words(choice)), plain)


@cache
def _english_captions() -> dict[str, str]:
    """The English words of all captions, by what they are plainly in other languages."""
    every = (catalogue_of(code).captions for code in LANGUAGES[1:])
    return {plain_caption(said): english.partition(" [")[0] for captions in every for english, said in captions.items()}
