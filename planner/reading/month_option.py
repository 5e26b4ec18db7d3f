"""A month that an option of the command gives."""

from __future__ import annotations

from planner.case.quantities import Month
from planner.errors import Fault, InputError, Place


def month_option(option: str, said: str, example: str = "2026-10") -> Month:
    """The month that an option gives.

    Raises:
        InputError: it is none.
    """
    try:
        return Month.parse(said)
    except ValueError as error:
        raise InputError([Fault(Place(option), "", f"'{said}' is no month", f"a month such as {example}")]) from error
