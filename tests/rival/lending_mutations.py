"""Ways to get the terms of loans wrong: each is a rule of the witness, changed while a block of code runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from planner.case.finance import Loan
from tests.rival import covenants, effects, moments
from tests.rival.books import Books
from tests.rival.effect import Effect
from tests.rival.month_mutations import Wrong

_part, _standby, _repaid = Books.part, effects.on_standby_from, effects._repay


def _in_equal_parts(_self: Books, _loan: Loan, _u: int, passed: int, months: int) -> float:
    return passed / months if passed > 0 else 0.0


def _at_the_first_rate(self: Books, loan: Loan, _u: int, passed: int, months: int) -> float:
    return _part(self, loan, 0, passed, months)


def _turned_round(self: Books, loan: Loan, u: int, passed: int, months: int) -> float:
    """The largest part first, as if the interest fell due and not the principal."""
    return 1 - _part(self, loan, u, months - passed, months) if passed > 0 else 0.0


@contextmanager
def _no_charge() -> Iterator[None]:
    """What is paid for a draw lowers no profit, as if it were a part of what is repaid."""
    others = {**moments.LINES, "arrangement_fees": moments.Line(-1, "start", profit=False)}
    with patch.dict(moments.LINES, others):
        yield


def _all_the_time(self: Books, loan: Loan, _t: int) -> float:
    return (loan.commitment_fee or 0.0) * self.calendar.months_per_period / 12


def _by_whole_periods(self: Books, loan: Loan, t: int) -> float:
    return _all_the_time(self, loan, t) * loan.draw_window.holds(self.starts[t])


def _on_the_limit(figures: Books, loan: Loan, first: int, *, less: float = 0.0, owed: bool = False) -> Effect:
    """A fee on all of the limit, drawn or not."""
    return Effect.nothing(figures) if owed else _standby(figures, loan, first, less=less)


def _not_again(figures: Books, name: str, t: int) -> Effect:
    """What is repaid to a revolving loan costs no fee."""
    effect, loan = Effect.nothing(figures), figures.case.finance.loans[name]
    effect.add(_repaid(figures, name, t), 1.0)
    if loan.revolving:
        effect.add(_standby(figures, loan, t + 1, owed=True), -1.0)
    return effect


def _by_whole_periods_added(self: Books, loan: Loan, t: int) -> float:
    """All interest of the period that holds the last month is added."""
    last = loan.interest_capitalised_until
    return self.interest(loan, t) if last is not None and last >= self.starts[t] else 0.0


def _never_grown(_self: Books, _loan: Loan, _first: int, _after: int) -> float:
    return 1.0


def _added_is_no_charge() -> AbstractContextManager[Any]:
    """Interest that is not paid lowers no profit."""
    return patch.dict(moments.LINES, {"interest_capitalised": moments.Line(1, "months", profit=True)})


WRONG_LOANS: dict[str, Wrong] = {
    "level payments are equal parts": lambda: patch.object(Books, "part", _in_equal_parts),
    "level payments at the rate of the first draw": lambda: patch.object(Books, "part", _at_the_first_rate),
    "level payments begin with the largest part": lambda: patch.object(Books, "part", _turned_round),
    "no grace period": lambda: patch.object(Books, "grace", lambda _self, _loan: 0),
    "no arrangement fee": lambda: patch.object(Books, "on_drawing", lambda _self, _loan: 0.0),
    "no commitment fee": lambda: patch.object(Books, "on_standby", lambda _self, _loan, _t: 0.0),
    "a commitment fee outside the window": lambda: patch.object(Books, "on_standby", _all_the_time),
    "a commitment fee by whole periods": lambda: patch.object(Books, "on_standby", _by_whole_periods),
    "a commitment fee on what is drawn": lambda: patch.object(effects, "on_standby_from", _on_the_limit),
    "no commitment fee on what is repaid": lambda: patch.object(effects, "_repay", _not_again),
    "fees are no charge of profit": _no_charge,
    "debt service without commitment fees": lambda: patch.object(covenants, "EVERY_YEAR", ("interest",)),
    "debt service with arrangement fees": lambda: patch.object(covenants, "EVERY_YEAR", moments.COSTS_OF_LOANS),
    "all interest is paid": lambda: patch.object(Books, "added_interest", lambda _self, _loan, _t: 0.0),
    "interest is added for whole periods": lambda: patch.object(Books, "added_interest", _by_whole_periods_added),
    "interest that is added is not owed": lambda: patch.object(Books, "grown", _never_grown),
    "interest that is added is no charge of profit": _added_is_no_charge,
    "no balloon": lambda: patch.object(Books, "balloon", lambda _self, _loan: 0.0),
}
"""Every rule that the witness can have wrong about how a loan is repaid."""
