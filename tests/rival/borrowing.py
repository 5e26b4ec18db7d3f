"""Limits on loans: what may be drawn, and what has to be repaid by when."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tests.rival import effects
from tests.rival.books import Books
from tests.rival.effect import Column, Effect
from tests.rival.linear import Continuous


def loan_columns(figures: Books) -> list[Column]:
    """Everything that can be drawn or repaid."""
    found: list[Column] = []
    for name, loan in figures.case.finance.loans.items():
        found += [("draw", name, t) for t in figures.periods if loan.draw_window.holds(figures.starts[t])]
        found += [("repay", name, t) for t in figures.periods]
    return found


def loan_rows(programme: Continuous, figures: Books, capital: np.ndarray | None) -> None:
    """All limits on loans; without capital expenditure by period all but the share of it."""
    draws = [column for column in programme.columns if column[0] == "draw"]
    repays = [column for column in programme.columns if column[0] == "repay"]
    for name, loan in figures.case.finance.loans.items():
        opening = figures.money(loan.outstanding, 0)
        for t in figures.periods:
            drawn = {c: 1.0 for c in draws if c[1] == name and c[2] <= t}
            owed = {c: figures.grown(loan, c[2], t + 1) for c in drawn}
            gone = {c: figures.grown(loan, c[2] + 1, t + 1) for c in repays if c[1] == name and c[2] <= t}
            there = opening * figures.grown(loan, 0, t + 1)
            # What was repaid makes room again where the loan revolves; otherwise only the interest that it spares.
            room = {c: (0.0 if loan.revolving else 1.0) - a for c, a in gone.items() if c[2] < t}
            programme.add(f"loan_limit: {name}, {t}", owed | room, figures.money(loan.limit, 0) - there)
            programme.add(f"loan_balance: {name}, {t}", {c: -a for c, a in owed.items()} | gone, there)
            if loan.share_of_investment is not None and capital is not None:
                most = loan.share_of_investment * float(capital[: t + 1].sum())
                programme.add(f"loan_limit: {name}, share, {t}", drawn, most)
            end = len(figures.starts)
            due = {c: figures.due(loan, c[2], t) * figures.grown(loan, c[2], end) for c in drawn}
            due |= {c: -figures.grown(loan, c[2] + 1, end) for c in gone}
            owed_then = opening * figures.due(loan, 0, t) * figures.grown(loan, 0, end)
            programme.add(f"loan_term: {name}, {t}", due, -owed_then)


def loan_worth(figures: Books, name: str, known: Mapping[Column, Effect]) -> tuple[dict[Column, float], float]:
    """Present value of a loan: of one unit of each draw and repayment, and of what is owed at the start.

    What is owed at the start counts as if it were drawn there.
    """
    loan = figures.case.finance.loans[name]
    owed = figures.money(loan.outstanding, 0)
    worth = {c: one.loan_value(figures) for c, one in known.items() if c[0] in ("draw", "repay") and c[1] == name}
    ready = figures.money(loan.limit, 0) * effects.on_standby_from(figures, loan, 0).loan_value(figures)
    ready -= owed * effects.on_standby_from(figures, loan, 0, owed=True).loan_value(figures)
    return worth, owed * (1.0 + effects.owed_from(figures, loan, 0).loan_value(figures)) + ready


def loan_cost(worth: float) -> float:
    """What a loan with a present value counts: what it lacks to nothing."""
    return max(0.0, -worth)


def loan_cost_rows(programme: Continuous, figures: Books, known: Mapping[Column, Effect]) -> None:
    """Each loan costs at least what its present value lacks to nothing."""
    for column in [c for c in programme.columns if c[0] == "loan_cost"]:
        worth, fixed = loan_worth(figures, str(column[1]), known)
        programme.add(f"loan_cost: {column[1]}", {c: -a for c, a in worth.items()} | {column: -1.0}, fixed)
