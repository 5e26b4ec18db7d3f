"""Offers of which nothing can come."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.in_time import first_delivery
from planner.case.consistency.standing import reasons_against
from planner.case.hosting import ROUNDING, hosts
from planner.case.words import listed
from planner.cautions.subject import Doubt, Subject
from planner.cautions.words import amount_words, meant
from planner.vocabulary.resources import RESOURCES, Resource


def offers_fit_a_site(subject: Subject) -> Iterator[Doubt]:
    """Some site can cool, carry and feed at least one of what is offered."""
    for name, offer in subject.case.offers.items():
        reasons = {site: why_not_there(subject, offer.system, site) for site in subject.case.sites}
        if all(reasons.values()):
            slips = [f"{site}: {slip}" for site in reasons if (slip := _slip(subject, offer.system, site))]
            remedy = f"{slips[0]} Else name" if slips else "name"
            remedy += " a system that a site can host, or describe the site that is meant for it"
            why = "; ".join(f"{site}: {reason}" for site, reason in reasons.items())
            yield Doubt(("offers", name, "system"), f"'{offer.system}' fits no site, so nobody can buy it", why, remedy)


def why_not_there(subject: Subject, system: str, site: str) -> str:
    """Why not even one of a system can stand at a site; nothing where it can.

    A site that is given none of a resource, as where its blocks are taken away, is left out on purpose: that is no
    reason to doubt what would stand there.
    """
    key = (system, site)
    if key not in subject.reasons:
        subject.reasons[key] = _reason(subject, system, site)
    return subject.reasons[key]


def _reason(subject: Subject, system: str, site: str) -> str:
    machine, place = subject.case.systems[system], subject.case.sites[site]
    if not hosts(machine, place):
        return next(reasons_against(machine, place), "it does not fit into a rack")
    for resource, room, needed in _short(subject, system, site):
        return f"it has at most {amount_words(resource, room)}, and one needs {amount_words(resource, needed)}"
    return ""


def _short(subject: Subject, system: str, site: str) -> Iterator[tuple[Resource, float, float]]:
    """Resources of which a site has some, and never enough for one system."""
    for resource in RESOURCES:
        room, needed = subject.room.get((site, resource), 0.0), subject.coefficients.sites.use[system, site, resource]
        if needed > room * (1 + ROUNDING) > 0:
            yield resource, room, needed


def _slip(subject: Subject, system: str, site: str) -> str:
    """The question whether a unit slipped, where all that a site is short of would then fit."""
    if not hosts(subject.case.systems[system], subject.case.sites[site]):
        return ""
    slips = [meant(resource, room, needed) for resource, room, needed in _short(subject, system, site)]
    return slips[0] if slips and all(slips) else ""


def offers_come_in_time(subject: Subject) -> Iterator[Doubt]:
    """An order can be delivered within the horizon, to a site that is open by then; past offers are history."""
    case, calendar = subject.case, subject.case.calendar
    reached = {offer for offer, _, _ in subject.coefficients.offers.delivery}
    for name, offer in case.offers.items():
        last, lead = offer.order_window.last, offer.effective_lead_time(case.systems[offer.system])
        if name in reached or lead is None or (last is not None and last < calendar.start):
            continue
        there = [site for site in case.sites if not why_not_there(subject, offer.system, site)]
        there = [site for site in there if hosts(case.systems[offer.system], case.sites[site])]
        if not there:
            continue  # that is told by the check above
        if first_delivery(calendar, offer.order_window, lead) is None:
            first = max(offer.order_window.first or calendar.start, calendar.start)
            path = ("offers", name, "lead_time" if offer.lead_time else "system")
            why = f"ordered in {first}, it comes {lead} later; the last period starts in {calendar.starts[-1]}"
            remedy = "check the lead time, the order window and the number of periods"
            yield Doubt(path, "no order can be delivered within the horizon", why, remedy)
        else:
            opens = min(case.sites[site].opens for site in there)
            why = f"of the sites that can host '{offer.system}' none opens before {opens}"
            remedy = f"move the order window, or the opening of {listed(there)}"
            yield Doubt(("offers", name, "system"), "every order comes before a site is open for it", why, remedy)
