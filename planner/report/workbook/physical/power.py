"""Sheet Power and space: for each site and resource what is used, what there is, and what is left."""

from __future__ import annotations

from typing import assert_never

from planner.case.hosting import is_liquid_cooled, taken
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, falling, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.physical.placements import arrival_rows, retirement_row
from planner.vocabulary.message import about, say
from planner.vocabulary.resources import RESOURCES, Resource

POWER = Entry(
    "Power and space",
    "what each site has, uses and has left",
    "Installed systems count with their highest draw, at work or not. Blocks count once they are ready.",
)


def limited(ledger: Ledger, site: str) -> list[Resource]:
    """Resources of a site that have a limit; one that is not stated and counts as none is shown where it is needed."""
    place = ledger.case.sites[site]
    systems = [ledger.case.systems[system] for system, name in ledger.placements if name == site]
    return [
        resource
        for resource in RESOURCES
        if place.capacity.of(resource) is not None
        and (place.capacity.stated(resource) is not None or any(taken(system, place, resource) for system in systems))
    ]


def lay_power(ledger: Ledger) -> None:
    """Lays the blocks of expansions, then each site with each of its limited resources."""
    sheet = ledger.time_sheet(POWER)
    _blocks(ledger, sheet)
    for site in ledger.case.sites:
        for resource in limited(ledger, site):
            sheet.heading(about(site, RESOURCES[resource].label))
            _use(ledger, sheet, site, resource)
            _capacity(ledger, sheet, site, resource)
    sheet.heading("All sites: power")
    for word in ("used", "capacity"):
        keys = [
            sheet.line(Key("all", word, site), about(site, word), "kW", series=Now(Key(word, site, "power")))
            for site in ledger.case.sites
        ]
        sheet.line(Key("all", word), about(say("all sites"), word), "kW", kind="total", series=total(keys))


def _blocks(ledger: Ledger, sheet: Sheet) -> None:
    names = ledger.choices.expansions
    if names:
        sheet.heading("Blocks of expansions")
    for name in names:
        subject = at_site(name, ledger.case.expansions[name].site)
        arrival_rows(sheet, name, f"expansions.{name}.lead_time")
        label, note = about(name, "ready for use"), "blocks whose lead time is over"
        series = falling(Key("expand", name), Key("arrival", name))
        sheet.line(Key("ready", name), label, "blocks", note, subject, series=series, add_up=True)
        series, note = Now(Key("built", name), -1) + Now(Key("ready", name)), "before + ready"
        if ledger.case.expansions[name].useful_life is not None:
            retirement_row(sheet, name, f"expansions.{name}.useful_life")
            label, words = about(name, "retired"), "blocks whose useful life is over"
            gone = falling(Key("expand", name), Key("retires", name))
            sheet.line(Key("retired", name), label, "blocks", words, subject, series=gone, add_up=True)
            series, note = series - Now(Key("retired", name)), "before + ready - retired"
        sheet.line(Key("built", name), about(name, "in use"), "blocks", note, subject, opening=0, series=series)


def _use(ledger: Ledger, sheet: Sheet, site: str, resource: Resource) -> None:
    unit = RESOURCES[resource].unit
    systems = [system for system, name in ledger.placements if name == site]
    for system in systems:
        need = _need(ledger, sheet, system, site, resource)
        label = say("one {system} takes", system=system)
        sheet.line(Key("need", site, resource, system), label, unit, subject=at_site(system, site), value=need)
    for system in systems:
        used = Now(Key("installed", system, site)) * Spot(Key("need", site, resource, system))
        label, note = say("{system} takes", system=system), "installed x what one takes"
        sheet.line(Key("use", site, resource, system), label, unit, note, at_site(system, site), series=used)
    keys = [Key("use", site, resource, system) for system in systems]
    sheet.line(Key("used", site, resource), "used", unit, subject=site, kind="total", series=total(keys))


def _need(ledger: Ledger, sheet: Sheet, system: str, site: str, resource: Resource) -> Term:
    """What one system takes of a resource."""
    machine, place = ledger.case.systems[system], ledger.case.sites[site]
    base, taking = f"systems.{system}.installation", RESOURCES[resource].taking
    if taking == "stated":
        path = f"{base}.{resource}"
        return Spot(path) if path in ledger.grid else Literal(0)
    if taking == "racks":
        own = machine.installation.racks is not None
        return Spot(f"{base}.racks") if own else _shared_rack(ledger, sheet, system, site)
    if taking == "liquid_cooling":
        return Spot(f"{base}.power") if is_liquid_cooled(machine, place) else Literal(0)
    assert_never(taking)


def _shared_rack(ledger: Ledger, sheet: Sheet, system: str, site: str) -> Term:
    """The part of a rack that one system takes where several share it: by height, and by power where it is limited."""
    base, key = f"systems.{system}.installation", Key("per_rack", site, system)
    fits = call("INT", Spot(f"sites.{site}.rack_height_units") / Spot(f"{base}.rack_units"))
    label = say("{system} in one rack, by height", system=system)
    sheet.line(Key(key, "height"), label, "systems", subject=at_site(system, site), value=fits)
    by_power: Term = Spot(Key(key, "height"))
    if ledger.case.sites[site].rack_power_kw is not None:
        fed = call("INT", Spot(f"sites.{site}.rack_power") / Spot(f"{base}.power"))
        label = say("{system} in one rack, by power", system=system)
        sheet.line(Key(key, "power"), label, "systems", subject=at_site(system, site), value=fed)
        by_power = Spot(Key(key, "power"))
    return 1 / call("MIN", Spot(Key(key, "height")), by_power)


def _capacity(ledger: Ledger, sheet: Sheet, site: str, resource: Resource) -> None:
    unit = RESOURCES[resource].unit
    path = f"sites.{site}.capacity.{resource}"
    base: Term = Literal(0)
    is_open = Header("start").compare(">=", Spot(f"sites.{site}.opens"))
    if path in ledger.grid:
        base = Now(path) * is_open
    keys = [Key("base", site, resource)]
    sheet.line(keys[0], "there", unit, "from the month the site opens", site, series=base)
    for name in ledger.choices.expansions:
        adds = f"expansions.{name}.adds.{resource}"
        if ledger.case.expansions[name].site == site and adds in ledger.grid:
            keys.append(Key("added", site, resource, name))
            label = say("added by {name}", name=name)
            series, note = Now(Key("built", name)) * Spot(adds) * is_open, "from the month the site opens"
            sheet.line(keys[-1], label, unit, note, site, series=series)
    capacity, used = Key("capacity", site, resource), Key("used", site, resource)
    sheet.line(capacity, "available", unit, subject=site, kind="total", series=total(keys))
    sheet.line(Key("slack", site, resource), "left", unit, "available - used", site, series=Now(capacity) - Now(used))
    # Use without any capacity must not look like no use: it divides by zero, and an error counts as failed.
    share = call("IF", Now(used).compare("=", 0), 0, Now(used) / Now(capacity))
    sheet.line(Key("load", site, resource), "share used", "share", subject=site, series=share)
