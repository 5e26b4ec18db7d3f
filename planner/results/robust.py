"""The tables of a robust plan: its first stage, what it is worth in each future, and what is otherwise there."""

from __future__ import annotations

from collections.abc import Iterator

from planner.decisions import Decisions
from planner.results.judged import figure_rows
from planner.results.table import Row, Table
from planner.studies.robust.outcome import InFuture, RobustOutcome, best_value, plain_value, robust_value

ROBUST, PLAIN, KNOWN = "robust", "plain first stage", "all known before"
"""Whose first stage it is; the last has one of its own in each future."""
FIRST_STAGES = {ROBUST: robust_value, PLAIN: plain_value, KNOWN: best_value}


def of_robust(found: RobustOutcome) -> dict[str, Table]:
    """What is decided by the date, what that is worth over all futures and in each, and each future's figures."""
    return {
        "worth": (("measure", "first_stage", "unit", "value"), _worth(found)),
        "first_stage": (
            ("first_stage", "kind", "name", "site", "period", "unit", "value"),
            (
                (whose, *row)
                for whose, first in ((ROBUST, found.first), (PLAIN, found.plain_first))
                for row in _decided(found, first)
            ),
        ),
        "futures": (
            ("future", "weight", "first_stage", "unit", "value", "regret"),
            (
                (one.name, one.weight, whose, found.unit, worth(one), found.regret(one, worth(one)))
                for one in found.futures
                for whose, worth in FIRST_STAGES.items()
                if _has(one, whose)
            ),
        ),
        "figures": (
            ("future", "figure", "unit", "value"),
            ((one.name, *row) for one in found.futures for row in figure_rows(one.robust)),
        ),
        "inputs": (
            ("future", "path", "in_base", "in_future"),
            ((one.name, it.path, it.base, it.scenario) for one in found.futures for it in one.inputs),
        ),
        "broken": (
            ("future", "rule", "subject"),
            ((one.name, broken.rule, broken.subject) for one in found.futures for broken in one.broken),
        ),
    }


def _has(one: InFuture, whose: str) -> bool:
    """Whether a future has a plan with that first stage."""
    return whose != PLAIN or one.plain is not None


def _worth(found: RobustOutcome) -> Iterator[Row]:
    """Over all futures; no row for a first stage that leaves some future without a plan."""
    measures = {"expected value": found.expected, "mean of the tail": found.tail, "objective": found.measured}
    for measure, over_all in measures.items():
        for whose, worth in FIRST_STAGES.items():
            if all(_has(one, whose) for one in found.futures):
                yield measure, whose, found.unit, over_all(worth)
    yield "bound on every robust plan", "", found.unit, found.bound


def _decided(found: RobustOutcome, first: Decisions) -> Iterator[Row]:
    label = found.base.case.calendar.label
    for order, number in sorted(first.order.items()):
        yield "order", order.name, order.site, label(order.period), "systems", number
    for start, number in sorted(first.expand.items()):
        site = found.base.case.expansions[start.expansion].site
        yield "expand", start.expansion, site, label(start.period), "blocks", number
    for programme in sorted(first.join):
        yield "join", programme, None, None, "yes = 1", 1
