"""Months: periods, fiscal years, windows and figures by month lie where the plan needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from planner.case.calendar import Calendar
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.offer import Window
from planner.case.quantities import Month
from planner.case.timeline import Timeline


def fiscal_years_begin_with_a_period(draft: Draft) -> Iterator[Finding]:
    """No period lies in two fiscal years: limits and caps by fiscal year would not know which one to charge."""
    calendar = draft.calendar
    if calendar is None:
        return
    length, first = calendar.months_per_period, calendar.fiscal_year_start_month
    late = (calendar.start.month - first) % length
    if late:
        before, after = calendar.start.plus(-late), calendar.start.plus(length - late)
        found = (
            f"with periods of {length} months from {calendar.start} on, month {first}, in which the fiscal year starts,"
        )
        remedy = f"start in {before} or {after}, or take shorter periods"
        yield Finding(("calendar", "start"), f"{found} lies inside a period", "periods within one fiscal year", remedy)


def fiscal_years_lie_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """Limits and caps speak of fiscal years that the plan reaches."""
    if draft.calendar is None:
        return
    groups: dict[Path, Iterable[str]] = {
        ("programmes", name, "fiscal_year_caps"): programme.fiscal_year_caps
        for name, programme in draft.programmes.items()
    }
    if draft.finance is not None:
        groups[("finance", "capex_limits")] = draft.finance.capex_limits
    known = [f"FY{year}" for year in draft.calendar.fiscal_years]
    for path, years in groups.items():
        for year in years:
            if year not in known:
                yield Finding(
                    (*path, year), f"{year} is outside the horizon", f"{known[0]} to {known[-1]}", "remove it"
                )


def months_lie_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """Single months that decide about the plan lie where it can see them."""
    calendar = draft.calendar
    if calendar is None:
        return
    span = f"{calendar.start} to {calendar.end.plus(-1)}"
    for month in draft.finance.funding if draft.finance is not None else ():
        if not calendar.start <= month < calendar.end:
            found = f"{month} is outside the horizon"
            yield Finding(("finance", "funding", str(month)), found, span, "money from before it is opening_cash")
    by = draft.objective.installed_by
    if by is not None and draft.objective.kind != "compute":
        found = f"is given, but the objective is {draft.objective.kind}"
        yield Finding(
            ("objective", "installed_by"), found, "with kind: compute only", "remove it, or write kind: compute"
        )
    elif by is not None and not calendar.start <= by < calendar.end:
        yield Finding(("objective", "installed_by"), f"{by} is outside the horizon", span)
    for path, month in _months_that_begin_something(draft):
        if calendar.first_period_from(month) >= calendar.periods:
            remedy = "remove it, or plan for more periods"
            allowed = f"the start of a period, {calendar.starts[-1]} at the latest"
            yield Finding(path, f"{month} is after the horizon", allowed, remedy)


def _months_that_begin_something(draft: Draft) -> Iterator[tuple[Path, Month]]:
    for name, site in draft.sites.items():
        yield ("sites", name, "opens"), site.opens
        for number, fleet in enumerate(site.fleet):
            yield ("sites", name, "fleet", str(number), "arrives"), fleet.arrives
    for name, programme in draft.programmes.items():
        for number, obligation in enumerate(programme.obligations):
            yield ("programmes", name, "obligations", str(number), "from"), obligation.first


def windows_hold_a_period(draft: Draft) -> Iterator[Finding]:
    """A window that is not past holds the start of a period: orders are placed then and at no other time."""
    calendar = draft.calendar
    if calendar is None:
        return
    for path, window in _windows(draft):
        is_past = window.last is not None and window.last < calendar.start
        if is_past or any(window.holds(start) for start in calendar.starts):
            continue  # a window that is past is history, and no mistake
        where = f"from {window.first or 'the beginning'} to {window.last or 'the end'}"
        allowed = f"a window with the start of a period in it, such as {_next_start(calendar, window)}"
        remedy = "move the window, or remove what it belongs to"
        yield Finding(path, f"no period starts in the window {where}", allowed, remedy)
    for name, programme in draft.programmes.items():
        for number, obligation in enumerate(programme.obligations):
            if obligation.last is not None and obligation.last < obligation.first:
                path = ("programmes", name, "obligations", str(number), "to")
                yield Finding(path, f"the end {obligation.last} is before the start {obligation.first}")


def _windows(draft: Draft) -> Iterator[tuple[Path, Window]]:
    for name, offer in draft.offers.items():
        yield ("offers", name, "order_window"), offer.order_window
    for name, expansion in draft.expansions.items():
        yield ("expansions", name, "start_window"), expansion.start_window
    for name, programme in draft.programmes.items():
        yield ("programmes", name, "order_window"), programme.order_window
    for name, loan in draft.finance.loans.items() if draft.finance is not None else ():
        yield ("finance", "loans", name, "draw_window"), loan.draw_window


def _next_start(calendar: Calendar, window: Window) -> Month:
    later = [start for start in calendar.starts if window.first is not None and start >= window.first]
    return later[0] if later else calendar.starts[-1]


def figures_cover_their_months(draft: Draft) -> Iterator[Finding]:
    """Prices and demand by month have a value in the first period that asks for one."""
    if draft.calendar is None:
        return
    for path, figure, needed in _needed_figures(draft, draft.calendar):
        if figure is not None and figure.at(needed) is None:
            found = f"no value before {figure.steps[0][0]}"
            yield Finding(path, found, f"a value from {needed} on", f"add a value for {needed}, even if it is zero")


def _needed_figures(draft: Draft, calendar: Calendar) -> Iterator[tuple[Path, Timeline[Any] | None, Month]]:
    """Figures with the first month in which the plan reads them."""
    yield from _needed_of_finance(draft, calendar)
    for name, site in draft.sites.items():
        for first in _starts(calendar, Window.model_construct(first=site.opens, last=None)):
            yield ("sites", name, "energy_price"), site.energy_price, first
            yield ("sites", name, "rent"), site.rent, first
            yield ("sites", name, "operations"), site.operations, first
    for name, offer in draft.offers.items():
        for first in _starts(calendar, offer.order_window):
            yield ("offers", name, "price"), offer.price, first
    for name, expansion in draft.expansions.items():
        for first in _starts(calendar, expansion.start_window):
            yield ("expansions", name, "capex"), expansion.capex, first
    for name, workload in draft.workloads.items():
        yield ("workloads", name, "amount"), workload.amount, calendar.start
        for first in (start for start in calendar.starts if workload.amount.at(start)):
            yield ("workloads", name, "price"), workload.price, first
            for system, price in workload.price_by_system.items():
                yield ("workloads", name, "price_by_system", system), price, first
            break


def _needed_of_finance(draft: Draft, calendar: Calendar) -> Iterator[tuple[Path, Timeline[Any] | None, Month]]:
    """Interest is due from the first month in which something is owed, tax from the first fiscal year."""
    if draft.finance is None:
        return
    for name, loan in draft.finance.loans.items():
        owes = loan.outstanding is not None and loan.outstanding.amount > 0
        for first in [calendar.start] if owes else _starts(calendar, loan.draw_window):
            yield ("finance", "loans", name, "rate"), loan.rate, first
    if draft.finance.tax is not None:
        yield ("finance", "tax", "rate"), draft.finance.tax.rate, calendar.start


def _starts(calendar: Calendar, window: Window) -> list[Month]:
    """The first start of a period in a window, if there is one."""
    return [start for start in calendar.starts if window.holds(start)][:1]
