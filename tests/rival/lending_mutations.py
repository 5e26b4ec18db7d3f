"""Ways to get the terms of loans wrong: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from unittest.mock import patch

from planner.case.finance import Loan
from tests.rival.books import Books
from tests.rival.month_mutations import Wrong

_part = Books.part


def _in_equal_parts(_self: Books, _loan: Loan, _u: int, passed: int, months: int) -> float:
    return passed / months if passed > 0 else 0.0


def _at_the_first_rate(self: Books, loan: Loan, _u: int, passed: int, months: int) -> float:
    return _part(self, loan, 0, passed, months)


def _turned_round(self: Books, loan: Loan, u: int, passed: int, months: int) -> float:
    """The largest part first, as if the interest fell due and not the principal."""
    return 1 - _part(self, loan, u, months - passed, months) if passed > 0 else 0.0


WRONG_LOANS: dict[str, Wrong] = {
    "level payments are equal parts": lambda: patch.object(Books, "part", _in_equal_parts),
    "level payments at the rate of the first draw": lambda: patch.object(Books, "part", _at_the_first_rate),
    "level payments begin with the largest part": lambda: patch.object(Books, "part", _turned_round),
    "no grace period": lambda: patch.object(Books, "grace", lambda _self, _loan: 0),
    "no balloon": lambda: patch.object(Books, "balloon", lambda _self, _loan: 0.0),
}
"""Every rule that the witness can have wrong about how a loan is repaid."""
