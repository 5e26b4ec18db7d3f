"""What holds for all operators of a pool together, and rows of no rule."""

from __future__ import annotations

from planner.vocabulary.constraints.awards import TOTAL_CAP, YEAR_CAP
from planner.vocabulary.constraints.family import MONEY, Family
from planner.vocabulary.constraints.sites import ALLOCATION, AVAILABLE

SHARED: dict[Family, Family] = {
    AVAILABLE: AVAILABLE._replace(rule="shared_supply"),
    ALLOCATION: ALLOCATION._replace(rule="shared_supply"),
    TOTAL_CAP: TOTAL_CAP._replace(rule="shared_cap"),
    YEAR_CAP: YEAR_CAP._replace(rule="shared_cap"),
}
"""What holds for every operator of a pool alone, and for all of them together."""
POOL_TARGET = Family("pool_target", ("period",), "metric of the target", "limit", "what stands over all operators")
PARTICIPATION = Family("participation", ("operator",), MONEY, "limit", "value to an operator")
LEAST_COMPUTE = Family("least_compute", (), "PFLOPS or PFLOPS-hours", "limit", "compute of all operators")
MOST_PUBLIC = Family("most_public", (), MONEY, "limit", "public money to all operators")
FURTHER = Family("further", (), "any", "bound", "a row that a search adds for a question of its own")
