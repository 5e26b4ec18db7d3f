"""What the case allows at all: which orders, claims, draws and shares in leaving systems may be named in a plan."""

from __future__ import annotations

from planner.audit.dates import delivery_period, first_exit_period, grant_period, life_end_period, period_in_use
from planner.audit.hosting import can_host
from planner.case.case import Case
from planner.case.programme import CostCategory
from planner.decisions import Investment, cohort_of


def order_allowed(case: Case, offer: str, site: str, t: int) -> bool:
    """Whether an order may be placed: the offer is open, the site can take it, and it arrives within the horizon."""
    arrival = delivery_period(case, offer, t)
    return (
        case.offers[offer].order_window.holds(case.calendar.starts[t])
        and can_host(case, case.offers[offer].system, site)
        and arrival < case.calendar.periods
        and case.calendar.starts[arrival] >= case.sites[site].opens
    )


def categories_of(case: Case, programme: str, name: str) -> set[CostCategory]:
    """Categories of an investment's cost that a programme pays for."""
    own: set[CostCategory] = {"systems", "additions"} if name in case.offers else {"facility"}
    return own & set(case.programmes[programme].categories)


def claim_allowed(case: Case, programme: str, investment: Investment) -> bool:
    """Whether an investment is eligible, and its grant would be paid within the horizon."""
    name, site, t = investment
    rules, calendar = case.programmes[programme], case.calendar
    if name in case.offers:
        kind_fits = not rules.systems or case.offers[name].system in rules.systems
    elif name in case.expansions:
        kind_fits = case.expansions[name].site == site
    else:
        return False
    ready = period_in_use(case, investment)
    return (
        ready < calendar.periods
        and kind_fits
        and bool(categories_of(case, programme, name))
        and rules.order_window.holds(calendar.starts[t])
        and (rules.in_service_by is None or calendar.starts[ready] <= rules.in_service_by)
        and (not rules.sites or site in rules.sites)
        and (not rules.regions or case.sites[site].region in rules.regions)
        and grant_period(case, programme, ready) < calendar.periods
    )


def exit_allowed(case: Case, system: str, cohort: str, t: int) -> bool:
    """Whether systems of a cohort may leave at the start of a period: after their first, until their life ends."""
    return first_exit_period(case, cohort) <= t <= life_end_period(case, system, cohort)


def leave_allowed(case: Case, programme: str, investment: Investment, t: int) -> bool:
    """Whether claimed systems of an order may be named among those that leave at the start of a period.

    Only where grants lower book value does it matter which systems leave; and only while there is book value left,
    and after the retention of the programme.
    """
    name, site, _ = investment
    if case.finance.asset_grants != "reduce_book_value" or name not in case.offers:
        return False
    arrived = case.calendar.starts[period_in_use(case, investment)]
    age = case.calendar.starts[t] - arrived
    return (
        claim_allowed(case, programme, investment)
        and order_allowed(case, name, site, investment[2])
        and exit_allowed(case, case.offers[name].system, cohort_of(arrived, name), t)
        and age >= case.programmes[programme].retention.months
        and age < case.finance.depreciation.systems.months
    )
