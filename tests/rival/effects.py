"""What a decision does to cash, profit and balances."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.case.finance import Loan
from rival.books import Books
from rival.whole import WholePlan

Column = tuple[str | int, ...]
"""What kind of decision, and its key: ``serve``, ``claim``, ``leave``, ``draw``, ``repay``; ``gain``, ``loss`` or
``used`` of a fiscal year."""


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
    """The part of profit without cash, by line: positive lowers profit."""

    @classmethod
    def nothing(cls, figures: Books) -> Effect:
        return cls(*(np.zeros(len(figures.starts)) for _ in range(6)))

    def worth(self, figures: Books, rate: float = 0.0) -> float:
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


def of_whole_numbers(plan: WholePlan) -> Effect:
    """What the whole numbers of a plan do, loans outstanding at the start included."""
    figures: Books = plan.figures
    effect = Effect.nothing(figures)
    effect.cash, effect.terminal = plan.net, plan.terminal_value
    running = ("energy", "rent", "operations", "maintenance")
    effect.profit = plan.lines["resale"] - sum(plan.lines[line] for line in running)
    for lot, units in plan.arrivals.items():
        asset, standing = figures.assets[lot], float(units)
        gone = np.zeros(len(figures.starts))
        for (*leaving, t), left in plan.decisions.exit.items():
            gone[t] += left if tuple(leaving) == lot else 0
        stands = np.where(np.arange(len(gone)) >= asset.ready, standing - gone.cumsum(), 0.0)
        _write_off(effect, asset.cost, asset.left, stands, gone)
    for key, units in plan.decisions.expand.items():
        asset = figures.block_assets[key]
        stands = np.where(np.arange(len(figures.starts)) >= asset.ready, float(units), 0.0)
        _write_off(effect, asset.cost, asset.left, stands, np.zeros(len(stands)))
    for loan in figures.case.finance.loans.values():
        effect.add(owed_from(figures, loan, 0), figures.money(loan.outstanding, 0))
    return effect


def _write_off(effect: Effect, cost: float, left: np.ndarray, stands: np.ndarray, gone: np.ndarray) -> None:
    """Books what stands at each period's end and leaves at each period's start."""
    effect.charge("depreciation", cost * (left[:-1] - left[1:]) * stands)
    effect.charge("written_off", cost * left[:-1] * gone)
    effect.assets = effect.assets + cost * left[1:] * stands


def owed_from(figures: Books, loan: Loan, first: int) -> Effect:
    """One unit of money that is owed from the start of a period on: debt and its interest."""
    effect = Effect.nothing(figures)
    for t in range(first, len(figures.starts)):
        effect.debt[t] = 1.0
        effect.cash[t] = effect.profit[t] = -figures.interest(loan, t)
    return effect


def of_one(figures: Books, column: Column) -> Effect:
    """What one unit of a continuous decision does."""
    kind, *key = column
    return {
        "serve": _serve, "claim": _claim, "leave": _leave, "draw": _draw, "repay": _repay,
        "gain": _gain, "loss": _loss, "used": _used,
    }[kind](figures, *key)  # fmt: skip


def _serve(figures: Books, workload: str, system: str, site: str, t: int) -> Effect:
    effect = Effect.nothing(figures)
    effect.revenue = at(figures, t, figures.revenue(workload, system, t))
    effect.cash = effect.revenue - at(figures, t, figures.work_energy(system, site, t))
    effect.profit = effect.cash
    return effect


def _claim(figures: Books, programme: str, name: str, site: str, t: int) -> Effect:
    """A grant, and what it takes off the book value of something that stays to the end."""
    effect, key = Effect.nothing(figures), (name, site, t)
    _eligible, grant, paid = figures.claims[(programme, *key)]
    effect.cash = effect.profit = at(figures, paid, grant)
    effect.terminal = -figures.end_value_lost(programme, key, grant)
    if figures.reduces:
        left = figures.asset(key).left
        later = np.arange(len(figures.starts)) >= paid
        effect.charge("compression", at(figures, paid, grant * left[paid]))
        effect.charge("depreciation", -grant * (left[:-1] - left[1:]) * later)
        effect.assets = -grant * left[1:] * later
    return effect


def _leave(figures: Books, programme: str, name: str, site: str, t: int, u: int) -> Effect:
    """A claimed system leaves: from then on its grant takes nothing off, and what was taken off leaves with it."""
    effect, key = Effect.nothing(figures), (name, site, t)
    _eligible, grant, paid = figures.claims[(programme, *key)]
    left = figures.asset(key).left
    later = np.arange(len(figures.starts)) >= max(u, paid)
    if u <= paid:
        effect.charge("compression", at(figures, paid, -grant * left[paid]))
    else:
        effect.charge("written_off", at(figures, u, -grant * left[u]))
    effect.charge("depreciation", grant * (left[:-1] - left[1:]) * later)
    effect.assets = grant * left[1:] * later
    return effect


def _draw(figures: Books, name: str, t: int) -> Effect:
    effect = owed_from(figures, figures.case.finance.loans[name], t)
    effect.cash[t] += 1.0
    return effect


def _repay(figures: Books, name: str, t: int) -> Effect:
    """Paid at the end of a period: the interest of that period is still owed."""
    paid, effect = owed_from(figures, figures.case.finance.loans[name], t + 1), Effect.nothing(figures)
    effect.add(paid, -1.0)
    effect.cash[t] -= 1.0
    effect.debt[t] -= 1.0
    return effect


def _gain(figures: Books, year: int) -> Effect:
    """Tax on profit: charged at the end of the fiscal year, and paid later."""
    effect, terms = Effect.nothing(figures), figures.years[year]
    effect.payable[terms.periods[-1] : terms.paid_in] = terms.rate
    if terms.paid_in is not None:
        effect.cash[terms.paid_in] = -terms.rate
    return effect


def _loss(figures: Books, _year: int) -> Effect:
    return Effect.nothing(figures)


def _used(figures: Books, year: int) -> Effect:
    """Earlier losses save the tax on as much profit."""
    effect = Effect.nothing(figures)
    effect.add(_gain(figures, year), -1.0)
    return effect
