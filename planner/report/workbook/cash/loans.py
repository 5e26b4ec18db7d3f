"""Part of the sheet Cash flow: each loan from what is owed before to what is owed after, and its limits."""

from __future__ import annotations

from planner.case.finance import Loan
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import Line, Sheet
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
        sheet.line(Line("capex_so_far", "capital expenditure so far", ledger.currency), opening=0, series=so_far)
    for loan in ledger.loans:
        _LoanRows(ledger, sheet, loan).lay()
    for name in ("drawn", "interest", "repaid", "scheduled"):
        words = "scheduled to be repaid" if name == "scheduled" else name
        sheet.workings(f"all loans, {words}")
        rows = [
            sheet.line(
                Line(Key("all", name, loan), verbatim(loan), ledger.currency),
                series=Now(loan_key(name, loan)),
                add_up=True,
            )
            for loan in ledger.loans
        ]
        sheet.line(Line(Key("all", name), "all loans", ledger.currency, kind="total"), series=total(rows), add_up=True)
    sheet.workings("all loans, owed at the end")
    rows = [
        sheet.line(
            Line(Key("debt", loan), verbatim(loan), ledger.currency),
            opening=Spot(loan_key("before", loan)),
            series=Now(loan_key("owed", loan)),
            by_year="end",
        )
        for loan in ledger.loans
    ]
    row = Line("debt", "all loans", ledger.currency, kind="total")
    sheet.line(row, opening=total(rows), series=total(rows), by_year="end")


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
        if self.terms.repayment == "at_end":
            self._due_at_end()
        else:
            self._due_in_parts()
        repaid = Now(self.key("repaid_so_far"), -1) + Now(self.key("repaid"))
        self.sheet.line(self._line("repaid_so_far", "repaid so far"), opening=0, series=repaid)
        ahead = Now(self.key("repaid_so_far")) - Now(self.key("due"))
        self.sheet.line(self._line("ahead", "repaid beyond what is due", "repaid - due by its term"), series=ahead)
        self._scheduled()

    def key(self, name: str) -> Key:
        """The key of one of its rows."""
        return loan_key(name, self.loan)

    def _line(self, name: str, words: Text, note: Text = "", *, unit: str = "", kind: str = "calculation") -> Line[Key]:
        """What one row of the loan is, in our own currency unless told otherwise."""
        label = about(self.loan, words)
        return Line(self.key(name), label, unit or self.ledger.currency, self.loan, note, kind)

    def _chosen(self, decision: str) -> Term:
        key = Key(decision, self.loan)
        return Now(key) if key in self.ledger.grid else Literal(0)

    def _balance(self) -> None:
        outstanding = self.terms.outstanding
        there = self.ledger.home(outstanding, f"{self.path}.outstanding") if outstanding else Literal(0)
        self.sheet.line(self._line("before", "owed before the horizon"), value=there)
        self.sheet.line(
            self._line("owed_opening", "owed at the start"), series=Now(self.key("owed"), -1), by_year="start"
        )
        self.sheet.line(
            self._line("drawn", "drawn", "at the start of the period"),
            series=self._chosen("draw"),
            add_up=True,
            by_year=True,
        )
        self.sheet.line(
            self._line("repaid", "repaid", "at the end of the period"),
            series=self._chosen("repay"),
            add_up=True,
            by_year=True,
        )
        owed = Now(self.key("owed_opening")) + Now(self.key("drawn")) - Now(self.key("repaid"))
        self.sheet.line(
            self._line("owed", "owed at the end", "start + drawn - repaid", kind="total"),
            opening=Spot(self.key("before")),
            series=owed,
            by_year="end",
        )

    def _interest(self) -> None:
        owing = Now(self.key("owed_opening")) + Now(self.key("drawn"))
        self.sheet.line(self._line("owing", "owed during the period", "start + drawn"), series=owing)
        interest = Now(f"{self.path}.rate") * Spot("calendar.period") / 12 * Now(self.key("owing"))
        self.sheet.line(
            self._line("interest", "interest", "rate x months / 12 x owed"), series=interest, add_up=True, by_year=True
        )

    def _limit(self) -> None:
        """A loan that does not revolve is drawn once: all draws count, repaid or not."""
        drawn = Now(self.key("drawn_so_far"), -1) + Now(self.key("drawn"))
        self.sheet.line(
            self._line("drawn_so_far", "drawn so far", "what was owed before included"),
            opening=Spot(self.key("before")),
            series=drawn,
        )
        limit = self.ledger.home(self.terms.limit, f"{self.path}.limit")
        self.sheet.line(self._line("limit", "limit", "at the first exchange rate"), value=limit)
        revolves = Spot(f"{self.path}.revolving").compare("=", 1)
        counted = call("IF", revolves, Now(self.key("owing")), Now(self.key("drawn_so_far")))
        self.sheet.line(
            self._line("counted", "counts against the limit", "owed where it revolves, else all that was drawn"),
            series=counted,
        )
        self.sheet.line(
            self._line("loan_room", "room below the limit"), series=Spot(self.key("limit")) - Now(self.key("counted"))
        )
        if self.terms.share_of_investment is not None:
            share = Spot(f"{self.path}.share_of_investment") * Now("capex_so_far")
            new = Now(self.key("drawn_so_far")) - Spot(self.key("before"))
            self.sheet.line(
                self._line("share_room", "room below its share of investments", "share x spent so far - drawn"),
                series=share - new,
            )

    def _scheduled(self) -> None:
        """What the terms oblige to repay: falls due, and was not repaid before the fiscal year began."""
        before: Term = Now(self.key("settled"), -1)
        before = call("IF", Now("time.opens").compare("=", 1), Now(self.key("repaid_so_far"), -1), before)
        self.sheet.line(
            self._line("settled", "repaid before the fiscal year", "at the start of the year"), opening=0, series=before
        )
        met = call("MAX", Now(self.key("due"), -1), Now(self.key("settled")))
        owing = call("MAX", 0, Now(self.key("due")) - met)
        note = "due, unless repaid before the year"
        self.sheet.line(self._line("scheduled", "scheduled repayment", note), series=owing, add_up=True, by_year=True)

    def _falls_due(self) -> None:
        """Draws by period; what was owed before counts as drawn in the first."""
        first = Header("number").compare("=", 1)
        drawn = Now(self.key("drawn")) + first * Spot(self.key("before"))
        self.sheet.line(self._line("timed", "drawn, what was owed before as of the first period"), series=drawn)

    def _due_at_end(self) -> None:
        self._falls_due()
        later = call("INT", (Spot(f"{self.path}.term") - 1) / Spot("calendar.period"))
        self.sheet.line(
            self._line(
                "term",
                "periods from a draw to its repayment",
                "term, to the period that holds its last month",
                unit="period",
            ),
            value=call("MAX", 0, later),
        )
        drawn_then = Header("number") - Spot(self.key("term"))
        falls = call("SUMIFS", Whole(self.key("timed")), HeaderSpan("number"), drawn_then)
        self.sheet.line(self._line("falls_due", "falls due", "drawn a term ago"), series=falls, add_up=True)
        self.sheet.line(
            self._line("due", "due so far"), opening=0, series=Now(self.key("due"), -1) + Now(self.key("falls_due"))
        )

    def _due_in_parts(self) -> None:
        """Equal parts end with the term: what grows beyond the whole of a draw is taken off again."""
        self._falls_due()
        part = call(
            "IF", Spot(f"{self.path}.term").compare("=", 0), 1, Spot("calendar.period") / Spot(f"{self.path}.term")
        )
        self.sheet.line(
            self._line("part", "part of a draw that falls due in a period", "months in a period / term", unit="share"),
            value=part,
        )
        drawn, rate = Whole(self.key("timed")), Spot(self.key("part"))
        now, then = Header("number") + 1, HeaderSpan("number")
        grown = call("SUMPRODUCT", drawn * now.compare(">", then) * (now - then)) * rate
        self.sheet.line(
            self._line("grown", "due so far, if parts never ended", "draws x periods since x part"), series=grown
        )
        self.sheet.line(
            self._line("ended", "draws before this period are due as a whole", unit="period"), series=now - 1 / rate
        )
        ended = Now(self.key("ended"))
        beyond = call("SUMPRODUCT", drawn * ended.compare(">", then) * (ended - then)) * rate
        self.sheet.line(
            self._line("beyond", "of that, beyond the whole of a draw", "parts after the end of the term"),
            series=beyond,
        )
        self.sheet.line(
            self._line("due", "due so far"), opening=0, series=Now(self.key("grown")) - Now(self.key("beyond"))
        )
