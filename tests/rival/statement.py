"""Cash, profit, tax and balances of a whole plan, as the witness works them out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.case.case import Case
from planner.decisions import Decisions
from tests.decided import plan_laid_flat
from tests.rival.books import Books
from tests.rival.continuous import Rest, columns_of, funding
from tests.rival.moments import LINES
from tests.rival.whole import WholePlan

CHARGES = ("depreciation", "written_off", "compression", "special_depreciation")


@dataclass(frozen=True)
class Statement:
    """Amounts by period, balances at the end of each; cash and its lines by month."""

    lines: dict[str, np.ndarray]
    """Amounts by line of cash and month; positive, whichever way the money flows."""
    funding: np.ndarray
    """Money from the owners, by month."""
    cash_after_payments: np.ndarray
    """Cash by month, after what moves at its start."""
    cash_at_end: np.ndarray
    """Cash at the end of each month."""
    cash: np.ndarray
    profit: np.ndarray
    charges: dict[str, np.ndarray]
    tax_charge: np.ndarray
    fixed_assets: np.ndarray
    advances: np.ndarray
    unpaid: np.ndarray
    """Still to be paid for investments that are in use."""
    debt: np.ndarray
    tax_payable: np.ndarray
    loss_carried: list[float]
    """Losses left after each fiscal year."""
    credit: list[float]
    """Tax credits used in each fiscal year."""
    end_tax: float
    end_value: float
    """What is left at the end, as if nothing were owed to lenders."""
    shield: np.ndarray
    """What interest saves in tax, by moment."""
    loan_costs: dict[str, float]
    unlevered: float
    """Value before financing."""
    npv: float
    equity: float | None
    unborrowed: np.ndarray
    """Net cash flow by moment, as if nothing were borrowed."""
    all_in: np.ndarray
    """Net cash flow by moment, with loans; or what owners get less what they put in, where it is said when."""


def statement(case: Case, decisions: Decisions, of: type[Books] = Books) -> Statement:
    """The accounts of a plan that can be worked out; in the books of tax where they are apart, or in others."""
    figures, decisions = of(case), plan_laid_flat(decisions)
    plan = WholePlan(figures, decisions)
    rest = Rest(plan)
    chosen = rest.with_tax(columns_of(decisions))
    total = rest.total(chosen)
    charged, carried, left, credits = np.zeros(len(figures.starts)), figures.opening_loss, [], []
    for y, year in enumerate(figures.years):
        credit = sum(x for column, x in chosen.items() if column[0] == "credit" and column[2] == year.name)
        credits.append(credit)
        charged[year.periods[-1]] = year.rate * (chosen["gain", y] - chosen["used", y]) - credit
        carried += chosen["loss", y] - chosen["used", y] - chosen["lapsed", y]
        left.append(carried)
    unpaid = _unpaid(plan)
    advances = figures.opening_book_value(there=False) + (plan.capital - _capitalised(plan)).cumsum() + unpaid
    end_tax = rest.end_tax(total, chosen)
    end_value = total.terminal - total.left_to_pay - float(total.payable[-1]) - end_tax
    end_value += total.owed_by_customers - total.owed_to_suppliers - total.owed_to_state
    factors, owners, costs = figures.capital_factors, figures.equity_factors, rest.loan_costs(chosen)
    unlevered = float(factors @ total.unborrowed(figures) + factors[-1] * end_value)
    equity, all_in = float(owners @ total.for_owners() + owners[-1] * (end_value - total.debt[-1])), total.for_owners()
    there = figures.money(case.finance.opening_cash, 0)
    cash = there + (total.cash + funding(figures)).cumsum()
    if case.finance.dividends is not None:
        all_in = total.lines.get("dividends", np.zeros(figures.moments.count)) - funding(figures)
        all_in[0] -= there
        all_in[-1] += cash[-1]
        equity = float(owners @ all_in + owners[-1] * (end_value - total.debt[-1]))
    at_months, by_period = np.zeros(figures.moments.count), np.zeros(len(figures.starts))
    return Statement(
        lines={line: _by_month(total.lines.get(line, at_months)) for line in LINES},
        funding=_by_month(funding(figures)),
        cash_after_payments=cash[::2],
        cash_at_end=cash[1::2],
        cash=figures.moments.ends(cash),
        profit=total.profit,
        charges={line: total.charges.get(line, by_period) for line in CHARGES},
        tax_charge=charged,
        fixed_assets=total.assets,
        advances=advances,
        unpaid=unpaid,
        debt=total.debt,
        tax_payable=total.payable,
        loss_carried=left,
        credit=credits,
        end_tax=end_tax,
        end_value=end_value,
        shield=figures.shield(figures.moments.by_period(total.costs_of_loans())),
        loan_costs=costs,
        unlevered=unlevered,
        npv=unlevered - sum(costs.values()),
        equity=None if case.finance.cost_of_equity is None else equity,
        unborrowed=total.unborrowed(figures),
        all_in=all_in,
    )


def _by_month(amounts: np.ndarray) -> np.ndarray:
    """What moves at both moments of a month together."""
    return amounts[::2] + amounts[1::2]


def _capitalised(plan: WholePlan) -> np.ndarray:
    """Cost of everything that is put to use in each period; what stood in the books before is not."""
    figures, found = plan.figures, np.zeros(len(plan.figures.starts))
    for vintage, units in plan.arrivals.items():
        found[figures.assets[vintage].ready] += figures.assets[vintage].cost * units
    for key, units in plan.decisions.expand.items():
        found[figures.block_assets[key].ready] += figures.block_assets[key].cost * units
    found[0] -= figures.opening_book_value(there=True)
    return found


def _unpaid(plan: WholePlan) -> np.ndarray:
    """Cost of everything that was bought and is in use, as far as it is paid later."""
    figures, found = plan.figures, np.zeros(len(plan.figures.starts))
    for purchase, units in plan.bought:
        paid = figures.moments.by_period(sum(purchase.paid.values(), np.zeros(1))).cumsum()
        in_use = np.arange(len(found)) >= purchase.arrival
        found += np.where(in_use, units * (purchase.cost - paid), 0.0)
    return found
