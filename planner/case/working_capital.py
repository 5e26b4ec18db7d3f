"""Trade credit: how late customers pay, how late suppliers are paid, and what of it is open when the plan begins."""

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
    source: Text = ""
    """Where the figures come from."""


def has_working_capital(case: Case) -> bool:
    """Whether anything is paid later than it is sold or used; where nothing is, no row speaks of it."""
    return case.finance.working_capital is not None or any(
        workload.customer_days is not None for workload in case.workloads.values()
    )
