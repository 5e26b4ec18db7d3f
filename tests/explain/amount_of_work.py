"""How many cases the tests of explanations take: a few every day, all of them where an environment variable says so."""

from __future__ import annotations

import os

FULL = os.environ.get("PLANNER_EXPLAIN_FULL") == "1"


def chosen[T](everything: list[T], few: int) -> list[T]:
    """All of a list, or an even spread of a few."""
    return everything if FULL else everything[:: max(1, len(everything) // few)]
