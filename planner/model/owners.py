"""What may be paid to owners for a fiscal year, and what is, as sums over the decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from planner.coefficients import Coefficients, DividendTerms, TaxYearTerms
from planner.model.linear import LinearExpression, count, without_residue
from planner.model.variables import Variables
from planner.vocabulary.keys import Payout


class Owners:
    """Profit that may be paid out, and dividends; money units."""

    def __init__(
        self,
        coefficients: Coefficients,
        decide: Variables,
        lines: Mapping[str, Sequence[LinearExpression]],
        profit: Callable[[tuple[int, ...]], LinearExpression],
        tax: Callable[[TaxYearTerms], LinearExpression],
    ) -> None:
        self.coefficients = coefficients
        self.decide = decide
        self.lines = lines
        self.profit = profit
        self.tax = tax

    def paid_until(self, year: DividendTerms) -> LinearExpression:
        """All dividends up to that for a fiscal year."""
        years = [one for one in self.coefficients.dividends.years if one.last <= year.last]
        return count(self.decide.dividend[Payout(one.name)] for one in years)

    def net_profit(self, year: DividendTerms) -> LinearExpression:
        """Profit after tax of a fiscal year, with interest on cash."""
        return self._net(year.periods)

    def earned_until(self, year: DividendTerms) -> LinearExpression:
        """All profit after tax up to the end of a fiscal year, and what of earlier years may still be paid out."""
        return self._net(tuple(range(year.last + 1))) + self.coefficients.dividends.opening

    def _net(self, periods: tuple[int, ...]) -> LinearExpression:
        found = self.profit(periods)
        for t in periods:
            found.add_term(self.lines["interest_on_cash"][t], 1.0)
        for taxed in self.coefficients.tax.years:
            if taxed.periods[-1] in periods:
                found.add_term(self.tax(taxed), -1.0)
        return without_residue(found)
