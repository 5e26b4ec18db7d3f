"""Part of the sheet Cash flow: each loan from what is owed before to what is owed after, and its limits."""

from __future__ import annotations

from planner.report.lines import borrowed_lines, finance_costs
from planner.report.workbook.cash.loan_parts import LoanParts
from planner.report.workbook.cash.loan_rows import LoanRows, loan_key
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, month_number, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.message import say, verbatim


def lay_loans(ledger: Ledger, sheet: Sheet) -> None:
    """Lays every loan that is used, and all debt."""
    if any(ledger.case.finance.loans[loan].share_of_investment is not None for loan in ledger.loans):
        sheet.workings("capital expenditure so far, of which loans pay a share at most")
        so_far = Now("capex_so_far", -1) + Now("capex")
        sheet.money("capex_so_far", "capital expenditure so far", opening=0, series=so_far)
    for loan in ledger.loans:
        _Loan(ledger, sheet, loan).lay()
    for name, words in _sums(ledger).items():
        sheet.workings(f"all loans, {words}")
        there = [loan for loan in ledger.loans if loan_key(name, loan) in ledger.grid]
        rows = [sheet.flow(Key("all", name, loan), verbatim(loan), series=Now(loan_key(name, loan))) for loan in there]
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


def _sums(ledger: Ledger) -> dict[str, str]:
    """Rows of loans that are added up over all of them, and their words."""
    costs = {line: CASH_LINES[line].bar for line in finance_costs(ledger.case)}
    added = {line: CASH_LINES[line].label for line in borrowed_lines(ledger.case) if line != "loans_drawn"}
    return {"drawn": "drawn", **costs, **added, "repaid": "repaid", "scheduled": "scheduled to be repaid"}


class _Loan(LoanRows):
    """The rows of one loan."""

    def lay(self) -> None:
        """Lays the balance, the interest, what falls due and the room below each limit."""
        self.sheet.heading(say("Loan {loan}", loan=self.loan))
        self._balance()
        self._interest()
        self._limit()
        self._fees()
        self.row("timed", "drawn, what was owed before as of the first period", series=self._drawn_or_owed_before())
        LoanParts(self.ledger, self.sheet, self.loan).lay()
        note, gone = "", self.now("repaid")
        if self.capitalises:
            note, gone = "with interest that it spares to be added", gone * self._growth_after(self.now("growth"))
        repaid = self.now("repaid_so_far", -1) + gone
        self.row("repaid_so_far", "repaid so far", note, opening=0, series=repaid)
        ahead = self.now("repaid_so_far") - self.now("due")
        self.row("ahead", "repaid beyond what is due", "repaid - due by its term", series=ahead)
        self._scheduled()

    def _balance(self) -> None:
        outstanding = self.terms.outstanding
        there = self.ledger.home(outstanding, f"{self.path}.outstanding") if outstanding else Literal(0)
        self.row("before", "owed before the horizon", value=there)
        self.row("owed_opening", "owed at the start", series=self.now("owed", -1), by_year="start")
        drawn, repaid = self.chosen("draw"), self.chosen("repay")
        self.row("drawn", "drawn", "at the start of the period", series=drawn, add_up=True, by_year=True)
        self.row("repaid", "repaid", "at the end of the period", series=repaid, add_up=True, by_year=True)
        owed, note = self.now("owed_opening") + self.now("drawn") - self.now("repaid"), "start + drawn - repaid"
        if self.capitalises:
            owed, note = owed + self.now("interest_capitalised"), "start + drawn + interest added - repaid"
        opening = self.spot("before")
        self.row("owed", "owed at the end", note, kind="total", opening=opening, series=owed, by_year="end")

    def _interest(self) -> None:
        owing = self.now("owed_opening") + self.now("drawn")
        self.row("owing", "owed during the period", "start + drawn", series=owing)
        interest = Now(f"{self.path}.rate") * Spot("calendar.period") / 12 * self.now("owing")
        self.row("interest", "interest", "rate x months / 12 x owed", series=interest, add_up=True, by_year=True)
        if self.capitalises:
            self._capitalised()

    def _capitalised(self) -> None:
        """Interest of the months up to the last one whose interest is added to what is owed, and how that grows."""
        words, note = "month from which no interest is added", "month after the last such one"
        last = month_number(Spot(f"{self.path}.interest_capitalised_until")) + 1
        self.row("added_before", words, note, "month number", value=last)
        ends = call("MIN", Now("time.month") + Spot("calendar.period"), self.spot("added_before"))
        months = call("MAX", 0, ends - Now("time.month"))
        words, note = "months whose interest is added to what is owed", "of the period, up to the last such month"
        self.row("months_capitalised", words, note, "months", series=months)
        words, note = "interest added to what is owed", "at the end of the period: rate x those months / 12 x owed"
        rate = Now(f"{self.path}.rate") * self.now("months_capitalised") / 12
        added = rate * self.now("owing")
        self.row("interest_capitalised", words, note, series=added, add_up=True, by_year=True)
        so_far = self.now("capitalised_so_far", -1) + self.now("interest_capitalised")
        self.row("capitalised_so_far", "interest added so far", opening=0, series=so_far)
        words, note = "growth of what is owed by interest that is added", "since the start of the horizon"
        self.row("growth", words, note, "ratio", opening=1, series=self.now("growth", -1) * (1 + rate))

    def _limit(self) -> None:
        """A loan that does not revolve is drawn once: all draws count, repaid or not."""
        drawn, note = self.now("drawn_so_far", -1) + self.now("drawn"), "what was owed before included"
        self.row("drawn_so_far", "drawn so far", note, opening=self.spot("before"), series=drawn)
        limit = self.ledger.home(self.terms.limit, f"{self.path}.limit")
        self.row("limit", "limit", "at the first exchange rate", value=limit)
        revolves = Spot(f"{self.path}.revolving").compare("=", 1)
        owing, drawn = self.now("owing"), self.now("drawn_so_far")
        note = "owed where it revolves, else all that was drawn"
        if self.capitalises:
            owing, drawn = owing + self.now("interest_capitalised"), drawn + self.now("capitalised_so_far")
            note = "owed where it revolves, else all that was drawn, with interest that is added"
        counted = call("IF", revolves, owing, drawn)
        self.row("counted", "counts against the limit", note, series=counted)
        self.row("loan_room", "room below the limit", series=self.spot("limit") - self.now("counted"))
        if self.terms.share_of_investment is not None:
            share = Spot(f"{self.path}.share_of_investment") * Now("capex_so_far")
            room = share - (self.now("drawn_so_far") - self.spot("before"))
            self.row("share_room", "room below its share of investments", "share x spent so far - drawn", series=room)

    def _fees(self) -> None:
        """What is paid for each draw, and for what may still be drawn in the months of the window."""
        if self.terms.arrangement_fee is not None:
            fee, note = self.stated("arrangement_fee") * self.now("drawn"), "fee x drawn"
            self.row("arrangement_fees", "arrangement fee", note, series=fee, add_up=True, by_year=True)
        if self.terms.commitment_fee is None:
            return
        first, after = month_number(Header("start")), month_number(Now("time.end"))
        window = self.terms.draw_window
        if window.first is not None or window.last is not None:
            first, after = Now("time.month"), Now("time.month") + Spot("calendar.period")
        if window.first is not None:
            opens, words = month_number(Spot(f"{self.path}.draw_window.from")), "first month in which it may be drawn"
            self.row("open_from", words, unit="month number", value=opens)
            first = call("MAX", first, self.spot("open_from"))
        if window.last is not None:
            closes = month_number(Spot(f"{self.path}.draw_window.to")) + 1
            self.row("open_before", "month from which it may not be drawn", unit="month number", value=closes)
            after = call("MIN", after, self.spot("open_before"))
        words, note = "months in which it may be drawn", "of the period, within the window"
        self.row("open", words, note, "months", series=call("MAX", 0, after - first))
        fee, note = self.stated("commitment_fee") * self.now("open") / 12, "fee x months / 12 x room below the limit"
        room = self.now("loan_room")
        if self.capitalises:  # it is added at the end of the period
            room = room + self.now("interest_capitalised")
        series = fee * room
        self.row("commitment_fees", "commitment fee", note, series=series, add_up=True, by_year=True)

    def _scheduled(self) -> None:
        """What the terms oblige to repay: falls due, and was not repaid before the fiscal year began."""
        opens = Now("time.opens").compare("=", 1)
        before = call("IF", opens, self.now("repaid_so_far", -1), self.now("settled", -1))
        self.row("settled", "repaid before the fiscal year", "at the start of the year", opening=0, series=before)
        met = call("MAX", self.now("due", -1), self.now("settled"))
        owing, note = call("MAX", 0, self.now("due") - met), "due, unless repaid before the year"
        self.row("scheduled", "scheduled repayment", note, series=owing, add_up=True, by_year=True)

    def _drawn_or_owed_before(self) -> Term:
        """Draws by period; what was owed before counts as drawn in the first. All with interest that is added."""
        there = self.now("drawn") + Header("number").compare("=", 1) * self.spot("before")
        return there * self._growth_after(self.now("growth", -1)) if self.capitalises else there

    def _growth_after(self, grown: Term) -> Term:
        """By what one unit of money grows from then until the end of the horizon."""
        return Spot(loan_key("growth", self.loan), -1) / grown
