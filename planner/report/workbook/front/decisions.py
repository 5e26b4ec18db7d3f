"""Sheet Decisions: what the optimiser chose. Only what is not zero has a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Unpack

from planner.reading.workbook.keys import Names, key_column, key_text
from planner.reading.workbook.layout import DECISIONS
from planner.report.lines import has_clawback
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import HEADER_ROW
from planner.report.workbook.engine.sheet import Figures, Sheet
from planner.report.workbook.front.decision_rows import SECTIONS, row_words
from planner.vocabulary.decisions import STORED, YEAR
from planner.vocabulary.keys import FiscalYear, key_of
from planner.vocabulary.message import joined, say

DECISIONS_SHEET = Entry(
    DECISIONS,
    "what the optimiser chose",
    "Chosen by the optimiser for the inputs as solved: run the plan again to change anything here.",
)


def lay_decisions(ledger: Ledger) -> None:
    """Lays a row for each pair or triple of names that has a decision."""
    sheet = ledger.time_sheet(DECISIONS_SHEET)
    rows = _Rows(ledger, sheet)
    _unused(ledger, sheet)
    for section in SECTIONS:
        names = sorted({one for kind in section.kinds for one in ledger.choices.rows(kind)})
        if names or section.is_shown_empty:
            sheet.heading(section.heading if has_clawback(ledger.case) else section.without_clawback or section.heading)
        for one in names:
            for kind in section.kinds:
                rows.lay(kind, one, add_up=section.adds_up)
    sheet.heading("Programmes entered")
    for programme, rules in ledger.case.programmes.items():
        if rules.obligations or rules.minimum_investment is not None:
            rows.lay_join(programme)


class _Rows:
    """Lays rows with their keys, which stand in a hidden column."""

    def __init__(self, ledger: Ledger, sheet: Sheet) -> None:
        self.ledger, self.sheet = ledger, sheet
        self.column = key_column(ledger.case.calendar)
        sheet.hidden.add(self.column)
        sheet.put(HEADER_ROW["fiscal_year"], self.column, "Key", "header text")

    def lay(self, kind: str, names: Names, *, add_up: bool) -> None:
        """The row of some names: amounts over time."""
        amounts: Mapping[Any, float] = getattr(self.ledger.decisions, kind)
        times: Iterable[int | FiscalYear | None] = self.ledger.periods
        if STORED[kind].fields[-1] == YEAR:  # stands in the last period of its fiscal year
            ends = {periods[-1]: year for year, periods in self.ledger.case.calendar.fiscal_years.items()}
            times = [ends.get(t) for t in self.ledger.periods]
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
