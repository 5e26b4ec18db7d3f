"""Whether every decision names something that the case has and allows."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain

from planner.audit.facts import (
    can_host,
    can_serve,
    claim_allowed,
    first_exit_period,
    held_until_period,
    life_end_period,
    order_allowed,
    ready_period,
)
from planner.case.case import Case
from planner.decisions import Decisions
from planner.errors import AuditError


def require_well_formed(case: Case, decisions: Decisions) -> None:
    """Raises AuditError with everything that the case does not allow."""
    complaints = [*_orders(case, decisions), *_others(case, decisions), *_amounts(decisions)]
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


def _others(case: Case, decisions: Decisions) -> Iterator[str]:
    periods = range(case.calendar.periods)
    for system, site, cohort, t in decisions.exit:
        is_month = re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", cohort)
        if system not in case.systems or site not in case.sites or t not in periods or not is_month:
            yield f"exit {system}, {site}, {cohort}, {t}: no such system, site, month or period"
        elif t < first_exit_period(case, cohort) or t > life_end_period(case, system, cohort):
            yield f"exit {system}, {site}, {cohort}, {t}: not between delivery and end of life"
        elif t < min(held_until_period(case, system, site, cohort), life_end_period(case, system, cohort)):
            yield f"exit {system}, {site}, {cohort}, {t}: retained until later"
    for workload, system, site, t in decisions.serve:
        if workload not in case.workloads or system not in case.systems or site not in case.sites or t not in periods:
            yield f"serve {workload}, {system}, {site}, {t}: no such workload, system, site or period"
        elif not can_serve(case, workload, system, site) or not can_host(case, system, site):
            yield f"serve {workload}, {system}, {site}: the system or the site does not suit the workload"
    for programme, name, site, t in decisions.claim:
        known = programme in case.programmes and site in case.sites and t in periods
        if not known or not claim_allowed(case, programme, (name, site, t)):
            yield f"claim {programme}, {name}, {site}, {t}: not eligible"
    for programme in decisions.join:
        if programme not in case.programmes:
            yield f"join {programme}: no such programme"


def _amounts(decisions: Decisions) -> Iterator[str]:
    for key, count in chain(decisions.order.items(), decisions.expand.items(), decisions.exit.items()):
        if not math.isfinite(count) or count != int(count) or count < 0:
            yield f"{key}: {count} is not a whole number of zero or more"
    for key, amount in chain(decisions.serve.items(), decisions.claim.items()):
        if not math.isfinite(amount) or amount < 0:
            yield f"{key}: {amount} is not an amount of zero or more"
