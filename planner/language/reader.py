"""The way back: in which language a workbook was written, and what its labels are in English."""

from __future__ import annotations

from collections.abc import Collection

from planner.language.catalogue import LANGUAGES, catalogue_of


def language_of(sheets: Collection[str]) -> str:
    """The language whose names most sheets of a workbook bear; English where none does."""

    def known(code: str) -> int:
        return sum(title in sheets for title in catalogue_of(code).sheets.values())

    return max(LANGUAGES, key=known)


def sheet_title(code: str, name: str) -> str:
    """What a sheet is called in a language; sheets that the planner does not write keep their name."""
    return catalogue_of(code).sheets.get(name, name)


def english_title(code: str, title: str) -> str:
    """The English name of a sheet."""
    return next((name for name, own in catalogue_of(code).sheets.items() if own == title), title)
