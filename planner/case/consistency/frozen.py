"""What is frozen can be: its months, its windows, its supply, what leaves, and the programmes that are entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.case.calendar import Calendar
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.standing import reasons_against
from planner.case.consistency.unknown import as_far_as_known
from planner.case.frozen import FrozenExit, FrozenOrder
from planner.case.hosting import ROUNDING
from planner.case.offer import Window
from planner.case.quantities import Duration, Month
from planner.case.words import listed, spelling_hint

LISTS = ("orders", "blocks", "exits", "claims", "draws", "repayments")
"""What is frozen entry by entry."""
NAMES = {
    "orders": ("offer", "site"), "blocks": ("expansion",), "exits": ("system", "site", "arrived", "offer"),
    "claims": ("programme", "investment", "site"), "draws": ("loan",), "repayments": ("loan",),
}  # fmt: skip
"""The fields that tell an entry from others of its month."""


def frozen_months_can_be(draft: Draft) -> Iterator[Finding]:
    """What is frozen begins with a period of the horizon, up to the month until which all is frozen."""
    calendar, frozen = draft.calendar, draft.frozen
    if calendar is None or frozen is None:
        return
    span = f"{calendar.start} to {calendar.end.plus(-1)}"
    with as_far_as_known():
        if not calendar.start <= frozen.until < calendar.end:
            yield Finding(("frozen", "until"), f"{frozen.until} is outside the horizon", span)
    for path, entry in _entries(draft):
        with as_far_as_known():
            month, where = entry.month, (*path, "month")
            if not calendar.start <= month < calendar.end:
                remedy = (
                    "what came before the horizon belongs to the fleet of its site" if month < calendar.start else ""
                )
                yield Finding(where, f"{month} is outside the horizon", span, remedy)
            elif month not in calendar.starts:
                first = calendar.starts[calendar.period_containing(month)]
                found = f"no period starts in {month}"
                remedy = f"write {first}, if it is decided for the period that begins then"
                yield Finding(where, found, "the first month of a period", remedy)
            elif month > frozen.until:
                remedy = f"write `until: {month}`, or leave it out and let the plan decide"
                yield Finding(where, f"{month} is after {frozen.until}, up to which all is frozen", "", remedy)


def frozen_once_each(draft: Draft) -> Iterator[Finding]:
    """Nothing is frozen twice: two numbers for one decision would contradict each other, or add up, who knows."""
    seen: dict[tuple[object, ...], Path] = {}
    for path, entry in _entries(draft):
        with as_far_as_known():
            key = (path[1], *(getattr(entry, name) for name in NAMES[path[1]]), entry.month)
            first = seen.setdefault(key, path)
            if first != path:
                found = f"is frozen twice: {'.'.join(first)} says it already"
                yield Finding(path, found, "one entry for each month", "write the sum of both into one of them")


def frozen_orders_can_be_placed(draft: Draft) -> Iterator[Finding]:
    """An order that is frozen is placed while orders are taken, and stands at its site before the horizon ends."""
    calendar = draft.calendar
    for path, order in _of(draft, "orders"):
        with as_far_as_known():
            offer, site = draft.offers.get(order.offer), draft.sites.get(order.site)
            if offer is None or site is None or calendar is None or order.month not in calendar.starts:
                continue
            yield from _in_window((*path, "month"), order.offer, "takes orders", offer.order_window, order.month)
            system = draft.systems.get(offer.system)
            if system is None:
                continue
            with as_far_as_known():
                if reason := next(reasons_against(system, site), ""):
                    found = f"'{offer.system}' cannot stand there: {reason}"
                    yield Finding((*path, "site"), found, "a site that can host it")
            lead = offer.effective_lead_time(system)
            if lead is not None and order.systems:
                yield from _in_time((*path, "month"), calendar, order.month, lead)
                arrives = calendar.first_period_from(order.month.plus(lead.months))
                if arrives < calendar.periods and calendar.starts[arrives] < site.opens:
                    found = f"it comes in {calendar.starts[arrives]}, before the site opens in {site.opens}"
                    yield Finding((*path, "month"), found, "an order that comes when the site is open")


def frozen_blocks_can_be_started(draft: Draft) -> Iterator[Finding]:
    """Blocks that are frozen are started within their window, ready within the horizon, and no more than there are."""
    calendar, begun = draft.calendar, dict[str, int]()
    for path, entry in _of(draft, "blocks"):
        with as_far_as_known():
            expansion = draft.expansions.get(entry.expansion)
            if expansion is None:
                continue
            begun[entry.expansion] = begun.get(entry.expansion, 0) + entry.blocks
            if begun[entry.expansion] > expansion.blocks:
                found = f"with this {begun[entry.expansion]} blocks of '{entry.expansion}' are frozen"
                remedy = f"correct it, or `blocks:` of '{entry.expansion}'"
                yield Finding((*path, "blocks"), found, f"{expansion.blocks} in all", remedy)
            if calendar is None or entry.month not in calendar.starts:
                continue
            where = (*path, "month")
            yield from _in_window(where, entry.expansion, "is started", expansion.start_window, entry.month)
            if entry.blocks:
                yield from _in_time(where, calendar, entry.month, expansion.lead_time)


def frozen_orders_are_supplied(draft: Draft) -> Iterator[Finding]:
    """No more is frozen than a supplier offers in a period and has allocated so far."""
    in_period, so_far = dict[tuple[str, Month], int](), dict[str, int]()
    orders: list[tuple[Path, FrozenOrder]] = []
    for path, order in _of(draft, "orders"):
        with as_far_as_known():
            orders += [(path, order)] if order.month and order.systems and order.offer in draft.offers else []
    for path, order in sorted(orders, key=lambda one: one[1].month):
        with as_far_as_known():
            offer, month = draft.offers[order.offer], order.month
            in_period[order.offer, month] = in_period.get((order.offer, month), 0) + order.systems
            so_far[order.offer] = so_far.get(order.offer, 0) + order.systems
            for field, ordered, until in (
                ("available", in_period[order.offer, month], f"in {month}"),
                ("allocation", so_far[order.offer], f"up to {month}"),
            ):
                timeline: Any = getattr(offer, field)
                most = None if timeline is None else timeline.at(month) or 0
                if most is not None and ordered > most:
                    found = f"with this {ordered} systems of '{order.offer}' are frozen {until}"
                    remedy = f"correct it, or `{field}:` of '{order.offer}'"
                    yield Finding((*path, "systems"), found, f"at most {most} {until}", remedy)


def frozen_exits_can_be(draft: Draft) -> Iterator[Finding]:
    """What leaves for certain stands there, has come before, and would not leave by itself."""
    calendar, left = draft.calendar, dict[tuple[object, ...], int]()
    for path, leaving in _of(draft, "exits"):
        with as_far_as_known():
            if calendar is None or leaving.site not in draft.sites or leaving.system not in draft.systems:
                continue
            there = _there(draft, calendar, leaving)
            who = (leaving.system, leaving.site, leaving.arrived, leaving.offer)
            left[who] = left.get(who, 0) + leaving.systems
            if left[who] > there:
                came = f"that came to '{leaving.site}' in {leaving.arrived}"
                through = f" through '{leaving.offer}'" if leaving.offer else " without an order of the plan"
                found = f"with this {left[who]} of '{leaving.system}' {came}{through} leave"
                remedy = "name the month and the offer as the sheet Decisions does"
                yield Finding((*path, "systems"), found, f"at most {there}, as many as came", remedy)
            elif leaving.month <= leaving.arrived and leaving.arrived >= calendar.start:
                found = f"they leave in {leaving.month}, and came in {leaving.arrived}"
                yield Finding((*path, "month"), found, "a month after they came")
            elif leaving.arrived.plus(draft.systems[leaving.system].useful_life.months) <= leaving.month:
                found = f"their life ends before {leaving.month}: they leave then by themselves"
                yield Finding((*path, "month"), found, "a month before the end of their life", "remove the entry")


def frozen_claims_can_be(draft: Draft) -> Iterator[Finding]:
    """What is claimed was ordered or started, and no more of it than was."""
    bought: dict[tuple[object, ...], int] = {}
    with as_far_as_known():
        for _, order in _of(draft, "orders"):
            bought[order.offer, order.site, order.month] = order.systems
        for _, start in _of(draft, "blocks"):
            if start.expansion in draft.expansions:
                bought[start.expansion, draft.expansions[start.expansion].site, start.month] = start.blocks
    for path, claim in _of(draft, "claims"):
        with as_far_as_known():
            known = claim.investment in draft.names("offers") | draft.names("expansions")
            if not known:
                found, allowed = f"'{claim.investment}' is neither an offer nor an expansion", "one of the case"
                yield Finding((*path, "investment"), found, allowed, spelling_hint(claim.investment, draft.offers))
                continue
            there = bought.get((claim.investment, claim.site, claim.month), 0)
            if claim.units > there * (1 + ROUNDING):
                found = f"{claim.units:,.6g} are claimed, and {there} are ordered there in {claim.month} as frozen"
                yield Finding((*path, "units"), found, f"at most {there}", "list the order, or claim less")


def frozen_loans_are_there(draft: Draft) -> Iterator[Finding]:
    """What is drawn and repaid is so of loans that the case has."""
    for field in ("draws", "repayments"):
        for path, entry in _of(draft, field):
            with as_far_as_known():
                loans = draft.finance.loans if draft.finance is not None else {}
                if entry.loan not in loans:
                    remedy = spelling_hint(entry.loan, loans) or "describe it under finance.loans"
                    yield Finding((*path, "loan"), f"there is no loan '{entry.loan}'", listed(loans), remedy)


def frozen_programmes_are_entered(draft: Draft) -> Iterator[Finding]:
    """Only what asks for something is entered or not; every other programme pays whoever claims."""
    if draft.frozen is None:
        return
    for name in draft.frozen.programmes:
        with as_far_as_known():
            rules = draft.programmes.get(name)
            if rules is not None and not rules.obligations and rules.minimum_investment is None:
                found = f"'{name}' asks for nothing in return, so there is nothing to enter"
                allowed = "a programme with obligations or a minimum_investment"
                yield Finding(("frozen", "programmes", name), found, allowed, "remove it")


def _of(draft: Draft, field: str) -> Iterator[tuple[Path, Any]]:
    """The entries of one list, with their paths."""
    with as_far_as_known():
        for number, entry in enumerate(getattr(draft.frozen, field) if draft.frozen is not None else ()):
            with as_far_as_known():
                yield ("frozen", field, str(number)), entry


def _entries(draft: Draft) -> Iterator[tuple[Path, Any]]:
    for field in LISTS:
        yield from _of(draft, field)


def _in_window(path: Path, name: str, verb: str, window: Window, month: Month) -> Iterator[Finding]:
    if not window.holds(month):
        span = f"{window.first or 'the beginning'} to {window.last or 'the end'}"
        yield Finding(path, f"'{name}' {verb} from {span}, and not in {month}", span, "correct it, or the window")


def _in_time(path: Path, calendar: Calendar, month: Month, lead: Duration) -> Iterator[Finding]:
    if calendar.first_period_from(month.plus(lead.months)) >= calendar.periods:
        found = f"what begins in {month} comes after {lead}, when the horizon is over"
        yield Finding(path, found, "what comes within the horizon", "leave it out, or plan for more periods")


def _there(draft: Draft, calendar: Calendar, leaving: FrozenExit) -> int:
    """How many came with the arrival that an exit names."""
    if leaving.offer is None:
        fleet = draft.sites[leaving.site].fleet
        return sum(one.quantity for one in fleet if (one.system, one.arrives) == (leaving.system, leaving.arrived))
    offer = draft.offers.get(leaving.offer)
    if offer is None or offer.system != leaving.system:
        return 0
    lead, found = offer.effective_lead_time(draft.systems[offer.system]), 0
    for _, order in _of(draft, "orders"):
        if lead is None or (order.offer, order.site) != (leaving.offer, leaving.site):
            continue
        arrives = calendar.first_period_from(order.month.plus(lead.months))
        if calendar.start.plus(arrives * calendar.months_per_period) == leaving.arrived:
            found += order.systems
    return found
