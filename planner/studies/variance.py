"""The way from an earlier plan to the one made anew, line by line, by two bridges that follow each other."""

from __future__ import annotations

from collections.abc import Sequence

from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.outcome.variance import CashDifference, Changed, Effects, Variance, VarianceLine
from planner.studies.bridge import Bridge, bridge_of, values_of
from planner.studies.changes import decision_changes
from planner.vocabulary.message import Message

KINDS = ("order", "build", "leave")
"""Kinds of decisions whose changes are told one by one."""


def variance(
    earlier: Outcome,
    happened: Outcome,
    new: Outcome,
    as_of: Month,
    differences: Sequence[CashDifference],
    told: Sequence[Message],
    *,
    is_kept: bool,
) -> Variance:
    """What happened since the earlier plan, and what the figures that changed since make of it.

    Args:
        earlier: the plan that was made before.
        happened: the best plan after what has happened, with the figures of the earlier one.
        new: the plan that was made anew.
        as_of: everything before this month has happened.
        differences: cash that came or went besides.
        told: what was read in the actuals.
        is_kept: whether the new plan is the earlier one.
    """
    first = bridge_of(earlier, happened)
    second = None if new is happened else bridge_of(happened, new)
    one, other = _effects(first), {} if second is None else _effects(second)
    planned = {line: present for line, (_, present) in values_of(earlier.audit.accounts).items()}
    lines = tuple(
        VarianceLine(line, planned.get(line, 0.0), one.get(line, Effects()), other.get(line, Effects()))
        for line in dict.fromkeys((*planned, *one, *other))
    )
    return Variance(
        as_of=as_of,
        planned=earlier.npv,
        after_what_happened=happened.npv,
        now=new.npv,
        lines=lines,
        differences=tuple(differences),
        told=tuple(told),
        is_kept=is_kept,
        changes=tuple(
            Changed(
                one.kind, one.name, str(one.year or ""), one.unit, float(one.base or 0.0), float(one.scenario or 0.0)
            )
            for one in decision_changes(earlier, new)[0]
            if one.kind in KINDS
        ),
    )


def _effects(bridge: Bridge) -> dict[str, Effects]:
    return {
        one.line: Effects(one.figures, one.figures_timing, one.decisions, one.decisions_timing)
        for one in bridge.effects
    }
