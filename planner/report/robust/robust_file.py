"""``robust.json``: a robust plan and its proof for other programs; the same input gives the same bytes."""

from __future__ import annotations

import dataclasses
from typing import Any

from planner.decisions import Decisions
from planner.language import LANGUAGES
from planner.report.files import json_text
from planner.report.robust.words import change_words, headlines
from planner.report.voice import Voice
from planner.studies.robust.differences import changes
from planner.studies.robust.outcome import InFuture, RobustOutcome, best_value, plain_value, robust_value

FORMAT = 1
"""Version of the layout of the file."""


def robust_text(outcome: RobustOutcome) -> str:
    """The file as text."""
    base, kept = outcome.base, outcome.plain_value is not None
    content: dict[str, Any] = {
        "format": FORMAT,
        "case": base.case.name,
        "input_hash": base.input_hash,
        "currency": outcome.currency,
        "decide_by": str(outcome.decide_by),
        "objective": {
            "kind": base.proof.kind,
            "unit": outcome.unit,
            "level": outcome.risk.level,
            "tail_share": outcome.risk.share,
        },
        "proof": {
            "label": outcome.label,
            "value": outcome.value,
            "bound": outcome.bound,
            "gap": outcome.gap,
            "gap_requested": outcome.gap_requested,
            "bound_if_all_were_known": outcome.own_bound,
        },
        "expected_value": outcome.expected(robust_value),
        "tail_mean": outcome.tail(robust_value),
        "plain": {
            "value": outcome.plain_value,
            "expected_value": outcome.expected(plain_value) if kept else None,
            "tail_mean": outcome.tail(plain_value) if kept else None,
            "breaks_its_promises_in": list(outcome.breaking),
            "not_found_in_time_in": list(outcome.plain_not_found),
        },
        "all_known_before": outcome.measured(best_value),
        "value_of_the_stochastic_solution": outcome.value_of_stochastic_solution,
        "value_of_perfect_information": outcome.value_of_perfect_information,
        "found_as": str(outcome.found_by),
        "first_stage": _first(outcome, outcome.first),
        "first_stage_of_the_plain_plan": _first(outcome, outcome.plain_first),
        "changes": [{**dataclasses.asdict(one), "words": str(change_words(outcome, one))} for one in changes(outcome)],
        "joined_in_no_future_since_in": {name: list(without) for name, without in outcome.shut.items()},
        "words": [str(one) for one in headlines(outcome, Voice(LANGUAGES[0], outcome.currency))],
        "futures": [_future(outcome, one) for one in outcome.futures],
        "versions": outcome.versions,
        "options": outcome.options,
    }
    return json_text(content)


def _first(outcome: RobustOutcome, first: Decisions) -> dict[str, Any]:
    label = outcome.base.case.calendar.label
    return {
        "order": [
            {"offer": key.name, "site": key.site, "period": label(key.period), "systems": number}
            for key, number in sorted(first.order.items())
        ],
        "expand": [
            {"expansion": key.expansion, "period": label(key.period), "blocks": number}
            for key, number in sorted(first.expand.items())
        ],
        "join": sorted(first.join),
    }


def _future(outcome: RobustOutcome, one: InFuture) -> dict[str, Any]:
    plain = None if one.plain is None else plain_value(one)
    return {
        "name": one.name,
        "weight": one.weight,
        "input_hash": one.robust.input_hash,
        "best_for_it_alone": one.best,
        "bound_for_it_alone": one.own_bound,
        "robust": robust_value(one),
        "regret": outcome.regret(one, robust_value(one)),
        "with_the_plain_first_stage": plain,
        "regret_of_the_plain_first_stage": None if plain is None else outcome.regret(one, plain),
        "broken_by_the_plain_plan": [dataclasses.asdict(broken) for broken in one.broken],
        "drawn": {drawn.driver: {"value": drawn.value, "words": drawn.words} for drawn in one.future.drawn},
        "inputs": [dataclasses.asdict(change) for change in one.inputs],
        "limits_checked": len(one.robust.audit.limits),
    }
