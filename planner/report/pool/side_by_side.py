"""Operators side by side: each in the pool, alone with the whole pool, and without the shared programmes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.audit.pool import Operator, compute_unit, operator_compute, public_money_of
from planner.outcome import INVESTMENTS, Outcome
from planner.studies.pool.outcome import Member, PoolOutcome


@dataclass(frozen=True)
class Situation:
    """What one plan of one operator comes to."""

    npv: float
    capex: float
    public_money: float
    """Under shared programmes."""
    accelerators: int
    """Ordered over the horizon."""
    compute: float
    """As the objective of the pool counts it."""
    lowest_cash: float


WORDS = ("in the pool", "alone, with the whole pool", "without the shared programmes")


def situation(pool: PoolOutcome, outcome: Outcome) -> Situation:
    """The figures of a plan of an operator."""
    case, accounts = outcome.case, outcome.audit.accounts
    part = Operator(case, outcome.decisions, outcome.audit)
    return Situation(
        npv=accounts.npv,
        capex=sum(sum(accounts.lines[line]) for line in INVESTMENTS),
        public_money=public_money_of(part, pool.programmes),
        accelerators=sum(
            count * case.systems[case.offers[offer].system].accelerators
            for (offer, _), count in outcome.decisions.ordered.items()
        ),
        compute=operator_compute(pool.pool, part),
        lowest_cash=min(*accounts.cash_after_payments, *accounts.cash_at_end),
    )


def plans_of(member: Member) -> Iterator[tuple[str, Outcome | None]]:
    """The plans of an operator with what they are."""
    yield from zip(WORDS, (member.outcome, member.alone, member.unaided), strict=True)


def public_money_per_compute(pool: PoolOutcome, member: Member) -> float | None:
    """Public money for each unit of compute beyond what the operator has where nobody has the shared programmes."""
    added = member.compute - member.compute_unaided
    return pool.audit.public_money[member.name] / added if added > 0 else None


def one_unit_of_compute(pool: PoolOutcome) -> str:
    """One of what compute is counted in: a PFLOPS, a PFLOPS-hour."""
    unit = compute_unit(pool.pool)
    return unit.removesuffix("s") if unit.endswith("-hours") else unit
