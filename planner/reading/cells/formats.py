"""What a number format writes beside a number: a unit stands there that no cell holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<digits>General|[0#?][0#?.,]*|\.[0#?]+)|(?P<power>E[+-])|(?P<percent>%)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_NO_WORDS = " \u00a0()+-–—−▲△:.,'/@!<>=~{}"
"""What may stand beside a number without being a unit."""


@dataclass(frozen=True)
class Shown:
    """What is seen beside a number."""

    words: str = ""
    thousands: int = 0
    """How often the number that is seen is a thousandth of the one that the cell holds."""
    percent: bool = False


@lru_cache(maxsize=1024)
def shown_by(code: str) -> tuple[Shown, ...]:
    """What a number format writes beside numbers; several where it differs from one number to the next.

    >>> shown_by('#,##0.0,,"百万円"'), shown_by('0.0%'), shown_by('[$€-407] #,##0;[Red]-[$€-407] #,##0')
    ((Shown(words='百万円', thousands=2, percent=False),), (Shown(words='', thousands=0, percent=True),), \
(Shown(words='€', thousands=0, percent=False),))
    """
    found = [_section(section) for section in _sections(code)]
    return tuple(dict.fromkeys(one for one in found if one is not None)) or (Shown(),)


def _sections(code: str) -> list[str]:
    """The parts of a format for positive, negative and other numbers."""
    parts, start = [], 0
    for piece in _PIECE.finditer(code):
        if piece["other"] == ";":
            parts.append(code[start : piece.start()])
            start = piece.end()
    return [*parts, code[start:]]


def _section(section: str) -> Shown | None:
    """What one part writes; None where it shows no number."""
    words, thousands, percent, has_digits = [], 0, False, False
    for piece in _PIECE.finditer(section):
        if digits := piece["digits"]:
            has_digits = True
            thousands += len(digits) - len(digits.rstrip(","))
            words.append(" ")
        elif piece["percent"]:
            percent = True
        elif not piece["power"]:
            words.append(piece["quoted"] or piece["escaped"] or piece["sign"] or piece["other"] or "")
    text = " ".join("".join(words).split())
    return Shown(text.strip(_NO_WORDS), thousands, percent) if has_digits else None
