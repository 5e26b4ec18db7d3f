"""A case with consumption tax whose rows can be written down by hand: millions of yen.

The toy over three years: a cube costs 100 and earns 60 a year, a kW of rent costs 12. All of it bears 10 %, settled two
months after the year; customers pay after 60 days, and with them the tax.
"""

from __future__ import annotations

from planner.case.case import Case
from tests.cases.toy import mn, toy


def passed_on_case() -> Case:
    """The case."""
    return toy(
        sites__east__rent="1 mn JPY/kW-month",
        finance__opening_cash=mn(150),
        finance__consumption_tax={"rate": "10 %"},
        workloads__training__customer_days=60,
    )
