"""Consumption tax: paid on top of what is sold and bought, and passed on to the state after each tax period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.rival.moments import TAX_ON

if TYPE_CHECKING:
    from tests.rival.books import Books
    from tests.rival.effect import Effect

SHARES = {
    "revenue": "taxed_sales",
    "energy": "taxed_energy",
    "selling_costs": "taxed_selling_costs",
    "rent": "taxed_rent",
    "operations": "taxed_operations",
    "maintenance": "taxed_maintenance",
}


def factor(figures: Books, line: str) -> np.ndarray:
    """Tax on one unit of money of a line, by moment; the rate is that at the start of the period."""
    terms, moments = figures.case.finance.consumption_tax, figures.moments
    if terms is None or line not in TAX_ON:
        return np.zeros(moments.count)
    share = getattr(terms, SHARES.get(line, "taxed_investment"))
    rates = [terms.rate.at(figures.starts[moments.period_of(k // 2)]) or 0.0 for k in range(moments.count)]
    return share * np.array(rates)


def period_end(figures: Books, m: int) -> int:
    """The last month of the tax period of a month."""
    terms = figures.case.finance.consumption_tax
    assert terms is not None
    first = figures.calendar.fiscal_year_start_month
    while (figures.moments.first.plus(m + 1).month - first) % terms.tax_period.months:
        m += 1
    return m


def settle(figures: Books, effect: Effect) -> None:
    """Passes on what an effect received and paid: each month's with its tax period, investments so much later."""
    terms, moments = figures.case.finance.consumption_tax, figures.moments
    if terms is None or not any(line in effect.lines for line in set(TAX_ON.values())):
        return
    counts, nothing = np.zeros(len(moments.months)), np.zeros(moments.count)
    for line, sign in (("output_tax", 1), ("input_tax_energy", -1), ("input_tax_operation", -1)):
        counts += sign * effect.lines.get(line, nothing)[1::2]
    invested, lag = effect.lines.get("input_tax_investment", nothing)[::2], terms.deduction_lag.months
    for m in moments.months:
        if m + lag in moments.months:
            counts[m + lag] -= invested[m]
    effect.owed_to_state = float(sum(counts) - sum(invested[max(0, len(invested) - lag) :]))
    passed_on = np.zeros(moments.count)
    for m in moments.months:
        paid = period_end(figures, m) + terms.settlement_lag.months
        if paid in moments.months and counts[m]:
            passed_on += moments.at("tax_settled", paid, counts[m])
            effect.owed_to_state -= counts[m]
    effect.pay(figures, "tax_settled", passed_on)
