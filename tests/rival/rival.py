"""The best plan of a tiny case, found by trying every whole-number plan, best promise first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.case.case import Case
from planner.decisions import Decisions
from tests.decided import decided, plan_laid_flat
from tests.rival.affordable import Affordable
from tests.rival.books import Books
from tests.rival.continuous import Rest, columns_of
from tests.rival.enumeration import Candidate, Enumeration
from tests.rival.settle import complete
from tests.rival.whole import NEAR, WholePlan


@dataclass(frozen=True)
class Answer:
    """The best plan and what it is worth, in the words of the objective: cost counts downwards."""

    objective: float
    decisions: Decisions


def sign(case: Case) -> float:
    """-1 where the objective is made small."""
    return -1.0 if case.objective.kind == "cost" else 1.0


def money_scale(case: Case) -> float:
    """A typical amount of the case: its dearest single purchase, or one."""
    figures = Books(case)
    purchases = [*figures.orders.values(), *figures.blocks.values()]
    return max((purchase.cost for purchase in purchases), default=0.0) or 1.0


def best_plan(case: Case) -> Answer | None:
    """The best plan; None where no plan keeps all limits.

    Candidates are tried in falling order of what they can be worth at most, until none left can beat the best.
    """
    figures = Books(case)
    candidates = sorted(Enumeration(figures).plans(), key=lambda candidate: -candidate.bound)
    affordable = Affordable(figures)
    purchases_kept: dict[tuple[object, ...], bool] = {}
    best: Answer | None = None
    value = -float("inf")
    for candidate in candidates:
        if candidate.bound <= value + 1e-9 * abs(value):
            break
        key = (*candidate.decisions.order.items(), *candidate.decisions.expand.items())
        if purchases_kept.get(key) is False:
            continue
        plan = WholePlan(figures, candidate.decisions)
        purchases_kept[key] = not plan.purchase_faults()
        if not purchases_kept[key] or not affordable.can_be_paid(plan):
            continue
        found = completed(plan, candidate, value)
        if found is not None and found[0] > value:
            value, decisions = found
            best = Answer(sign(case) * value, decided(**vars(decisions)))
    return best


def completed(plan: WholePlan, candidate: Candidate, above: float) -> tuple[float, Decisions] | None:
    """The best completion of a whole-number plan; None where none is worth more than so much."""
    faults = plan.faults()
    assert not faults, faults
    rest = Rest(plan)
    chosen = complete(rest, above - rest.fixed_value)
    if chosen is None:
        return None
    value = rest.fixed_value + rest.programme.objective(chosen)
    slack = 1e-6 * max(1.0, abs(value), money_scale(plan.figures.case))
    assert value <= candidate.bound + slack, (
        "the promise of a candidate was too low, so the search may have missed a plan"
    )
    return value, rest.decisions(chosen)


def judge(case: Case, decisions: Decisions) -> tuple[list[str], float]:
    """Every limit that a plan breaks, and its objective (not a number where the plan cannot even be worked out)."""
    figures, decisions = Books(case), plan_laid_flat(decisions)
    faults = [f"order: {key}: {n}" for key, n in decisions.order.items() if key not in figures.orders or not whole(n)]
    faults += [
        f"expand: {key}: {n}" for key, n in decisions.expand.items() if key not in figures.blocks or not whole(n)
    ]
    faults += [f"join: {name}" for name in decisions.join if name not in case.programmes]
    if faults:
        return faults, float("nan")
    arrivals = WholePlan(figures, replace(decisions, exit={})).arrivals
    for (*vintage, t), units in decisions.exit.items():
        if tuple(vintage) not in arrivals or t not in figures.periods or not whole(units):
            faults.append(f"exit: {vintage}, {t}: {units}")
    if faults:
        return faults, float("nan")
    plan = WholePlan(figures, decisions)
    faults = plan.purchase_faults() + plan.faults()
    if faults:
        return faults, float("nan")
    rest = Rest(plan)
    chosen = rest.with_tax(columns_of(decisions))
    faults = rest.broken(chosen)
    value = rest.fixed_value + rest.programme.objective(chosen)
    return faults, sign(case) * value


def whole(units: float) -> bool:
    """Whether a number of units is a whole number of zero or more."""
    return units >= 0 and abs(units - round(units)) < NEAR
