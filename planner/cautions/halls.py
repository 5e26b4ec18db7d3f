"""Halls that cannot bear what is planned for them, and standing systems that need more than their site has."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.standing import reasons_against
from planner.case.hosting import hosts
from planner.case.words import listed
from planner.cautions.offers import why_not_there
from planner.cautions.subject import Doubt, Subject
from planner.cautions.words import amount_words, meant
from planner.vocabulary.resources import RESOURCES, Resource

LEAST_CARRIED = 0.25
"""Share of the power of a site that its racks should carry; a hall built for one density and filled with another comes
to about a half."""


def sites_suit_what_is_offered(subject: Subject) -> Iterator[Doubt]:
    """A site with power and without systems can host something of what fits any site."""
    for name in subject.case.sites:
        if reasons := _against_all(subject, name):
            by_reason: dict[str, list[str]] = {}
            for system, reason in reasons.items():
                by_reason.setdefault(reason, []).append(system)
            why = "; ".join(f"{listed(systems, 'and', 4)}: {reason}" for reason, systems in by_reason.items())
            remedy = "check its cooling, its racks and its capacity, or leave the site out"
            yield Doubt(("sites", name, "cooling"), "nothing that is on offer can stand here", why, remedy)


def _offered(subject: Subject) -> list[str]:
    return [*dict.fromkeys(offer.system for offer in subject.case.offers.values())]


def _against_all(subject: Subject, site: str) -> dict[str, str]:
    """Why nothing that is on offer can stand at a site; nothing where something can, or that is told of an offer."""
    case = subject.case
    if case.sites[site].fleet or not subject.room[site, "power"]:
        return {}
    reasons = {system: why_not_there(subject, system, site) for system in _offered(subject)}
    nowhere = [s for s in reasons if all(why_not_there(subject, s, place) for place in case.sites)]
    if not all(reasons.values()) or any(hosts(case.systems[system], case.sites[site]) for system in nowhere):
        return {}
    return {system: reason for system, reason in reasons.items() if system not in nowhere}


def racks_bear_what_the_cooling_is_for(subject: Subject) -> Iterator[Doubt]:
    """Liquid cooling stands where the racks can carry some system that needs it."""
    case, coefficients = subject.case, subject.coefficients
    dense = [system for system in _offered(subject) if case.systems[system].installation.cooling == ("liquid",)]
    for name, site in case.sites.items():
        cooled = subject.room.get((name, "liquid_cooling"), 0.0)
        there = [*_offered(subject), *(entry.system for entry in site.fleet)]
        is_used = any(coefficients.sites.use.get((system, name, "liquid_cooling"), 0.0) > 0 for system in there)
        reasons = {system: next(reasons_against(case.systems[system], site), "") for system in dense}
        if not cooled or is_used or site.rack_power_kw is None or _against_all(subject, name):
            continue
        if dense and all(reasons.values()):
            least = min(dense, key=lambda system: _per_rack(subject, system))
            needed = _per_rack(subject, least)
            what = f"{amount_words('liquid_cooling', cooled)}, and a rack here cannot carry any system that needs it"
            why = "; ".join(f"{system}: {reason}" for system, reason in list(reasons.items())[:4])
            slip = meant("power", site.rack_power_kw, needed)
            remedy = slip or f"raise rack_power to {needed:g} kW, which '{least}' needs, or leave liquid cooling out"
            yield Doubt(("sites", name, "rack_power"), what, why, remedy)


def _per_rack(subject: Subject, system: str) -> float:
    needs = subject.case.systems[system].installation
    return (needs.power_kw or 0.0) / (needs.racks or 1)


def racks_can_take_the_power(subject: Subject) -> Iterator[Doubt]:
    """All racks of a site together can carry a fair part of its power: what they cannot carry is paid for nothing."""
    for name, site in subject.case.sites.items():
        power, racks = subject.room[name, "power"], subject.room.get((name, "racks"))
        if racks is None or site.rack_power_kw is None or not power:
            continue
        carried = racks * site.rack_power_kw
        if carried < LEAST_CARRIED * power:
            what = f"{racks:,.6g} racks of {site.rack_power_kw:g} kW carry {amount_words('power', carried)}"
            why = f"the site has {amount_words('power', power)}, most of which nothing can use"
            remedy = "check the number of racks, the power of one rack and the power of the site"
            yield Doubt(("sites", name, "rack_power"), what, why, remedy)


def standing_systems_have_what_they_need(subject: Subject) -> Iterator[Doubt]:
    """A site has room for what stands there already, or comes under contract, when it is there."""
    case, coefficients = subject.case, subject.coefficients
    for name, resource in subject.room:
        if not case.sites[name].fleet:
            continue
        worst: tuple[float, int] | None = None
        for t in coefficients.periods:
            needed = _needed(subject, name, resource, t)
            there = coefficients.sites.capacity[name, resource, t] + _built(subject, name, resource, t)
            if needed > there * (1 + 1e-9) and (worst is None or needed > worst[0]):
                worst = (needed, t)
        if worst is None:
            continue
        needed, t = worst
        there = coefficients.sites.capacity[name, resource, t]
        start = case.calendar.starts[t]
        have, need = amount_words(resource, there), amount_words(resource, needed)
        systems = dict.fromkeys(entry.system for entry in case.sites[name].fleet)
        why = f"in {start} {listed(systems, 'and')} stand there or come under contract, before anything is bought"
        remedy = meant(resource, there, needed)
        remedy = remedy or f"check the {RESOURCES[resource].unit} of the site and the numbers of its fleet"
        what = f"{name} has {have}, and its standing systems need {need}"
        yield Doubt(_capacity_path(subject, name, resource, t), what, why, remedy)


def _needed(subject: Subject, site: str, resource: Resource, t: int) -> float:
    """What stands at a site in a period before anything is bought, and needs of a resource."""
    coefficients = subject.coefficients
    return sum(
        coefficients.sites.use[system, site, resource] * count
        for (system, place, arrival), (since, count) in coefficients.vintages.fleet.items()
        if place == site and since <= t < coefficients.vintages.life_end[system, arrival]
    )


def _built(subject: Subject, site: str, resource: Resource, t: int) -> float:
    """What blocks can have added by a period."""
    coefficients = subject.coefficients
    blocks = coefficients.blocks
    ready = {
        start.expansion
        for start, since in blocks.ready.items()
        if since <= t < blocks.retired.get(start, t + 1) and blocks.site[start.expansion] == site
    }
    return sum(blocks.adds[x, resource] * blocks.limit[x] for x in ready)


def _capacity_path(subject: Subject, site: str, resource: Resource, t: int) -> tuple[str, ...]:
    path = ("sites", site, "capacity", resource)
    figure = subject.case.sites[site].capacity.stated(resource)
    if figure is None or figure.is_constant:
        return path
    months = [month for month, _ in figure.steps if month <= subject.case.calendar.starts[t]]
    return (*path, str(months[-1])) if months else path
