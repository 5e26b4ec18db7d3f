"""Sheet Power and space: for each site and resource what is used, what there is, and what is left."""

from __future__ import annotations

from planner.case.site import RESOURCE_UNITS, Resource, Site
from planner.case.system import System
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import POWER, Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.physical.placements import arrival_rows

REMARK = "Installed systems count with their highest draw, at work or not. Blocks count once they are ready."
NEEDS = {"power": "power", "liquid_cooling": "power", "staff": "staff", "uplink": "uplink"}
"""Where the need of one system for a resource stands in its group ``installation``; racks are worked out."""


def capacity_of(site: Site, resource: Resource) -> object:
    """What the case says about a resource of a site; None where it says nothing."""
    stated = site.capacity
    return {
        "power": stated.power_kw,
        "racks": stated.racks,
        "liquid_cooling": stated.liquid_cooling_kw,
        "staff": stated.staff,
        "uplink": stated.uplink_gbps,
    }[resource]


def is_liquid_cooled(system: System, site: Site) -> bool:
    """Whether a system takes of the liquid cooling of a site: wherever air does not do for both."""
    return not ("air" in system.installation.cooling and "air" in site.cooling)


def limited(ledger: Ledger, site: str) -> list[Resource]:
    """Resources of a site that have a limit; liquid cooling that is not stated is zero, shown where it is needed."""
    place = ledger.case.sites[site]
    systems = [ledger.case.systems[system] for system, name in ledger.placements if name == site]
    needs_liquid = any(is_liquid_cooled(system, place) for system in systems)
    return [
        resource
        for resource in RESOURCE_UNITS
        if capacity_of(place, resource) is not None or (resource == "liquid_cooling" and needs_liquid)
    ]


def lay_power(ledger: Ledger) -> None:
    """Lays the blocks of expansions, then each site with each of its limited resources."""
    sheet = ledger.time_sheet(POWER, "Power and space", REMARK)
    _blocks(ledger, sheet)
    for site in ledger.case.sites:
        for resource in limited(ledger, site):
            sheet.heading(f"{site}: {resource.replace('_', ' ')}")
            _use(ledger, sheet, site, resource)
            _capacity(ledger, sheet, site, resource)
    sheet.heading("All sites: power")
    for word in ("used", "capacity"):
        keys = [
            sheet.line(Key("all", word, site), f"{site}: {word}", "kW", series=Now(Key(word, site, "power")))
            for site in ledger.case.sites
        ]
        sheet.line(Key("all", word), f"all sites: {word}", "kW", series=total(keys), kind="total")


def _blocks(ledger: Ledger, sheet: Sheet) -> None:
    names = ledger.choices.expansions
    if names:
        sheet.heading("Blocks of expansions")
    for name in names:
        subject = at_site(name, ledger.case.expansions[name].site)
        arrival_rows(sheet, name, name, f"expansions.{name}.lead_time")
        sheet.line(
            Key("ready", name), f"{name}: ready for use", "blocks", subject=subject, add_up=True,
            series=call("SUMIFS", Whole(Key("expand", name)), Whole(Key("arrival", name)), Header("number")),
            note="blocks whose lead time is over",
        )  # fmt: skip
        sheet.line(
            Key("built", name), f"{name}: in use", "blocks", subject=subject, opening=0,
            series=Now(Key("built", name), -1) + Now(Key("ready", name)), note="before + ready",
        )  # fmt: skip


def _use(ledger: Ledger, sheet: Sheet, site: str, resource: Resource) -> None:
    unit = RESOURCE_UNITS[resource]
    systems = [system for system, name in ledger.placements if name == site]
    for system in systems:
        need = _need(ledger, sheet, system, site, resource)
        sheet.line(
            Key("need", site, resource, system), f"one {system} takes", unit, subject=at_site(system, site), value=need
        )
    for system in systems:
        used = Now(Key("installed", system, site)) * Spot(Key("need", site, resource, system))
        sheet.line(
            Key("use", site, resource, system), f"{system} takes", unit, subject=at_site(system, site), series=used,
            note="installed x what one takes",
        )  # fmt: skip
    keys = [Key("use", site, resource, system) for system in systems]
    sheet.line(Key("used", site, resource), "used", unit, subject=site, series=total(keys), kind="total")


def _need(ledger: Ledger, sheet: Sheet, system: str, site: str, resource: Resource) -> Term:
    """What one system takes of a resource."""
    machine, place = ledger.case.systems[system], ledger.case.sites[site]
    base = f"systems.{system}.installation"
    if resource == "racks":
        return (
            Spot(f"{base}.racks")
            if machine.installation.racks is not None
            else _shared_rack(ledger, sheet, system, site)
        )
    if resource == "liquid_cooling" and not is_liquid_cooled(machine, place):
        return Literal(0)
    path = f"{base}.{NEEDS[resource]}"
    return Spot(path) if path in ledger.grid else Literal(0)


def _shared_rack(ledger: Ledger, sheet: Sheet, system: str, site: str) -> Term:
    """The part of a rack that one system takes where several share it: by height, and by power where it is limited."""
    base, key = f"systems.{system}.installation", Key("per_rack", site, system)
    fits = call("INT", Spot(f"sites.{site}.rack_height_units") / Spot(f"{base}.rack_units"))
    sheet.line(
        Key(key, "height"), f"{system} in one rack, by height", "systems", subject=at_site(system, site), value=fits
    )
    by_power: Term = Spot(Key(key, "height"))
    if ledger.case.sites[site].rack_power_kw is not None:
        fed = call("INT", Spot(f"sites.{site}.rack_power") / Spot(f"{base}.power"))
        sheet.line(
            Key(key, "power"), f"{system} in one rack, by power", "systems", subject=at_site(system, site), value=fed
        )
        by_power = Spot(Key(key, "power"))
    return 1 / call("MIN", Spot(Key(key, "height")), by_power)


def _capacity(ledger: Ledger, sheet: Sheet, site: str, resource: Resource) -> None:
    unit = RESOURCE_UNITS[resource]
    path = f"sites.{site}.capacity.{resource}"
    base: Term = Literal(0)
    if path in ledger.grid:
        base = Now(path) * Header("start").compare(">=", Spot(f"sites.{site}.opens"))
    keys = [Key("base", site, resource)]
    sheet.line(keys[0], "there", unit, subject=site, series=base, note="from the month the site opens")
    for name in ledger.choices.expansions:
        adds = f"expansions.{name}.adds.{resource}"
        if ledger.case.expansions[name].site == site and adds in ledger.grid:
            keys.append(Key("added", site, resource, name))
            sheet.line(keys[-1], f"added by {name}", unit, subject=site, series=Now(Key("built", name)) * Spot(adds))
    capacity, used = Key("capacity", site, resource), Key("used", site, resource)
    sheet.line(capacity, "available", unit, subject=site, series=total(keys), kind="total")
    sheet.line(
        Key("slack", site, resource),
        "left",
        unit,
        subject=site,
        series=Now(capacity) - Now(used),
        note="available - used",
    )
    # Use without any capacity must not look like no use: it divides by zero, and an error counts as failed.
    share = call("IF", Now(used).compare("=", 0), 0, Now(used) / Now(capacity))
    sheet.line(Key("load", site, resource), "share used", "share", subject=site, series=share)
