"""Trade credit: how late or early customers pay, how late suppliers are paid, and what is open at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.case.quantities import Amount, Month, Noun, PositiveMoney, Text

if TYPE_CHECKING:
    from planner.case.case import Case


class WorkingCapital(Noun):
    """When customers pay and suppliers are paid. Profit counts what is sold and used; cash moves when it is paid.

    Days count from the end of the month in which something is sold or used; 30 of them are a month. What is no whole
    month is split between two: after 45 days half is paid one month later, and half two months later.
    """

    customer_days: Amount = 0.0
    """Days after which customers pay; a workload may state its own."""
    energy_days: Amount = 0.0
    """Days after which energy is paid."""
    rent_days: Amount = 0.0
    """Days after which rent is paid."""
    operations_days: Amount = 0.0
    """Days after which operations are paid."""
    maintenance_days: Amount = 0.0
    """Days after which maintenance and support are paid."""
    opening_receivables: dict[Month, PositiveMoney] = {}
    """What customers owe at the start of the horizon, by the month at whose end they pay."""
    opening_payables: dict[Month, PositiveMoney] = {}
    """What is owed to suppliers at the start of the horizon, by the month at whose end they are paid."""
    opening_prepayments: dict[Month, PositiveMoney] = {}
    """What customers had paid in advance at the start of the horizon, by the month of the work that they paid for: as
    much less comes in at its end."""
    source: Text = ""
    """Where the figures come from."""


def has_prepayments(case: Case) -> bool:
    """Whether any customers pay before the work is done, or have paid."""
    terms = case.finance.working_capital
    in_advance = any(workload.paid_in_advance is not None for workload in case.workloads.values())
    return in_advance or (terms is not None and bool(terms.opening_prepayments))


def has_working_capital(case: Case) -> bool:
    """Whether anything is paid later or earlier than it is sold or used; where nothing is, no row speaks of it."""
    late = any(workload.customer_days is not None for workload in case.workloads.values())
    return case.finance.working_capital is not None or late or has_prepayments(case)
