"""Holds the planner against the witness."""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Audit, Outcome
from planner.report.value import equity_returns, years_to_pay_back
from planner.report.value import returns as plan_returns
from tests.planned import planned
from tests.rival import returns
from tests.rival.books import Books, InBooks
from tests.rival.rival import Answer, best_plan, judge, money_scale
from tests.rival.statement import statement


def tolerance(case: Case, objective: float) -> float:
    """One millionth of the objective, or of a typical purchase where the objective is next to nothing."""
    return 1e-6 * max(abs(objective), 1.0 if case.objective.kind == "compute" else 1e-3 * money_scale(case))


def agree(case: Case) -> None:
    """Asserts that both find a plan or neither, that both are equally good, and that each accepts the other's."""
    agree_with(best_plan(case), case)


def agree_with(witness: Answer | None, case: Case) -> None:
    """Asserts the same where the best plan of the witness is known already."""
    hold_against(witness, planned(case), case)


def hold_against(witness: Answer | None, outcome: Outcome | None, case: Case) -> None:
    """Asserts the same where both plans are known."""
    if witness is None:
        assert outcome is None, f"{case.name}: the witness finds no plan, the planner {outcome.decisions}"
        return
    assert outcome is not None, f"{case.name}: the planner finds no plan, the witness {witness}"
    near = tolerance(case, witness.objective)
    assert outcome.proof.label == "verified optimal"
    assert outcome.proof.objective == pytest.approx(witness.objective, abs=near), f"{case.name}: {witness}"

    checked = audit(case, witness.decisions)
    assert checked.broken == (), f"{case.name}: the audit refuses the plan of the witness"
    assert checked.objective == pytest.approx(witness.objective, abs=near), case.name

    faults, objective = judge(case, outcome.decisions)
    assert faults == [], f"{case.name}: the witness refuses the plan of the planner"
    assert objective == pytest.approx(outcome.audit.objective, abs=near), case.name
    agree_on_the_accounts(case, outcome.decisions, outcome.audit)
    agree_on_the_returns(case, outcome)
    agree_on_the_accounts(case, witness.decisions, checked)


def agree_on_the_returns(case: Case, outcome: Outcome) -> None:
    """Asserts that the plan is worth nothing at its rate of return, and pays back when it says."""
    seen, of_equity = statement(case, outcome.decisions), equity_returns(outcome)
    left_to_owners = seen.end_value - float(seen.debt[-1])
    for flows, left, found in (
        (seen.unborrowed, seen.end_value, plan_returns(outcome)),
        (seen.all_in, left_to_owners, of_equity),
    ):
        if found is not None and (rate := found.internal_rate_of_return) is not None:
            worth, all_in = returns.worth_at(case, flows, left, rate)
            assert abs(worth) <= 1e-9 * all_in, f"{case.name}: {rate}"
    back = returns.years_to_pay_back(case, seen)
    assert years_to_pay_back(outcome) == (None if back is None else pytest.approx(back, rel=1e-6)), case.name


def agree_on_the_accounts(case: Case, decisions: Decisions, audited: Audit) -> None:
    """Asserts that the audit and the witness see the same cash by month, and profit, tax and balances by period."""
    accounts, seen = audited.accounts, statement(case, decisions)
    books, shown = accounts.books, seen
    apart: dict[str, tuple[Any, Any]] = {}
    if case.finance.tax_books_apart:
        shown = statement(case, decisions, InBooks)
        rates = {t: year.rate for year in Books(case).years for t in year.periods}
        put_off = [rates[t] * (shown.fixed_assets[t] - seen.fixed_assets[t]) for t in range(len(seen.fixed_assets))]
        apart = {
            "taxable_profit": (books.taxable_profit, seen.profit),
            "tax_value": (books.tax_value, seen.fixed_assets),
            "deferred_tax": (books.deferred_tax, put_off),
        }
    near = 1e-9 * money_scale(case)
    pairs = {
        "cash_after_payments": (accounts.cash_after_payments, seen.cash_after_payments),
        "cash_at_end": (accounts.cash_at_end, seen.cash_at_end),
        "funding": (accounts.funding, seen.funding),
        "cash": (accounts.cash, seen.cash),
        "profit": (books.profit, shown.profit),
        "tax_charge": (books.tax_charge, seen.tax_charge),
        "fixed_assets": (books.fixed_assets, shown.fixed_assets),
        "advances": (books.advances, seen.advances),
        "unpaid": (books.unpaid, seen.unpaid),
        "debt": ([sum(owed[t] for owed in books.debt.values()) for t in range(len(seen.debt))], seen.debt),
        "tax_payable": (books.tax_payable, seen.tax_payable),
        "loss_carried": ([year.loss_carried for year in books.years.values()], seen.loss_carried),
        "credit": ([year.credit for year in books.years.values()], seen.credit),
        "end_tax": ([books.end_tax], [seen.end_tax]),
        "end_value": ([accounts.end_value], [seen.end_value]),
        "shield": (accounts.shield, [0.0, *(seen.shield[::2] + seen.shield[1::2])]),
        "loan_costs": ([accounts.loan_costs[name] for name in seen.loan_costs], seen.loan_costs.values()),
        "unlevered": ([accounts.unlevered], [seen.unlevered]),
        "npv": ([accounts.npv], [seen.npv]),
        **{line: (books.charges[line], amounts) for line, amounts in shown.charges.items()},
        **apart,
        **{line: (accounts.by_month[line], amounts) for line, amounts in seen.lines.items()},
    }
    assert (accounts.equity is None) == (seen.equity is None), case.name
    if seen.equity is not None:
        pairs["equity"] = ([accounts.equity], [seen.equity])
    for name, (found, expected) in pairs.items():
        assert list(found) == pytest.approx(list(expected), rel=1e-9, abs=near), f"{case.name}: {name}"
