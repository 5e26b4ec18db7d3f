"""Why a case has no plan: the contradictions among its statements, each proved."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.errors import NoProofError
from planner.explain.elastic_model import ElasticModel, elastic_model_of
from planner.explain.figure import Figure, Path, changed, furthest
from planner.explain.lever import Lever
from planner.explain.narrowing import Narrowing, Whole, is_large
from planner.explain.statement import Statement, let_go, statements_of
from planner.solving.certificate import Certificate, certificate
from planner.solving.elastic import ElasticSolver
from planner.solving.infeasible_set import IrreducibleSet

MOST_CONFLICTS = 12
"""Contradictions that are looked for in one case: a change that helps has to end all of them."""
SHARE_OF_NAMING = 0.5
"""Share of the time for naming statements; the rest is for changes that help, which a reader needs no less."""


@dataclass(frozen=True)
class Conflict:
    """Statements that contradict each other; without any one of them there would be a plan."""

    statements: tuple[Statement, ...]
    needs: Whole
    """What must be whole before they contradict each other; nothing where they do so in fractions."""
    proof: Certificate | None
    smallest: bool = True
    """Whether each statement is known to be needed; otherwise no time was left to find out which are not."""
    branches: int = 1
    """Branches that were closed one by one in the proof, where whole numbers are in the way."""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are in the way."""
        return bool(self.needs)


@dataclass
class Impossible:
    """A case without a plan, taken apart."""

    case: Case
    elastic_model: ElasticModel
    elastic: ElasticSolver
    groups: dict[Path, list[int]]
    """Numbers of the levers of each statement."""
    deadline: float
    conflicts: list[Conflict] = field(default_factory=list)
    complete: bool = True
    """Whether all contradictions were looked for; otherwise no time was left."""
    stage: Whole = ""
    """What was taken for whole while the last contradiction was sought."""

    @property
    def is_large(self) -> bool:
        """Whether each look in whole numbers takes long."""
        return is_large(self.elastic_model)

    def lever(self, number: int) -> Lever:
        """A lever by its number."""
        return self.elastic_model.levers[number]


def taken_apart(case: Case, seconds: float) -> Impossible:
    """The contradictions of a case that has no plan.

    After each one, what limits most plainly in it is let go, and if there is still no plan the next is sought: so two
    mistakes that have nothing to do with each other are both reported.
    """
    began = time.monotonic()
    elastic_model = elastic_model_of(case, coefficients_of(case))
    elastic = ElasticSolver(elastic_model.problem, elastic_model.slacks, began + SHARE_OF_NAMING * seconds)
    groups: dict[Path, list[int]] = {}
    for number, lever in enumerate(elastic_model.levers):
        groups.setdefault(lever.statement, []).append(number)
    found = Impossible(case, elastic_model, elastic, groups, began + seconds)
    narrowing = Narrowing(elastic_model, elastic, groups)
    loose: set[int] = set()
    try:
        while len(found.conflicts) < MOST_CONFLICTS:
            one = narrowing.narrowest(loose)
            if one is None:
                break
            found.conflicts.append(_proved(found, one, narrowing.stage))
            loose |= {number for group in let_go(found.conflicts[-1].statements) for number in groups[group]}
    except NoProofError:
        found.complete = False
    found.stage = narrowing.stage
    elastic.deadline = found.deadline
    return found


def _proved(found: Impossible, one: IrreducibleSet[Path], stage: Whole) -> Conflict:
    """The contradiction in words, with what proves it."""
    statements = tuple(statements_of(found.elastic_model.levers, found.groups, one))
    branches = found.elastic.branches  # before anything else is asked
    return Conflict(statements, stage, None if stage else _proof(found, one), one.smallest, branches)


def _proof(found: Impossible, one: IrreducibleSet[Path]) -> Certificate | None:
    """The contradiction in exact fractions; None where that fails.

    Statements whose loosening is bounded by a sum of decisions, such as tax, have a row of their own in the search,
    which the model does not have. Where the solver rests its proof on such a row, it is asked again with those
    statements shut.
    """
    proof = _in_fractions(found)
    if proof is None:
        free = {n for n, slack in enumerate(found.elastic_model.slacks) if slack.within is None and n not in one.slacks}
        try:
            possible = found.elastic.possible(free, anew=True)
        except NoProofError:  # the contradiction stands, without a proof that could be repeated
            found.complete = False
            return None
        proof = None if possible else _in_fractions(found)
    return proof


def _in_fractions(found: Impossible) -> Certificate | None:
    ray, elastic_model = found.elastic.ray(), found.elastic_model
    return (
        None
        if ray is None
        else certificate(elastic_model.columns, elastic_model.rows, [float(weight) for weight in ray])
    )


def out_of_the_way(case: Case, found: Impossible, conflicts: Sequence[Conflict]) -> Case:
    """A case with one limit of each of some contradictions loosened as far as can be."""
    changes: dict[Path, str] = {}
    for conflict in conflicts:
        for statement in sorted(conflict.statements, key=lambda one: one.path[0] == "workloads"):
            figures = list(figures_of(found, statement))
            if figures:
                changes |= {figure.path: figure.yaml(furthest(figure)) for figure in figures}
                break
    return changed(case, changes)


def figures_of(found: Impossible, statement: Statement) -> Iterator[Figure]:
    """The figures of a statement that can be loosened."""
    seen = set()
    for number in statement.levers:
        figure = found.lever(number).figure
        if figure is not None and figure.path not in seen and figure.most > 0:
            seen.add(figure.path)
            yield figure
