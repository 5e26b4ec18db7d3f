"""Workings of the cash flow: what the fleet earns and what running it costs."""

from __future__ import annotations

from planner.case.quantities import Rate
from planner.case.timeline import Timeline
from planner.report.workbook.cash.maintenance import lay_maintenance_by_age, maintained_by_age
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, times
from planner.report.workbook.physical.placements import systems_placed
from planner.vocabulary.message import say, verbatim


def lay_operation(ledger: Ledger, sheet: Sheet) -> None:
    """Lays revenue, selling costs, energy, rent, operations and maintenance."""
    _revenue(ledger, sheet)
    _selling_costs(ledger, sheet)
    _energy(ledger, sheet)
    _by_power(ledger, sheet, "rent")
    _by_power(ledger, sheet, "operations")
    _maintenance(ledger, sheet)


def serving_pairs(ledger: Ledger) -> list[tuple[str, str]]:
    """(workload, system) at work."""
    return sorted({(workload, system) for workload, system, _ in ledger.choices.serving})


def currency_of(price: Timeline[Rate]) -> str:
    """Currency of a price that may change with time but not its currency."""
    return price.values()[0].currency


def _revenue(ledger: Ledger, sheet: Sheet) -> None:
    """Per hour of an accelerator of a system where the workload prices systems, else per hour of its metric."""
    pairs = serving_pairs(ledger)
    if not pairs:
        return
    sheet.workings("units sold per hour")
    for workload, system in pairs:
        demand = ledger.case.workloads[workload]
        if demand.price_by_system:
            units: Term = Now(Key("working", workload, system)) * Spot(f"systems.{system}.accelerators")
            unit = "accelerators"
        else:
            units, unit = Now(Key("served", workload, system)), demand.metric.replace("_", " ")
        label = say("{workload} by {system}", workload=workload, system=system)
        sheet.line(Key("sold", workload, system), label, unit, "what the price counts", series=units)
    sheet.workings("revenue")
    for workload, system in pairs:
        demand = ledger.case.workloads[workload]
        price = demand.price_by_system[system] if demand.price_by_system else demand.price
        path = f"workloads.{workload}.price" + (f"_by_system.{system}" if demand.price_by_system else "")
        sold = times(
            Now(Key("sold", workload, system)),
            Now("time.hours"),
            Now(path) if price is not None else 0,
            ledger.rate(currency_of(price)) if price is not None else None,
        )
        label, note = say("{workload} by {system}", workload=workload, system=system), "units x hours x price"
        sheet.flow(Key("revenue", workload, system), label, note, series=sold)


def sold_at_a_cost(ledger: Ledger) -> list[tuple[str, str]]:
    """(workload, system) at work whose revenue pays fees and commissions."""
    workloads = ledger.case.workloads
    return [pair for pair in serving_pairs(ledger) if workloads[pair[0]].selling_costs is not None]


def _selling_costs(ledger: Ledger, sheet: Sheet) -> None:
    pairs = sold_at_a_cost(ledger)
    if pairs:
        sheet.workings("selling costs")
    for workload, system in pairs:
        cost = Now(Key("revenue", workload, system)) * Now(f"workloads.{workload}.selling_costs")
        label = say("{workload} by {system}", workload=workload, system=system)
        sheet.flow(Key("selling_costs", workload, system), label, "revenue x share", series=cost)


def _energy(ledger: Ledger, sheet: Sheet) -> None:
    """Idle systems draw their idle share, systems at work the difference on top."""
    systems = systems_placed(ledger)
    if not systems:
        return
    sheet.workings("average draw of one system")
    for word, share in (("idle", "idle_power_share"), ("busy", "busy_power_share")):
        for system in systems:
            base = f"systems.{system}.installation"
            drawn = Spot(f"{base}.{share}") * (Spot(f"{base}.power") if f"{base}.power" in ledger.grid else 0)
            label = say(f"{{system}}, {word}", system=system)
            sheet.line(Key(f"{word}_kw", system), label, "kW", "highest draw x share", value=drawn)
    for system in systems:
        extra = Spot(Key("busy_kw", system)) - Spot(Key("idle_kw", system))
        label = say("{system}, more at work than idle", system=system)
        sheet.line(Key("extra_kw", system), label, "kW", "busy - idle", value=extra)
    sheet.workings("average draw of the systems")
    by_site = sorted(ledger.placements, key=lambda pair: (pair[1], pair[0]))
    for system, site in by_site:
        idle = Spot(Key("idle_kw", system)) * Now(Key("installed", system, site))
        draw = idle + Spot(Key("extra_kw", system)) * Now(Key("busy", system, site))
        note = "idle x installed + (busy - idle) x at work"
        sheet.line(Key("draw", site, system), verbatim(system), "kW", note, at_site(system, site), series=draw)
    sites = sorted({site for _, site in by_site})
    sheet.workings("energy of the site, per hour")
    for site in sites:
        drawn = total([Key("draw", site, system) for system, place in by_site if place == site])
        note = "draw x power usage effectiveness"
        sheet.line(Key("draw", site), verbatim(site), "kW", note, series=drawn * Spot(f"sites.{site}.pue"))
    sheet.workings("energy")
    for site in sites:
        cost = times(
            Now(Key("draw", site)),
            Now("time.hours"),
            Now(f"sites.{site}.energy_price"),
            ledger.rate(currency_of(ledger.case.sites[site].energy_price)),
        )
        sheet.flow(Key("energy", site), verbatim(site), "kW x hours x price", series=cost)


def _by_power(ledger: Ledger, sheet: Sheet, line: str) -> None:
    """Rent or operations: money per kW and month on the highest draw of what is installed."""
    sites = sorted({site for _, site in ledger.placements})
    priced = [site for site in sites if getattr(ledger.case.sites[site], line) is not None]
    if priced:
        sheet.workings(line)
    for site in priced:
        cost = times(
            Now(Key("used", site, "power")),
            Spot("calendar.period"),
            Now(f"sites.{site}.{line}"),
            ledger.rate(currency_of(getattr(ledger.case.sites[site], line))),
        )
        sheet.flow(Key(line, site), verbatim(site), "installed kW x months x price", series=cost)


def maintained(ledger: Ledger) -> list[str]:
    """Systems with a typical price: maintenance and resale are shares of it."""
    return [system for system in systems_placed(ledger) if ledger.case.systems[system].price.typical is not None]


def _maintenance(ledger: Ledger, sheet: Sheet) -> None:
    systems = maintained(ledger)
    if not systems:
        return
    sheet.workings("maintenance of one system in a period, in the currency of its price")
    for system in systems:
        price = ledger.case.systems[system].price.typical
        assert price is not None
        yearly = Spot(f"systems.{system}.price.typical") * Spot(f"systems.{system}.maintenance_per_year")
        label, note = verbatim(system), "typical price x yearly share x months / 12"
        sheet.line(Key("upkeep", system), label, price.currency, note, value=yearly * Spot("calendar.period") / 12)
    counted: dict[str, RowKey] = {system: Key("standing", system) for system in systems}
    aged = [system for system in maintained_by_age(ledger) if system in counted]
    counted |= {system: lay_maintenance_by_age(ledger, sheet, system) for system in aged}
    sheet.workings("maintenance")
    for system in systems:
        price = ledger.case.systems[system].price.typical
        assert price is not None
        cost = times(Now(counted[system]), Spot(Key("upkeep", system)), ledger.rate(price.currency))
        note = "installed by the factor of its age x upkeep" if system in aged else "installed x upkeep"
        sheet.flow(Key("maintenance", system), verbatim(system), note, series=cost)
