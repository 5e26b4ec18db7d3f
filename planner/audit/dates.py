"""When things happen: deliveries and ends of life in numbers of periods, payments in numbers of months."""

from __future__ import annotations

from calendar import monthrange

from planner.case.case import Case
from planner.case.quantities import Month
from planner.case.site import Fleet
from planner.vocabulary.keys import Arrival, FiscalYear, Investment, Vintage


def delivery_month(case: Case, offer: str, t: int) -> Month:
    """The month in which systems ordered in ``t`` are delivered, and the rest of their price is due."""
    stated = case.offers[offer].lead_time or case.systems[case.offers[offer].system].lead_time.typical
    assert stated is not None
    return case.calendar.starts[t].plus(stated.months)


def delivery_period(case: Case, offer: str, t: int) -> int:
    """The period from whose start systems ordered in ``t`` are installed; may lie past the horizon."""
    return case.calendar.first_period_from(delivery_month(case, offer, t))


def ready_month(case: Case, expansion: str, t: int) -> Month:
    """The month in which a block begun in ``t`` is ready, and the rest of its cost is due."""
    return case.calendar.starts[t].plus(case.expansions[expansion].lead_time.months)


def ready_period(case: Case, expansion: str, t: int) -> int:
    """The period from whose start a block begun in ``t`` can be used; may lie past the horizon."""
    return case.calendar.first_period_from(ready_month(case, expansion, t))


def retired_period(case: Case, expansion: str, t: int) -> int:
    """The period at whose start a block begun in ``t`` retires; past the horizon where it serves to the end."""
    life, ready = case.expansions[expansion].useful_life, ready_period(case, expansion, t)
    if life is None or ready >= case.calendar.periods:
        return case.calendar.periods
    return case.calendar.first_period_from(case.calendar.starts[ready].plus(life.months))


def contract_month(case: Case, fleet: Fleet) -> Month:
    """The month in which what is unpaid of a fleet is due: that of its arrival, at the earliest the first."""
    return max(case.calendar.start, fleet.arrives)


def days_of(month: Month) -> int:
    """Days of a month, of the real calendar."""
    return monthrange(month.year, month.month)[1]


def period_in_use(case: Case, investment: Investment) -> int:
    """The period from which an order or a block is in use; may lie past the horizon."""
    name, _, t = investment
    return delivery_period(case, name, t) if name in case.offers else ready_period(case, name, t)


def vintage_of(case: Case, order: Investment) -> Vintage:
    """The vintage that an order brings."""
    calendar, system = case.calendar, case.offers[order.name].system
    arrived = calendar.start.plus(delivery_period(case, order.name, order.period) * calendar.months_per_period)
    return Vintage(system, order.site, Arrival(arrived, order.name))


def life_end_period(case: Case, vintage: Vintage) -> int:
    """The period at whose start what is left of a vintage retires; may lie past the horizon."""
    life = case.systems[vintage.system].useful_life.months
    return case.calendar.first_period_from(vintage.arrival.month.plus(life))


def first_exit_period(case: Case, vintage: Vintage) -> int:
    """First period in which systems of a vintage may leave: after their first, or at once if they stood there."""
    month = vintage.arrival.month
    return 0 if month < case.calendar.start else case.calendar.first_period_from(month) + 1


def held_until_period(case: Case, vintage: Vintage) -> int:
    """The first period in which an earlier grant lets a fleet leave; 0 where nothing holds it."""
    months = [
        fleet.retained_until
        for fleet in case.sites[vintage.site].fleet
        if (fleet.system, Arrival(fleet.arrives)) == (vintage.system, vintage.arrival)
        and fleet.retained_until is not None
    ]
    return max((case.calendar.first_period_from(month) for month in months), default=0)


def payment_shares(case: Case, programme: str, investment: Investment) -> dict[int, float]:
    """The shares in which a grant for an investment is paid, by month; what is due after the horizon is left out."""
    rules, starts = case.programmes[programme], case.calendar.starts
    if not rules.aid.is_paid_out:
        return {}
    ordered, delivered = starts[investment.period], starts[period_in_use(case, investment)]
    parts = [
        ((ordered if part.event == "order" else delivered).plus(part.lag.months), part.share)
        for part in rules.milestones
    ] or [(delivered.plus(rules.payment_lag.months), 1.0)]
    shares: dict[int, float] = {}
    for due, share in parts:
        month = case.calendar.number_of(due)
        if month < len(case.calendar.months):
            shares[month] = shares.get(month, 0.0) + share
    return shares


def dividend_month(case: Case, year: FiscalYear) -> int | None:
    """Number of the month at whose end the dividend for a fiscal year is paid; None where the year does not end, or is
    not paid for, within the horizon, or the case says nothing of dividends."""
    terms, calendar = case.finance.dividends, case.calendar
    if terms is None or year not in calendar.ended_years:
        return None
    last = calendar.starts[calendar.fiscal_years[year][-1]].plus(calendar.months_per_period - 1)
    month = calendar.number_of(last.plus(terms.payment_lag.months))
    return month if month < len(calendar.months) else None
