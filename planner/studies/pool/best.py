"""The best plan of a pool by its objective, among equally good ones the best for the operators, and its proof."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from planner.audit.pool import PoolAudit, compute_unit
from planner.case.pool import Pool, PoolObjectiveKind
from planner.errors import AuditError, NoPlanError, NoProofError
from planner.model.pool import Aim, PoolModel
from planner.outcome import EXACT, Proof
from planner.solving.solve import Infeasible, Solution, with_the_same_whole_numbers
from planner.studies.pool.outcome import Step
from planner.studies.pool.ratio import best_ratio

MONEY_OF_RATIO = 1e9
"""Ratios are told for each billion of currency."""
ROUNDING = 1e-9
"""How much less compute counts as the same, as a share."""
SECONDS = 60.0
"""Time for a linear programme, which takes a moment."""
Solve = Callable[[PoolModel], Solution]


@dataclass(frozen=True)
class Best:
    """The best plan of the pool, and how good it is."""

    model: PoolModel
    solution: Solution
    proof: Proof
    """Of the objective of the pool."""
    steps: tuple[Step, ...] = ()
    ratio_bound: float | None = None
    """No plan has a better ratio, in compute for each unit of currency; None for other objectives."""


def best_plan(kind: PoolObjectiveKind, model: PoolModel, unaided: float, solve: Solve, gap: float) -> Best:
    """The best plan.

    Raises:
        NoPlanError: there is none for all operators together; says which terms between them stand in the way.
    """
    try:
        if kind == "npv":
            by_npv = model.aiming_at(Aim(npv=1.0))
            solution = solve(by_npv)
            return Best(by_npv, solution, solution.proof)
        if kind == "compute":
            most = model.aiming_at(Aim(compute=1.0))
            solution = solve(most)
            return _kindest(Best(most, solution, solution.proof), public=False)
        found = best_ratio(model, unaided, solve, gap)
        best = Best(found.model, found.solution, found.solution.proof, found.steps, found.bound)
        return _kindest(best, public=True)
    except Infeasible as answer:
        raise NoPlanError(_why(model, solve)) from answer


def _kindest(best: Best, *, public: bool) -> Best:
    """The same purchases with as much compute, and no more public money, as the operators would like them best.

    Compute says nothing about grants that are left unclaimed or systems that are left idle.
    """
    values = best.solution.values
    compute = best.model.compute.value(values)
    most = best.model.public_money.value(values) * best.model.unit if public else None
    terms = {"least_compute": compute - ROUNDING * max(1.0, compute), "most_public": most}
    kinder = best.model.aiming_at(Aim(npv=1.0), **terms)
    found = with_the_same_whole_numbers(kinder, values, seconds=SECONDS)
    npv = kinder.npv()
    if npv.value(found) < npv.value(values):  # rounding is in the way: the plan that is there is as good by its aim
        return best
    return replace(best, model=kinder, solution=replace(best.solution, values=found))


def _why(model: PoolModel, solve: Solve) -> str:
    """Which of the terms between operators stand in the way: each is dropped in turn."""
    words = {
        "the target": {"target": None},
        "the least compute of the objective": {"least_compute": None},
        "the participation of every operator": {"least_npv": {}},
        "the shared supply": {"offers": frozenset()},
        "the shared caps": {"programmes": frozenset()},
    }
    helps, unknown = [], []
    for what, terms in words.items():
        loosened = PoolModel(model.operators, replace(model.terms, **terms), Aim(npv=1.0))  # type: ignore[arg-type]
        if loosened.terms == model.terms:
            continue
        try:
            solve(loosened)
            helps.append(what)
        except Infeasible:
            continue
        except NoProofError:  # that there is no plan as things stand is proven all the same
            unknown.append(what)
    alone = "each operator has a plan by itself, but there is none for all of them together"
    if helps:
        return f"{alone}; there would be one without {' or without '.join(helps)}"
    if unknown:
        return f"{alone}; whether there is one without {' or without '.join(unknown)} was not found out in time"
    return f"{alone}, whichever one of the terms between them is dropped"


def proof_of(pool: Pool, best: Best, audited: PoolAudit, unaided: float, gap: float) -> Proof:
    """The proof of the objective of the pool, with its value as the audit has it.

    Raises:
        AuditError: the audit comes to other values.
    """
    proof = best.proof
    refuse(_disagreements(best, audited))
    if best.ratio_bound is not None:
        return _proof_of_ratio(audited, unaided, best.ratio_bound, proof, compute_unit(pool), gap)
    value = audited.compute if proof.kind == "compute" else audited.npv
    words = f"no plan can be better by more than {abs(proof.bound - value):,.0f} {proof.unit}"
    return replace(proof, objective=value, message=words)


def _disagreements(best: Best, audited: PoolAudit) -> list[str]:
    """Sums over all operators that the model and the audit do not agree on: any of them may be what is made best."""
    model, values = best.model, best.solution.values
    sums = (
        ("net present value", model.npv().value(values) * model.unit, audited.npv, 1.0),
        ("compute", model.compute.value(values), audited.compute, 1e-6),
        ("public money", model.public_money.value(values) * model.unit, sum(audited.public_money.values()), 1.0),
    )
    return [
        f"{words} of all operators: the model says {modelled:.6f}, the audit {value:.6f}"
        for words, modelled, value, least in sums
        if abs(modelled - value) > max(least, 1e-8 * abs(value))
    ]


def _proof_of_ratio(audited: PoolAudit, unaided: float, bound: float, last: Proof, unit: str, gap: float) -> Proof:
    """The proof of the best ratio, whose last step is proved already.

    Args:
        audited: the plan of the pool.
        unaided: compute that would stand without the shared programmes.
        bound: no plan has a better ratio, in compute for each unit of currency.
        last: the proof of the last step.
        unit: what compute is counted in.
        gap: relative gap that was asked for.
    """
    public = sum(audited.public_money.values())
    value = MONEY_OF_RATIO * (audited.compute - unaided) / public if public >= 1 else math.inf
    limit = MONEY_OF_RATIO * bound
    exact = math.isinf(value) or limit - value <= EXACT * max(1.0, abs(value))
    unit = f"{unit} per bn {audited.currency}"
    return replace(
        last,
        label="verified optimal" if exact else "feasible with a gap",
        objective=value,
        bound=limit,
        unit=unit,
        gap_requested=gap,
        checked_bound=None,
        message="no public money is needed" if math.isinf(value) else f"no plan brings more than {limit:,.3f} {unit}",
    )


def refuse(complaints: Sequence[str]) -> None:
    """Ends the run where the audit and the model do not agree.

    Raises:
        AuditError: there are complaints.
    """
    if complaints:
        raise AuditError("the audit does not agree with the plan; nothing was written:\n" + "\n".join(complaints))
