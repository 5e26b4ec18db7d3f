"""Books: what investments cost in the books, and how that cost is written off; for tax, where tax has its own.

What is ordered has its figures in every case: how far it is written off decides until when it matters who leaves. All
else only a case has whose profit is taxed or paid out, or whose lenders ask for something of the balance sheet:
elsewhere it decides nothing, and the audit keeps the books.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.calendar import Calendar
from planner.case.case import Case
from planner.case.depreciation import Depreciation, DepreciationTerms
from planner.case.programme import CostCategory
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.groups import Books
from planner.coefficients.money import Exchange
from planner.finance.depreciation import months_to_year_end, of_what_is_left, written_off
from planner.vocabulary.keys import Claim, Vintage


def books_of(case: Case, exchange: Exchange, known: Coefficients) -> Books:
    """Cost and depreciation of orders, and where books decide of the fleet and of blocks as well."""
    offers, calendar, said = known.offers, case.calendar, case.finance.tax_depreciation
    cost = {vintage: known.units.cost[order] for order, vintage in offers.vintage.items()}
    shares = {
        offers.vintage[order]: _of_costs(calendar, said, known.units.costs[order], ready)
        for order, ready in offers.delivery.items()
    }
    of_claims = _of_claims(case, said, known) if said.additions_apart else {}
    last = _last_left(case, known) if case.finance.tax_books_apart else {}
    if not case.finance.keeps_books:
        return Books(cost, shares, {}, of_claims)
    for vintage, (ready, count) in known.vintages.fleet.items():
        paid, used = _fleet(case, exchange, vintage)
        cost[vintage] = paid / count if count else 0.0
        shares[vintage] = _of_fleet(calendar, ready, used, said.of("systems"))
    expansions = case.expansions
    blocks = {
        start: _until(
            known.blocks.retired.get(start),
            _written_off(calendar, ready, said.of("facility", expansions[start.expansion].depreciation_life)),
        )
        for start, ready in known.blocks.ready.items()
    }
    return Books(cost, shares, blocks, of_claims, last)


def _last_left(case: Case, known: Coefficients) -> dict[Claim, tuple[float, ...]]:
    """What is written off of what a programme takes off, in the books in which that is less: those of tax or others."""
    both = [_of_claims(case, said, known) for said in (case.finance.depreciation, case.finance.tax_depreciation)]
    return {claim: tuple(map(min, both[0][claim], both[1][claim])) for claim in both[0]}


def _fleet(case: Case, exchange: Exchange, vintage: Vintage) -> tuple[float, int]:
    """Cost of all systems of a vintage without an order, in the books and unpaid, and their age in months."""
    system, site, arrival = vintage
    due = max(0, case.calendar.period_containing(arrival.month))
    entries = [e for e in case.sites[site].fleet if (e.system, e.arrives) == (system, arrival.month)]
    cost = sum(exchange.money(e.book_value, 0) + exchange.money(e.unpaid, due) for e in entries)
    return cost, max(0, case.calendar.start - entries[0].arrives)


def _of_costs(
    calendar: Calendar, said: Depreciation, costs: Mapping[CostCategory, float], ready: int
) -> tuple[float, ...]:
    """Share of some costs together that is written off; each by its own terms where they differ."""
    if not said.additions_apart:
        return _written_off(calendar, ready, said.of("systems"))
    parts = [(cost, _written_off(calendar, ready, said.of(category))) for category, cost in costs.items()]
    whole = sum(cost for cost, _ in parts)
    if whole <= 0:
        return parts[0][1]
    return tuple(
        1 - sum(cost * (1 - written[t]) for cost, written in parts) / whole for t in range(calendar.periods + 1)
    )


def _of_claims(case: Case, said: Depreciation, known: Coefficients) -> dict[Claim, tuple[float, ...]]:
    """How what a programme takes off an order is written off: as the costs that it pays for, in their proportion."""
    found = {}
    for claim in known.claims.terms:
        if claim.investment in known.offers.delivery:
            categories = case.programmes[claim.programme].categories
            costs = {c: cost for c, cost in known.units.costs[claim.investment].items() if c in categories}
            found[claim] = _of_costs(case.calendar, said, costs, known.offers.delivery[claim.investment])
    return found


def _written_off(calendar: Calendar, ready: int, terms: DepreciationTerms) -> tuple[float, ...]:
    """Share of a cost written off before the start of each period, and at the end of the last."""
    months, left_of_year = calendar.months_per_period, _left_of_year(calendar, ready * calendar.months_per_period)
    return tuple(written_off(terms, months * (t - ready), left_of_year) for t in range(calendar.periods + 1))


def _until(retired: int | None, written: tuple[float, ...]) -> tuple[float, ...]:
    """The same of what retires at the start of a period: all that is left is written off in it."""
    return written if retired is None else tuple(w if t <= retired else 1.0 for t, w in enumerate(written))


def _of_fleet(calendar: Calendar, ready: int, used: int, terms: DepreciationTerms) -> tuple[float, ...]:
    """The same of what is left of systems that had been used for some months before the horizon."""
    months = calendar.months_per_period
    left_of_year = _left_of_year(calendar, ready * months - used)
    return tuple(of_what_is_left(terms, used, months * (t - ready), left_of_year) for t in range(calendar.periods + 1))


def _left_of_year(calendar: Calendar, month: int) -> int:
    """Months that are left of the fiscal year from the start of a month on, counted from the start of the horizon."""
    return months_to_year_end(calendar.start.plus(month).month, calendar.fiscal_year_start_month)
