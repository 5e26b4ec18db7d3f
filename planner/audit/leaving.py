"""When it matters which of the systems that leave were claimed, and which of them a plan may name."""

from __future__ import annotations

from planner.audit.allowed import categories_of, claim_allowed, exit_allowed, order_allowed
from planner.audit.dates import period_in_use, vintage_of
from planner.audit.prices import Prices
from planner.audit.property_tax import relieved_until
from planner.case.case import Case
from planner.finance.depreciation import months_to_year_end, written_off
from planner.vocabulary.keys import Investment


def claimed_exit_matters(case: Case, programme: str, investment: Investment) -> set[int]:
    """Periods in which it makes a difference that a system that leaves was claimed under a programme.

    Within its retention, where something goes back then; and after it, while there is something left in the books of
    what the programme took off, or it spares property tax. Never where none of its cost is eligible: nothing is claimed
    then, though it may count.
    """
    name, site, t = investment
    if name not in case.offers or not claim_allowed(case, programme, investment):
        return set()
    if not order_allowed(case, name, site, t):
        return set()
    rules, starts = case.programmes[programme], case.calendar.starts
    arrived = starts[period_in_use(case, investment)]
    vintage = vintage_of(case, investment)
    taken_off = rules.aid.lowers_book_value(case.finance.asset_grants) or rules.lowers_tax_basis
    relieved = relieved_until(Prices(case), programme, investment)
    found = set()
    for u, start in enumerate(starts):
        age = start - arrived
        retained = age < rules.retention.months
        matters = (
            rules.early_exit != "forbidden"
            if retained
            else (taken_off and _is_left(case, programme, investment, age))
            or (relieved is not None and start < relieved)
        )
        if matters and exit_allowed(case, vintage, u):
            found.add(u)
    return found if found and Prices(case).eligible_cost(programme, investment) > 0 else set()


def _is_left(case: Case, programme: str, investment: Investment, age: int) -> bool:
    """Whether anything that a programme pays for still has a book value at an age in months."""
    calendar, books = case.calendar, (case.finance.depreciation, case.finance.tax_depreciation)
    begun = calendar.starts[period_in_use(case, investment)]
    first_year = months_to_year_end(begun.month, calendar.fiscal_year_start_month)
    if not case.finance.additions_apart:
        return any(written_off(said.of("systems"), age, first_year) < 1 for said in books)
    costs = Prices(case).unit_cost(investment)
    counted = [one for one in categories_of(case, programme, investment.name) if costs[one] > 0]
    return any(written_off(said.of(one), age, first_year) < 1 for one in counted for said in books)


def claimed_exit_allowed(case: Case, programme: str, investment: Investment, t: int) -> bool:
    """Whether claimed systems of an order may be named among those that leave at the start of a period.

    In every period up to the last in which it matters for any programme that may pay for the order: which systems are
    left for one depends on which ones left under another. Never within a retention that forbids it: what must stay
    cannot be what left.
    """
    if investment.name not in case.offers or not claim_allowed(case, programme, investment):
        return False
    rules, arrived = case.programmes[programme], case.calendar.starts[period_in_use(case, investment)]
    if rules.early_exit == "forbidden" and case.calendar.starts[t] - arrived < rules.retention.months:
        return False
    matters = (max(claimed_exit_matters(case, other, investment), default=-1) for other in case.programmes)
    last = max(matters, default=-1)
    return t <= last and exit_allowed(case, vintage_of(case, investment), t)


def overlap_allowed(case: Case, programme: str, earlier: str, investment: Investment) -> bool:
    """Whether units may be claimed under a programme and under one that comes before it."""
    return (
        earlier in case.programmes[programme].after
        and claim_allowed(case, programme, investment)
        and claim_allowed(case, earlier, investment)
    )
