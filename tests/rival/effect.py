"""What something does to cash, profit and balances, period by period."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tests.rival.books import Books

Column = tuple[str | int, ...]
"""What kind of decision, and its key as in ``Decisions``; or ``gain``, ``loss`` or ``used`` of a fiscal year."""


@dataclass
class Effect:
    """Amounts by period, and at the end of the horizon, of one unit of a decision."""

    cash: np.ndarray
    """Cash flow of each period."""
    profit: np.ndarray
    """Profit before tax of each period."""
    assets: np.ndarray
    """Fixed assets at the end of each period."""
    debt: np.ndarray
    """Debt at the end of each period."""
    payable: np.ndarray
    """Tax that is charged and not yet paid at the end of each period."""
    revenue: np.ndarray
    """The part of cash that the objective of least cost does not count."""
    terminal: float = 0.0
    """Terminal value."""
    lines: dict[str, np.ndarray] = field(default_factory=dict)
    """By line, the part of profit without cash, where positive lowers profit, and what programmes pay or take back."""

    @classmethod
    def nothing(cls, figures: Books) -> Effect:
        return cls(*(np.zeros(len(figures.starts)) for _ in range(6)))

    def value(self, figures: Books, rate: float = 0.0) -> float:
        """What it adds to the present value, or less revenue where cost is the objective.

        With a rate, what the terminal value is above book value is taxed at it; taken for all effects together this is
        no less than the whole is worth, since a loss is paid for as well.
        """
        cash = self.cash - self.revenue if figures.case.objective.kind == "cost" else self.cash
        ending = self.terminal - self.debt[-1] - self.payable[-1] - rate * (self.terminal - self.assets[-1])
        return float(figures.discount @ cash + figures.discount[-1] * ending)

    def charge(self, line: str, amounts: np.ndarray) -> None:
        """Adds to a line of the profit without cash."""
        self.profit = self.profit - amounts
        self.lines[line] = self.lines.get(line, np.zeros(len(amounts))) + amounts

    def pay(self, line: str, amounts: np.ndarray, sign: int) -> None:
        """Adds to a line of the cash flow that is profit as well; with a sign of -1 it goes out."""
        self.cash, self.profit = self.cash + sign * amounts, self.profit + sign * amounts
        self.lines[line] = self.lines.get(line, np.zeros(len(amounts))) + amounts

    def add(self, other: Effect, units: float) -> None:
        """Adds so many units of another effect."""
        for name in ("cash", "profit", "assets", "debt", "payable", "revenue", "terminal"):
            setattr(self, name, getattr(self, name) + units * getattr(other, name))
        for line, amounts in other.lines.items():
            self.lines[line] = self.lines.get(line, np.zeros(len(amounts))) + units * amounts


def at(figures: Books, t: int, amount: float = 1.0) -> np.ndarray:
    """An amount in one period."""
    amounts = np.zeros(len(figures.starts))
    amounts[t] = amount
    return amounts
