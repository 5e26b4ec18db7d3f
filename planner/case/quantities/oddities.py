"""What a text is that stands where something else is wanted, and letters in it that nobody can tell by looking."""

from __future__ import annotations

import math
import re
import unicodedata

_UNSEEN = {"Zs", "Zl", "Zp", "Cf", "Cc", "Co", "Cn"}
_COMMON_NAMES = {
    "\u3000": "full-width space", "\u00a0": "no-break space", "\u202f": "narrow no-break space", "\t": "tab",
    "\n": "line break", "\r": "line break",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d+)?", re.ASCII)
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?", re.ASCII)
_FISCAL_YEAR = re.compile(r"FY\d{4}", re.ASCII)
_MANY_DIGITS = 40
"""Digits from which a number is told by how many it has."""
_FEWEST_ALIKE = 2
"""Letters of a name of which one may be told as a look-alike."""


def space_name(letter: str) -> str:
    """What a letter that nobody sees is called.

    >>> space_name("\\u3000"), space_name("\\u00a0"), space_name("\\u200b")
    ('full-width space', 'no-break space (U+00A0)', 'zero width space (U+200B)')
    """
    if letter == "\u3000":
        return _COMMON_NAMES[letter]
    name = _COMMON_NAMES.get(letter) or unicodedata.name(letter, "invisible character").lower()
    return f"{name} (U+{ord(letter):04X})"


def unseen_in(text: str) -> str:
    """The name of the first letter of a text that looks like an ordinary space, or like nothing; empty without one."""
    if text.isascii() and text.isprintable():
        return ""
    return next((space_name(one) for one in text if one != " " and unicodedata.category(one) in _UNSEEN), "")


def number_beyond(text: str) -> str:
    """Why a text that is written like a number is none that can be held; empty where it is one, or is no number.

    >>> number_beyond("1e400"), number_beyond("1e-999999999"), number_beyond("0e5"), number_beyond("12")
    ('not a finite number: too large', 'too small to be told from zero', '', '')
    """
    if not _NUMBER.fullmatch(text):
        return ""
    number = float(text.replace("_", ""))
    if not math.isfinite(number):
        return "not a finite number: too large"
    mantissa = re.split("[eE]", text)[0]
    return "too small to be told from zero" if number == 0 and re.search("[1-9]", mantissa) else ""


def said_of_text(text: str, quoted: str) -> str:
    """What a text is, in the words of someone who writes case files; ``quoted`` is how a message shows it."""
    plain = text.strip()
    digits = sum(letter.isdecimal() for letter in plain)
    if digits > _MANY_DIGITS and _NUMBER.fullmatch(plain):
        return f"is a number of {digits:,} digits"
    if reason := number_beyond(plain):
        return f"is the number {quoted}, {reason}"
    if time := _TIME.fullmatch(plain):
        return f"is the time of day {quoted}" if time[1] else f"is the text {quoted}, a time of day"
    if _FISCAL_YEAR.fullmatch(plain):
        return f"is the fiscal year {quoted}"
    return f"is the {'date' if _DATE.fullmatch(plain) else 'text'} {quoted}"


def look_alike(name: str, meant: str) -> str:
    """By which letter a name differs from one that looks like it; empty where they differ in more, or in plain sight.

    >>> look_alike("m\\u0430ker", "maker")
    'its letter 2 is CYRILLIC SMALL LETTER A (U+0430), not LATIN SMALL LETTER A'
    >>> look_alike("makers", "maker"), look_alike("mater", "maker")
    ('', '')
    """
    if len(name) != len(meant) or len(name) < _FEWEST_ALIKE:
        return ""
    apart = [
        (number, one, other) for number, (one, other) in enumerate(zip(name, meant, strict=True), 1) if one != other
    ]
    if not apart or len(apart) * 2 > len(name) or any(one.isascii() and other.isascii() for _, one, other in apart):
        return ""
    number, one, other = apart[0]
    return f"its letter {number} is {_letter(one)} (U+{ord(one):04X}), not {_letter(other)}"


def _letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return letter if not name or name.startswith("CJK") else name
