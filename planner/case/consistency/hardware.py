"""Hardware: systems are described as far as the plan needs it, and stand where they can."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import UNKNOWN, as_far_as_known
from planner.case.site import Fleet, Site
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
    in_fleet = {fleet.system for _, _, fleet in _fleets(draft) if fleet is not UNKNOWN and fleet.system is not UNKNOWN}
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


def _fleets(draft: Draft) -> Iterator[tuple[Path, Site, Fleet]]:
    """What stands at sites already, with its path and its site."""
    for name, site in draft.sites.items():
        with as_far_as_known():
            for number, fleet in enumerate(site.fleet):
                with as_far_as_known():
                    yield ("sites", name, "fleet", str(number)), site, fleet


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
            if offer.price is None and system.price.typical is None:
                found = f"value missing; '{name}' has no typical price either"
                yield Finding(("offers", offer_name, "price"), found, "the price of one system", "add `price:`")
        with as_far_as_known():
            if offer.lead_time is None and system.lead_time.typical is None:
                found, allowed = (
                    f"value missing; '{name}' has no typical lead time either",
                    "a duration such as 26 weeks",
                )
                yield Finding(("offers", offer_name, "lead_time"), found, allowed, "add `lead_time:`")


def _missing_price(draft: Draft, name: str) -> Iterator[Finding]:
    """What is a share of the usual price needs that price in the catalogue."""
    system, reads = draft.systems[name], []
    with as_far_as_known():
        if system.maintenance_per_year:
            reads.append("maintenance")
    with as_far_as_known():
        if draft.finance is not None and draft.finance.resale:
            reads.append("resale")
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


def fleet_is_in_use(draft: Draft) -> Iterator[Finding]:
    """Systems that are there already have some of their life left, and came after their site opened."""
    for path, site, fleet in _fleets(draft):
        with as_far_as_known():
            if fleet.arrives < site.opens:
                found = f"{fleet.arrives} is before the site opens in {site.opens}"
                yield Finding((*path, "arrives"), found, f"{site.opens} or later", "check both months")
        with as_far_as_known():
            system = draft.systems.get(fleet.system)
            if draft.calendar is None or system is None:
                continue
            start = draft.calendar.start
            if fleet.arrives.plus(system.useful_life.months) <= start:
                found = f"its life of {system.useful_life} ends before the horizon, which starts in {start}"
                allowed = f"after {start.plus(-system.useful_life.months)}"
                remedy = "leave out what is retired, or give the system a longer useful_life"
                yield Finding((*path, "arrives"), found, allowed, remedy)


def fleet_with_money_has_systems(draft: Draft) -> Iterator[Finding]:
    """Money stands with systems: a book value, or a debt, of no systems could be neither written off nor delivered."""
    for path, _, fleet in _fleets(draft):
        with as_far_as_known():
            amounts = {"book_value": fleet.book_value, "unpaid": fleet.unpaid}
            stated = [field for field, money in amounts.items() if money is not None and money.amount]
            if fleet.quantity == 0 and stated:
                remedy = "state how many there are, or remove the entry"
                yield Finding((*path, "quantity"), f"is zero, with {listed(stated, 'and')}", "more than zero", remedy)


def sites_can_host_their_fleet(draft: Draft) -> Iterator[Finding]:
    """Systems that stand at a site are cooled and fit into its racks."""
    for path, site, fleet in _fleets(draft):
        with as_far_as_known():
            system = draft.systems.get(fleet.system)
            reason = next(_reasons_against(system, site), "") if system is not None else ""
            if reason:
                found = f"'{fleet.system}' cannot stand here: {reason}"
                yield Finding((*path, "system"), found, "a system that the site can host")


def _reasons_against(system: System, site: Site) -> Iterator[str]:
    """Why a site cannot host a system; nothing where it can, or where the system is not described well enough."""
    needs = system.installation
    with as_far_as_known():
        if needs.cooling and not set(needs.cooling) & set(site.cooling):
            yield f"it needs {listed(needs.cooling)} cooling, the site has {listed(site.cooling, 'and')}"
    with as_far_as_known():
        if needs.rack_units is not None and needs.rack_units > site.rack_height_units:
            yield f"it is {needs.rack_units:g} units high, a rack here {site.rack_height_units:g}"
    if site.rack_power_kw is None or needs.power_kw is None or not draws_a_plausible_power(system):
        return  # a power that is told as a mistake already says nothing about racks
    if (power := needs.power_kw / (needs.racks or 1)) > site.rack_power_kw:
        yield f"it draws {power:g} kW per rack, a rack here carries {site.rack_power_kw:g} kW"


def blocks_add_to_what_is_limited(draft: Draft) -> Iterator[Finding]:
    """A block adds to resources that its site limits: a resource without a limit could not be used up, or added to."""
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            site = draft.sites.get(expansion.site)
            if site is None:
                continue
            limits = {"racks": site.capacity.racks, "staff": site.capacity.staff, "uplink": site.capacity.uplink_gbps}
            adds = {"racks": expansion.adds.racks, "staff": expansion.adds.staff, "uplink": expansion.adds.uplink_gbps}
            for resource, limit in limits.items():
                with as_far_as_known():
                    if limit is None and adds[resource]:
                        found = f"adds {resource}, which site '{expansion.site}' does not limit"
                        remedy = (
                            f"state `{resource}:` in the capacity of '{expansion.site}' (0 if there is none before)"
                        )
                        path = ("expansions", name, "adds", resource)
                        yield Finding(path, found, "a resource that the site limits", remedy)


def sites_state_their_liquid_cooling(draft: Draft) -> Iterator[Finding]:
    """A site has some kind of cooling, and one with liquid cooling says how much: nothing said counts as none."""
    for name, site in draft.sites.items():
        with as_far_as_known():
            if not site.cooling:
                yield Finding(("sites", name, "cooling"), "no kind of cooling", "air, liquid or both", "write [air]")
        with as_far_as_known():
            if "liquid" in site.cooling and site.capacity.liquid_cooling_kw is None and not _may_grow(draft, name):
                path = ("sites", name, "capacity", "liquid_cooling")
                found = "value missing; the site offers liquid cooling"
                remedy = "add `liquid_cooling: 2 MW`, or leave liquid out of `cooling`"
                yield Finding(path, found, "the heat it can carry away", remedy)


def _may_grow(draft: Draft, name: str) -> bool:
    """Whether some block adds liquid cooling to a site, as far as all blocks can be read."""
    blocks = [block for block in draft.expansions.values() if block.site is UNKNOWN or block.site == name]
    return not draft.is_whole("expansions") or any(block.adds.liquid_cooling_kw > 0 for block in blocks)
