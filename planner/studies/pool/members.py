"""From the parts of a plan to the record of each operator."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from planner.audit.pool import Operator, operator_compute
from planner.audit.prices import Prices
from planner.case.pool import Pool
from planner.outcome import EXACT, Outcome
from planner.studies.pool.outcome import Member


@dataclass(frozen=True)
class FixedMip:
    """What an operator would do beside the plan of the pool."""

    name: str
    alone: Outcome
    unaided: Outcome | None
    least_npv: float | None
    compute_unaided: float


def member_of(
    pool: Pool, part: Operator, beside: FixedMip, shared: Collection[str], versions: dict[str, str]
) -> Member:
    """The record of one operator."""
    case, programmes = part.case, sorted(set(shared) & set(part.case.programmes))
    caps = {name: case.programmes[name].operator_cap for name in programmes}
    granted = dict.fromkeys(programmes, 0.0)
    for (programme, *_), amount in part.audit.quantities.grant.items():
        if programme in granted:
            granted[programme] += amount
    return Member(
        name=beside.name,
        outcome=_outcome_in_pool(pool, part, beside.alone, versions),
        alone=beside.alone,
        unaided=beside.unaided,
        least_npv=beside.least_npv,
        awards={name: Prices(case).money(cap, 0) for name, cap in caps.items() if cap is not None},
        compute=operator_compute(pool, part),
        compute_unaided=beside.compute_unaided,
        granted=granted,
    )


def _outcome_in_pool(pool: Pool, part: Operator, alone: Outcome, versions: dict[str, str]) -> Outcome:
    """Its part as an ordinary outcome; what it could reach by itself with the whole pool bounds it."""
    npv, bound = part.audit.accounts.npv, max(alone.proof.bound, part.audit.accounts.npv)
    exact = bound - npv <= EXACT * max(1.0, abs(npv))
    label = alone.proof.label if exact else "feasible with a gap"
    proof = replace(alone.proof, label=label, objective=npv, bound=bound)
    proof = replace(proof, message=str(proof.words_in_pool(pool.name)))
    options = {**alone.options, "pool": pool.name}
    return replace(
        alone, decisions=part.decisions, audit=part.audit, proof=proof, versions=versions, options=options, prices=None
    )
