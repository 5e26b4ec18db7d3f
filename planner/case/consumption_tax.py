"""Consumption tax (VAT): paid with purchases, received with sales, and settled with the state."""

from __future__ import annotations

from planner.case.quantities import Duration, DurationText, Noun, Share, Text
from planner.case.timeline import Timeline


class ConsumptionTax(Noun):
    """Consumption tax or VAT. It moves cash and never profit: what is received and not paid is settled with the state,
    and what is paid and not received comes back.

    All prices of the case are without it. It is received and paid with the sale or purchase, as late as that.
    """

    rate: Timeline[Share]
    """Rate by month; 10 % is the standard rate in Japan since October 2019."""
    tax_period: DurationText = Duration(value=1, unit="year")
    """Length of a tax period, counted from the start of the fiscal year: 1, 2, 3, 4, 6 or 12 months."""
    settlement_lag: DurationText = Duration(value=2, unit="month")
    """From the end of a tax period to the payment, or to the refund where more was paid than received."""
    deduction_lag: DurationText = Duration(value=0, unit="month")
    """From the payment of an investment until its tax counts in a tax period. Where tax can be deducted on delivery
    alone, as in Japan, the time from the first payment to the delivery is prudent."""
    taxed_sales: Share = 1.0
    """Share of the revenue that bears it; what is exported bears none."""
    taxed_investment: Share = 1.0
    """Share of capital expenditure that bears it."""
    taxed_energy: Share = 1.0
    """Share of energy that bears it."""
    taxed_rent: Share = 1.0
    """Share of rent that bears it."""
    taxed_operations: Share = 1.0
    """Share of operations that bears it; wages bear none."""
    taxed_maintenance: Share = 1.0
    """Share of maintenance and support that bears it."""
    taxed_selling_costs: Share = 1.0
    """Share of selling costs that bears it."""
    source: Text = ""
    """Where the figures come from."""
