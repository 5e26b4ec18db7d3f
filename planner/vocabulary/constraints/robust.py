"""What ties the futures of a robust plan together."""

from __future__ import annotations

from planner.vocabulary.constraints.family import MONEY, UNITS, Family

FIRST_STAGE = Family(
    "first_stage", ("future", "decision"), UNITS, "definition", "what begins up to the date is the same in all futures"
)
SHORTFALL = Family("shortfall", ("future",), MONEY, "definition", "by how much a future falls short of the tail")
