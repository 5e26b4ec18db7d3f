"""Second half of the sheet Fleet and placement: what systems work on, how busy they are, and their throughput."""

from __future__ import annotations

from planner.case.workload import Metric
from planner.report.workbook.engine.choices import Choices
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.over import still_asked
from planner.report.workbook.engine.references import Now, Spot, holds_month, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import metric_label, sites_of, systems_placed
from planner.vocabulary.message import about, say, unit_of, verbatim


def lay_serving(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is served, utilisation, installed throughput and the work done."""
    _serving(ledger, sheet, ledger.choices)
    _utilisation(ledger, sheet)
    _throughput(ledger, sheet)


def metric_term(ledger: Ledger, system: str, metric: Metric) -> Term:
    """What one system counts in a metric; no figure in the catalogue counts as zero."""
    accelerators = Spot(f"systems.{system}.accelerators")
    if metric == "accelerators":
        return accelerators
    path = f"systems.{system}.performance.{metric.split('_')[0]}_tflops_dense"
    if path not in ledger.grid:
        return 0 * accelerators
    return accelerators * Spot(path) / Spot("constants.per_thousand")


def _serving(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    workloads = ledger.case.workloads
    pairs = sorted({(workload, system) for workload, system, _ in choices.serving})
    sheet.heading("What one system at work serves")
    elsewhere = {(workload, system) for _, workload, system, _ in choices.rows("failover")}
    for workload, system in sorted({*pairs, *elsewhere}):
        efficiency = f"workloads.{workload}.efficiency.{system}"
        metric = workloads[workload].metric
        note = "metric of one system x efficiency"
        value = times(metric_term(ledger, system, metric), Spot(efficiency) if efficiency in ledger.grid else None)
        label = say("{system} for {workload}", system=system, workload=workload)
        sheet.line(Key("throughput", workload, system), label, metric_label(metric), note, workload, value=value)
    sheet.heading("Systems at work, all sites")
    for workload, system in pairs:
        keys = [Key("serve", w, s, d) for w, s, d in choices.serving if (w, s) == (workload, system)]
        label, note = say("{system} on {workload}", system=system, workload=workload), "sum over sites"
        sheet.line(Key("working", workload, system), label, "systems", note, workload, series=total(keys))
    sheet.heading("Served")
    for workload, system in pairs:
        sheet.line(
            Key("served", workload, system),
            say("{workload} by {system}", workload=workload, system=system),
            metric_label(workloads[workload].metric),
            "systems at work x what one serves",
            workload,
            series=Now(Key("working", workload, system)) * Spot(Key("throughput", workload, system)),
        )
    sheet.heading("Demand left unserved")
    for workload, demand in workloads.items():
        series = Now(f"workloads.{workload}.amount") - total([Key("served", w, s) for w, s in pairs if w == workload])
        label, note = verbatim(workload), "demand - served"
        sheet.line(Key("unmet", workload), label, metric_label(demand.metric), note, workload, series=series)
    sheet.heading("Demand that may still go unserved")
    for workload, demand in workloads.items():
        most = Now(f"workloads.{workload}.amount") * (1 - Spot(f"workloads.{workload}.must_serve"))
        series = still_asked(ledger.case, most - Now(Key("unmet", workload)))
        label, note = verbatim(workload), "demand x (1 - share to be served) - unserved"
        sheet.line(Key("leeway", workload), label, metric_label(demand.metric), note, workload, series=series)


def _utilisation(ledger: Ledger, sheet: Sheet) -> None:
    working: dict[tuple[str, str], list[Key]] = {}
    sheet.heading("At work, by system, site and workload")
    for system, site, workload in sorted((s, d, w) for w, s, d in ledger.choices.serving):
        key = Key("at", system, site, workload)
        working.setdefault((system, site), []).append(key)
        label, note = say("{system} on {workload}", system=system, workload=workload), "see Decisions"
        sheet.line(key, label, "systems", note, at_site(system, site), series=Now(Key("serve", workload, system, site)))
    sheet.heading("At work, by system and site")
    for system, site in ledger.placements:
        label, note = about(system, "at work"), "sum over workloads"
        series = total(working.get((system, site), []))
        sheet.line(Key("busy", system, site), label, "systems", note, at_site(system, site), series=series)
    sheet.heading("Utilisation: at work over installed")
    for system, site in ledger.placements:
        installed = Now(Key("installed", system, site))
        share = call("IF", installed.compare("=", 0), 0, Now(Key("busy", system, site)) / installed)
        label = about(system, "utilisation")
        sheet.line(Key("utilisation", system, site), label, "share", subject=at_site(system, site), series=share)
    sheet.heading("Room left: what installed systems could still do")
    for system, site in ledger.placements:
        able = Now(Key("installed", system, site)) * Spot(f"systems.{system}.availability")
        label, note = about(system, "able to work, not at work"), "installed x availability - at work"
        series = able - Now(Key("busy", system, site))
        sheet.line(Key("idle", system, site), label, "systems", note, at_site(system, site), series=series)


def of_one_system(system: str, metric: str) -> Term:
    """What one system has of a metric that is counted; of none, its accelerators."""
    return Spot(Key("each", metric, system) if metric else f"systems.{system}.accelerators")


def metrics_counted(ledger: Ledger) -> list[Metric]:
    """Metrics that obligations count, and dense BF16, which every plan shows."""
    duties = [duty.metric for rules in ledger.case.programmes.values() for duty in rules.obligations]
    first: Metric = "bf16_pflops"
    return list(dict.fromkeys([first, *duties]))


def _throughput(ledger: Ledger, sheet: Sheet) -> None:
    systems = systems_placed(ledger)
    for metric in metrics_counted(ledger):
        sheet.heading(say("Installed {metric}", metric=say(metric_label(metric))))
        for system in systems:
            note = "accelerators x TFLOPS of one / 1000" if metric != "accelerators" else ""
            value = metric_term(ledger, system, metric)
            label = say("one {system}", system=system)
            sheet.line(Key("each", metric, system), label, metric_label(metric), note, value=value)
        for system in systems:
            amount = Now(Key("standing", system)) * Spot(Key("each", metric, system))
            label = verbatim(system)
            sheet.line(Key("metric", metric, system), label, metric_label(metric), opening=amount, series=amount)
        keys = [Key("metric", metric, system) for system in systems]
        sheet.line(Key("metric", metric), "all systems", metric_label(metric), kind="total", series=total(keys))
    if ledger.case.objective.installed_by is not None:
        begins = holds_month(Spot("objective.installed_by"))
        sheet.line(Key("begins", "objective"), "the objective counts this period", "yes = 1", series=begins)
        counted = Now(Key("begins", "objective")) * Now(Key("metric", "bf16_pflops"))
        sheet.line("counted", "what the objective counts", "PFLOPS", "installed then", series=counted, add_up=True)
    sheet.heading("Work done")
    for system in systems:
        keys = [Key("busy", system, site) for site in sites_of(ledger, system)]
        sheet.line(Key("at_work", system), about(system, "at work, all sites"), "systems", series=total(keys))
    _capacity_hours(sheet, systems)
    for word, unit, metric in (
        ("pflops", "PFLOPS-hours", "bf16_pflops"),
        ("accelerator", "accelerator-hours", ""),
    ):
        for system in systems:
            label, note = about(system, say("{unit} at work", unit=unit_of(unit))), "at work x one system x hours"
            series = Now(Key("at_work", system)) * of_one_system(system, metric) * Now("time.hours")
            sheet.line(Key(f"{word}_hours", system), label, unit, note, series=series, add_up=True)
        hours = total([Key(f"{word}_hours", system) for system in systems])
        label = say("{unit}, all systems", unit=unit_of(unit))
        sheet.line(f"{word}_hours", label, unit, kind="total", series=hours, add_up=True)


def _capacity_hours(sheet: Sheet, systems: list[str]) -> None:
    """Hours of all accelerators that are installed, at work or not."""
    for system in systems:
        label, note = about(system, "accelerator-hours installed"), "installed x one system x hours"
        series = Now(Key("standing", system)) * Spot(f"systems.{system}.accelerators") * Now("time.hours")
        sheet.line(Key("capacity_hours", system), label, "accelerator-hours", note, series=series, add_up=True)
    hours = total([Key("capacity_hours", system) for system in systems])
    words = "accelerator-hours installed, all systems"
    sheet.line("capacity_hours", words, "accelerator-hours", kind="total", series=hours, add_up=True)
