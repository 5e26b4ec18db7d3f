"""Sites: what stands there already, what their blocks add, and how they are cooled."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding
from planner.case.consistency.fleets import fleets
from planner.case.consistency.hardware import draws_a_plausible_power
from planner.case.consistency.unknown import UNKNOWN, as_far_as_known
from planner.case.site import Site
from planner.case.system import System
from planner.case.words import listed
from planner.vocabulary.resources import RESOURCES


def fleet_is_in_use(draft: Draft) -> Iterator[Finding]:
    """Systems that are there already have some of their life left, and came after their site opened."""
    for path, site, fleet in fleets(draft):
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
    for path, _, fleet in fleets(draft):
        with as_far_as_known():
            amounts = {
                "book_value": fleet.book_value,
                "unpaid": fleet.unpaid,
                "acquisition_cost": fleet.acquisition_cost,
            }
            stated = [field for field, money in amounts.items() if money is not None and money.amount]
            if fleet.quantity == 0 and stated:
                remedy = "state how many there are, or remove the entry"
                yield Finding((*path, "quantity"), f"is zero, with {listed(stated, 'and')}", "more than zero", remedy)


def sites_can_host_their_fleet(draft: Draft) -> Iterator[Finding]:
    """Systems that stand at a site are cooled and fit into its racks."""
    for path, site, fleet in fleets(draft):
        with as_far_as_known():
            system = draft.systems.get(fleet.system)
            reason = next(reasons_against(system, site), "") if system is not None else ""
            if reason:
                found = f"'{fleet.system}' cannot stand here: {reason}"
                yield Finding((*path, "system"), found, "a system that the site can host")


def reasons_against(system: System, site: Site) -> Iterator[str]:
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
            for resource in RESOURCES:
                with as_far_as_known():
                    if site.capacity.of(resource) is None and expansion.adds.of(resource):
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


def blocks_keep_their_value_while_they_serve(draft: Draft) -> Iterator[Finding]:
    """An end value falls in some way over a life of its own, and what has retired has none."""
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            life, serves = expansion.terminal_life, expansion.useful_life
            if expansion.terminal_method != "straight_line" and life is None:
                remedy = "state the `terminal_life:`, or remove the line"
                found = "there is no end value that could fall in this way"
                yield Finding(("expansions", name, "terminal_method"), found, "beside terminal_life only", remedy)
            if life is not None and serves is not None and life.months > serves.months:
                found = f"{life} is longer than the useful life of {serves}, after which nothing is left"
                yield Finding(("expansions", name, "terminal_life"), found, f"at most {serves}", "correct one of them")
