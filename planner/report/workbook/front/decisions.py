"""Sheet Decisions: what the optimiser chose. Only what is not zero has a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from planner.reading.workbook.keys import Names, key_column, key_text
from planner.reading.workbook.layout import DECISIONS
from planner.report.lines import gives_back
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HEADER_ROW
from planner.report.workbook.engine.sheet import Figures, Sheet
from planner.report.workbook.front.decision_rows import row_words
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import FiscalYear, flat, key_of
from planner.vocabulary.message import joined, say

DECISIONS_SHEET = Entry(
    DECISIONS,
    "what the optimiser chose",
    "Chosen by the optimiser for the inputs as solved: run the plan again to change anything here.",
)


def lay_decisions(ledger: Ledger) -> None:
    """Lays a row for each pair or triple of names that has a decision."""
    sheet = ledger.time_sheet(DECISIONS_SHEET)
    rows, choices = _Rows(ledger, sheet), ledger.choices
    _unused(ledger, sheet)
    sheet.heading("Orders")
    rows.lay("order", choices.orders)
    sheet.heading("Expansions")
    rows.lay("expand", [(name,) for name in choices.expansions])
    sheet.heading("Exits: systems retired or sold at the start of a period, by lot: what arrived with one order")
    rows.lay("exit", choices.exits)
    sheet.heading("Serving: systems at work, average over a period")
    rows.lay("serve", choices.serving, add_up=False)
    sheet.heading("Claims: what of an investment is claimed under a programme, by period of its order or start")
    rows.lay("claim", choices.claims)
    if choices.both:
        sheet.heading("Claims on units that a programme which comes first pays for as well, among those above")
    rows.lay("both", choices.both)
    if choices.leaving:
        sheet.heading(_leaving(ledger))
    rows.lay("leave", choices.leaving)
    if choices.leaving_both:
        sheet.heading("Of those, systems that two programmes paid for, one after the other")
    rows.lay("leave_both", choices.leaving_both)
    if choices.loans:
        sheet.heading("Loans: drawn at the start of a period, repaid at its end")
    for loan in choices.loans:  # one that is used at all has both rows
        rows.lay("draw", [(loan,)])
        rows.lay("repay", [(loan,)])
    if choices.credits:
        sheet.heading("Tax credits: what is taken off the tax of a fiscal year, in its last period")
    rows.lay("credit", [(programme,) for programme in choices.credits])
    sheet.heading("Programmes entered")
    for programme, rules in ledger.case.programmes.items():
        if rules.obligations or rules.minimum_investment is not None:
            rows.lay_join(programme)


def _leaving(ledger: Ledger) -> str:
    if gives_back(ledger.case):
        return "Claimed systems among those that leave: with them go grants whose retention has not ended"
    return "Claimed systems among those that leave: what is left of their reduced book value leaves too"


class _Rows:
    """Lays rows with their keys, which stand in a hidden column."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.ledger, self.sheet = ledger, sheet
        self.column = key_column(ledger.case.calendar)
        sheet.hidden.add(self.column)
        sheet.put(HEADER_ROW["fiscal_year"], self.column, "Key", "header text")

    def lay(self, kind: str, rows: Iterable[tuple[object, ...]], *, add_up: bool = True) -> None:
        """A row of amounts over time for each of these."""
        amounts: Mapping[Any, float] = getattr(self.ledger.decisions, kind)
        times: Iterable[int | FiscalYear | None] = self.ledger.periods
        if kind == "credit":  # stands in the last period of its fiscal year
            ends = {periods[-1]: year for year, periods in self.ledger.case.calendar.fiscal_years.items()}
            times = [ends.get(t) for t in self.ledger.periods]
        for names in map(tuple, map(flat, rows)):
            series = [float(amounts.get(key_of(STORED[kind].key, (*names, time)), 0)) for time in times]
            self._row(kind, names, series=series, add_up=add_up)

    def lay_join(self, programme: str) -> None:
        """Whether a programme is entered, which time has no part in."""
        self._row("join", (programme,), value=int(self.ledger.decisions.join.get(programme, False)))

    def _row(self, decision: str, names: Names, **figures: Unpack[Figures]) -> None:
        """Lays one row, and its key."""
        figures["kind"] = "decision"
        text, words = key_text(decision, names, self.ledger.case.calendar), row_words(decision, names, self.ledger.case)
        self.sheet.put(self.sheet.next_row, self.column, text, "code", "text")
        self.sheet.line(Key(decision, *names), words.label, words.unit, subject=words.subject, **figures)


def _unused(ledger: Ledger, sheet: Sheet) -> None:
    """Says what was not chosen at all, since it has no row."""
    choices = ledger.choices
    claimed = {programme for programme, _, _ in choices.claims}
    for word, names, used in (
        ("Offers", ledger.case.offers, set(choices.offers)),
        ("Expansions", ledger.case.expansions, set(choices.expansions)),
        ("Programmes", ledger.case.programmes, claimed),
        ("Loans", ledger.case.finance.loans, set(choices.loans)),
    ):
        unused = [name for name in names if name not in used]
        if unused:
            sheet.remark(say("{kind} not used: {names}", kind=say(word), names=joined(unused, ", ")))
