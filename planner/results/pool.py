"""The tables of a pool: its operators in it and beside it, what shared programmes pay, and what is shared."""

from __future__ import annotations

from collections.abc import Iterator

from planner.outcome import Outcome
from planner.results.judged import figure_rows, limits_table
from planner.results.table import Row, Table
from planner.studies.pool.outcome import Member, PoolOutcome


def of_pool(found: PoolOutcome) -> dict[str, Table]:
    """Every figure of every operator, what it is paid, and every limit that all of them share."""
    unit = found.currency.lower()
    calendar = next(iter(found.members.values())).outcome.case.calendar
    return {
        "operators": (
            ("operator", "plan", "figure", "unit", "value"),
            (
                (name, plan, *row)
                for name, member in found.members.items()
                for plan, outcome in _plans(member)
                for row in figure_rows(outcome)
            ),
        ),
        "awards": (
            ("programme", "operator", f"granted_{unit}", f"award_{unit}"),
            (
                (programme, name, member.granted.get(programme, 0.0), member.awards.get(programme))
                for programme in found.programmes
                for name, member in found.members.items()
            ),
        ),
        "limits": limits_table(found.audit.limits, calendar),
        "headline": (("figure", "unit", "value"), _headline(found)),
    }


def _plans(member: Member) -> Iterator[tuple[str, Outcome]]:
    """The plan in the pool, and those beside it that there are."""
    yield "in the pool", member.outcome
    yield "alone", member.alone
    if member.unaided is not None:
        yield "unaided", member.unaided


def _headline(found: PoolOutcome) -> Iterator[Row]:
    """What all operators come to together."""
    by_month = found.pool.objective.installed_by is not None
    compute = "PFLOPS" if by_month else "PFLOPS-hours"
    yield "npv", found.currency, found.audit.npv
    yield "public_money", found.currency, found.public_money
    yield "compute", compute, found.audit.compute
    yield "compute_unaided", compute, found.compute_unaided
    yield "public_money_per_compute", f"{found.currency}/{compute}", found.public_money_per_compute
    if found.pool.target is not None:
        yield "standing", found.pool.target.metric, found.audit.standing
        yield "shortfall", found.pool.target.metric, found.shortfall
    yield "objective", found.proof.unit, found.proof.objective
    yield "bound", found.proof.unit, found.proof.bound
