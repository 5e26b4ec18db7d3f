"""``compare.json``: a comparison for other programs; the same input gives the same bytes."""

from __future__ import annotations

import dataclasses
from typing import Any

from planner.language import LANGUAGES
from planner.outcome import Outcome
from planner.report.compare.figures import figures_of
from planner.report.compare.verdict import verdict
from planner.report.files import json_text
from planner.report.voice import Voice
from planner.studies.additionality import Additionality
from planner.studies.changes import DecisionChange
from planner.studies.compare import Compared, Comparison, Difference

FORMAT = 1
"""Version of the layout of the file."""


def comparison_text(comparison: Comparison, met: list[dict[str, str]]) -> str:
    """The file as text; ``met`` are the conditions that held, with the name of the plan."""
    base = comparison.base
    content = {
        "format": FORMAT,
        "case": base.case.name,
        "title": base.case.title,
        "currency": base.case.finance.currency,
        "options": comparison.options,
        "versions": base.versions,
        "conditions_met": met,
        "base": {
            **_plan(base),
            "additionality": [_additionality(one) for one in comparison.base_additionality],
        },
        "scenarios": [_compared(one, base) for one in comparison.scenarios],
    }
    return json_text(content)


def _plan(outcome: Outcome) -> dict[str, Any]:
    proof = outcome.proof
    return {
        "input_hash": outcome.input_hash,
        "calendar": outcome.case.calendar.model_dump(mode="json"),
        "proof": {
            "label": proof.label,
            "objective": proof.kind,
            "value": proof.objective,
            "gap": proof.gap if proof.gap != float("inf") else None,
            "unit": proof.unit,
            "within_gap": proof.within_gap,
        },
        "figures": {name: None if abs(value) == float("inf") else value for name, value in figures_of(outcome).items()},
    }


def _compared(one: Compared, base: Outcome) -> dict[str, Any]:
    content: dict[str, Any] = {
        "scenario": one.name,
        "title": one.title,
        "verdict": verdict(one, base, Voice(LANGUAGES[0], base.case.finance.currency)),
        "changed_inputs": [dataclasses.asdict(change) for change in one.inputs],
    }
    if one.run.outcome is None or one.difference is None:
        return {**content, "plan": None, "message": one.run.message, "proven": one.run.proven}
    return {
        **content,
        "plan": _plan(one.run.outcome),
        "not_lined_up": [str(words) for words in one.not_lined_up],
        **_difference(one.difference),
        "additionality": [_additionality(found) for found in one.additionality],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    bridge = difference.bridge
    there = bridge.ex_post
    return {
        "likeness": dataclasses.asdict(difference.likeness),
        "changed_decisions": [_decision(one) for one in difference.decisions],
        "decisions_alike": difference.decisions_alike,
        "binding_limits": [
            {"rule": one.rule, "subject": one.subject, "base": one.base, "scenario": one.scenario}
            for one in difference.limits
        ],
        "bridge": {
            "base": bridge.base,
            "allowed_base_decisions": bridge.allowed,
            "same_decisions": bridge.same_decisions,
            "scenario": bridge.scenario,
            "difference": bridge.difference,
            "parts": bridge.parts,
            "lines": [{**dataclasses.asdict(one), "total": one.total} for one in bridge.effects],
            "base_decisions_not_allowed": None if there is None else there.dropped,
            "base_decisions_cut": None if there is None else there.cut,
            "limits_broken_by_base_decisions": None if there is None else there.broken,
        },
    }


def _decision(one: DecisionChange) -> dict[str, Any]:
    told = {
        field.name: getattr(one, field.name) for field in dataclasses.fields(one) if field.name not in ("year", "words")
    }
    year = None if one.year is None else dataclasses.asdict(one.year)
    return {"kind": told.pop("kind"), "name": one.name, "year": year, **told, "change": one.change}


def _additionality(found: Additionality) -> dict[str, Any]:
    return {
        "programme": found.programme,
        "grant": found.grant,
        "accelerators": {"with": found.accelerators[0], "without": found.accelerators[1]},
        "pflops": {"with": found.pflops[0], "without": found.pflops[1]},
        "grant_per_extra_accelerator": found.grant_per_accelerator,
        "grant_per_extra_pflops": found.grant_per_pflops,
        "share_of_grant_for_what_is_bought_anyway": found.share_anyway,
        "other_grants": {"with": found.other_grants[0], "without": found.other_grants[1]},
        "npv": {"with": found.npv[0], "without": found.npv[1]},
        "bought": [
            {
                **dataclasses.asdict(one),
                "anyway": one.anyway,
                "because": one.because,
                "instead": one.instead,
                "grant_anyway": one.grant_anyway,
            }
            for one in found.bought
        ],
        "message": found.message,
    }
