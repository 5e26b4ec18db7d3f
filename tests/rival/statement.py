"""Profit, tax and balances of a whole plan, by period, as the witness works them out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import CHARGES
from tests.decided import plan_laid_flat
from tests.rival.books import Books
from tests.rival.continuous import Rest, columns_of
from tests.rival.whole import WholePlan


@dataclass(frozen=True)
class Statement:
    """Amounts by period; balances at the end of each."""

    cash: np.ndarray
    profit: np.ndarray
    charges: dict[str, np.ndarray]
    lines: dict[str, np.ndarray]
    """What programmes pay and take back."""
    tax_charge: np.ndarray
    fixed_assets: np.ndarray
    advances: np.ndarray
    debt: np.ndarray
    tax_payable: np.ndarray
    loss_carried: list[float]
    """Losses left after each fiscal year."""
    credit: list[float]
    """Tax credits used in each fiscal year."""
    end_value: float


def statement(case: Case, decisions: Decisions) -> Statement:
    """The accounts of a plan that can be worked out."""
    figures, decisions = Books(case), plan_laid_flat(decisions)
    plan = WholePlan(figures, decisions)
    rest = Rest(plan)
    chosen = rest.with_tax(columns_of(decisions))
    total = rest.total(chosen)
    charged, carried, left, credits = np.zeros(len(figures.starts)), figures.opening_loss, [], []
    for y, year in enumerate(figures.years):
        credit = sum(x for column, x in chosen.items() if column[0] == "credit" and column[2] == year.name)
        credits.append(credit)
        charged[year.periods[-1]] = year.rate * (chosen["gain", y] - chosen["used", y]) - credit
        carried += chosen["loss", y] - chosen["used", y]
        left.append(carried)
    advances = figures.opening_book_value(there=False) + (plan.capital - _capitalised(plan)).cumsum()
    none = np.zeros(len(figures.starts))
    end_tax = figures.end_tax_rate * max(0.0, total.terminal - float(total.assets[-1]))
    return Statement(
        cash=figures.money(case.finance.opening_cash, 0) + (total.cash + rest.funding).cumsum(),
        profit=total.profit,
        charges={line: total.lines.get(line, none) for line in CHARGES},
        lines={line: total.lines.get(line, none) for line in ("grants", "grants_repaid")},
        tax_charge=charged,
        fixed_assets=total.assets,
        advances=advances,
        debt=total.debt,
        tax_payable=total.payable,
        loss_carried=left,
        credit=credits,
        end_value=total.terminal - float(total.debt[-1]) - float(total.payable[-1]) - end_tax,
    )


def _capitalised(plan: WholePlan) -> np.ndarray:
    """Cost of everything that is put to use in each period; what stood in the books before is not."""
    figures, found = plan.figures, np.zeros(len(plan.figures.starts))
    for vintage, units in plan.arrivals.items():
        found[figures.assets[vintage].ready] += figures.assets[vintage].cost * units
    for key, units in plan.decisions.expand.items():
        found[figures.block_assets[key].ready] += figures.block_assets[key].cost * units
    found[0] -= figures.opening_book_value(there=True)
    return found
