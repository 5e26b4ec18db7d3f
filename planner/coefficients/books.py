"""Books: what investments cost in the books, and how that cost is written off.

What is ordered has its figures in every case: how far it is written off decides until when it matters who leaves. All
else only a case has whose profit is taxed: without tax it decides nothing, and the audit keeps the books.
"""

from __future__ import annotations

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.groups import Books
from planner.coefficients.money import Exchange
from planner.finance.depreciation import depreciated
from planner.vocabulary.keys import Vintage


def books_of(case: Case, exchange: Exchange, known: Coefficients) -> Books:
    """Cost and depreciation of orders, and where profit is taxed of the fleet and of blocks as well."""
    offers, calendar = known.offers, case.calendar
    life = case.finance.depreciation.systems.months
    cost = {vintage: known.units.cost[order] for order, vintage in offers.vintage.items()}
    written_off = {
        offers.vintage[order]: _written_off(calendar, ready, life) for order, ready in offers.delivery.items()
    }
    if case.finance.tax is None:
        return Books(cost, written_off, {})
    for vintage, (ready, count) in known.vintages.fleet.items():
        paid, age = _fleet(case, exchange, vintage)
        cost[vintage] = paid / count if count else 0.0
        written_off[vintage] = _written_off(calendar, ready, max(0, life - age))
    facility, expansions = case.finance.depreciation.facility, case.expansions
    blocks = {
        start: _written_off(calendar, ready, (expansions[start.expansion].depreciation_life or facility).months)
        for start, ready in known.blocks.ready.items()
    }
    return Books(cost, written_off, blocks)


def _fleet(case: Case, exchange: Exchange, vintage: Vintage) -> tuple[float, int]:
    """Cost of all systems of a vintage without an order, in the books and unpaid, and their age in months."""
    system, site, arrival = vintage
    due = max(0, case.calendar.period_containing(arrival.month))
    entries = [e for e in case.sites[site].fleet if (e.system, e.arrives) == (system, arrival.month)]
    cost = sum(exchange.money(e.book_value, 0) + exchange.money(e.unpaid, due) for e in entries)
    return cost, max(0, case.calendar.start - entries[0].arrives)


def _written_off(calendar: Calendar, ready: int, life_months: int) -> tuple[float, ...]:
    """Share of a cost written off before the start of each period, and at the end of the last."""
    months = calendar.months_per_period
    return tuple(depreciated(months * (t - ready), life_months) for t in range(calendar.periods + 1))
