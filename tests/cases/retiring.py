"""A case whose blocks retire, whose figures can be worked out by hand: money in millions of yen, years of 365 days.

The east has no room of its own. A hall costs 40, gives room to one cube, and serves for two years from its start; two
can be built. A cube costs 100 and earns 60 in each of the years 2025 to 2027: with a hall, and another one for the last
year, it is worth 180 - 100 - 80.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, toy

HALL: dict[str, Any] = {
    "site": "east",
    "adds": {"power": "1 kW"},
    "capex": mn(40),
    "lead_time": "0 months",
    "blocks": 2,
    "useful_life": "2 years",
}


def retiring_case(*, hall: dict[str, Any] | None = None, **changes: Any) -> Case:
    """The case, with changes of the hall and others."""
    terms: dict[str, Any] = {
        "sites__east__capacity__power": "0 kW",
        "expansions": {"hall": {**HALL, **(hall or {})}},
    }
    return toy(**{**terms, **changes})
