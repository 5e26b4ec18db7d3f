"""A case in which customers pay in advance, whose rows can be written down by hand: millions of yen.

The toy over three years: a cube earns 60 a year and costs 100. Customers of training pay three months before the work.
At the start they have paid 7 for work of March, and 5 for work after the horizon.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, toy


def in_advance_case(**changes: Any) -> Case:
    """The case, with changes."""
    terms: dict[str, Any] = {
        "workloads__training__paid_in_advance": "3 months",
        "finance__opening_cash": mn(110),
        "finance__working_capital": {"opening_prepayments": {"2025-03": mn(7), "2028-05": mn(5)}},
    }
    return toy(**{**terms, **changes})
