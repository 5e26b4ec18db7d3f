"""A case that pays its owners, whose rows can be written down by hand: money in millions of yen.

A cube of 100 is written off over four years and earns 60 a year. 10 are there, and a bank lends 90 at 10 %, back in
three equal parts. Profit is not taxed. Owners are paid three months after the end of a year: 4 for 2025, and for 2026
at most half of its profit, out of all that was earned and of 5 from before. Lenders ask for a cover of 1.4 in a year
that pays.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, toy

BANK: dict[str, Any] = {"limit": mn(90), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
PAYING: dict[str, Any] = {
    "finance__opening_cash": mn(10),
    "finance__loans": {"bank": BANK},
    "finance__cost_of_equity": "10 %",
    "finance__depreciation": {"systems": "4 years"},
    "finance__dividends": {
        "opening_retained_profit": mn(5),
        "most_share_of_profit": "50 %",
        "lock_up_cover": 1.4,
        "stated": {"FY2025": mn(4)},
    },
    "objective": {"kind": "equity"},
}


def paying_case(**changes: Any) -> Case:
    """The case, with changes."""
    return toy(**{"offers__maker__allocation": 1, **PAYING, **changes})
