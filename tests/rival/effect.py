"""What something does to cash, profit and balances."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tests.rival.books import Books
from tests.rival.moments import COSTS_OF_LOANS, LINES, LOANS, OPEN, TAX_ON
from tests.rival.passed_on import factor

Column = tuple[str | int, ...]
"""What kind of decision, and its key as in ``Decisions``; or ``gain``, ``loss`` or ``used`` of a fiscal year."""


@dataclass
class Effect:
    """Amounts by moment, by period, and at the end of the horizon, of one unit of a decision."""

    cash: np.ndarray
    """Cash flow at each moment."""
    profit: np.ndarray
    """Profit before tax of each period."""
    assets: np.ndarray
    """Fixed assets at the end of each period."""
    debt: np.ndarray
    """Debt at the end of each period."""
    payable: np.ndarray
    """Tax that is charged and not yet paid at the end of each period."""
    terminal: float = 0.0
    """Terminal value."""
    left_to_pay: float = 0.0
    """What is still to be paid for investments when the horizon is over."""
    owed_by_customers: float = 0.0
    """What customers still owe at the end."""
    owed_to_suppliers: float = 0.0
    owed_to_state: float = 0.0
    """Consumption tax that is not settled at the end; negative where it is to come back."""
    lines: dict[str, np.ndarray] = field(default_factory=dict)
    """What moves by line of cash, at each moment; positive, whichever way the money flows."""
    charges: dict[str, np.ndarray] = field(default_factory=dict)
    """The part of profit without cash, by line and period; positive lowers profit."""

    @classmethod
    def nothing(cls, figures: Books) -> Effect:
        return cls(np.zeros(figures.moments.count), *(np.zeros(len(figures.starts)) for _ in range(4)))

    def value(self, figures: Books, rate: float = 0.0) -> float:
        """What it adds to the value before financing, or to that of equity; less revenue where cost is the objective.

        With a rate, what the terminal value is above book value is taxed at it; taken for all effects together this is
        no less than the whole is worth, since a loss is paid for as well.
        """
        ending = self.terminal - self.left_to_pay - self.payable[-1] - rate * (self.terminal - self.assets[-1])
        ending += self.owed_by_customers - self.owed_to_suppliers - self.owed_to_state
        if figures.counts_equity:
            return float(figures.discount @ self.for_owners() + figures.discount[-1] * (ending - self.debt[-1]))
        cash = self.unborrowed(figures)
        if figures.case.objective.kind == "cost":
            cash = cash - self.lines.get("revenue", 0.0)
        return float(figures.discount @ cash + figures.discount[-1] * ending)

    def borrowed(self) -> np.ndarray:
        """Cash flow between the operator and its lenders, by moment."""
        moved = [LINES[line].sign * self.lines[line] for line in LOANS if line in self.lines]
        return sum(moved, np.zeros(len(self.cash)))

    def unborrowed(self, figures: Books) -> np.ndarray:
        """Cash flow by moment as if nothing were borrowed: before loans, what they cost, and what that saves in tax."""
        costs = self.costs_of_loans()
        saved = figures.shield(figures.moments.by_period(costs)) if costs.any() else 0.0
        return self.for_owners() - self.borrowed() - saved

    def for_owners(self) -> np.ndarray:
        """Cash flow by moment without interest on cash and dividends: what is left as cash counted when it came."""
        none = np.zeros(len(self.cash))
        return self.cash - self.lines.get("interest_on_cash", none) + self.lines.get("dividends", none)

    def costs_of_loans(self) -> np.ndarray:
        """What is paid to lenders for what they lend, by moment."""
        return sum((self.lines[line] for line in COSTS_OF_LOANS if line in self.lines), np.zeros(len(self.cash)))

    def loan_value(self, figures: Books) -> float:
        """Present value of what is borrowed, at the cost of capital: what is left of a loan after all it costs."""
        factors = figures.capital_factors
        return float(factors @ self.borrowed() - factors[-1] * self.debt[-1])

    def charge(self, line: str, amounts: np.ndarray) -> None:
        """Adds to a line of the profit without cash, by period."""
        self.profit = self.profit - amounts
        self.charges[line] = self.charges.get(line, np.zeros(len(amounts))) + amounts

    def pay(self, figures: Books, line: str, amounts: np.ndarray) -> None:
        """Adds to a line of the cash flow, by moment, and to profit where that counts it."""
        self.cash = self.cash + LINES[line].sign * amounts
        if LINES[line].profit:
            self.profit = self.profit + LINES[line].sign * figures.moments.by_period(amounts)
        self.lines[line] = self.lines.get(line, np.zeros(len(amounts))) + amounts

    def pay_late(self, figures: Books, line: str, amounts: np.ndarray, days: float) -> None:
        """The same of what is paid so many days later: profit counts it now, and until then it is open.

        The consumption tax on it is paid with it.
        """
        self.pay(figures, line, amounts)
        tax = amounts * factor(figures, line)
        if tax.any():
            self.pay(figures, TAX_ON[line], tax)
            amounts = amounts + tax
        if days < 0:
            self.pay(figures, "prepayments_increase", figures.moments.late(amounts, days) - amounts)
        elif days:
            sign = LINES[line].sign
            left = amounts - figures.moments.late(amounts, days)
            self.pay(figures, OPEN[sign], left)
            self.owed_by_customers += max(0, sign) * float(left.sum())
            self.owed_to_suppliers += max(0, -sign) * float(left.sum())

    def add(self, other: Effect, units: float) -> None:
        """Adds so many units of another effect."""
        for name in (
            *("cash", "profit", "assets", "debt", "payable", "terminal", "left_to_pay"),
            *("owed_by_customers", "owed_to_suppliers", "owed_to_state"),
        ):
            setattr(self, name, getattr(self, name) + units * getattr(other, name))
        for table, others in ((self.lines, other.lines), (self.charges, other.charges)):
            for line, amounts in others.items():
                table[line] = table.get(line, np.zeros(len(amounts))) + units * amounts


def at(figures: Books, t: int, amount: float = 1.0) -> np.ndarray:
    """An amount in one period."""
    amounts = np.zeros(len(figures.starts))
    amounts[t] = amount
    return amounts
