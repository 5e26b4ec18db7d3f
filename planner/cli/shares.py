"""Shares on the command line, written as in a case file: ``0.001``, ``0.1%``, ``1/1000``."""

from __future__ import annotations


def share(value: str | float) -> float:
    """The share that an option gives.

    Raises:
        PydanticCustomError: it is none; with what was found, what is allowed and the likely fix.
    """
    from planner.case.quantities import parse_share  # noqa: PLC0415 - it takes its time

    try:
        number = float(value)
    except ValueError:
        return parse_share(value)
    return parse_share(int(number) if number.is_integer() else number)
