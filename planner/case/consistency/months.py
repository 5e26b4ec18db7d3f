"""Months: periods, fiscal years, windows and figures by month lie where the plan needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.case.calendar import MONTHS_PER_PERIOD, Calendar
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.offer import Window
from planner.case.quantities import FiscalYear, Month
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
        shorter = [name for name, months in MONTHS_PER_PERIOD.items() if (calendar.start.month - first) % months == 0]
        own = f"write `fiscal_year_start_month: {calendar.start.month}` if the fiscal year starts then"
        remedy = f"start in {before} or {after}, {own}, or take `period: {shorter[-1]}`"
        yield Finding(("calendar", "start"), f"{found} lies inside a period", "periods within one fiscal year", remedy)


def fiscal_years_lie_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """Limits and caps speak of fiscal years that the plan reaches."""
    if draft.calendar is None:
        return
    known = [*draft.calendar.fiscal_years]
    for path, year in _fiscal_years(draft):
        if year not in known:
            allowed = f"{known[0]} to {known[-1]}"
            yield Finding((*path, str(year)), f"{year} is outside the horizon", allowed, "remove it")


def _fiscal_years(draft: Draft) -> Iterator[tuple[Path, FiscalYear]]:
    """The fiscal years that the case names, with the group in which each stands."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            for year in programme.fiscal_year_caps:
                yield ("programmes", name, "fiscal_year_caps"), year
    if draft.finance is not None:
        with as_far_as_known():
            for year in draft.finance.capex_limits:
                yield ("finance", "capex_limits"), year
        with as_far_as_known():
            for year in draft.finance.dividends.stated if draft.finance.dividends is not None else ():
                yield ("finance", "dividends", "stated"), year


def months_lie_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """Single months that decide about the plan lie where it can see them."""
    calendar = draft.calendar
    if calendar is None:
        return
    span = f"{calendar.start} to {calendar.end.plus(-1)}"
    with as_far_as_known():
        for month in draft.finance.funding if draft.finance is not None else ():
            if not calendar.start <= month < calendar.end:
                found = f"{month} is outside the horizon"
                yield Finding(("finance", "funding", str(month)), found, span, "money from before it is opening_cash")
    yield from _paid_after_the_start(draft, calendar)
    with as_far_as_known():
        by = draft.objective.installed_by
        if by is not None and draft.objective.kind == "compute" and not calendar.start <= by < calendar.end:
            yield Finding(("objective", "installed_by"), f"{by} is outside the horizon", span)
    for path, month in _months_that_begin_something(draft):
        with as_far_as_known():
            if calendar.first_period_from(month) >= calendar.periods:
                remedy = "remove it, or plan for more periods"
                allowed = f"the start of a period, {calendar.starts[-1]} at the latest"
                yield Finding(path, f"{month} is after the horizon", allowed, remedy)


_OPEN_AT_START = {"opening_receivables": "paid", "opening_payables": "paid", "opening_prepayments": "worked off"}
"""What is open when the plan begins, and what becomes of it in its month."""


def _paid_after_the_start(draft: Draft, calendar: Calendar) -> Iterator[Finding]:
    """What is open at the start is paid in the horizon or later."""
    with as_far_as_known():
        terms = draft.finance.working_capital if draft.finance is not None else None
        for field, done in _OPEN_AT_START.items() if terms is not None else ():
            for month in getattr(terms, field):
                if month < calendar.start:
                    found = f"{month} is before the horizon, and is {done} already"
                    remedy = "remove it, or write the month in which it is paid late"
                    path: Path = ("finance", "working_capital", field, str(month))
                    yield Finding(path, found, f"{calendar.start} or later", remedy)


def date_of_installation_fits_the_objective(draft: Draft) -> Iterator[Finding]:
    """Only the objective that counts compute may count it on one date."""
    if draft.objective.installed_by is not None and draft.objective.kind != "compute":
        found, remedy = f"is given, but the objective is {draft.objective.kind}", "remove it, or write kind: compute"
        yield Finding(("objective", "installed_by"), found, "with kind: compute only", remedy)


def deliveries_can_still_count(draft: Draft) -> Iterator[Finding]:
    """The last month in which a delivery counts is not over before anything can be delivered."""
    if draft.calendar is None:
        return
    start = draft.calendar.start
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            by = programme.in_service_by
            if by is not None and by < start:
                found = f"{by} is before the horizon, which starts in {start}: no delivery counts, and nothing is paid"
                remedy = "correct the month, or remove the programme if it is over"
                yield Finding(("programmes", name, "in_service_by"), found, f"{start} or later", remedy)


def _months_that_begin_something(draft: Draft) -> Iterator[tuple[Path, Month]]:
    for name, site in draft.sites.items():
        with as_far_as_known():
            yield ("sites", name, "opens"), site.opens
            for number, fleet in enumerate(site.fleet):
                with as_far_as_known():
                    yield ("sites", name, "fleet", str(number), "arrives"), fleet.arrives
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            for number, obligation in enumerate(programme.obligations):
                with as_far_as_known():
                    yield ("programmes", name, "obligations", str(number), "from"), obligation.first


def windows_hold_a_period(draft: Draft) -> Iterator[Finding]:
    """A window that is not past holds the start of a period: orders are placed then and at no other time."""
    calendar = draft.calendar
    if calendar is None:
        return
    for path, window in _windows(draft):
        with as_far_as_known():
            is_past = window.last is not None and window.last < calendar.start
            if is_past or any(window.holds(start) for start in calendar.starts):
                continue  # a window that is past is history, and no mistake
            where = f"from {window.first or 'the beginning'} to {window.last or 'the end'}"
            allowed = f"a window with the start of a period in it, such as {_next_start(calendar, window)}"
            remedy = "move the window, or remove what it belongs to"
            yield Finding(path, f"no period starts in the window {where}", allowed, remedy)


def obligations_end_after_they_begin(draft: Draft) -> Iterator[Finding]:
    """The months of an obligation stand in their order."""
    for name, programme in draft.programmes.items():
        with as_far_as_known():
            for number, obligation in enumerate(programme.obligations):
                with as_far_as_known():
                    if obligation.last is not None and obligation.last < obligation.first:
                        path = ("programmes", name, "obligations", str(number), "to")
                        yield Finding(path, f"the end {obligation.last} is before the start {obligation.first}")


def _windows(draft: Draft) -> Iterator[tuple[Path, Window]]:
    groups: list[tuple[Path, Mapping[str, Any], str]] = [
        (("offers",), draft.offers, "order_window"),
        (("expansions",), draft.expansions, "start_window"),
        (("programmes",), draft.programmes, "order_window"),
    ]
    with as_far_as_known():
        if draft.finance is not None:
            groups.append((("finance", "loans"), draft.finance.loans, "draw_window"))
    for path, entries, field in groups:
        with as_far_as_known():
            for name, entry in entries.items():
                with as_far_as_known():
                    yield (*path, name, field), getattr(entry, field)


def _next_start(calendar: Calendar, window: Window) -> Month:
    later = [start for start in calendar.starts if window.first is not None and start >= window.first]
    return later[0] if later else calendar.starts[-1]


def figures_cover_their_months(draft: Draft) -> Iterator[Finding]:
    """Prices and demand by month have a value in the first period that asks for one."""
    if draft.calendar is None:
        return
    for path, figure, needed in _needed_figures(draft, draft.calendar):
        with as_far_as_known():
            if figure is not None and figure.at(needed) is None:
                found = f"no value before {figure.steps[0][0]}"
                yield Finding(path, found, f"a value from {needed} on", f"add a value for {needed}, even if it is zero")


def _needed_figures(draft: Draft, calendar: Calendar) -> Iterator[tuple[Path, Timeline[Any] | None, Month]]:
    """Figures with the first month in which the plan reads them."""
    yield from _needed_of_finance(draft, calendar)
    for name, machine in draft.systems.items():
        with as_far_as_known():
            yield ("systems", name, "resale_factor"), machine.resale_factor, calendar.start
    for name, site in draft.sites.items():
        with as_far_as_known():
            for first in _starts(calendar, Window.model_construct(first=site.opens, last=None)):
                yield ("sites", name, "energy_price"), site.energy_price, first
                yield ("sites", name, "rent"), site.rent, first
                yield ("sites", name, "operations"), site.operations, first
    for name, offer in draft.offers.items():
        with as_far_as_known():
            for first in _starts(calendar, offer.order_window):
                yield ("offers", name, "price"), offer.price, first
                yield ("offers", name, "import_duty"), offer.import_duty, first
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            for first in _starts(calendar, expansion.start_window):
                yield ("expansions", name, "capex"), expansion.capex, first
    for name, workload in draft.workloads.items():
        with as_far_as_known():
            yield ("workloads", name, "amount"), workload.amount, calendar.start
            for first in (start for start in calendar.starts if workload.amount.at(start)):
                yield ("workloads", name, "price"), workload.price, first
                for system, price in workload.price_by_system.items():
                    yield ("workloads", name, "price_by_system", system), price, first
                yield ("workloads", name, "selling_costs"), workload.selling_costs, first
                break


def _needed_of_finance(draft: Draft, calendar: Calendar) -> Iterator[tuple[Path, Timeline[Any] | None, Month]]:
    """Interest is due from the first month in which something is owed, tax from the first fiscal year, and on cash from
    the first month."""
    if draft.finance is None:
        return
    with as_far_as_known():
        yield ("finance", "resale_factor"), draft.finance.resale_factor, calendar.start
    with as_far_as_known():
        for name, loan in draft.finance.loans.items():
            with as_far_as_known():
                for first in [calendar.start] if loan.owes else _starts(calendar, loan.draw_window):
                    yield ("finance", "loans", name, "rate"), loan.rate, first
    with as_far_as_known():
        yield ("finance", "interest_on_cash"), draft.finance.interest_on_cash, calendar.start
    with as_far_as_known():
        if draft.finance.tax is not None:
            yield ("finance", "tax", "rate"), draft.finance.tax.rate, calendar.start
    with as_far_as_known():
        if draft.finance.consumption_tax is not None:
            yield ("finance", "consumption_tax", "rate"), draft.finance.consumption_tax.rate, calendar.start
    with as_far_as_known():
        for name, tax in draft.finance.property_taxes.items():
            with as_far_as_known():
                yield ("finance", "property_taxes", name, "rate"), tax.rate, calendar.start


def _starts(calendar: Calendar, window: Window) -> list[Month]:
    """The first start of a period in a window, if there is one."""
    return [start for start in calendar.starts if window.holds(start)][:1]
