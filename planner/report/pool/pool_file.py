"""``pool.json``: the plan of a pool and its proof for other programs; the same input gives the same bytes."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from planner.audit.pool import compute_unit
from planner.report.files import json_text
from planner.report.pool.side_by_side import plans_of, situation
from planner.studies.pool.outcome import Member, PoolOutcome

FORMAT = 1
"""Version of the layout of the file."""


def pool_text(outcome: PoolOutcome) -> str:
    """The file as text."""
    return json_text(_content(outcome))


def _content(outcome: PoolOutcome) -> dict[str, Any]:
    proof, audit, target = outcome.proof, outcome.audit, outcome.pool.target
    return {
        "format": FORMAT,
        "pool": outcome.pool.name,
        "title": outcome.pool.title,
        "input_hash": outcome.input_hash,
        "currency": outcome.currency,
        "objective": outcome.pool.objective.model_dump(mode="json"),
        "proof": {
            "label": proof.label,
            "value": _finite(proof.objective),
            "bound": _finite(proof.bound),
            "unit": proof.unit,
            "gap": _finite(proof.gap),
            "bound_checked": proof.is_bound_checked,
            "gap_requested": proof.gap_requested,
            "message": proof.message,
            "solver": proof.solver,
            "rows": proof.rows,
            "columns": proof.columns,
            "non_zeros": proof.non_zeros,
        },
        "npv": audit.npv,
        "compute": {
            "unit": compute_unit(outcome.pool),
            "all": audit.compute,
            "without_shared_programmes": outcome.compute_unaided,
            "added": outcome.compute_added,
        },
        "public_money": outcome.public_money,
        "public_money_per_compute_added": outcome.public_money_per_compute,
        "target": None
        if target is None
        else {
            "metric": target.metric,
            "floor": target.floor,
            "by": str(target.by),
            "must_hold": target.must_hold,
            "standing": audit.standing,
            "shortfall": outcome.shortfall,
        },
        "programmes": {name: {"cap": outcome.caps.get(name)} for name in outcome.programmes},
        "operators": {name: _member(outcome, member) for name, member in outcome.members.items()},
        "steps": [{**dataclasses.asdict(step), "bound": _finite(step.bound)} for step in outcome.steps],
        "limits": [
            {
                "rule": one.rule,
                "subject": one.subject,
                "left": one.left,
                "sense": one.sense,
                "right": one.right,
                "unit": one.unit,
                "holds": one.holds,
            }
            for one in audit.limits
        ],
        "versions": outcome.versions,
        "options": outcome.options,
    }


def _member(outcome: PoolOutcome, member: Member) -> dict[str, Any]:
    keys = ("in_the_pool", "alone_with_the_whole_pool", "without_the_shared_programmes")
    plans = {
        key: None if plan is None else dataclasses.asdict(situation(outcome, plan))
        for key, (_, plan) in zip(keys, plans_of(member), strict=True)
    }
    return {
        **plans,
        "least_npv_to_take_part": member.least_npv,
        "awards": member.awards,
        "granted": member.granted,
        "limits_checked": len(member.outcome.audit.limits),
        "files": f"{member.name}/plan.xlsx, {member.name}/plan.json",
    }


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
