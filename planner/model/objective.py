"""What the plan makes as good as it can."""

from __future__ import annotations

from planner.coefficients import Coefficients, Discount
from planner.model.expressions import Expressions
from planner.model.linear import LinearExpression
from planner.outcome import CLAWBACKS, FINANCE_COSTS, FINANCING, INVESTMENTS, LINES, OPERATING_COSTS, TAXES, TO_OWNERS
from planner.vocabulary.keys import CashPoint, Payout


def net_present_value(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Value before financing, at the weighted average cost of capital, less what loans cost; money units.

    ``sum_m discount[m] * net before financing[m] - interest shield + discount[end] * end_value - sum_f loan_cost[f]``

    What moves at the start of a month is discounted from there, everything else from the end of its month. The shield
    is what interest saves in tax, which the rate holds already. A loan that is cheaper than the rate adds nothing, a
    dearer one what it costs: it is drawn only where cash needs it.
    """
    found = sums.present_value(line for line in LINES if line not in FINANCING)
    found.add_term(sums.cash_flow.present_shield(), -1.0)
    found.add_term(sums.end_value, coefficients.budget.discount.at_end)
    for column in sums.decide.loan_cost.values():
        found.add_term(column, -1.0)
    return found


def equity_value(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Value to the owners: all cash flows but funding, and what is left at the end less debt, at the cost of equity.

    What stays as cash counts when it is earned, so interest on it is left out: it would count twice. Where the case
    says when owners are paid, what they get counts instead: see ``what_owners_get``.
    """
    discount = coefficients.budget.equity_discount
    assert discount is not None
    if coefficients.dividends.is_stated:
        return what_owners_get(sums, coefficients, discount)
    found = sums.present_value(TO_OWNERS, discount)
    return found.add_term(sums.end_value - sums.debt_at_end, discount.at_end)


def what_owners_get(sums: Expressions, coefficients: Coefficients, discount: Discount) -> LinearExpression:
    """Dividends, and at the end all cash with what is left less debt, less what owners put in and the cash that they
    had there at the start; at the cost of equity.

    That is all cash flows at the same rate, less what it costs owners that cash waits to be paid out.
    """
    budget, last = coefficients.budget, CashPoint(coefficients.calendar.months[-1], at_end=True)
    found = sums.cash_flow.present("dividends", discount=discount)
    found.add_term(sums.end_value - sums.debt_at_end, discount.at_end)
    found.add_term(sums.decide.cash[last,], discount.at_end)
    found.add_term(budget.opening_cash, -1.0)
    for month, money in budget.funding.items():
        found.add_term(money, -discount.dated("start", month))
    return found


def present_cost(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Present value of all costs less grants, resale and end value: the same without revenue, turned round.

    Revenue counts in the month of its work, so what waiting for customers costs stays in.
    """
    found = net_present_value(sums, coefficients) * -1.0
    return found.add_term(sums.cash_flow.present("revenue"), 1.0)


def compute_served(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Dense-BF16 PFLOPS-hours at work over the horizon."""
    found = LinearExpression()
    for (_, system, _, t), column in sums.decide.serve.items():
        found.add_term(column, coefficients.demand.pflops[system] * coefficients.calendar.hours[t])
    return found


def compute_installed(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Dense-BF16 PFLOPS that stand in the period that holds the month ``installed_by``."""
    by = coefficients.objective.installed_by
    assert by is not None
    wanted = coefficients.calendar.period_containing(by)
    found = LinearExpression()
    for (system, _, t), column in sums.decide.installed.items():
        if t == wanted:
            found.add_term(column, coefficients.demand.pflops[system])
    return found


EARLY = 1e-5
"""What repaying one period earlier than need be costs in the tie-break: less than any interest that it saves."""


def spending(sums: Expressions, coefficients: Coefficients) -> LinearExpression:
    """Present value of everything that is spent; the tie-break prefers the plan that spends least.

    Interest is spent, so nobody draws beside idle cash, and idle cash repays. A repayment weighs next to nothing: a
    loan without interest stays as long as its term, and what falls due after the horizon is left as debt. So does a
    dividend the other way: cash that is needed for nothing goes to the owners as soon as it may.
    """
    found = LinearExpression()
    for year in coefficients.dividends.years:
        ahead = len(coefficients.periods) - coefficients.calendar.period_of(year.month)
        found.add_term(sums.decide.dividend[Payout(year.name)], -EARLY * ahead)
    for (_, t), column in sums.decide.repay.items():
        found.add_term(column, EARLY * (len(coefficients.periods) - t))
    spent = sums.cash_flow.present(*INVESTMENTS, *OPERATING_COSTS, *CLAWBACKS, *TAXES, *FINANCE_COSTS)
    found.add_term(sums.cash_flow.unpaid, coefficients.budget.discount.at_end)
    return found.add_term(spent, 1.0)


def objective(sums: Expressions, coefficients: Coefficients) -> tuple[LinearExpression, bool]:
    """The objective of the case, and whether more of it is better."""
    kind = coefficients.objective.kind
    if kind == "equity":
        return equity_value(sums, coefficients), True
    if kind == "cost":
        return present_cost(sums, coefficients), False
    if kind == "compute":
        by_date = coefficients.objective.installed_by is not None
        return (compute_installed if by_date else compute_served)(sums, coefficients), True
    return net_present_value(sums, coefficients), True
