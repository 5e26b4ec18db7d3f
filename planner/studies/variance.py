"""The way from an earlier plan to the one made anew, line by line, by two bridges that follow each other."""

from __future__ import annotations

from collections.abc import Sequence

from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.outcome.variance import CashDifference, Effects, Variance, VarianceLine
from planner.studies.bridge import Bridge, bridge_of, values_of
from planner.vocabulary.message import Message


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
    )


def _effects(bridge: Bridge) -> dict[str, Effects]:
    return {
        one.line: Effects(one.figures, one.figures_timing, one.decisions, one.decisions_timing)
        for one in bridge.effects
    }
