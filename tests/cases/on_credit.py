"""A case in which customers pay and suppliers are paid later, whose rows can be written down by hand: millions of yen.

The toy over three years: a cube earns 60 a year, a kW of rent costs 12 and its operations 6. Customers of training pay
after 45 days, so of a year's work the half of December's part less that of what is paid is open; rent is paid after 30,
operations at once. At the start 7 are to come from customers in March and 5 after the horizon.
"""

from __future__ import annotations

from planner.case.case import Case
from tests.cases.toy import mn, toy


def on_credit_case() -> Case:
    """The case."""
    return toy(
        sites__east__capacity__power="2 kW",
        sites__east__rent="1 mn JPY/kW-month",
        sites__east__operations="0.5 mn JPY/kW-month",
        workloads__training__amount=2,
        workloads__training__customer_days=45,
        finance__opening_cash=mn(110),
        finance__working_capital={
            "customer_days": 90,
            "rent_days": 30,
            "opening_receivables": {"2025-03": mn(7), "2028-05": mn(5)},
        },
    )
