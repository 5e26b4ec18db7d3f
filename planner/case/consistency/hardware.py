"""Hardware: systems are described as far as the plan needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.fleets import fleets
from planner.case.consistency.typical_price import shares_of_typical_price
from planner.case.consistency.unknown import UNKNOWN, as_far_as_known
from planner.case.system import System
from planner.case.words import listed

KW_PER_ACCELERATOR = (0.03, 5.0)
"""From the smallest accelerator card to twice the most power-hungry one announced, its share of the server included."""


def draws_a_plausible_power(system: System) -> bool:
    """Whether the power of a system is one that its accelerators can draw; also where one of the two is not known."""
    power, count = system.installation.power_kw, system.accelerators
    return not power or not count or KW_PER_ACCELERATOR[0] <= power / count <= KW_PER_ACCELERATOR[1]


def offered_systems_are_described(draft: Draft) -> Iterator[Finding]:
    """A system that may be bought, or is there already, has every figure that the plan reads of it."""
    in_fleet = {fleet.system for _, _, fleet in fleets(draft) if fleet is not UNKNOWN and fleet.system is not UNKNOWN}
    for name, system in draft.systems.items():
        offers = draft.offered.get(name, [])
        if not offers and name not in in_fleet:
            continue
        for found in (
            _missing(("systems", name), system, _reason(offers)),
            _missing_terms(draft, name, offers),
            _missing_price(draft, name),
            _impossible(("systems", name), system),
        ):
            with as_far_as_known():
                yield from found


def _reason(offers: list[str]) -> str:
    return f"offer '{offers[0]}' sells the system" if offers else "the system stands at a site"


def _missing(path: Path, system: System, reason: str) -> Iterator[Finding]:
    """What the plan needs of every system that can be installed."""
    installation = system.installation
    needs: tuple[tuple[str, Callable[[], bool], str], ...] = (
        ("power", lambda: installation.power_kw is None, "its highest power draw, such as 14.3 kW"),
        ("cooling", lambda: not installation.cooling, "kinds of cooling, such as [air]"),
        ("rack_units", lambda: installation.racks is None and not installation.rack_units, "rack_units or racks"),
    )
    for field, is_missing, allowed in needs:
        with as_far_as_known():
            if is_missing():
                yield Finding((*path, "installation", field), f"value missing; {reason}", allowed, f"add `{field}:`")


def _missing_terms(draft: Draft, name: str, offers: list[str]) -> Iterator[Finding]:
    """Price and lead time come from the offer, else from the catalogue."""
    system = draft.systems[name]
    for offer_name in offers:
        offer = draft.offers[offer_name]
        with as_far_as_known():
            if offer.effective_price(system) is None:
                found = f"value missing; '{name}' has no typical price either"
                yield Finding(("offers", offer_name, "price"), found, "the price of one system", "add `price:`")
        with as_far_as_known():
            if offer.effective_lead_time(system) is None:
                found = f"value missing; '{name}' has no typical lead time either"
                allowed = "a duration such as 26 weeks"
                yield Finding(("offers", offer_name, "lead_time"), found, allowed, "add `lead_time:`")


def _missing_price(draft: Draft, name: str) -> Iterator[Finding]:
    """What is a share of the usual price needs that price in the catalogue."""
    system, reads = draft.systems[name], shares_of_typical_price(draft, name)
    if reads and system.price.typical is None:
        found = f"value missing; {listed(reads, 'and')} are shares of it"
        yield Finding(("systems", name, "price", "typical"), found, "the usual price of one system", "add `typical:`")


def _impossible(path: Path, system: System) -> Iterator[Finding]:
    """Figures that are given and cannot be."""
    installation = system.installation
    with as_far_as_known():
        if installation.racks is not None and installation.rack_units is not None:
            remedy = "rack_units for systems that share a rack, racks for those that fill their own"
            found, where = "racks and rack_units are both given", (*path, "installation", "racks")
            yield Finding(where, found, "one of them", remedy)
    figures = (
        (("accelerators",), lambda: system.accelerators),
        (("installation", "power"), lambda: installation.power_kw),
        (("installation", "racks"), lambda: installation.racks),
        (("installation", "rack_units"), lambda: installation.rack_units),
        (("useful_life",), lambda: system.useful_life.months),
    )
    for field, figure in figures:
        with as_far_as_known():
            if figure() == 0:
                yield Finding((*path, *field), "is zero", "more than zero")


def shares_of_power_are_ordered(draft: Draft) -> Iterator[Finding]:
    """A system at work draws no less than an idle one."""
    for name, system in draft.systems.items():
        with as_far_as_known():
            busy, idle = system.installation.busy_power_share, system.installation.idle_power_share
            if busy < idle:
                found = f"busy_power_share {busy:.4g} is below idle_power_share {idle:.4g}"
                path = ("systems", name, "installation", "busy_power_share")
                remedy = "state both; a share that is left out is 100 %"
                yield Finding(path, found, "a share of at least that of an idle system", remedy)
