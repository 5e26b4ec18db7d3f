"""Which lines of money a case can have: those that only some programmes bring are left out where none does."""

from __future__ import annotations

from planner.case.case import Case
from planner.outcome import CHARGES, CLAWBACKS, FINANCE_COSTS, OPERATING_COSTS, lines_of
from planner.vocabulary.cash_lines import CASH_LINES


def has_clawback(case: Case) -> bool:
    """Whether systems may leave before the retention of a programme ends, against repayment."""
    return any(rules.early_exit != "forbidden" for rules in case.programmes.values())


def writes_off_at_once(case: Case) -> bool:
    """Whether a programme lets cost be written off at once."""
    return any(rules.aid.is_written_off for rules in case.programmes.values())


def lowers_tax(case: Case) -> bool:
    """Whether a programme is a tax credit."""
    return any(rules.aid.is_off_tax for rules in case.programmes.values())


def cash_lines(case: Case) -> tuple[str, ...]:
    """Lines of the cash flow that the case can have."""
    lines = lines_of(case)
    return lines if has_clawback(case) else tuple(line for line in lines if line not in CLAWBACKS)


def operating_costs(case: Case) -> tuple[str, ...]:
    """Lines of running costs that the case can have."""
    return tuple(line for line in lines_of(case) if line in OPERATING_COSTS)


def finance_costs(case: Case) -> tuple[str, ...]:
    """Lines of what borrowing costs that the case can have: interest, and fees."""
    return tuple(line for line in lines_of(case) if line in FINANCE_COSTS)


def borrowed_lines(case: Case) -> tuple[str, ...]:
    """Lines of what is borrowed that the case can have: draws, and interest that is added to what is owed."""
    return tuple(line for line in lines_of(case) if line in ("loans_drawn", "interest_capitalised"))


def charges_of(case: Case) -> tuple[str, ...]:
    """Charges of the profit without a cash flow that the case can have."""
    return tuple(line for line in CHARGES if line != "special_depreciation" or writes_off_at_once(case))


def pays_in_instalments(case: Case) -> bool:
    """Whether something may be paid after it is in use, so that some of it may be owed at the end."""
    payments = [noun.payment for noun in case.offers.values()] + [noun.payment for noun in case.expansions.values()]
    return any(payment.instalments for payment in payments)


def earns_on_cash(case: Case) -> bool:
    """Whether the case states interest on cash."""
    return case.finance.interest_on_cash is not None


def pays_dividends(case: Case) -> bool:
    """Whether the case says when owners are paid."""
    return case.finance.dividends is not None


BESIDE = {
    "terminal_value": "terminal value",
    "tax_at_end": "tax at the end",
    "unpaid_at_end": "unpaid at the end",
    "open_at_end": "open at the end",
    "interest_shield": "tax saved by interest",
    "loan_costs": "cost of loans",
}
"""What counts in the net present value beside the lines of the cash flow, as a bridge tells it."""


def line_words(line: str) -> str:
    """What a line is called."""
    return BESIDE[line] if line in BESIDE else CASH_LINES[line].label
