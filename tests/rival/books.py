"""What a loan costs and falls due, and how a profit is taxed; in plain figures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner.case.finance import Loan, Tax
from tests.rival.assets import Assets


@dataclass(frozen=True)
class FiscalYear:
    """The tax terms of one fiscal year, as far as it lies in the horizon."""

    name: int
    periods: tuple[int, ...]
    rate: float
    paid_in: int | None
    """The month in which its tax is paid; None after the horizon."""


class Books(Assets):
    """Figures of the accounts."""

    end_loss_saves = 1.0
    """Most that a loss at the end saves, as a share of the tax of the last fiscal year."""

    @cached_property
    def known_effects(self) -> dict[tuple[str | int, ...], Any]:
        """What decisions do, as far as it has been worked out, by decision."""
        return {}

    # --- loans ---

    def interest(self, loan: Loan, t: int) -> float:
        """Interest on one unit of money that is owed over a period."""
        return (loan.rate.at(self.starts[t]) or 0.0) * self.calendar.months_per_period / 12

    def added_interest(self, loan: Loan, t: int) -> float:
        """Interest on one unit of money over a period that is added to it at its end: of its months up to the last."""
        last, first, months = loan.interest_capitalised_until, self.starts[t], self.calendar.months_per_period
        count = 0 if last is None else min(months, max(0, last - first + 1))
        return self.interest(loan, t) * count / months

    def grown(self, loan: Loan, first: int, after: int) -> float:
        """What one unit of money that is owed from the start of a period on comes to before the start of another."""
        return float(np.prod([1 + self.added_interest(loan, t) for t in range(first, after)]))

    def on_drawing(self, loan: Loan) -> float:
        """What is paid for one unit of money when it is drawn."""
        return loan.arrangement_fee or 0.0

    def on_standby(self, loan: Loan, t: int) -> float:
        """What is paid over a period for one unit of money that may still be drawn: by the months of the window."""
        first, months = self.starts[t], self.calendar.months_per_period
        ready = sum(loan.draw_window.holds(first.plus(m)) for m in range(months))
        return (loan.commitment_fee or 0.0) * ready / 12

    def on_cash(self, m: int) -> float:
        """Interest of one month on one unit of cash."""
        rate = self.case.finance.interest_on_cash
        return 0.0 if rate is None else (rate.at(self.starts[self.moments.period_of(m)]) or 0.0) / 12

    def due(self, loan: Loan, u: int, t: int) -> float:
        """Share of a draw at the start of ``u`` that has to be repaid by the end of ``t``."""
        passed, term = self.calendar.months_per_period * (t - u + 1), loan.term.months
        if t < u:
            return 0.0
        if passed >= term or loan.repayment == "at_end":
            return float(passed >= term)
        return (1 - self.balloon(loan)) * self.part(loan, u, passed - self.grace(loan), term - self.grace(loan))

    def grace(self, loan: Loan) -> int:
        """Months after a draw in which nothing of it falls due."""
        return loan.grace.months if loan.grace is not None else 0

    def balloon(self, loan: Loan) -> float:
        """Share of a draw that is left for the end of its term."""
        return loan.balloon or 0.0

    def part(self, loan: Loan, u: int, passed: int, months: int) -> float:
        """Share of all parts of a draw that are due after some of the months in which it is repaid."""
        if passed <= 0:
            return 0.0
        grown = 1 + self.interest(loan, u)
        if loan.repayment == "equal_parts" or grown == 1:
            return passed / months
        # Each part is larger than the one before by the interest on it, so that payment and interest stay level.
        period = self.calendar.months_per_period
        return float((grown ** (passed / period) - 1) / (grown ** (months / period) - 1))

    # --- tax ---

    @cached_property
    def years(self) -> list[FiscalYear]:
        """Every fiscal year with its tax terms; none without tax."""
        tax = self.case.finance.tax
        years = self.calendar.fiscal_years.items()
        return [] if tax is None else [self._year(tax, year.number, periods) for year, periods in years]

    def _year(self, tax: Tax, name: int, periods: tuple[int, ...]) -> FiscalYear:
        paid_in = self.moments.months_of(periods[-1])[-1] + tax.payment_lag.months
        rate = tax.rate.at(self.starts[periods[0]]) or 0.0
        return FiscalYear(name, periods, rate, paid_in if paid_in in self.moments.months else None)

    def tax_parts(self, y: int) -> list[tuple[int, float]]:
        """Months, within the horizon or after it, and parts of the tax of a year that are paid because of it.

        Where tax is paid in advance, a year's tax also says what is paid in the middle of the next one, as if it had
        had twelve months; that comes off what is paid for that one after its end.
        """
        tax, year = self.case.finance.tax, self.years[y]
        assert tax is not None
        parts = [(self.rest_month(year.periods), 1.0)]
        if tax.interim is not None and y + 1 < len(self.years):
            after = self.years[y + 1].periods
            part = tax.interim.share * 12 / (self.calendar.months_per_period * len(year.periods))
            parts += [(self.advance_month(after), part), (self.rest_month(after), -part)]
        return parts

    def rest_month(self, periods: tuple[int, ...]) -> int:
        """When the last of the tax of a year is paid."""
        tax = self.case.finance.tax
        assert tax is not None
        return self.moments.months_of(periods[-1])[-1] + tax.payment_lag.months

    def advance_month(self, periods: tuple[int, ...]) -> int:
        """When tax is paid in advance: the lag after the last month of the part of the year that it is for."""
        tax = self.case.finance.tax
        assert tax is not None and tax.interim is not None
        return self.moments.months_of(periods[0])[0] + tax.interim.after.months - 1 + tax.payment_lag.months

    @property
    def tax_of_year_before(self) -> list[tuple[int, float]]:
        """Months and amounts of what is paid because of the tax of the year before a horizon that begins with one."""
        tax = self.case.finance.tax
        if tax is None or tax.interim is None or self.starts[0].month != self.calendar.fiscal_year_start_month:
            return []
        advance = tax.interim.share * self.money(tax.interim.tax_of_year_before, 0)
        first = self.years[0].periods
        return [(self.advance_month(first), advance), (self.rest_month(first), -advance)]

    @property
    def opening_loss(self) -> float:
        tax = self.case.finance.tax
        if tax is None:
            return 0.0
        return self.money(tax.opening_loss, 0) + sum(self.money(loss, 0) for loss in tax.opening_losses.values())

    @property
    def loss_use_limit(self) -> float:
        tax = self.case.finance.tax
        return 1.0 if tax is None else tax.loss_use_limit

    @property
    def end_tax_rate(self) -> float:
        """Rate on what the terminal value is above book value; below it, the same saves tax of the last year."""
        return self.years[-1].rate if self.years and self.case.finance.terminal_value else 0.0

    def end_tax(self, gain: float, tax: float) -> float:
        """Tax at the end on what the terminal value is above book value, by the tax of the last fiscal year.

        A loss saves what it would on sale on the last day: no more than there is.
        """
        return max(self.end_tax_rate * gain, -self.end_loss_saves * max(0.0, tax)) if self.end_tax_rate else 0.0

    def shield(self, interest: np.ndarray) -> np.ndarray:
        """What interest by period saves in tax, by moment: when the tax of its year is paid, or at the very end."""
        saved = np.zeros(self.moments.count)
        for y, year in enumerate(self.years):
            for m, part in self.tax_parts(y):
                paid = self.moments.moment("tax", m) if m in self.moments.months else self.moments.count - 1
                saved[paid] += part * year.rate * float(sum(interest[t] for t in year.periods))
        return saved

    @property
    def lapses(self) -> bool:
        """Whether losses can be used for some years only."""
        tax = self.case.finance.tax
        return tax is not None and tax.loss_years is not None

    def too_old(self, y: int) -> tuple[list[int], float]:
        """Years of the horizon whose losses can be used no longer after the end of one, and earlier losses likewise."""
        tax = self.case.finance.tax
        if tax is None or tax.loss_years is None:
            return [], 0.0
        last = self.years[y].name - tax.loss_years
        earlier = [self.money(loss, 0) for made, loss in tax.opening_losses.items() if made.number <= last]
        return [u for u, year in enumerate(self.years) if year.name <= last], sum(earlier)

    def taxed(self, profits: list[float]) -> list[tuple[float, float, float, float]]:
        """Gain, loss, earlier losses used, and losses that lapse, by fiscal year."""
        found: list[tuple[float, float, float, float]] = []
        carried = self.opening_loss
        for y, profit in enumerate(profits):
            gain, loss = max(0.0, profit), max(0.0, -profit)
            used = min(carried, self.loss_use_limit * gain)
            years, before = self.too_old(y)
            made = before + sum(found[u][1] for u in years)
            lapsed = max(0.0, made - used - sum(one[2] + one[3] for one in found))
            found.append((gain, loss, used, lapsed))
            carried += loss - used - lapsed
        return found


class InBooks(Books):
    """The same in the books of the owners, which tax does not go by where it has its own."""

    for_tax = False
