"""Programmes that can never pay."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.programme import Programme
from planner.cautions.subject import Doubt, Subject

Reason = tuple[str, str, str, str]
"""The field, what is found, why nothing follows from it, and what to look at."""


def programmes_can_pay_for_something(subject: Subject) -> Iterator[Doubt]:
    """A programme pays for at least one thing that the plan can buy."""
    paying = {programme for programme, _ in subject.coefficients.claims.terms}
    for name, programme in subject.case.programmes.items():
        if name not in paying and programme.rate > 0 and programme.eligible_share > 0:
            field, what, why, remedy = next(_reasons(subject, programme))
            yield Doubt(("programmes", name, *field.split(".")), what, f"so it never pays: {why}", remedy)


def _reasons(subject: Subject, programme: Programme) -> Iterator[Reason]:
    """What keeps a programme from paying, the plainest first; each drops what the former ones left."""
    case, coefficients, calendar = subject.case, subject.coefficients, subject.case.calendar
    span = f"{calendar.start} to {calendar.end.plus(-1)}"
    window = programme.order_window
    left = list(coefficients.units.cost)
    remedy = "remove it, or correct one of them"
    if window.last is not None and window.last < calendar.start:
        yield "order_window.to", f"orders count until {window.last}", f"the horizon is {span}", remedy
    if window.first is not None and not any(window.holds(start) for start in calendar.starts):
        yield "order_window.from", f"orders count from {window.first}", f"the horizon is {span}", remedy
    units = [unit for unit in left if _is_of(subject, programme, unit[0])]
    if not units:
        what = f"pays for {', '.join(programme.categories)}"
        yield "categories", what, "nothing of that kind can be bought", "add a category, or what it is meant for"
    bought = programme.systems or tuple(coefficients.offers.system_of.values())
    named = [unit for unit in units if unit[0] in case.expansions or coefficients.offers.system_of[unit[0]] in bought]
    if not named:
        yield "systems", "names systems that no offer brings", "none of them can be bought for any site", remedy
    placed = [
        unit for unit in named
        if (not programme.sites or unit[1] in programme.sites)
        and (not programme.regions or case.sites[unit[1]].region in programme.regions)
    ]  # fmt: skip
    if not placed:
        field = "sites" if programme.sites else "regions"
        yield field, f"names {field} to which nothing of it comes", "what it pays for can only stand elsewhere", remedy
    started = [unit for unit in placed if window.holds(calendar.starts[unit[2]])]
    if not started:
        where = f"from {window.first or 'the start'} to {window.last or 'the end'}"
        yield "order_window", f"orders count {where}", "nothing that it pays for can be ordered then", remedy
    by = programme.in_service_by
    if by is not None and started:
        first = min(calendar.starts[coefficients.units.ready[unit]] for unit in started)
        if first > by:
            yield "in_service_by", f"deliveries count until {by}", f"the first one comes in {first}", remedy
    yield "categories", "pays for nothing that the plan can buy", "no cost counts under all its terms", remedy


def _is_of(subject: Subject, programme: Programme, source: str) -> bool:
    """Whether an offer or an expansion brings cost of a category that the programme pays."""
    if source in subject.case.expansions:
        return "facility" in programme.categories
    shares = {"systems": 1.0, "additions": subject.coefficients.offers.additions_share[source]}
    return any(share > 0 and category in programme.categories for category, share in shares.items())
