"""Arrivals as the witness names them: the month of arrival and the offer in one text."""

from __future__ import annotations

from functools import cache

from planner.case.quantities import Month


def arrival_of(arrives: Month, offer: str = "") -> str:
    """How the systems of one order are called, or without an offer those that come without one."""
    return f"{arrives} {offer}".rstrip()


@cache
def arrival_month(arrival: str) -> Month:
    """The month in which it arrives."""
    return Month.parse(arrival.partition(" ")[0])
