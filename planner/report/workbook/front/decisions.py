"""Sheet Decisions: what the optimiser chose. Only what is not zero has a row."""

from __future__ import annotations

from collections.abc import Iterable

from planner.reading.workbook_layout import DECISIONS
from planner.report.lines import gives_back
from planner.report.workbook.engine.choices import Choices
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.sheet import Line, Sheet

DECISIONS_SHEET = Entry(
    DECISIONS,
    "what the optimiser chose",
    "Chosen by the optimiser for the inputs as solved: run the plan again to change anything here.",
)


def lot_words(cohort: str) -> str:
    """A lot in words: the month in which it arrived, and the offer where it came through one.

    >>> lot_words("2024-10 b200-market"), lot_words("2024-06")
    ('2024-10 through b200-market', '2024-06')
    """
    return cohort.replace(" ", " through ")


def lay_decisions(ledger: Ledger) -> None:
    """Lays a row for each pair or triple of names that has a decision."""
    sheet = ledger.time_sheet(DECISIONS_SHEET)
    chosen, choices = ledger.decisions, ledger.choices
    periods = ledger.periods
    _unused(ledger, sheet, choices)
    sheet.heading("Orders")
    for offer, site in choices.orders:
        counts = [chosen.order.get((offer, site, t), 0) for t in periods]
        _row(sheet, Key("order", offer, site), f"order through {offer}", at_site(offer, site), "systems", counts)
    sheet.heading("Expansions")
    for name in choices.expansions:
        counts = [chosen.expand.get((name, t), 0) for t in periods]
        site = ledger.case.expansions[name].site
        _row(sheet, Key("expand", name), f"start blocks of {name}", at_site(name, site), "blocks", counts)
    sheet.heading("Exits: systems retired or sold at the start of a period, by lot: what arrived with one order")
    for system, site, cohort in choices.exits:
        counts = [chosen.exit.get((system, site, cohort, t), 0) for t in periods]
        label = f"exit of {system} that arrived {lot_words(cohort)}"
        _row(sheet, Key("exit", system, site, cohort), label, at_site(system, site), "systems", counts)
    sheet.heading("Serving: systems at work, average over a period")
    for workload, system, site in choices.serving:
        amounts = [chosen.serve.get((workload, system, site, t), 0.0) for t in periods]
        key = Key("serve", workload, system, site)
        _row(sheet, key, f"serve {workload}", at_site(system, site), "systems", amounts, add_up=False)
    sheet.heading("Claims: what of an investment is claimed under a programme, by period of its order or start")
    for programme, name, site in choices.claims:
        amounts = [chosen.claim.get((programme, name, site, t), 0.0) for t in periods]
        unit = "systems" if name in ledger.case.offers else "blocks"
        _row(sheet, Key("claim", programme, name, site), f"claim under {programme}", at_site(name, site), unit, amounts)
    _both(ledger, sheet, choices)
    _leaving(ledger, sheet, choices)
    _loans(ledger, sheet)
    _credits(ledger, sheet, choices)
    sheet.heading("Programmes entered")
    for programme, rules in ledger.case.programmes.items():
        if rules.obligations or rules.minimum_investment is not None:
            joined = chosen.join.get(programme, False)
            words = f"enter {programme}"
            sheet.line(Line(Key("join", programme), words, "yes = 1", programme, kind="decision"), value=int(joined))


def _both(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    if choices.both:
        sheet.heading("Claims on units that a programme which comes first pays for as well, among those above")
    for programme, earlier, name, site in choices.both:
        amounts = [ledger.decisions.both.get((programme, earlier, name, site, t), 0.0) for t in ledger.periods]
        unit = "systems" if name in ledger.case.offers else "blocks"
        label = f"claim under {programme} and before it under {earlier}"
        _row(sheet, Key("both", programme, earlier, name, site), label, at_site(name, site), unit, amounts)


def _credits(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    if choices.credits:
        sheet.heading("Tax credits: what is taken off the tax of a fiscal year, in its last period")
    ends = {periods[-1]: year for year, periods in ledger.case.calendar.fiscal_years.items()}
    for programme in choices.credits:
        amounts = [ledger.decisions.credit.get((programme, ends.get(t, 0)), 0.0) for t in ledger.periods]
        _row(sheet, Key("credit", programme), f"use the tax credit of {programme}", programme, ledger.currency, amounts)


def _leaving(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    """With which grants systems leave; and of those, which leave with two that were paid one after the other."""
    if choices.leaving and gives_back(ledger.case):
        sheet.heading("Claimed systems among those that leave: with them go grants whose retention has not ended")
    elif choices.leaving:
        sheet.heading("Claimed systems among those that leave: what is left of their reduced book value leaves too")
    for programme, offer, site, t in choices.leaving:
        amounts = [ledger.decisions.leave.get((programme, offer, site, t, u), 0.0) for u in ledger.periods]
        label = f"leave with the grant of {programme}, ordered in period {t + 1}"
        _row(sheet, Key("leave", programme, offer, site, t), label, at_site(offer, site), "systems", amounts)
    if choices.leaving_both:
        sheet.heading("Of those, systems that two programmes paid for, one after the other")
    for programme, earlier, offer, site, t in choices.leaving_both:
        own = (programme, earlier, offer, site, t)
        amounts = [ledger.decisions.leave_both.get((*own, u), 0.0) for u in ledger.periods]
        label = f"leave with the grants of {programme} and before it of {earlier}, ordered in period {t + 1}"
        _row(sheet, Key("leave_both", *own), label, at_site(offer, site), "systems", amounts)


def _loans(ledger: Ledger, sheet: Sheet) -> None:
    """A loan that is used at all has both rows: what is drawn, and what is repaid."""
    chosen = ledger.decisions
    if ledger.choices.loans:
        sheet.heading("Loans: drawn at the start of a period, repaid at its end")
    for loan in ledger.choices.loans:
        drawn = [chosen.draw.get((loan, t), 0.0) for t in ledger.periods]
        _row(sheet, Key("draw", loan), f"draw on {loan}", loan, ledger.currency, drawn)
        repaid = [chosen.repay.get((loan, t), 0.0) for t in ledger.periods]
        _row(sheet, Key("repay", loan), f"repay {loan}", loan, ledger.currency, repaid)


def _row(
    sheet: Sheet, key: RowKey, label: str, subject: str, unit: str, amounts: Iterable[float], *, add_up: bool = True
) -> None:
    series = [float(amount) for amount in amounts]
    sheet.line(Line(key, label, unit, subject, kind="decision"), series=series, add_up=add_up)


def _unused(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    """Says what was not chosen at all, since it has no row."""
    claimed = {programme for programme, _, _ in choices.claims}
    for word, names, used in (
        ("Offers", ledger.case.offers, set(choices.offers)),
        ("Expansions", ledger.case.expansions, set(choices.expansions)),
        ("Programmes", ledger.case.programmes, claimed),
        ("Loans", ledger.case.finance.loans, set(choices.loans)),
    ):
        unused = [name for name in names if name not in used]
        if unused:
            sheet.remark(f"{word} not used: {', '.join(unused)}")
