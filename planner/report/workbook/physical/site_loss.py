"""Last part of the sheet Fleet and placement: whether work that must survive can be done without any one site."""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.over import still_asked
from planner.report.workbook.engine.references import Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call
from planner.report.workbook.physical.placements import metric_label
from planner.vocabulary.message import say


def surviving(ledger: Ledger) -> list[str]:
    """Workloads that must survive the loss of a site."""
    return [name for name, workload in ledger.case.workloads.items() if workload.survives_site_loss]


def lost_sites(ledger: Ledger) -> list[str]:
    """Sites whose loss such work would feel."""
    names = surviving(ledger)
    return sorted({site for workload, _, site in ledger.choices.serving if workload in names})


def failover_places(ledger: Ledger) -> list[tuple[str, str, str]]:
    """(lost site, system, site) of the systems that would work elsewhere."""
    return sorted({(lost, system, site) for lost, _, system, site in ledger.choices.rows("failover")})


def lay_site_loss(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what each site does of such work, what the others would do without it, and what they could still do."""
    lost, rows = lost_sites(ledger), ledger.choices.rows("failover")
    if not lost:
        return
    sheet.heading("Work that must survive the loss of its site")
    for site in lost:
        keys = [
            Key("at", system, place, workload)
            for workload, system, place in ledger.choices.serving
            if place == site and workload in surviving(ledger)
        ]
        note, series = "sum over workloads that survive", total(keys)
        sheet.line(Key("at_risk", site), "at work on what must survive", "systems", note, site, series=series)
    sheet.heading("If a site is lost: what the others would serve")
    for site, workload, system in dict.fromkeys(row[:3] for row in rows):
        places = total([Key("failover", *row) for row in rows if row[:3] == (site, workload, system)])
        label = say("{workload} without {site} by {system}", workload=workload, site=site, system=system)
        unit, note = metric_label(ledger.case.workloads[workload].metric), "systems that would work x what one serves"
        series = places * Spot(Key("throughput", workload, system))
        sheet.line(Key("elsewhere", site, workload, system), label, unit, note, workload, series=series)
    sheet.heading("If a site is lost: what the others would serve above what must survive")
    for site in lost:
        for workload in surviving(ledger):
            systems = dict.fromkeys(row[2] for row in rows if row[:2] == (site, workload))
            able = total([Key("elsewhere", site, workload, system) for system in systems])
            asked = Now(f"workloads.{workload}.amount") * Spot(f"workloads.{workload}.must_serve")
            is_at_risk = Now(Key("at_risk", site)).compare(">", 0)
            series = still_asked(ledger.case, call("IF", is_at_risk, able - asked, 0))
            label = say("{workload} without {site}", workload=workload, site=site)
            note = "served elsewhere - demand x share to be served; 0 where nothing is at risk"
            unit = metric_label(ledger.case.workloads[workload].metric)
            sheet.line(Key("survives", site, workload), label, unit, note, workload, series=series)
    sheet.heading("If a site is lost: what systems elsewhere could still do")
    for site, system, place in failover_places(ledger):
        busy = total([Key("failover", *row) for row in rows if (row[0], *row[2:]) == (site, system, place)])
        able = Now(Key("installed", system, place)) * Spot(f"systems.{system}.availability")
        label, note = say("{system} without {site}", system=system, site=site), "installed x availability - would work"
        sheet.line(
            Key("spare", site, system, place), label, "systems", note, at_site(system, place), series=able - busy
        )
