"""A case whose losses lapse, and whose rows can be written down by hand: money in millions of yen.

A cube costs 100, is written off in two years and earns nothing, then 60, then 60. Losses can be used for one year, 30
were made in 2024, and half of a profit may be offset.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, toy, yearly

LAPSING: dict[str, Any] = {
    "rate": "30 %",
    "loss_years": 1,
    "opening_losses": {"FY2024": mn(30)},
    "loss_use_limit": "50 %",
}


def lapsing_case(**changes: Any) -> Case:
    """The case, with changes."""
    terms: dict[str, Any] = {
        "finance__tax": LAPSING,
        "finance__depreciation": {"systems": "2 years"},
        "offers__maker__allocation": 1,
        "workloads__training__price": {"2025-01": yearly(0), "2026-01": yearly(60)},
    }
    return toy(**{**terms, **changes})
