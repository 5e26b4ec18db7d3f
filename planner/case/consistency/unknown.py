"""What is not known because it cannot be read: no check comes to a finding by it, true or false."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, NoReturn


class UnknownError(Exception):
    """A check needs a value that cannot be read, and has nothing to say without it."""


def _refuse(*_: object) -> NoReturn:
    raise UnknownError


def _refuse_field(_: object, name: str) -> NoReturn:
    if name.startswith("__"):  # the language asks what kind of object it is, which is no question of a check
        raise AttributeError(name)
    raise UnknownError


_EVERY_USE = (
    *("getitem", "call", "len", "iter", "next", "reversed", "contains"),
    *("eq", "ne", "lt", "le", "gt", "ge", "hash", "bool", "str", "repr", "format"),
    *("int", "float", "index", "round", "abs", "neg", "pos"),
    *(side + name for side in ("", "r") for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")),
    *(side + name for side in ("", "r") for name in ("and", "or", "xor")),
)
UNKNOWN: Any = type("Unknown", (), {"__getattr__": _refuse_field} | {f"__{name}__": _refuse for name in _EVERY_USE})()
"""Stands in a draft for a value that is wrong or missing in the file, whatever its type should be.

It is there: it is not None. Whoever asks anything else of it gets an ``UnknownError``, so that a finding never rests on
a guess at what was meant.
"""


def as_far_as_known() -> suppress:
    """Passes over what follows from here on, where it needs a value that is not known."""
    return suppress(UnknownError)
