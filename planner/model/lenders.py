"""What lenders look at in a fiscal year, as sums over the decisions: flows of the year, and balances at its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from planner.coefficients import Coefficients, CoverTerms, TaxYearTerms, YearEndTerms
from planner.model.books import Books
from planner.model.linear import LinearExpression, count, without_residue
from planner.model.variables import Variables
from planner.outcome import DEBT_SERVICE, OPERATING_COSTS, REVENUES, TAXES
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import Balance, CashPoint, FiscalYear, LoanYear


class Lenders:
    """Flows and balances that covenants ask about; money units."""

    def __init__(
        self,
        coefficients: Coefficients,
        decide: Variables,
        lines: Mapping[str, Sequence[LinearExpression]],
        books: Books,
        profit: Callable[[tuple[int, ...]], LinearExpression],
        tax: Callable[[TaxYearTerms], LinearExpression],
    ) -> None:
        self.coefficients = coefficients
        self.decide = decide
        self.lines = lines
        self.books = books
        self.profit = profit
        self.tax = tax

    def operating_cash(self, year: CoverTerms) -> LinearExpression:
        """Revenue less running costs and tax that are paid in a fiscal year: what serves debt."""
        return self._operating_cash[year.name]

    @cached_property
    def _operating_cash(self) -> dict[FiscalYear, LinearExpression]:
        found = {}
        for year in self.coefficients.covers:
            found[year.name] = self._over(year.periods, REVENUES)
            found[year.name].add_term(self._over(year.periods, (*OPERATING_COSTS, *TAXES)), -1.0)
        return found

    def finance_costs(self, year: CoverTerms) -> LinearExpression:
        """What borrowing costs in a fiscal year, but for what is paid once with a draw."""
        found = LinearExpression()
        for line in DEBT_SERVICE:
            found.add_term(self._over(year.periods, (line,)), -CASH_LINES[line].sign)
        return found

    def _over(self, periods: tuple[int, ...], lines: tuple[str, ...]) -> LinearExpression:
        """Some lines of the cash flow over some periods, added up whichever way they flow."""
        found = LinearExpression()
        for line in lines:
            for t in periods:
                found.add_term(self.lines[line][t], 1.0)
        return found

    def debt_service(self, year: CoverTerms) -> LinearExpression:
        """What borrowing costs in a fiscal year, and what the terms of all loans oblige to repay in it."""
        found = self.finance_costs(year)
        for loan in self.coefficients.loans:
            found.add_term(self.decide.scheduled[LoanYear(loan, year.name)], 1.0)
        return found

    def debt(self, t: int) -> LinearExpression:
        """What is owed on all loans at the end of a period."""
        return count(self.decide.owed[Balance(loan, t)] for loan in self.coefficients.loans)

    def liquidity(self, year: YearEndTerms) -> LinearExpression:
        """Cash at the end of a fiscal year, with what some loans may still be drawn for."""
        month = self.coefficients.calendar.months[self.coefficients.calendar.months_of(year.last)[-1]]
        found = count([self.decide.cash[CashPoint(month, at_end=True),]])
        for loan in year.lines:
            found.add_term(self.coefficients.loans[loan].limit, 1.0)
            found.add_term(self.decide.owed[Balance(loan, year.last)], -1.0)
        return found

    def book_value(self, year: YearEndTerms) -> LinearExpression:
        """Book value of what stands there at the end of a fiscal year."""
        return without_residue(self.books.worth_after(year.last))

    def equity(self, year: YearEndTerms) -> LinearExpression:
        """Equity in the books at the end of a fiscal year: what owners put in, less what they were paid, and
        profit after tax."""
        found = self.profit(tuple(range(year.last + 1))) + year.put_in
        found.add_term(self._over(tuple(range(year.last + 1)), ("interest_on_cash",)), 1.0)
        found.add_term(self._over(tuple(range(year.last + 1)), ("dividends",)), -1.0)
        for taxed in self.coefficients.tax.years:
            if taxed.periods[-1] <= year.last:
                found.add_term(self.tax(taxed), -1.0)
        return found
