"""Names in sentences: lists of them, and guesses at a misspelt one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

_FEW, _MANY = 6, 100
_LONGEST = 80
"""Letters of a word that are compared: the longest name has 64."""


def spelling_hint(word: str, known: Iterable[str]) -> str:
    """A question that names the likely spelling; empty where nothing known is near.

    >>> spelling_hint("h1000", ["h100", "b200"])
    "did you mean 'h100'?"
    """
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The likely spelling of a word; empty where nothing known is near.

    >>> nearest("h1000", ["h100", "b200"])
    'h100'
    """
    by_lower = {name.lower(): name for name in sorted(known)}
    near = difflib.get_close_matches(word[:_LONGEST].lower(), by_lower, n=1)
    return by_lower[near[0]] if near else ""


def nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """Names in the order of their likeness to a word, so that a short list of them says most.

    >>> nearest_first("payment_lg", ["rate", "retention", "payment_lag"])[0]
    'payment_lag'
    """
    names = sorted(known)
    if len(names) > _MANY:
        return names  # likeness to each of very many takes its time
    close = difflib.get_close_matches(word[:_LONGEST], names, n=_FEW, cutoff=0)
    return close + [name for name in names if name not in close]


def listed(names: Iterable[str], word: str = "or", most: int = 20) -> str:
    """Names in a sentence; of very many only the first.

    >>> listed(["a", "b", "c"]), listed(["a"]), listed(["a", "b", "c"], most=2)
    ('a, b or c', 'a', 'a, b and 1 more')
    """
    shown = [*names]
    if not shown:
        return "nothing"
    if len(shown) > most:
        return f"{', '.join(shown[:most])} and {len(shown) - most} more"
    *front, last = shown
    return f"{', '.join(front)} {word} {last}" if front else last


def counted(count: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "site"), counted(1200, "site")
    ('1 site', '1,200 sites')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
