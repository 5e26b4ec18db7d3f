"""A case with loans, tax and grants against book value, whose rows can be written down by hand: millions of yen.

A cube costs 100, comes at once, is written off over four years and earns 60 a year. A programme pays half of it a year
after delivery, and asks that it stays for a year. The bank lends 40 more on top of the 20 that are owed, at 10 % for
two years, and no more than half of what is invested; the flexible line of 30 costs 5 %. Cash from operations pays for
the debt service 1.2 times; at the end of a year with debt 50 of cash are there, or may be drawn from the line, and no
more is owed than 80 % of book value and twice the equity. Losses of 40 are left from earlier years, and half of a
profit may be set against them. The site has room for two cubes. Used cubes fetch nothing.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy


def books_case(**changes: Any) -> Case:
    """The case, with changes as those of ``toy``."""
    fields: dict[str, Any] = {
        "sites__east__capacity__power": "2 kW",
        "finance__loans": {
            "bank": {
                "limit": mn(60),
                "outstanding": mn(20),
                "rate": "10 %",
                "term": "2 years",
                "draw_window": {"to": "2026-12"},
                "share_of_investment": "50 %",
            },
            "line": {
                "limit": mn(30),
                "revolving": True,
                "rate": "5 %",
                "term": "4 years",
                "repayment": "equal_parts",
            },
        },
        "finance__covenants": {
            "least_debt_service_cover": 1.2,
            "least_liquidity": mn(50),
            "most_loan_to_value": "80 %",
            "most_debt_to_equity": 2,
        },
        "finance__tax": {
            "rate": {"2025-01": "30 %", "2026-01": "40 %"},
            "opening_loss": mn(40),
            "loss_use_limit": "50 %",
        },
        "finance__depreciation": {"systems": "4 years"},
        "finance__asset_grants": "reduce_book_value",
        "finance__terminal_value": True,
        "programmes": {"half": programme(0.5, retention="1 year", payment_lag="12 months")},
    }
    return toy(**{**fields, **changes})
