"""What the case allows at all: which orders, claims and exits may be named in a plan."""

from __future__ import annotations

from planner.audit.dates import delivery_period, first_exit_period, life_end_period, payment_shares, period_in_use
from planner.audit.hosting import can_host
from planner.case.case import Case
from planner.case.programme import CostCategory
from planner.vocabulary.keys import Investment, Vintage


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
    """Whether an investment is eligible, and some of a grant would be paid within the horizon."""
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
        and (not rules.aid.is_paid_out or bool(payment_shares(case, programme, investment)))
    )


def exit_allowed(case: Case, vintage: Vintage, t: int) -> bool:
    """Whether systems of a vintage may leave at the start of a period: after their first, until their life ends."""
    return first_exit_period(case, vintage) <= t <= life_end_period(case, vintage)
