"""How wide texts and numbers are on paper, so that columns and rows have room for what they show."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from textwrap import wrap

from xlsxwriter.utility import xl_pixel_width

NARROW, WIDE, CODE = 7.0, 12.0, 7.2
"""Pixels of a digit, of a Japanese character and of a letter of code at the size of the sheets."""


def letters_wide(text: str) -> int:
    """How many narrow letters are as wide as a text; those of East Asia count twice.

    >>> letters_wide("cash"), letters_wide("資金")
    (4, 4)
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def text_width(text: str, points: float = 9) -> float:
    """How wide a text is, in characters as column widths count them.

    >>> text_width("0123456789"), round(text_width("資金"), 1)
    (10.0, 3.4)
    """
    if text.isascii():
        return float(xl_pixel_width(text)) / NARROW * points / 9
    wide = [mark for mark in text if unicodedata.east_asian_width(mark) in "WF"]
    narrow = "".join(mark for mark in text if unicodedata.east_asian_width(mark) not in "WF")
    return (xl_pixel_width(narrow) + WIDE * len(wide)) / NARROW * points / 9


def wrapped_lines(text: str, width: float, points: float) -> int:
    """Over how many lines a text is wrapped in a column; words stay whole where they fit."""
    lines, used = 1, 0.0
    for word in re.findall(r"[^\s\u3000-\u9fff]+\s*|.", text):
        needed = text_width(word.rstrip(), points)
        if used and used + needed > width:
            lines, used = lines + 1, 0.0
        lines += max(0, math.ceil(needed / width) - 1)
        used += text_width(word, points) % width
    return lines


def code_lines(text: str, width: float) -> int:
    """Over how many lines a text of equally wide letters is wrapped in a column.

    >>> code_lines("a: 1", 60), code_lines("  - " + "word " * 40, 60), code_lines("", 60)
    (1, 4, 1)
    """
    letters = "".join(letter * letters_wide(letter) for letter in text)
    return max(1, len(wrap(letters, int(width * NARROW / CODE), drop_whitespace=False)))


def numbers_width(values: Iterable[object], number_format: str) -> float:
    """How wide the widest of several numbers is in one format.

    >>> round(numbers_width([5.0, -7.0, 12345.0], "#,##0"), 1), numbers_width([], "#,##0")
    (5.6, 0.0)
    """
    form = number_format.split(";", maxsplit=1)[0]
    if form != "General" and "#" not in form.partition(".")[2]:
        # with fixed decimals a number is as wide as it is large: only the largest on either side of zero can be widest
        numbers = [value for value in values if isinstance(value, float)]
        values = (min(numbers), max(numbers)) if numbers else ()
    return max((text_width(shown_text(value, number_format)) for value in values), default=0.0)


def shown_text(value: object, number_format: str) -> str:
    """Roughly what a number shows in its format, at its longest: columns are as wide as that, so nothing prints ###."""
    if value is None or isinstance(value, bool | str):
        return "0" if not isinstance(value, str) else ""
    number = float(str(value))
    if number_format.startswith("yy"):
        return re.sub("[ymd]", "0", number_format)
    form = number_format.split(";", maxsplit=1)[0]
    if form == "General" or form.endswith("%"):
        return f"{number:.10g}" if form == "General" else f"{100 * number:.{1 if '#' not in form else 3}f} %"
    for scale, mark in ((1e6, ",,"), (1e3, ",")):
        if form.endswith(mark):
            return f"▲{abs(number) / scale:,.{form.count('.')}f}"
    whole, _, decimals = form.partition(".")
    digits = len(decimals) if "#" not in decimals else len(f"{abs(number):.6f}".rstrip("0").partition(".")[2]) or 1
    sign = "▲" if number < 0 else ""
    return f"{sign}{whole.split('#')[0].replace(chr(34), '')}{abs(number):,.{digits if decimals else 0}f}"
