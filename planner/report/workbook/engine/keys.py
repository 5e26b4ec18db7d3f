"""What rows and cells are called, so that formulas name them and never their address."""

from __future__ import annotations

from typing import NamedTuple, Self

from planner.vocabulary.keys import FiscalYear


class Key(tuple[object, ...]):
    """One of several rows or cells of a kind: what it holds, and what of, as in ``Key("installed", system, site)``.

    A key among the names counts as the names that it holds.

    >>> Key("left", Key("aid", "maker"), 3)
    ('left', 'aid', 'maker', 3)
    """

    __slots__ = ()

    def __new__(cls, *names: object) -> Self:
        """Puts the names of a key together."""
        return super().__new__(cls, _flat(names))


def _flat(names: tuple[object, ...]) -> tuple[object, ...]:
    if not any(isinstance(name, Key) for name in names):
        return names
    return tuple(one for name in names for one in (name if isinstance(name, Key) else (name,)))


class OfYear(NamedTuple):
    """The figure of a row for a fiscal year, behind its periods."""

    row: RowKey
    year: FiscalYear


RowKey = str | Key | OfYear
"""What a formula names: a figure of the case by its path, a row or cell of which there is one, or one of several."""
