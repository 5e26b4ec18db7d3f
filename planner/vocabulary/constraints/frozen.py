"""Decisions that are made already."""

from __future__ import annotations

from planner.vocabulary.constraints.family import VINTAGE, Family

FROZEN_ORDER = Family(
    "frozen", ("offer", "site", "period"), "systems", "limit", "ordered as frozen", by_hand="what is frozen"
)
FROZEN_BLOCKS = Family(
    "frozen", ("expansion", "period"), "blocks", "limit", "started as frozen", "blocks", by_hand="what is frozen"
)
FROZEN_EXIT = Family(
    "frozen", (*VINTAGE, "period"), "systems", "limit", "leaving as frozen", "exit", by_hand="what is frozen"
)
FROZEN_ENTRY = Family(
    "frozen", ("programme",), "yes = 1", "limit", "entered as frozen", "entered", by_hand="what is frozen"
)
