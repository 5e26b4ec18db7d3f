"""Part of the sheet Cash flow: each loan from what is owed before to what is owed after, and its limits."""

from __future__ import annotations

from planner.case.finance import Loan
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, HeaderSpan, Now, Spot, Whole, total
from planner.report.workbook.engine.sheet import ByYear, Line, Sheet
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
    for name, words in (
        ("drawn", "drawn"), ("interest", "interest"), ("repaid", "repaid"), ("scheduled", "scheduled to be repaid"),
    ):  # fmt: skip
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
    sheet.line(
        Line("debt", "all loans", ledger.currency, kind="total"), opening=total(rows), series=total(rows), by_year="end"
    )


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
        self._row("repaid_so_far", "repaid so far", repaid, opening=0)
        ahead = Now(self.key("repaid_so_far")) - Now(self.key("due"))
        self._row("ahead", "repaid beyond what is due", ahead, note="repaid - due by its term")
        self._scheduled()

    def key(self, name: str) -> Key:
        """The key of one of its rows."""
        return loan_key(name, self.loan)

    def _row(
        self,
        name: str,
        words: Text,
        series: Term | None,
        note: Text = "",
        *,
        unit: str = "",
        value: Term | None = None,
        opening: Term | int | None = None,
        kind: str = "calculation",
        add_up: bool = False,
        by_year: ByYear = False,
    ) -> None:
        """One row of the loan, in our own currency unless told otherwise."""
        self.sheet.line(
            Line(self.key(name), about(self.loan, words), unit or self.ledger.currency, self.loan, note, kind=kind),
            value=value,
            opening=opening,
            series=series,
            add_up=add_up,
            by_year=by_year,
        )

    def _chosen(self, decision: str) -> Term:
        key = Key(decision, self.loan)
        return Now(key) if key in self.ledger.grid else Literal(0)

    def _balance(self) -> None:
        outstanding = self.terms.outstanding
        there = self.ledger.home(outstanding, f"{self.path}.outstanding") if outstanding else Literal(0)
        self._row("before", "owed before the horizon", None, value=there)
        self._row("owed_opening", "owed at the start", Now(self.key("owed"), -1), by_year="start")
        self._row("drawn", "drawn", self._chosen("draw"), "at the start of the period", add_up=True, by_year=True)
        self._row("repaid", "repaid", self._chosen("repay"), "at the end of the period", add_up=True, by_year=True)
        owed = Now(self.key("owed_opening")) + Now(self.key("drawn")) - Now(self.key("repaid"))
        self._row(
            "owed", "owed at the end", owed, "start + drawn - repaid", kind="total", opening=Spot(self.key("before")),
            by_year="end",
        )  # fmt: skip

    def _interest(self) -> None:
        owing = Now(self.key("owed_opening")) + Now(self.key("drawn"))
        self._row("owing", "owed during the period", owing, "start + drawn")
        interest = Now(f"{self.path}.rate") * Spot("calendar.period") / 12 * Now(self.key("owing"))
        self._row("interest", "interest", interest, "rate x months / 12 x owed", add_up=True, by_year=True)

    def _limit(self) -> None:
        """A loan that does not revolve is drawn once: all draws count, repaid or not."""
        drawn = Now(self.key("drawn_so_far"), -1) + Now(self.key("drawn"))
        self._row(
            "drawn_so_far", "drawn so far", drawn, "what was owed before included", opening=Spot(self.key("before"))
        )
        limit = self.ledger.home(self.terms.limit, f"{self.path}.limit")
        self._row("limit", "limit", None, "at the first exchange rate", value=limit)
        revolves = Spot(f"{self.path}.revolving").compare("=", 1)
        counted = call("IF", revolves, Now(self.key("owing")), Now(self.key("drawn_so_far")))
        self._row("counted", "counts against the limit", counted, "owed where it revolves, else all that was drawn")
        self._row("loan_room", "room below the limit", Spot(self.key("limit")) - Now(self.key("counted")))
        if self.terms.share_of_investment is not None:
            share = Spot(f"{self.path}.share_of_investment") * Now("capex_so_far")
            new = Now(self.key("drawn_so_far")) - Spot(self.key("before"))
            self._row("share_room", "room below its share of investments", share - new, "share x spent so far - drawn")

    def _scheduled(self) -> None:
        """What the terms oblige to repay: falls due, and was not repaid before the fiscal year began."""
        before: Term = Now(self.key("settled"), -1)
        before = call("IF", Now("time.opens").compare("=", 1), Now(self.key("repaid_so_far"), -1), before)
        self._row("settled", "repaid before the fiscal year", before, opening=0, note="at the start of the year")
        met = call("MAX", Now(self.key("due"), -1), Now(self.key("settled")))
        owing = call("MAX", 0, Now(self.key("due")) - met)
        note = "due, unless repaid before the year"
        self._row("scheduled", "scheduled repayment", owing, note, add_up=True, by_year=True)

    def _falls_due(self) -> None:
        """Draws by period; what was owed before counts as drawn in the first."""
        first = Header("number").compare("=", 1)
        drawn = Now(self.key("drawn")) + first * Spot(self.key("before"))
        self._row("timed", "drawn, what was owed before as of the first period", drawn)

    def _due_at_end(self) -> None:
        self._falls_due()
        later = call("INT", (Spot(f"{self.path}.term") - 1) / Spot("calendar.period"))
        self._row(
            "term", "periods from a draw to its repayment", None, "term, to the period that holds its last month",
            value=call("MAX", 0, later), unit="period",
        )  # fmt: skip
        drawn_then = Header("number") - Spot(self.key("term"))
        falls = call("SUMIFS", Whole(self.key("timed")), HeaderSpan("number"), drawn_then)
        self._row("falls_due", "falls due", falls, "drawn a term ago", add_up=True)
        self._row("due", "due so far", Now(self.key("due"), -1) + Now(self.key("falls_due")), opening=0)

    def _due_in_parts(self) -> None:
        """Equal parts end with the term: what grows beyond the whole of a draw is taken off again."""
        self._falls_due()
        part = call(
            "IF", Spot(f"{self.path}.term").compare("=", 0), 1, Spot("calendar.period") / Spot(f"{self.path}.term")
        )
        self._row(
            "part",
            "part of a draw that falls due in a period",
            None,
            "months in a period / term",
            value=part,
            unit="share",
        )
        drawn, rate = Whole(self.key("timed")), Spot(self.key("part"))
        now, then = Header("number") + 1, HeaderSpan("number")
        grown = call("SUMPRODUCT", drawn * now.compare(">", then) * (now - then)) * rate
        self._row("grown", "due so far, if parts never ended", grown, "draws x periods since x part")
        self._row("ended", "draws before this period are due as a whole", now - 1 / rate, unit="period")
        ended = Now(self.key("ended"))
        beyond = call("SUMPRODUCT", drawn * ended.compare(">", then) * (ended - then)) * rate
        self._row("beyond", "of that, beyond the whole of a draw", beyond, "parts after the end of the term")
        self._row("due", "due so far", Now(self.key("grown")) - Now(self.key("beyond")), opening=0)
