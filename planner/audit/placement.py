"""Whether every decision names something that the case has and allows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from planner.audit.allowed import claim_allowed, exit_allowed, order_allowed
from planner.audit.dates import dividend_month, held_until_period, life_end_period, ready_period
from planner.audit.hosting import can_host, can_serve
from planner.audit.leaving import claimed_exit_allowed, overlap_allowed
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError
from planner.vocabulary.decisions import STORED, YES
from planner.vocabulary.keys import Arrival, FiscalYear, flat


def require_well_formed(case: Case, decisions: Decisions) -> None:
    """Raises AuditError with everything that the case does not allow."""
    complaints = [
        *_orders(case, decisions),
        *_exits(case, decisions),
        *_work(case, decisions),
        *_failover(case, decisions),
        *_claims(case, decisions),
        *_claimed_exits(case, decisions),
        *_credits(case, decisions),
        *_loans(case, decisions),
        *_dividends(case, decisions),
        *_amounts(decisions),
    ]
    if complaints:
        raise AuditError("the plan holds decisions that the case does not allow:\n" + "\n".join(complaints))


def _orders(case: Case, decisions: Decisions) -> Iterator[str]:
    for offer, site, t in decisions.order:
        if offer not in case.offers or site not in case.sites or not 0 <= t < case.calendar.periods:
            yield f"order {offer}, {site}, {t}: no such offer, site or period"
        elif not order_allowed(case, offer, site, t):
            yield f"order {offer}, {site}, {case.calendar.label(t)}: not open then, or the site cannot take the system"
    for expansion, t in decisions.expand:
        if expansion not in case.expansions or not 0 <= t < case.calendar.periods:
            yield f"expand {expansion}, {t}: no such expansion or period"
        elif not case.expansions[expansion].start_window.holds(case.calendar.starts[t]):
            yield f"expand {expansion}, {case.calendar.label(t)}: outside its window"
        elif ready_period(case, expansion, t) >= case.calendar.periods:
            yield f"expand {expansion}, {case.calendar.label(t)}: ready after the horizon"


def _exits(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for vintage, t in decisions.exit:
        system, site, arrival = vintage
        known = system in case.systems and site in case.sites and t in periods
        if not known or not _can_arrive(case, system, arrival):
            yield f"exit {system}, {site}, {arrival}, {t}: no such system, site, cohort or period"
        elif not exit_allowed(case, vintage, t):
            yield f"exit {system}, {site}, {arrival}, {t}: not between delivery and end of life"
        elif t < min(held_until_period(case, vintage), life_end_period(case, vintage)):
            yield f"exit {system}, {site}, {arrival}, {t}: retained until later"


def _can_arrive(case: Case, system: str, arrival: Arrival) -> bool:
    """Whether systems of a kind can come so: what was ordered came through an offer of them."""
    return not arrival.offer or (arrival.offer in case.offers and case.offers[arrival.offer].system == system)


def _work(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for workload, system, site, t in decisions.serve:
        if workload not in case.workloads or system not in case.systems or site not in case.sites or t not in periods:
            yield f"serve {workload}, {system}, {site}, {t}: no such workload, system, site or period"
        elif not can_serve(case, workload, system, site) or not can_host(case, system, site):
            yield f"serve {workload}, {system}, {site}: the system or the site does not suit the workload"


def _failover(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for lost, workload, system, site, t in decisions.failover:
        known = workload in case.workloads and system in case.systems and {lost, site} <= {*case.sites} and t in periods
        if not known:
            yield f"failover {lost}, {workload}, {system}, {site}, {t}: no such workload, system, site or period"
        elif site == lost or not can_serve(case, workload, system, site) or not can_host(case, system, site):
            yield f"failover {lost}, {workload}, {system}, {site}: the system or the site does not suit the workload"


def _claims(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for programme, investment in decisions.claim:
        name, site, t = investment
        known = programme in case.programmes and site in case.sites and t in periods
        if not known or not claim_allowed(case, programme, investment):
            yield f"claim {programme}, {name}, {site}, {t}: not eligible"
    for programme in decisions.join:
        if programme not in case.programmes:
            yield f"join {programme}: no such programme"
    for programme, earlier, investment in decisions.overlap:
        name, site, t = investment
        known = {programme, earlier} <= {*case.programmes} and site in case.sites and t in periods
        if not known or not overlap_allowed(case, programme, earlier, investment):
            yield f"both {programme}, {earlier}, {name}, {site}, {t}: the one does not come before the other there"


def _claimed_exits(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for (programme, order), leaves in decisions.claimed_exit:
        offer, site, t = order
        known = programme in case.programmes and site in case.sites and t in periods and leaves in periods
        if not known or not claimed_exit_allowed(case, programme, order, leaves):
            yield f"leave {programme}, {offer}, {site}, {t}, {leaves}: nothing claimed there can leave with its grant"
    for (programme, earlier, order), leaves in decisions.overlap_exit:
        pair, (offer, site, t) = (programme, earlier), order
        known = {*pair} <= {*case.programmes} and site in case.sites and t in periods and leaves in periods
        if (
            not known
            or not overlap_allowed(case, *pair, order)
            or not all(claimed_exit_allowed(case, one, order, leaves) for one in pair)
        ):
            yield f"leave_both {programme}, {earlier}, {offer}, {site}, {t}, {leaves}: nothing claimed so can leave"


def _credits(case: Case, decisions: Decisions) -> Iterator[str]:
    for programme, year in decisions.credit:
        if programme not in case.programmes or not case.programmes[programme].aid.is_off_tax:
            yield f"credit {programme}, {year.number}: no such tax credit"
        elif year not in case.calendar.fiscal_years or case.finance.tax is None:
            yield f"credit {programme}, {year.number}: no tax is counted for such a fiscal year"


def _loans(case: Case, decisions: Decisions) -> Iterator[str]:
    periods, loans = range(case.calendar.periods), case.finance.loans
    for loan, t in decisions.draw:
        if loan not in loans or t not in periods:
            yield f"draw {loan}, {t}: no such loan or period"
        elif not loans[loan].draw_window.holds(case.calendar.starts[t]):
            yield f"draw {loan}, {case.calendar.label(t)}: outside its window"
    for loan, t in decisions.repay:
        if loan not in loans or t not in periods:
            yield f"repay {loan}, {t}: no such loan or period"


def _dividends(case: Case, decisions: Decisions) -> Iterator[str]:
    for (year,) in decisions.dividend:
        if dividend_month(case, year) is None:
            yield f"dividend {year.number}: none is paid for such a fiscal year within the horizon"


def _amounts(decisions: Decisions) -> Iterator[str]:
    for one in (stored for stored in STORED.values() if stored.unit != YES):
        table: Mapping[Any, float] = getattr(decisions, one.kind)
        for key, amount in table.items():
            if not math.isfinite(amount) or amount < 0 or (one.whole and amount != int(amount)):
                allowed = "a whole number of zero or more" if one.whole else "an amount of zero or more"
                yield f"{_told(key)}: {amount} is not {allowed}"


def _told(key: tuple[object, ...]) -> tuple[int | str, ...]:
    """A key as messages tell it: names and numbers, one after the other."""
    parts = (part.number if isinstance(part, FiscalYear) else part for part in flat(key))
    return tuple(part if isinstance(part, int) else str(part) for part in parts)
