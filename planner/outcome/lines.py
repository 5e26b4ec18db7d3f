"""Which lines of cash a case has: most have them all, some only come with a term that few cases state."""

from __future__ import annotations

from collections.abc import Callable

from planner.case.case import Case
from planner.case.working_capital import has_prepayments, has_working_capital
from planner.outcome.accounts import CONSUMPTION_TAX, LINES
from planner.vocabulary.cash_lines import CASH_LINES


def _sells_at_a_cost(case: Case) -> bool:
    return any(workload.selling_costs is not None for workload in case.workloads.values())


def _is_under_property_tax(case: Case) -> bool:
    return any(site.property_tax is not None for site in case.sites.values())


def _asks_for_arrangement_fees(case: Case) -> bool:
    return any(loan.arrangement_fee is not None for loan in case.finance.loans.values())


def _asks_for_commitment_fees(case: Case) -> bool:
    return any(loan.commitment_fee is not None for loan in case.finance.loans.values())


def _has_consumption_tax(case: Case) -> bool:
    return case.finance.consumption_tax is not None


def _earns_interest_on_cash(case: Case) -> bool:
    return case.finance.interest_on_cash is not None


def _capitalises_interest(case: Case) -> bool:
    return any(loan.interest_capitalised_until is not None for loan in case.finance.loans.values())


def _pays_dividends(case: Case) -> bool:
    return case.finance.dividends is not None


_THERE: dict[str, Callable[[Case], bool]] = {
    "selling_costs": _sells_at_a_cost,
    "property_tax": _is_under_property_tax,
    "interest_capitalised": _capitalises_interest,
    "arrangement_fees": _asks_for_arrangement_fees,
    "commitment_fees": _asks_for_commitment_fees,
    **dict.fromkeys(CONSUMPTION_TAX, _has_consumption_tax),
    "interest_on_cash": _earns_interest_on_cash,
    "dividends": _pays_dividends,
    "receivables_increase": has_working_capital,
    "payables_increase": has_working_capital,
    "prepayments_increase": has_prepayments,
}
"""Whether a case has a line, by the key of each optional one."""


def lines_of(case: Case) -> tuple[str, ...]:
    """Lines of the cash flow that are told of a case, in the order of the report."""
    return tuple(line for line in LINES if not CASH_LINES[line].optional or _THERE[line](case))
