"""Sheet Decisions: what the optimiser chose. Only what is not zero has a row."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.calendar import first_day
from planner.case.quantities import Month
from planner.report.workbook.choices import Choices
from planner.report.workbook.functions import serial
from planner.report.workbook.grid import Sheet
from planner.report.workbook.ledger import DECISIONS, Ledger, at_site

REMARK = "Chosen by the optimiser for the inputs as solved: run the plan again to change anything here."


def cohort_date(cohort: str) -> float:
    """The month in which a cohort arrived, as a date of the workbook."""
    return serial(first_day(Month.parse(cohort)))


def lay_decisions(ledger: Ledger) -> None:
    """Lays a row for each pair or triple of names that has a decision."""
    sheet = ledger.time_sheet(DECISIONS, "Decisions", REMARK)
    chosen, choices = ledger.decisions, ledger.choices
    periods = ledger.periods
    _unused(ledger, sheet, choices)
    sheet.heading("Orders")
    for offer, site in choices.orders:
        counts = [chosen.order.get((offer, site, t), 0) for t in periods]
        _row(sheet, f"order|{offer}|{site}", f"order through {offer}", at_site(offer, site), "systems", counts)
    sheet.heading("Expansions")
    for name in choices.expansions:
        counts = [chosen.expand.get((name, t), 0) for t in periods]
        site = ledger.case.expansions[name].site
        _row(sheet, f"expand|{name}", f"start blocks of {name}", at_site(name, site), "blocks", counts)
    sheet.heading("Exits: systems retired or sold at the start of a period, by month of arrival")
    for system, site, cohort in choices.exits:
        counts = [chosen.exit.get((system, site, cohort, t), 0) for t in periods]
        label = f"exit of {system} that arrived {cohort}"
        _row(sheet, f"exit|{system}|{site}|{cohort}", label, at_site(system, site), "systems", counts)
    sheet.heading("Serving: systems at work, average over a period")
    for workload, system, site in choices.serving:
        amounts = [chosen.serve.get((workload, system, site, t), 0.0) for t in periods]
        key = f"serve|{workload}|{system}|{site}"
        _row(sheet, key, f"serve {workload}", at_site(system, site), "systems", amounts, add_up=False)
    sheet.heading("Claims: what of an investment is claimed under a programme, by period of its order or start")
    for programme, name, site in choices.claims:
        amounts = [chosen.claim.get((programme, name, site, t), 0.0) for t in periods]
        unit = "systems" if name in ledger.case.offers else "blocks"
        _row(sheet, f"claim|{programme}|{name}|{site}", f"claim under {programme}", at_site(name, site), unit, amounts)
    sheet.heading("Programmes entered")
    for programme, rules in ledger.case.programmes.items():
        if rules.obligations or rules.minimum_investment is not None:
            joined = chosen.join.get(programme, False)
            sheet.line(
                f"join|{programme}",
                f"enter {programme}",
                "yes = 1",
                subject=programme,
                kind="decision",
                value=int(joined),
            )


def _row(
    sheet: Sheet, key: str, label: str, subject: str, unit: str, amounts: Iterable[float], *, add_up: bool = True
) -> None:
    series = [float(amount) for amount in amounts]
    sheet.line(key, label, unit, subject=subject, series=series, kind="decision", add_up=add_up)


def _unused(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    """Says what was not chosen at all, since it has no row."""
    claimed = {programme for programme, _, _ in choices.claims}
    for word, names, used in (
        ("Offers", ledger.case.offers, set(choices.offers)),
        ("Expansions", ledger.case.expansions, set(choices.expansions)),
        ("Programmes", ledger.case.programmes, claimed),
    ):
        unused = [name for name in names if name not in used]
        if unused:
            sheet.remark(f"{word} not used: {', '.join(unused)}")
