"""Part of the sheet Cash flow: each loan from what is owed before to what is owed after, and its limits."""

from __future__ import annotations

from typing import Unpack

from planner.case.finance import Loan
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import Figures, Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Text, about, say, verbatim


def loan_key(name: str, loan: str) -> Key:
    """The key of a row of a loan; a loan may be called like an offer."""
    return Key(name, "loan", loan)


def lay_loans(ledger: Ledger, sheet: Sheet) -> None:
    """Lays every loan that is used, and all debt."""
    if any(ledger.case.finance.loans[loan].share_of_investment is not None for loan in ledger.loans):
        sheet.workings("capital expenditure so far, of which loans pay a share at most")
        so_far = Now("capex_so_far", -1) + Now("capex")
        sheet.money("capex_so_far", "capital expenditure so far", opening=0, series=so_far)
    for loan in ledger.loans:
        _LoanRows(ledger, sheet, loan).lay()
    for name in ("drawn", "interest", "repaid", "scheduled"):
        words = "scheduled to be repaid" if name == "scheduled" else name
        sheet.workings(f"all loans, {words}")
        rows = [
            sheet.flow(Key("all", name, loan), verbatim(loan), series=Now(loan_key(name, loan)))
            for loan in ledger.loans
        ]
        sheet.flow(Key("all", name), "all loans", kind="total", series=total(rows))
    sheet.workings("all loans, owed at the end")
    rows = [
        sheet.money(
            Key("debt", loan),
            verbatim(loan),
            opening=Spot(loan_key("before", loan)),
            series=Now(loan_key("owed", loan)),
            by_year="end",
        )
        for loan in ledger.loans
    ]
    sheet.money("debt", "all loans", kind="total", opening=total(rows), series=total(rows), by_year="end")


class _LoanRows:
    """The rows of one loan."""

    def __init__(self, ledger: Ledger, sheet: Sheet, loan: str) -> None:
        self.ledger, self.sheet, self.loan = ledger, sheet, loan
        self.terms: Loan = ledger.case.finance.loans[loan]
        self.path = f"finance.loans.{loan}"

    def lay(self) -> None:
        """Lays the balance, the interest, what falls due and the room below each limit."""
        self.sheet.heading(say("Loan {loan}", loan=self.loan))
        self._balance()
        self._interest()
        self._limit()
        self._row("timed", "drawn, what was owed before as of the first period", series=self._drawn_or_owed_before())
        if self.terms.repayment == "at_end":
            self._due_at_end()
        else:
            self._due_in_parts()
        repaid = self._now("repaid_so_far", -1) + self._now("repaid")
        self._row("repaid_so_far", "repaid so far", opening=0, series=repaid)
        ahead = self._now("repaid_so_far") - self._now("due")
        self._row("ahead", "repaid beyond what is due", "repaid - due by its term", series=ahead)
        self._scheduled()

    def _row(self, name: str, words: Text, note: Text = "", unit: str = "", **figures: Unpack[Figures]) -> None:
        """Lays one row of the loan, in our own currency unless told otherwise."""
        label, unit = about(self.loan, words), unit or self.ledger.currency
        self.sheet.line(loan_key(name, self.loan), label, unit, note, self.loan, **figures)

    def _now(self, name: str, shift: int = 0) -> Term:
        return Now(loan_key(name, self.loan), shift)

    def _spot(self, name: str) -> Term:
        return Spot(loan_key(name, self.loan))

    def _chosen(self, decision: str) -> Term:
        key = Key(decision, self.loan)
        return Now(key) if key in self.ledger.grid else Literal(0)

    def _balance(self) -> None:
        outstanding = self.terms.outstanding
        there = self.ledger.home(outstanding, f"{self.path}.outstanding") if outstanding else Literal(0)
        self._row("before", "owed before the horizon", value=there)
        self._row("owed_opening", "owed at the start", series=self._now("owed", -1), by_year="start")
        drawn, repaid = self._chosen("draw"), self._chosen("repay")
        self._row("drawn", "drawn", "at the start of the period", series=drawn, add_up=True, by_year=True)
        self._row("repaid", "repaid", "at the end of the period", series=repaid, add_up=True, by_year=True)
        owed, note = self._now("owed_opening") + self._now("drawn") - self._now("repaid"), "start + drawn - repaid"
        opening = self._spot("before")
        self._row("owed", "owed at the end", note, kind="total", opening=opening, series=owed, by_year="end")

    def _interest(self) -> None:
        owing = self._now("owed_opening") + self._now("drawn")
        self._row("owing", "owed during the period", "start + drawn", series=owing)
        interest = Now(f"{self.path}.rate") * Spot("calendar.period") / 12 * self._now("owing")
        self._row("interest", "interest", "rate x months / 12 x owed", series=interest, add_up=True, by_year=True)

    def _limit(self) -> None:
        """A loan that does not revolve is drawn once: all draws count, repaid or not."""
        drawn, note = self._now("drawn_so_far", -1) + self._now("drawn"), "what was owed before included"
        self._row("drawn_so_far", "drawn so far", note, opening=self._spot("before"), series=drawn)
        limit = self.ledger.home(self.terms.limit, f"{self.path}.limit")
        self._row("limit", "limit", "at the first exchange rate", value=limit)
        revolves = Spot(f"{self.path}.revolving").compare("=", 1)
        counted = call("IF", revolves, self._now("owing"), self._now("drawn_so_far"))
        note = "owed where it revolves, else all that was drawn"
        self._row("counted", "counts against the limit", note, series=counted)
        self._row("loan_room", "room below the limit", series=self._spot("limit") - self._now("counted"))
        if self.terms.share_of_investment is not None:
            share = Spot(f"{self.path}.share_of_investment") * Now("capex_so_far")
            room = share - (self._now("drawn_so_far") - self._spot("before"))
            self._row("share_room", "room below its share of investments", "share x spent so far - drawn", series=room)

    def _scheduled(self) -> None:
        """What the terms oblige to repay: falls due, and was not repaid before the fiscal year began."""
        opens = Now("time.opens").compare("=", 1)
        before = call("IF", opens, self._now("repaid_so_far", -1), self._now("settled", -1))
        self._row("settled", "repaid before the fiscal year", "at the start of the year", opening=0, series=before)
        met = call("MAX", self._now("due", -1), self._now("settled"))
        owing, note = call("MAX", 0, self._now("due") - met), "due, unless repaid before the year"
        self._row("scheduled", "scheduled repayment", note, series=owing, add_up=True, by_year=True)

    def _drawn_or_owed_before(self) -> Term:
        """Draws by period; what was owed before counts as drawn in the first."""
        return self._now("drawn") + Header("number").compare("=", 1) * self._spot("before")

    def _due_at_end(self) -> None:
        later = call("INT", (Spot(f"{self.path}.term") - 1) / Spot("calendar.period"))
        words, note = "periods from a draw to its repayment", "term, to the period that holds its last month"
        self._row("term", words, note, "period", value=call("MAX", 0, later))
        drawn_then = Header("number") - self._spot("term")
        falls = call("SUMIFS", Whole(loan_key("timed", self.loan)), HeaderSpan("number"), drawn_then)
        self._row("falls_due", "falls due", "drawn a term ago", series=falls, add_up=True)
        self._row("due", "due so far", opening=0, series=self._now("due", -1) + self._now("falls_due"))

    def _due_in_parts(self) -> None:
        """Equal parts end with the term: what grows beyond the whole of a draw is taken off again."""
        term = Spot(f"{self.path}.term")
        part = call("IF", term.compare("=", 0), 1, Spot("calendar.period") / term)
        words, note = "part of a draw that falls due in a period", "months in a period / term"
        self._row("part", words, note, "share", value=part)
        drawn, rate = Whole(loan_key("timed", self.loan)), self._spot("part")
        now, then = Header("number") + 1, HeaderSpan("number")
        grown = call("SUMPRODUCT", drawn * now.compare(">", then) * (now - then)) * rate
        self._row("grown", "due so far, if parts never ended", "draws x periods since x part", series=grown)
        self._row("ended", "draws before this period are due as a whole", unit="period", series=now - 1 / rate)
        ended = self._now("ended")
        beyond = call("SUMPRODUCT", drawn * ended.compare(">", then) * (ended - then)) * rate
        words, note = "of that, beyond the whole of a draw", "parts after the end of the term"
        self._row("beyond", words, note, series=beyond)
        self._row("due", "due so far", opening=0, series=self._now("grown") - self._now("beyond"))
