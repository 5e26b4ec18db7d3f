"""Levers on how a loan is repaid before the end of its term, its grace period and its balloon, on its fees
and on interest that is added to what is owed."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.finance import Loan
from planner.explain.figure import Figure, Path
from planner.explain.lever import Ground, Lever
from planner.explain.levers_cash import in_equal_months
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.money import CASH_BALANCE, LOAN_TERM
from planner.vocabulary.keys import CashPoint, Draw


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


def fees(ground: Ground) -> Iterator[Lever]:
    """What lenders take for draws and for keeping money ready: a lower fee spares at most what is paid of it.

    Tax on what is spared is left aside.
    """
    calendar, lending = ground.case.calendar, ground.sums.lending
    for name, loan in ground.case.finance.loans.items():
        terms, path = ground.coefficients.loans[name], ("finance", "loans", name)
        for t in terms.drawable if loan.arrangement_fee else ():
            figure = _lower((*path, "arrangement_fee"), loan.arrangement_fee or 0.0)
            words = f"a draw on {name} costs a fee of {figure.text(figure.value)}"
            point = CashPoint(calendar.months[calendar.months_of(t)[0]])
            paid = LinearExpression().add_term(ground.sums.decide.draw[Draw(name, t)], terms.arrangement_fee)
            yield Lever(figure.path, words, ((CASH_BALANCE, (point,), -1.0),), (t,), figure, exact=False, within=paid)
        for t in [t for t, fee in enumerate(terms.commitment_fee) if fee]:
            figure = _lower((*path, "commitment_fee"), loan.commitment_fee or 0.0)
            words = f"what may still be drawn on {name} costs {figure.text(figure.value)} a year"
            paid = lending.undrawn(name, t) * terms.commitment_fee[t]
            entries = (in_equal_months(ground, t),)
            yield Lever(figure.path, words, entries, (t,), figure, exact=False, within=paid)


def capitalised(ground: Ground) -> Iterator[Lever]:
    """Interest that is added to what is owed until a later month, as long as nothing falls due."""
    calendar, lending = ground.case.calendar, ground.sums.lending
    for name, loan in ground.case.finance.loans.items():
        last, terms = loan.interest_capitalised_until, ground.coefficients.loans[name]
        if last is None:
            continue
        path: Path = ("finance", "loans", name, "interest_capitalised_until")
        latest = loan.first_owed(calendar.start).plus(loan.free_months - 1)
        stops = tuple(float(months) for months in range(1, min(latest, calendar.months[-1]) - last + 1))
        for t in [t for t in ground.coefficients.periods if terms.capitalised[t] < terms.interest[t]] if stops else []:
            figure = Figure(path, float(last), "month", 1, most=stops[-1], stops=stops)
            paid = lending.owed_during(name, t) * (terms.interest[t] - terms.capitalised[t])
            words = f"interest on {name} is added to what is owed until {last}"
            yield Lever(path, words, (in_equal_months(ground, t),), (t,), figure, exact=False, within=paid)


def _lower(path: Path, share: float) -> Figure:
    return Figure(path, share, "share", -1, most=share)
