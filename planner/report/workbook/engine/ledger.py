"""What every sheet needs while it is laid: the outcome, the grid, and short ways to name figures of the case."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.case.case import Case
from planner.case.quantities import Money
from planner.decisions import Decisions
from planner.language import Speaker
from planner.outcome import Accounts, Audit, Outcome, Proof
from planner.reading.workbook.layout import INPUTS
from planner.report.added import Added, added_by
from planner.report.value import Returns, returns
from planner.report.workbook.engine.choices import Choices
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.grid import CALENDAR, LABEL, NOTE, SUBJECT, UNIT, Grid
from planner.report.workbook.engine.input_figures import InputFigure, input_figures
from planner.report.workbook.engine.references import (
    HEADER_ROW,
    Header,
    HoldingPeriod,
    Now,
    Spot,
    header_of,
    period_holding,
)
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Columns, Place, Term, call
from planner.report.xlsx.scale import MILLIONS_FROM, Scale
from planner.vocabulary.message import Message, say


def at_site(name: str, site: str) -> Message:
    """How a sheet names something at a site."""
    return say("{name} at {site}", name=name, site=site)


def largest_amount(accounts: Accounts) -> float:
    """The largest amount of money that moves or stands in a period."""
    amounts = [*accounts.cash, *(amount for line in accounts.lines.values() for amount in line)]
    return max((abs(amount) for amount in amounts), default=0.0)


@dataclass
class Ledger:
    """One outcome on its way into a workbook."""

    outcome: Outcome
    grid: Grid
    figures: dict[str, list[InputFigure]]
    scale: Scale
    entries: tuple[Entry, ...]
    """All sheets, in the order of the book."""

    @classmethod
    def of(cls, outcome: Outcome, language: str, entries: tuple[Entry, ...]) -> Ledger:
        """An empty workbook for an outcome, in a language."""
        case = outcome.case
        sources = {path: origin.source for path, origin in outcome.provenance.items()}
        largest, speaker = largest_amount(outcome.audit.accounts), Speaker(language)
        return cls(
            outcome=outcome,
            grid=Grid(case.calendar, case.finance.currency, speaker),
            figures=input_figures(case, sources),
            scale=Scale(case.finance.currency, largest >= MILLIONS_FROM, speaker),
            entries=entries,
        )

    @cached_property
    def largest_amount(self) -> float:
        """The largest amount of money that moves or stands in a period."""
        return largest_amount(self.outcome.audit.accounts)

    @cached_property
    def labels(self) -> dict[str, Message]:
        """What Inputs calls each figure, by its path."""
        return {figure.path: figure.label for section in self.figures.values() for figure in section}

    @property
    def case(self) -> Case:
        """The case."""
        return self.outcome.case

    @property
    def decisions(self) -> Decisions:
        """What the optimiser chose."""
        return self.outcome.decisions

    @cached_property
    def choices(self) -> Choices:
        """The names that have a decision."""
        return Choices(self.outcome.decisions)

    @cached_property
    def placements(self) -> list[tuple[str, str]]:
        """(system, site) where systems ever stand, in the order of the sheets."""
        offers = self.case.offers
        ordered = {(offers[offer].system, site) for offer, site in self.choices.orders}
        there = {(fleet.system, name) for name, site in self.case.sites.items() for fleet in site.fleet}
        return sorted(ordered | there)

    @cached_property
    def loans(self) -> list[str]:
        """Loans that are owed at the start, drawn or repaid, or ask for a fee while they are not drawn."""
        loans = self.case.finance.loans.items()
        there = {name for name, loan in loans if loan.outstanding is not None or loan.commitment_fee is not None}
        return sorted(there | set(self.choices.loans))

    @property
    def has_shield(self) -> bool:
        """Whether interest can save tax: there is both."""
        return self.case.finance.tax is not None and bool(self.loans)

    @cached_property
    def returns(self) -> Returns:
        """What the flows before financing yield; a search, of which one is enough for the whole book."""
        return returns(self.outcome)

    @cached_property
    def added(self) -> Added | None:
        """What the plan adds to doing nothing further; None where it is not known what that comes to."""
        return added_by(self.outcome)

    @property
    def audit(self) -> Audit:
        """The plan, worked out again."""
        return self.outcome.audit

    @property
    def proof(self) -> Proof:
        """How good the plan is known to be."""
        return self.outcome.proof

    @property
    def currency(self) -> str:
        """Currency of all results."""
        return self.case.finance.currency

    @property
    def periods(self) -> range:
        """Numbers of the periods, from 0."""
        return range(self.case.calendar.periods)

    def rate(self, currency: str, period: int | None = None) -> Term | None:
        """The exchange rate of a currency in the column of the formula, or in one period; None for our own."""
        if currency == self.currency:
            return None
        path = f"finance.exchange_rates.{currency}"
        return Now(path) if period is None else Spot(path, period)

    def home(self, money: Money, path: str, period: int = 0) -> Term:
        """An amount of the case in our own currency, at the exchange rate of one period."""
        rate = self.rate(money.currency, period)
        return Spot(path) if rate is None else Spot(path) * rate

    def titled(self, sheet: str) -> Message:
        """The title of a sheet: what it is, and of which case."""
        return say("{title} — {case}", title=say(sheet), case=self.case.title or self.case.name)

    def plain_sheet(self, entry: Entry, widths: tuple[int, ...]) -> Sheet:
        """A sheet without periods, its columns as wide as is said; the first row below its title is the next."""
        sheet = self.grid.sheet(entry)
        sheet.widths, sheet.next_row = widths, 2
        sheet.put(0, LABEL, self.titled(entry.name), "title")
        sheet.put(1, LABEL, self.scale.statement(entry.raw), "statement")
        return sheet

    def time_sheet(self, entry: Entry) -> Sheet:
        """A sheet with the periods or months in columns, and its header."""
        sheet = self.grid.sheet(entry)
        sheet.put(0, LABEL, self.titled(entry.name), "title")
        sheet.put(1, LABEL, self.scale.statement(entry.raw), "statement")
        sheet.put(2, LABEL, entry.remark, "statement")
        own = entry.name == INPUTS
        titles = ("Line", "Subject", "Unit", "Value", "As solved" if own else "", "Changed?" if own else "")
        columns = self.grid.columns_over_time(entry.name)
        header = header_of(columns)
        for column, text in enumerate((*titles, "Source" if own else "How", "Before")):
            for row in header.values():
                kind = "header text" if column in (LABEL, SUBJECT, UNIT, NOTE) else "header"
                sheet.put(row, column, text if row == header["fiscal_year"] else None, kind)
        words = {"number": columns.unit.capitalize(), "start": "Starts in", "fiscal_year": "Fiscal year"}
        for name, row in header.items():
            sheet.put(row, LABEL, words.get(name, "Period"), "header text")
        self._header(sheet, columns, own, entry.years)
        return sheet

    def _header(self, sheet: Sheet, columns: Columns, own: bool, years: bool) -> None:
        first, header = columns.first, header_of(columns)
        units = {"number": "number", "start": "date", "fiscal_year": "fiscal year", "period": "number"}
        contents: dict[str, Term] = {name: Now(f"time.{name}") for name in header}
        if own or columns.unit == "month":
            contents = header_formulas() if own else header_by_month()
            for name in header:
                key = f"{CALENDAR[columns.unit]}.{name}"
                self.grid.register(key, Place(sheet.name, header[name], first), over_time=True)
            sheet.put(header["number"], first - 1, 0, "header", units["number"])
        for name in header:
            for column in range(first, columns.last + 1):
                sheet.put(header[name], column, contents[name], "header", units[name])
        for position, column in enumerate(columns.years if years else ()):
            for row in header.values():
                sheet.put(row, column, None, "header")
            sheet.put(HEADER_ROW["number"], column, position, "header", "number")
            sheet.put(HEADER_ROW["start"], column, "year", "header")
            year = Spot("time.fiscal_year", 0) + Header("number")
            sheet.put(HEADER_ROW["fiscal_year"], column, year, "header", "fiscal year")


def header_formulas() -> dict[str, Term]:
    """The header over the periods, worked out on Inputs from the first month and the length of a period."""
    months, number = Spot("calendar.period"), Header("number")
    back = 1 - Spot("calendar.fiscal_year_start_month")
    return {
        "number": Now("time.number", -1) + 1,
        "start": call("EDATE", Spot("calendar.start"), (number - 1) * months),
        "fiscal_year": call("YEAR", call("EDATE", Header("start"), back)),
    }


def header_by_month() -> dict[str, Term]:
    """The header over the months of the one sheet that has them, worked out from that of the periods.

    A month belongs to the fiscal year of its period, so that years add up to the same on all sheets. Where a changed
    length of the period leads past the last one, the last one is taken.
    """
    number = Header("number")
    return {
        "number": Now("month.number", -1) + 1,
        "start": call("EDATE", Spot("calendar.start"), number - 1),
        "fiscal_year": HoldingPeriod("time.fiscal_year"),
        "period": call("MIN", Spot("time.periods"), period_holding(number)),
    }
