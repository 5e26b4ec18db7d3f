"""Names and lines of text, without characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from pydantic import BeforeValidator

from planner.case.quantities.base import kind, refuse, shown

LONGEST_NAME = 64
"""Most characters of a name."""
MOST_NAME_BYTES = 200
"""Most bytes of a name in UTF-8: results stand in a folder of that name, which may have 255 with what is added."""
LONGEST_TEXT = 2_000
"""Most characters of a line of text: a cell of a workbook has room for it, and a reader patience."""
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}


def _visible(value: str, allowed: str) -> str:
    if value.isprintable():  # as nearly every text is; what is below takes its time
        return value
    for character in value:
        if unicodedata.category(character) in _INVISIBLE:
            name = unicodedata.name(character, "").lower()
            said = f"U+{ord(character):04X}" + (f", a {name}" if name else "")
            raise refuse(f"has the invisible character {said}", allowed, "remove it")
    return value


def normal_name(text: str) -> str:
    """A name in the one form in which names are compared: letters that mean the same are the same (NFKC).

    What holds a space of any kind stays as it is, so that a message can say which space it is.

    >>> normal_name("ｃｕｂｅ"), normal_name("テ\u3099ータ"), normal_name("ﾃﾞｰﾀ"), normal_name("a\u00a0b")
    ('cube', 'データ', 'データ', 'a\xa0b')
    """
    if text.isascii() or any(unicodedata.category(one) == "Zs" for one in text):
        return text
    return unicodedata.normalize("NFKC", text)


def parse_name(value: object) -> str:
    """A name that is safe as part of a file name, a formula and a message, in its normal form."""
    kinds = "letters, digits, hyphens, dots or underscores"
    allowed = f"a name of 1 to {LONGEST_NAME} {kinds} that starts with a letter or digit"
    if not isinstance(value, str):
        is_word = isinstance(value, int | float) and is_safe_name(str(value).lower())
        raise refuse(f"{kind(value)}, not a name", allowed, "put it in quotes" if is_word else "")
    if not value:
        raise refuse("the name is empty", allowed)
    name = normal_name(value)
    if len(name) > LONGEST_NAME:
        raise refuse(f"the name has {len(name)} characters", allowed)
    if (size := len(name.encode("utf-8", "replace"))) > MOST_NAME_BYTES:
        found = f"the name of {len(name)} characters takes {size} bytes, too many for the name of a folder"
        raise refuse(found, f"at most {MOST_NAME_BYTES} bytes", "choose a shorter name")
    _visible(name, allowed)
    if not is_safe_name(name):
        raise refuse(f"{shown(value)} is not a safe name", allowed, _safe(name))
    return name


def is_safe_name(name: str) -> bool:
    """Whether a name has only letters of any script with their marks, digits, ``-``, ``.``, ``_``, and begins well."""
    if not re.fullmatch(r"[^\W_]", name[:1]):
        return False
    return all(re.fullmatch(r"[\w.-]", one) or unicodedata.category(one)[0] == "M" for one in name)


def _safe(name: str) -> str:
    """The likely fix of a name with signs in it."""
    kept = "".join(one if is_safe_name(f"a{one}") else "-" for one in name)
    near = re.sub(r"-{2,}", "-", kept).strip("-._")
    return f"write {near}" if near and is_safe_name(near) else ""


Name = Annotated[str, BeforeValidator(parse_name)]


def parse_text(value: object) -> str:
    """A line of text without invisible characters."""
    allowed = "one line of text"
    if not isinstance(value, str):
        is_word = isinstance(value, int | float)
        raise refuse(f"{kind(value)}, not text", allowed, "put it in quotes" if is_word else "")
    if len(value) > LONGEST_TEXT:
        allowed = f"one line of at most {LONGEST_TEXT:,} letters"
        raise refuse(f"the text has {len(value):,} letters", allowed, "shorten it, or keep it in a file of its own")
    return _visible(value, allowed)


Text = Annotated[str, BeforeValidator(parse_text)]
