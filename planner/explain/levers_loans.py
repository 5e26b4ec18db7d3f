"""Levers on how a loan is repaid before the end of its term: its grace period and its balloon."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.finance import Loan
from planner.explain.figure import Figure, Path
from planner.explain.lever import Ground, Lever
from planner.vocabulary.constraints.money import LOAN_TERM


def parts(ground: Ground) -> Iterator[Lever]:
    """A stated grace period may be longer and a stated balloon larger, where parts fall due before the whole does."""
    for name, loan in ground.case.finance.loans.items():
        falling = sorted({t for (_, t), share in ground.coefficients.loans[name].due.items() if 0 < share < 1})
        for figure, words, is_priced in _figures(name, loan):
            for t in falling if figure.most > 0 else ():
                entries = ((LOAN_TERM, (name, t), 1.0),)
                yield Lever(figure.path, words, entries, (t,), figure, exact=False, priced_anew=is_priced)


def _figures(name: str, loan: Loan) -> Iterator[tuple[Figure, str, bool]]:
    """The figures that are stated, what the case says with them, and whether a percentage point has a price."""
    path: Path = ("finance", "loans", name)
    if loan.grace is not None:
        months = loan.grace.months
        figure = Figure((*path, "grace"), float(months), "months", 1, most=float(loan.term.months - months))
        yield figure, f"interest alone is paid on a draw on {name} for {loan.grace}", False
    if loan.balloon is not None:
        figure = Figure((*path, "balloon"), loan.balloon, "share", 1, most=1 - loan.balloon)
        yield figure, f"{figure.text(loan.balloon)} of a draw on {name} fall due at the end of its term", True
