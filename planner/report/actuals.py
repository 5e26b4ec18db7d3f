"""The workbook in which it is filled in what really happened, with the plan beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.audit.dates import delivery_month, life_end_period, ready_month
from planner.case.case import Case
from planner.case.quantities import Month
from planner.decisions import Decisions
from planner.language import LANGUAGES, Speaker
from planner.outcome import Audit
from planner.reading.actuals.layout import (
    AS_OF,
    CASH,
    CASH_PLANNED,
    DRAWN,
    FIRST_LABEL_ROW,
    FIRST_ROW,
    FRONT,
    HEADER_ROW,
    LOANS,
    PLAN,
    REPAID,
    SHEETS,
    WHAT,
    WHOLE,
    Sheet,
)
from planner.report.files import replace_file
from planner.report.template.looks import LOOKS, font_of, footer_of
from planner.report.xlsx.book import Book, Page
from planner.report.xlsx.measures import letters_wide
from planner.report.xlsx.pages import lay_out
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say

Cell = str | float | None
MONEY, PLAIN = "#,##0;[Red]-#,##0", "General"
HOW_TO = (
    "White columns say what was planned; the blue ones hold what happened, filled with the plan.",
    "A row that is missing is added below, one that did not happen gets a zero. An empty blue cell counts as planned.",
    "A delivery, a block or a grant that is still to come gets the month in which it is expected now.",
    "Cash is that at the end of the month before the date; left empty, it counts as worked out.",
    "What no sheet explains of a difference of cash is told as such.",
    "Money is in the currency of the case; money that goes out is negative on the sheet Cash flow.",
)


@dataclass(frozen=True)
class Planned:
    """A plan, as the workbook of its actuals shows it."""

    case: Case
    fingerprint: str
    decisions: Decisions
    audited: Audit


def write_actuals(path: Path, plan: Planned, as_of: Month, language: str = LANGUAGES[0]) -> None:
    """Writes the workbook for a plan up to a month, filled with the plan.

    Args:
        path: the new file.
        plan: what was planned.
        as_of: everything that begins before this month has happened.
        language: of its captions and notes.

    Raises:
        WriteError: the file could not be written.
    """
    replace_file(path, lambda target: _write(target, plan, as_of, Speaker(language)))


def _write(target: Path, plan: Planned, as_of: Month, speaker: Speaker) -> None:
    title = speaker.say("Actuals of a plan of the GPU compute-capacity planner")
    book = Book(target, font_of(speaker), LOOKS, title=title)
    _front(book, plan, as_of, speaker)
    rows = _Rows(plan, as_of)
    for sheet in SHEETS:
        _sheet(book, sheet, rows.of(sheet.name), speaker)
    book.close()


def _front(book: Book, plan: Planned, as_of: Month, speaker: Speaker) -> None:
    case = plan.case
    page = book.page(speaker.sheet(FRONT))
    cash = plan.audited.accounts.cash_at_end[case.calendar.number_of(as_of) - 1]
    title = say("What happened up to {month}: {case}", month=str(as_of), case=case.title or case.name)
    book.put(page, 0, 0, speaker.say(title), "title", PLAIN)
    money = say("All money in {currency}.", currency=case.finance.currency)
    book.put(page, 1, 0, speaker.say(money), "statement", PLAIN)
    rows: tuple[tuple[str, Cell, str], ...] = (
        (AS_OF, str(as_of), "must"), (PLAN, plan.fingerprint, "label"), (CASH_PLANNED, cash, "label"),
        (CASH, None, "column"),
    )  # fmt: skip
    for row, (label, value, look) in enumerate(rows, FIRST_LABEL_ROW):
        book.put(page, row, 0, speaker.caption(label), "must", PLAIN)
        book.put(page, row, 1, value, look, MONEY if isinstance(value, float) else "@")
    for row, text in enumerate(HOW_TO, FIRST_LABEL_ROW + len(rows) + 1):
        book.put(page, row, 0, speaker.say(text), "statement", PLAIN)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 30)
    lay_out(page, footer_of(speaker))


def _sheet(book: Book, sheet: Sheet, rows: Iterator[tuple[Cell, ...]], speaker: Speaker) -> Page:
    page = book.page(speaker.sheet(sheet.name))
    book.put(page, 0, 0, speaker.sheet(sheet.name), "title", PLAIN)
    book.put(page, 1, 0, speaker.say(sheet.what), "statement", PLAIN)
    for column, one in enumerate(sheet.fields):
        header = speaker.caption(one.header, WHOLE if one.kind == "whole" else "")
        book.put(page, HEADER_ROW, column, header, "required" if one.falls_back else "header", PLAIN)
        page.set_column(column, column, max(14, letters_wide(header) + 2))
    for row, values in enumerate(rows, FIRST_ROW):
        for column, (one, value) in enumerate(zip(sheet.fields, values, strict=True)):
            is_word = sheet.name == LOANS and one.header == WHAT
            content = speaker.choice(value) if is_word and isinstance(value, str) else value
            shown = MONEY if one.header.startswith("money") else PLAIN if isinstance(value, float) else "@"
            book.put(page, row, column, content, "label" if one.is_planned else "column", shown)
    page.freeze_panes(FIRST_ROW, 1)
    lay_out(page, footer_of(speaker))
    return page


class _Rows:
    """What was planned up to a month, as rows of the sheets."""

    def __init__(self, plan: Planned, as_of: Month) -> None:
        self.case, self.decisions, self.audited, self.as_of = plan.case, plan.decisions, plan.audited, as_of
        self.starts = plan.case.calendar.starts

    def of(self, sheet: str) -> Iterator[tuple[Cell, ...]]:
        """The rows of a sheet, in the order of their keys."""
        rows: dict[str, Callable[[], Iterator[tuple[Cell, ...]]]] = {
            "Orders": self._orders, "Blocks": self._blocks, "Exits": self._exits, "Claims": self._claims,
            "Loans": self._loans, "Grants": self._grants, "Cash flow": self._lines,
        }  # fmt: skip
        return rows[sheet]() if sheet in rows else iter(())

    def _is_past(self, t: int) -> bool:
        return self.starts[t] < self.as_of

    def _orders(self) -> Iterator[tuple[Cell, ...]]:
        for (offer, site, t), systems in sorted(self.decisions.order.items()):
            if systems and self._is_past(t):
                came, count = str(delivery_month(self.case, offer, t)), float(systems)
                yield offer, site, str(self.starts[t]), count, count, came, came

    def _blocks(self) -> Iterator[tuple[Cell, ...]]:
        for (name, t), blocks in sorted(self.decisions.expand.items()):
            if blocks and self._is_past(t):
                ready, count = str(ready_month(self.case, name, t)), float(blocks)
                yield name, str(self.starts[t]), count, count, ready, ready

    def _exits(self) -> Iterator[tuple[Cell, ...]]:
        for (vintage, t), systems in sorted(self.decisions.exit.items()):
            if systems and self._is_past(t) and t < life_end_period(self.case, vintage):
                system, site, (arrived, offer) = vintage
                yield system, site, str(arrived), offer, str(self.starts[t]), float(systems), float(systems)

    def _claims(self) -> Iterator[tuple[Cell, ...]]:
        for (programme, (name, site, t)), units in sorted(self.decisions.claim.items()):
            if units and self._is_past(t):
                yield programme, name, site, str(self.starts[t]), units, units

    def _loans(self) -> Iterator[tuple[Cell, ...]]:
        moves = ((DRAWN, self.decisions.draw), (REPAID, self.decisions.repay))
        found = ((loan, what, t, money) for what, table in moves for (loan, t), money in table.items())
        for loan, what, t, money in sorted(found):
            if money and self._is_past(t):
                yield loan, what, str(self.starts[t]), money, money

    def _grants(self) -> Iterator[tuple[Cell, ...]]:
        for (programme, t), money in sorted(self.audited.quantities.grant_paid.items()):
            if money and self._is_past(t):
                yield programme, str(self.starts[t]), money, money, str(self.starts[t])

    def _lines(self) -> Iterator[tuple[Cell, ...]]:
        for line, amounts in self.audited.accounts.lines.items():
            for t, amount in enumerate(amounts):
                if amount and self._is_past(t):
                    yield line, str(self.starts[t]), CASH_LINES[line].sign * amount, None
