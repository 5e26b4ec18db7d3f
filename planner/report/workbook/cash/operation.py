"""Workings of the cash flow: what the fleet earns and what running it costs."""

from __future__ import annotations

from planner.case.quantities import Rate
from planner.case.timeline import Timeline
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, times
from planner.report.workbook.physical.placements import systems_placed


def lay_operation(ledger: Ledger, sheet: Sheet) -> None:
    """Lays revenue, energy, rent, operations and maintenance."""
    _revenue(ledger, sheet)
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
    sheet.heading("Workings: units sold per hour")
    for workload, system in pairs:
        demand = ledger.case.workloads[workload]
        if demand.price_by_system:
            units: Term = Now(Key("working", workload, system)) * Spot(f"systems.{system}.accelerators")
            unit = "accelerators"
        else:
            units, unit = Now(Key("served", workload, system)), demand.metric.replace("_", " ")
        sheet.line(
            Key("sold", workload, system), f"{workload} by {system}", unit, series=units, note="what the price counts"
        )
    sheet.heading("Workings: revenue")
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
        sheet.line(
            Key("revenue", workload, system), f"{workload} by {system}", ledger.currency, series=sold, add_up=True,
            note="units x hours x price",
        )  # fmt: skip


def _energy(ledger: Ledger, sheet: Sheet) -> None:
    """Idle systems draw their idle share, systems at work the difference on top."""
    systems = systems_placed(ledger)
    if not systems:
        return
    sheet.heading("Workings: average draw of one system")
    for word, share in (("idle", "idle_power_share"), ("busy", "busy_power_share")):
        for system in systems:
            base = f"systems.{system}.installation"
            power = Spot(f"{base}.power") if f"{base}.power" in ledger.grid else 0
            drawn = Spot(f"{base}.{share}") * power
            sheet.line(Key(f"{word}_kw", system), f"{system}, {word}", "kW", value=drawn, note="highest draw x share")
    for system in systems:
        extra = Spot(Key("busy_kw", system)) - Spot(Key("idle_kw", system))
        sheet.line(Key("extra_kw", system), f"{system}, more at work than idle", "kW", value=extra, note="busy - idle")
    sheet.heading("Workings: average draw of the systems")
    by_site = sorted(ledger.placements, key=lambda pair: (pair[1], pair[0]))
    for system, site in by_site:
        idle = Spot(Key("idle_kw", system)) * Now(Key("installed", system, site))
        draw = idle + Spot(Key("extra_kw", system)) * Now(Key("busy", system, site))
        sheet.line(
            Key("draw", site, system), system, "kW", subject=at_site(system, site), series=draw,
            note="idle x installed + (busy - idle) x at work",
        )  # fmt: skip
    sites = sorted({site for _, site in by_site})
    sheet.heading("Workings: energy of the site, per hour")
    for site in sites:
        drawn = total([Key("draw", site, system) for system, place in by_site if place == site])
        sheet.line(
            Key("draw", site),
            site,
            "kW",
            series=drawn * Spot(f"sites.{site}.pue"),
            note="draw x power usage effectiveness",
        )
    sheet.heading("Workings: energy")
    for site in sites:
        price = ledger.case.sites[site].energy_price
        cost = times(
            Now(Key("draw", site)),
            Now("time.hours"),
            Now(f"sites.{site}.energy_price"),
            ledger.rate(currency_of(price)),
        )
        sheet.line(Key("energy", site), site, ledger.currency, series=cost, add_up=True, note="kW x hours x price")


def _by_power(ledger: Ledger, sheet: Sheet, line: str) -> None:
    """Rent or operations: money per kW and month on the highest draw of what is installed."""
    sites = sorted({site for _, site in ledger.placements})
    priced = [site for site in sites if getattr(ledger.case.sites[site], line) is not None]
    if priced:
        sheet.heading(f"Workings: {line}")
    for site in priced:
        price = getattr(ledger.case.sites[site], line)
        cost = times(
            Now(Key("used", site, "power")),
            Spot("calendar.period"),
            Now(f"sites.{site}.{line}"),
            ledger.rate(currency_of(price)),
        )
        sheet.line(
            Key(line, site), site, ledger.currency, series=cost, add_up=True, note="installed kW x months x price"
        )


def maintained(ledger: Ledger) -> list[str]:
    """Systems with a typical price: maintenance and resale are shares of it."""
    return [system for system in systems_placed(ledger) if ledger.case.systems[system].price.typical is not None]


def _maintenance(ledger: Ledger, sheet: Sheet) -> None:
    systems = maintained(ledger)
    if not systems:
        return
    sheet.heading("Workings: maintenance of one system in a period, in the currency of its price")
    for system in systems:
        price = ledger.case.systems[system].price.typical
        assert price is not None
        yearly = Spot(f"systems.{system}.price.typical") * Spot(f"systems.{system}.maintenance_per_year")
        sheet.line(
            Key("upkeep", system), system, price.currency, value=yearly * Spot("calendar.period") / 12,
            note="typical price x yearly share x months / 12",
        )  # fmt: skip
    sheet.heading("Workings: maintenance")
    for system in systems:
        price = ledger.case.systems[system].price.typical
        assert price is not None
        cost = times(Now(Key("standing", system)), Spot(Key("upkeep", system)), ledger.rate(price.currency))
        sheet.line(
            Key("maintenance", system), system, ledger.currency, series=cost, add_up=True, note="installed x upkeep"
        )
