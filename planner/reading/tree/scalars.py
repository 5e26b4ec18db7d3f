"""What a word in a case file is: a number, a yes or no, nothing, or text; and the comment that stands behind it."""

from __future__ import annotations

import re

from planner.case.quantities import number_beyond
from planner.reading.tree.nodes import Scalar

_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d*)", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:\.\d+|(?:0|[1-9]\d*)(?:\.\d*)?)(?:[eE][-+]?\d+)?", re.ASCII)
_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
_LONGEST_NUMBER = 300
"""Longer numbers are read as text: they are refused either way, and Python limits the digits."""
_COMMENT = re.compile(r"[\s:,\]}]*(?<=[\s,\]}])#+\s*(.*)")


def resolve(text: str) -> Scalar:
    """A plain scalar by the core schema of YAML 1.2, except that a leading zero makes text and no number.

    A number that cannot be held, 1e400 or 1e-999999999, is text as well: what is wrong with it can then be said.

    >>> [resolve(text) for text in ("12", "1e3", "yes", "0777", "1:30", "2024-04", "true", "~")]
    [12, 1000.0, 'yes', '0777', '1:30', '2024-04', True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER or not _FLOAT.fullmatch(text) or number_beyond(text):
        return text
    return int(text) if _INTEGER.fullmatch(text) else float(text)


def comment(rest_of_line: str) -> str:
    """The comment in what is left of a line behind its last value.

    >>> comment("  # annual report 2025"), comment(" ]  # quote of May"), comment("")
    ('annual report 2025', 'quote of May', '')
    """
    found = _COMMENT.fullmatch(rest_of_line)
    return found[1].strip() if found else ""
