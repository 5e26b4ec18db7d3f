"""A case under property tax whose rows can be written down by hand: money in millions of yen.

* Cubes cost 100 each, as did the two that came in June 2023; a hall costs 40 and stands there a year after its start.
* What stands in the east on the first of January is taxed at 1.4 % of the statutory value of Japan: servers live five
  years, so their value falls by 36.9 % a year, the first time by half of that: 81.55, 51.458, 32.470, 20.489 of 100.
  Halls live fifteen years and lose 14.2 % a year: 37.16 of 40 at first, and half of it is relieved for one year.
* The tax is due in April, July, December and February, a quarter each. The years 2025 to 2027 are the horizon.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, toy

JAPAN: dict[str, Any] = {"rate": "1.4 %"}
OLD: dict[str, Any] = {"system": "cube", "quantity": 2, "arrives": "2023-06", "acquisition_cost": mn(200)}
HALL: dict[str, Any] = {
    "site": "east",
    "adds": {"power": "1 kW"},
    "capex": mn(40),
    "lead_time": "12 months",
    "blocks": 2,
}


def taxed_case(**changes: Any) -> Case:
    """The case, with changes."""
    terms: dict[str, Any] = {
        "finance__property_taxes": {"japan": {**JAPAN, "relief": 0.5, "relief_years": 1}},
        "sites__east__property_tax": "japan",
        "sites__east__fleet": [OLD],
        "workloads__training__amount": 3,
        "expansions": {"hall": HALL},
    }
    return toy(**{**terms, **changes})
