"""What a plan adds: its value, its return and its cost against doing nothing further."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planner.decisions import Decisions
from planner.finance.payback import payback
from planner.outcome import CLAWBACKS, INVESTMENTS, OPERATING_COSTS, Accounts, Outcome
from planner.report.value import (
    LEAST_FLOW,
    Returns,
    before_financing,
    discounted_hours,
    hours_at_work,
    returns_of,
    unborrowed,
)


@dataclass(frozen=True)
class Added:
    """Figures of a plan less those of doing nothing further; money in the currency of the case."""

    doing_nothing: float
    """Net present value of doing nothing further."""
    npv: float
    """How much more the plan is worth."""
    returns: Returns
    """What the further flows before financing yield."""
    payback_years: float | None
    """Years from the first further payment until the further flows have paid back what went out."""
    cost_per_accelerator_hour: float | None
    """Further discounted costs less grants, resale and terminal value, over further accelerator-hours at work."""
    cost_before_grants: float | None
    """The same without grants."""


def added_by(outcome: Outcome) -> Added | None:
    """What a plan adds; None where it is not known what doing nothing comes to."""
    nothing = outcome.doing_nothing
    if nothing is None:
        return None
    plan, idle, case = outcome.audit.accounts, nothing.audit.accounts, outcome.case
    flows = further_flows(outcome)
    hours = _discounted(outcome, outcome.decisions) - _discounted(outcome, nothing.decisions)
    bought = any(any(amounts) for amounts in (flows, before_financing(plan))) and outcome.decisions.buys_anything
    return Added(
        doing_nothing=idle.npv,
        npv=plan.npv - idle.npv,
        returns=returns_of(flows, case, case.finance.discount_rate),
        payback_years=payback(_less(before_financing(plan), before_financing(idle)), case.calendar.days_at_turns)
        if bought
        else None,
        cost_per_accelerator_hour=(_cost(plan, "grants", *CLAWBACKS) - _cost(idle, "grants", *CLAWBACKS)) / hours
        if hours > 0
        else None,
        cost_before_grants=(_cost(plan) - _cost(idle)) / hours if hours > 0 else None,
    )


def further_flows(outcome: Outcome) -> list[float]:
    """Flows before financing beyond those of doing nothing, by turn of months, what is left at the end included."""
    assert outcome.doing_nothing is not None
    return _less(unborrowed(outcome.audit.accounts), unborrowed(outcome.doing_nothing.audit.accounts))


def _less(one: Iterable[float], other: Iterable[float]) -> list[float]:
    """Flows less others, nothing where hardly anything is left: it would be taken for a payment, and for a turn."""
    flows = [a - b for a, b in zip(one, other, strict=True)]
    return [flow if abs(flow) >= LEAST_FLOW else 0.0 for flow in flows]


def _discounted(outcome: Outcome, decisions: Decisions) -> float:
    """Accelerator-hours at work, discounted as their revenue is."""
    accelerators, _ = hours_at_work(outcome.case, decisions)
    return discounted_hours(outcome, accelerators)


def _cost(accounts: Accounts, *less: str) -> float:
    """Present value of costs less resale and terminal value, and less other lines that come in; what is still to be
    paid for investments at the end is a cost."""
    net = accounts.present(*INVESTMENTS, *OPERATING_COSTS, "resale", *less)
    return -net - accounts.discount[-1] * (accounts.terminal_value - accounts.books.unpaid[-1])
