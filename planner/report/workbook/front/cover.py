"""Sheet Cover: what this book is, how far it can be trusted, what its colours mean, and what is in it."""

from __future__ import annotations

from planner.report.verdict import verdict
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.xlsx.style import COLOUR_KEY
from planner.vocabulary.message import Message, Text, say, verbatim

COVER = Entry("Cover", "the first page", over_time=False, one_page=True, in_front=True, portrait=True)
WIDTHS = (26, 78)
SAMPLES = {"checks sample": "input of checks", "plan sample": "input to plan"}


def lay_cover(ledger: Ledger) -> None:
    """Lays the first page."""
    sheet = ledger.grid.sheet(COVER)
    sheet.widths = WIDTHS
    sheet.across(0, len(WIDTHS), verbatim(ledger.case.title or ledger.case.name), "page title", height=21.0)
    sheet.put(1, 0, "GPU compute capacity plan: what to buy, from whom, when, where, under which subsidy", "statement")
    sheet.next_row = 2
    _facts(ledger, sheet)
    sheet.heading("Colours")
    for kind, words in COLOUR_KEY:
        sheet.put(sheet.next_row, 0, SAMPLES.get(kind, kind.split()[0]), kind)
        sheet.put(sheet.next_row, 1, words, "label")
        sheet.next_row += 1
    sheet.heading("Contents")
    for entry in ledger.entries[1:]:
        sheet.put(sheet.next_row, 0, entry.name, "link")
        sheet.put(sheet.next_row, 1, entry.contents, "label")
        sheet.next_row += 1


def _facts(ledger: Ledger, sheet: Sheet) -> None:
    outcome, calendar, proof = ledger.outcome, ledger.case.calendar, ledger.proof
    months = (
        say("{count} periods of {months} months", count=calendar.periods, months=calendar.months_per_period)
        if calendar.months_per_period > 1
        else say("{count} months", count=calendar.periods)
    )
    gap_unit = ledger.scale.unit if proof.unit == ledger.currency else proof.unit_words
    facts: list[tuple[Text, Content | Message, str]] = [
        ("Case", verbatim(ledger.case.name), "text"),
        ("Scenario", verbatim(outcome.scenario), "text"),
        ("Program version", verbatim(outcome.versions.get("planner", "unknown")), "text"),
        ("First month", Spot("calendar.start"), "date"),
        ("Month after the last", Spot("time.end", -1), "date"),
        ("Periods", months, "text"),
        ("Currency", verbatim(ledger.currency), "text"),
        ("Input hash", verbatim(outcome.input_hash), "text"),
        ("Solver", verbatim(proof.solver), "text"),
        ("The plan", verdict(outcome), "text"),
        ("State of the proof", proof.label, "text"),
        (say("Gap, {unit}", unit=gap_unit), proof.gap, proof.unit),
        ("Master check", Spot("master"), "verdict"),
        ("Limit broken first", Spot("broken_told"), "text"),
        ("Inputs changed", Spot("changes"), "count"),
        ("Checks failed", Spot("failures"), "count"),
    ]
    for label, content, unit in facts:
        sheet.put(sheet.next_row, 0, label, "strong")
        is_verdict = unit == "verdict"
        sheet.put(sheet.next_row, 1, content, "verdict" if is_verdict else "cover", "text" if is_verdict else unit)
        sheet.next_row += 1
