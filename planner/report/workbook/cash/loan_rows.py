"""How the rows of one loan are laid: their keys, their labels and the cells of the case that they start from."""

from __future__ import annotations

from typing import Unpack

from planner.case.finance import Loan
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot
from planner.report.workbook.engine.sheet import Figures, Sheet
from planner.report.workbook.engine.terms import Literal, Term
from planner.vocabulary.message import Text, about


def loan_key(name: str, loan: str) -> Key:
    """The key of a row of a loan; a loan may be called like an offer."""
    return Key(name, "loan", loan)


class LoanRows:
    """Rows of one loan on the sheet Cash flow."""

    def __init__(self, ledger: Ledger, sheet: Sheet, loan: str) -> None:
        self.ledger, self.sheet, self.loan = ledger, sheet, loan
        self.terms: Loan = ledger.case.finance.loans[loan]
        self.path = f"finance.loans.{loan}"

    @property
    def capitalises(self) -> bool:
        """Whether interest is added to what is owed in some months."""
        return self.terms.interest_capitalised_until is not None

    def row(self, name: str, words: Text, note: Text = "", unit: str = "", **figures: Unpack[Figures]) -> None:
        """Lays one row of the loan, in our own currency unless told otherwise."""
        label, unit = about(self.loan, words), unit or self.ledger.currency
        self.sheet.line(loan_key(name, self.loan), label, unit, note, self.loan, **figures)

    def now(self, name: str, shift: int = 0) -> Term:
        """A row of the loan in the column of the formula, or beside it."""
        return Now(loan_key(name, self.loan), shift)

    def spot(self, name: str) -> Term:
        """The one figure of a row of the loan."""
        return Spot(loan_key(name, self.loan))

    def stated(self, field: str) -> Term:
        """A term of the loan that may be left out, which means zero."""
        return Literal(0) if getattr(self.terms, field) is None else Spot(f"{self.path}.{field}")

    def chosen(self, decision: str) -> Term:
        """What was decided about the loan by period; zero where nothing was."""
        key = Key(decision, self.loan)
        return Now(key) if key in self.ledger.grid else Literal(0)
