"""Consumption tax: what of sales and purchases is tax, and when it is settled with the state."""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.consumption_tax import ConsumptionTax as Terms
from planner.coefficients.groups import ConsumptionTax
from planner.finance.consumption_tax import months_to_the_end


def consumption_tax_of(case: Case) -> ConsumptionTax:
    """The terms; nothing in a case without such a tax."""
    stated, calendar = case.finance.consumption_tax, case.calendar
    if stated is None:
        return ConsumptionTax()
    rates = [stated.rate.at(start) or 0.0 for start in calendar.starts]
    return ConsumptionTax(
        factors={line: tuple(share * rate for rate in rates) for line, share in _shares(stated).items()},
        investment=tuple(stated.taxed_investment * rate for rate in rates),
        settled=tuple(_settled_in(calendar, stated, m) for m in range(len(calendar.months))),
        deduction_lag=stated.deduction_lag.months,
    )


def _shares(stated: Terms) -> dict[str, float]:
    """Share of each line that runs over a period which bears the tax."""
    return {
        "revenue": stated.taxed_sales,
        "energy": stated.taxed_energy,
        "selling_costs": stated.taxed_selling_costs,
        "rent": stated.taxed_rent,
        "operations": stated.taxed_operations,
        "maintenance": stated.taxed_maintenance,
    }


def _settled_in(calendar: Calendar, stated: Terms, number: int) -> int | None:
    """The month in which the tax of a month is settled; None after the horizon."""
    month = calendar.months[number].month
    end = number + months_to_the_end(month, calendar.fiscal_year_start_month, stated.tax_period.months)
    paid_in = end + stated.settlement_lag.months
    return paid_in if paid_in < len(calendar.months) else None
