"""What is drawn, owed and repaid, loan by loan, as sums over the decisions; money units."""

from __future__ import annotations

from planner.coefficients import Coefficients
from planner.model.linear import LinearExpression, count
from planner.model.variables import Variables
from planner.vocabulary.keys import Balance, Draw


class Lending:
    """Balances of loans, and what adds up to them."""

    def __init__(self, coefficients: Coefficients, decide: Variables) -> None:
        self.coefficients = coefficients
        self.decide = decide

    def owed_during(self, loan: str, t: int) -> LinearExpression:
        """What is owed in a period, after its draw and before its repayment."""
        found = LinearExpression() + (
            self.decide.owed[Balance(loan, t - 1)] if t else self.coefficients.loans[loan].outstanding
        )
        draw = self.decide.draw.get(Draw(loan, t))
        return found if draw is None else found + draw

    def capitalised_in(self, loan: str, t: int) -> LinearExpression:
        """Interest of a period that is added to what is owed at its end."""
        return self.owed_during(loan, t) * self.coefficients.loans[loan].capitalised[t]

    def capitalised_before(self, loan: str, t: int) -> LinearExpression:
        """All such interest before a period."""
        found = LinearExpression()
        for u in range(t):
            if self.coefficients.loans[loan].capitalised[u]:
                found.add_term(self.capitalised_in(loan, u), 1.0)
        return found

    def drawn_until(self, loan: str, t: int) -> LinearExpression:
        """What is drawn from a loan up to a period."""
        return count(column for (name, u), column in self.decide.draw.items() if name == loan and u <= t)

    def undrawn(self, loan: str, t: int) -> LinearExpression:
        """What may still be drawn of a loan in a period, after its draw; of a revolving loan what is repaid as well."""
        terms = self.coefficients.loans[loan]
        if terms.revolving:
            return self.owed_during(loan, t) * -1.0 + terms.limit
        drawn = self.drawn_until(loan, t).add_term(self.capitalised_before(loan, t), 1.0)
        return drawn * -1.0 + (terms.limit - terms.outstanding)

    def repaid_until(self, loan: str, t: int) -> LinearExpression:
        """What is repaid to a loan up to the end of a period, with the interest that it spares to be added."""
        growth, found = self.coefficients.loans[loan].growth, LinearExpression()
        for u in range(t + 1):
            found.add_term(self.decide.repay[Balance(loan, u)], growth[u + 1])
        return found

    def scheduled_in(self, loan: str, periods: tuple[int, ...]) -> LinearExpression:
        """What has fallen due by the end of a fiscal year, less what was repaid before it."""
        due = self.due_until(loan, periods[-1])
        return due - self.repaid_until(loan, periods[0] - 1) if periods[0] else due

    def due_until(self, loan: str, t: int) -> LinearExpression:
        """What has fallen due by the end of a period."""
        terms, found = self.coefficients.loans[loan], LinearExpression()
        found.add_term(terms.outstanding, terms.due.get((0, t), 0.0))
        for u in terms.drawable:
            if (u, t) in terms.due:
                found.add_term(self.decide.draw[Draw(loan, u)], terms.due[u, t])
        return found
