"""How far one statement has to be loosened before there is a plan: what the model says, then what planning says.

In fractions the least change is one search of the wide model. Mostly it is enough, rounded outward; where whole numbers
ask for more, or the figure is none that the model can pull, changes are tried by planning the changed case.
"""

from __future__ import annotations

import time

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import NoProofError
from planner.explain.elastic_model import elastic_model_of
from planner.explain.figure import changed
from planner.explain.impossible import Impossible
from planner.explain.lever import Lever
from planner.explain.narrowing import Whole, branch_on
from planner.explain.remedy import Remedy, base_of
from planner.explain.statement import Statement
from planner.explain.trials import NINE_TENTHS, Trials, has_plan, seconds_of_a_look
from planner.solving.elastic import ElasticSolver


def least_change(found: Impossible, statement: Statement, case: Case, needs: Whole) -> Remedy | None:
    """The smallest change of one statement that leaves a plan, rounded outward; None where no change of it does.

    Other contradictions are out of the way of the case; before ``needs`` is whole, there is none.

    Raises:
        NoProofError: it could not be found out in time.
    """
    levers = [(n, found.lever(n)) for n in found.groups[statement.group] if found.lever(n).figure is not None]
    trials = {lever.figure: Trials(lever.figure, case, found.deadline) for _, lever in levers if lever.figure}
    exact = [(n, lever) for n, lever in levers if lever.exact]
    stages: list[Whole] = [needs, "blocks", *(() if found.is_large else ("systems",))]
    least = 0.0
    for stage in dict.fromkeys(stages) if exact else ():  # in fractions it is soon answered, and mostly is enough
        try:
            remedy = _by_model(found, exact, case, stage)
        except NoProofError:  # planning may still tell
            break
        if remedy is None:
            continue
        if len(remedy.changes) > 1 and is_smallest(remedy, case, found.deadline):
            return remedy
        ((figure, change), *others) = remedy.changes
        if not others and trials[figure].is_least(change):
            return remedy
        least = max(least, remedy.size)
    for figure, tried in trials.items():
        searched = tried.smallest(least * base_of(figure))
        if searched is not None:
            return searched
    return None


def is_smallest(remedy: Remedy, case: Case, deadline: float) -> bool:
    """Whether a change is known to be enough, and nine tenths of it known not to be.

    Raises:
        NoProofError: the time is over.
    """
    try:
        enough = has_plan(changed(case, remedy.texts), deadline)
        return enough and not has_plan(changed(case, remedy.part(NINE_TENTHS)), deadline)
    except NoProofError:
        if time.monotonic() > deadline:
            raise
        return False


def _by_model(found: Impossible, levers: list[tuple[int, Lever]], case: Case, stage: Whole) -> Remedy | None:
    """How far levers must be pulled at least, from a model in which pulling them is what costs."""
    elastic_model, elastic = found.elastic_model, found.elastic
    if case != found.case:
        elastic_model = elastic_model_of(case, coefficients_of(case))
        elastic = ElasticSolver(elastic_model.problem, elastic_model.slacks, found.deadline)
        same = {lever.figure for _, lever in levers}
        levers = [(n, lever) for n, lever in enumerate(elastic_model.levers) if lever.figure in same and lever.exact]
    figures = {n: lever.figure for n, lever in levers if lever.figure is not None}
    if not figures:  # nothing that the model can pull; whoever asked tries other changes
        return None
    branch_on(elastic, elastic_model, stage)
    now = time.monotonic()
    elastic.deadline = now + seconds_of_a_look(found.deadline - now)
    costs = {n: lever.scale / base_of(figures[n]) for n, lever in levers}
    scale = max(costs.values())
    pulled = elastic.least({n: cost / scale for n, cost in costs.items()}, whole=stage == "systems")
    if pulled is None:
        return None
    changes = []
    for n, lever in levers:
        least = pulled[n] * lever.scale
        if least > 1e-9 * base_of(figures[n]):
            changes.append((figures[n], min(figures[n].steps_outward(least), figures[n].most)))
    return Remedy(tuple(changes)) if changes else None
