"""Decisions that are made already."""

from __future__ import annotations

from planner.vocabulary.constraints.family import INVESTMENT, MONEY, UNITS, VINTAGE, Family

FROZEN_ORDER = Family(
    "frozen", ("offer", "site", "period"), "systems", "limit", "ordered as frozen", by_hand="what is frozen"
)
FROZEN_BLOCKS = Family(
    "frozen", ("expansion", "period"), "blocks", "limit", "started as frozen", "blocks", by_hand="what is frozen"
)
FROZEN_EXIT = Family(
    "frozen", (*VINTAGE, "period"), "systems", "limit", "leaving as frozen", "exit", by_hand="what is frozen"
)
FROZEN_CLAIM = Family(
    "frozen", ("programme", *INVESTMENT), UNITS, "limit", "claimed as frozen", "claim", by_hand="what is frozen"
)
FROZEN_DRAW = Family("frozen", ("loan", "period"), MONEY, "limit", "drawn as frozen", "draw", by_hand="what is frozen")
FROZEN_REPAYMENT = Family(
    "frozen", ("loan", "period"), MONEY, "limit", "repaid as frozen", "repay", by_hand="what is frozen"
)
FROZEN_ENTRY = Family(
    "frozen", ("programme",), "yes = 1", "limit", "entered as frozen", "entered", by_hand="what is frozen"
)
