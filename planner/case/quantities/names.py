"""Names and lines of text, without characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

from planner.case.quantities.base import kind, refuse, shown

LONGEST_NAME = 64
"""Most characters of a name."""
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}


def _visible(value: str, allowed: str) -> str:
    if value.isprintable():  # as nearly every text is; what is below takes its time
        return value
    for character in value:
        if unicodedata.category(character) in _INVISIBLE:
            raise refuse(f"has the invisible character U+{ord(character):04X}", allowed, "remove it")
    return value


def parse_name(value: object) -> str:
    """A name that is safe as part of a file name, a formula and a message."""
    kinds = "letters, digits, hyphens, dots or underscores"
    allowed = f"a name of 1 to {LONGEST_NAME} {kinds} that starts with a letter or digit"
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}, not a name", allowed, "put it in quotes" if value is not None else "")
    if not value:
        raise refuse("the name is empty", allowed)
    if len(value) > LONGEST_NAME:
        raise refuse(f"the name has {len(value)} characters", allowed)
    _visible(value, allowed)
    if not re.fullmatch(r"[^\W_][\w.-]*", value):
        raise refuse(f"{shown(value)} is not a safe name", allowed)
    return value


Name = Annotated[str, BeforeValidator(parse_name)]


def parse_text(value: object) -> str:
    """A line of text without invisible characters."""
    allowed = "one line of text"
    if not isinstance(value, str):
        raise refuse(f"{kind(value)}, not text", allowed, "put it in quotes" if value is not None else "")
    return _visible(value, allowed)


Text = Annotated[str, BeforeValidator(parse_text)]
