"""What a robust plan asks of an engine: a first stage tried in one future, and all futures side by side."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from planner.audit import audit
from planner.coefficients import coefficients_of
from planner.decisions import Decisions
from planner.errors import NoProofError
from planner.model.build import build
from planner.model.decomposition import prices_of
from planner.model.first_stage import Stage, number_in, pin
from planner.model.linear import key_text
from planner.model.robust import Branch, RobustModel
from planner.outcome import Risk, WarmStart
from planner.solution import decisions_of
from planner.solving.in_fractions import Screen, in_fractions
from planner.solving.matrix import matrix_of, require_solvable_range
from planner.solving.solvable import Solvable
from planner.solving.solve import Infeasible, Solution, solve
from planner.studies.jobs import Record, record_of_none
from planner.studies.plans import said_plan, said_proven
from planner.studies.tasks import Task
from planner.verification.agreement import require_agreement

NO_ROOM = "this first stage leaves no plan here"
"""Said where a future has no plan with a first stage."""
NO_FIRST_STAGE = "no first stage leaves a plan in every future"
HALF, NOT_AT_ALL = 0.5, 1e-6
"""From which fraction on a decision is rounded up: the nearest whole number, or the next below."""
NOTHING_SAID = Decisions()
"""Of no programme it is said whether it is joined."""


@dataclass(frozen=True)
class PinnedPlan:
    """The best plan of one future with a given first stage."""

    name: str
    task: Task
    stage: Stage
    first: Decisions
    gap: float
    time_limit: float
    start: Decisions | None = None
    """A plan to begin at."""

    def question(self) -> Mapping[str, Any]:
        """The case, the first stage, where the search begins, and the options."""
        return {
            "input": self.task.input_hash,
            "stage": _said_stage(self.stage),
            "first": said_plan(self.first),
            "start": None if self.start is None else said_plan(self.start),
            "gap": self.gap,
            "time limit": self.time_limit,
        }

    def answer(self) -> Record:
        """Plans the future; the audit works the plan out again.

        Raises:
            AuditError: the audit does not agree, which is a defect of the program.
        """
        model = build(coefficients_of(self.task.case))
        if not pin(model, self.stage, self.first):
            return record_of_none(NO_ROOM, proven=True)
        solution = _solved(model, self, _begun(self.start), NO_ROOM)
        if not isinstance(solution, Solution):
            return solution
        decisions = decisions_of(model, solution.values)
        audited = audit(self.task.case, decisions)
        words = f"{self.name}: the audit does not agree with the plan; nothing was written"
        require_agreement(self.task.case, model, solution.values, audited, solution.proof.objective, words=words)
        return said_proven(decisions, replace(solution.proof, objective=audited.objective))


@dataclass(frozen=True)
class Screened:
    """How good plans of one future can be at most with each of some first stages."""

    name: str
    task: Task
    stage: Stage
    firsts: tuple[Decisions, ...]
    time_limit: float

    def question(self) -> Mapping[str, Any]:
        """The case and the first stages."""
        return {
            "input": self.task.input_hash,
            "stage": _said_stage(self.stage),
            "firsts": [said_plan(first) for first in self.firsts],
            "time limit": self.time_limit,
        }

    def answer(self) -> Record:
        """A bound for each first stage, by its linear programme; nothing where it leaves no plan."""
        model = build(coefficients_of(self.task.case))
        named = self.stage.columns(model)
        columns = np.array([column.index for column in named.values()], dtype=np.int32)
        screen = Screen(matrix_of(model.problem), columns)
        bounds = []
        for first in self.firsts:
            numbers = np.array([float(number_in(first, one)) for one in named])
            bound = screen.bound(numbers, self.time_limit)
            bounds.append(None if bound is None else bound * model.goal.size)
        return {"bounds": bounds}


@dataclass(frozen=True)
class PricedPlan:
    """The best plan of one future in which each decision of the first stage is paid a price."""

    name: str
    task: Task
    stage: Stage
    prices: tuple[float, ...]
    """By decision, in the order of the columns of the first stage; in the unit of the objective."""
    gap: float
    time_limit: float
    start: Decisions | None = None
    """A plan to begin at."""
    joined: Decisions = NOTHING_SAID
    """Programmes that are joined, or not; the others are open."""

    def question(self) -> Mapping[str, Any]:
        """The case, the prices, where the search begins, and the options."""
        return {
            **_said_joins(self.joined),
            "input": self.task.input_hash,
            "stage": _said_stage(self.stage),
            "prices": list(self.prices),
            "start": None if self.start is None else said_plan(self.start),
            "gap": self.gap,
            "time limit": self.time_limit,
        }

    def answer(self) -> Record:
        """The first stage of the best plan, and how good any plan can be at these prices."""
        model = build(coefficients_of(self.task.case))
        pin(model, joins_alone(self.joined), self.joined)
        paid = model.objective.copy()
        for price, column in zip(self.prices, self.stage.columns(model).values(), strict=True):
            paid.add_term(column, price / model.goal.size)
        priced = replace(model, objective=paid, second_objective=None)  # only its first stage and its bound count
        solution = _solved(priced, self, _begun(self.start), "the future has no plan by itself")
        if not isinstance(solution, Solution):
            return solution
        numbers = [round(solution.values[column.index]) for column in self.stage.columns(model).values()]
        return {
            "bound": solution.proof.bound,
            "named": [key_text(kind, (key,), model.labels) for kind, key in self.stage.columns(model)],
            "numbers": numbers,
            "plan": said_plan(decisions_of(model, solution.values)),
        }


@dataclass(frozen=True)
class SideBySide:
    """The best plan of all futures side by side, with one first stage (the extensive form)."""

    name: str
    tasks: tuple[Task, ...]
    weights: tuple[float, ...]
    stages: tuple[Stage, ...]
    risk: Risk
    gap: float
    time_limit: float
    start: tuple[Decisions, ...] | None = None
    """Plans with one first stage to begin at, one for each future."""
    is_bound_only: bool = False
    """Whether only the linear programme is asked for: how good any plan can be."""
    joined: Decisions = NOTHING_SAID
    """Programmes that are joined, or not; the others are open."""

    def question(self) -> Mapping[str, Any]:
        """The cases with their weights, what is made of their values, where the search begins, and the options."""
        return {
            **_said_joins(self.joined),
            "inputs": [task.input_hash for task in self.tasks],
            "weights": list(self.weights),
            "stages": [_said_stage(stage) for stage in self.stages],
            "risk": asdict(self.risk),
            "start": None if self.start is None else [said_plan(plan) for plan in self.start],
            "bound only": self.is_bound_only,
            "gap": self.gap,
            "time limit": self.time_limit,
        }

    def answer(self) -> Record:
        """Solves it.

        Raises:
            AuditError: the audit does not agree with the plan of a future.
        """
        model = self._model()
        if self.is_bound_only:
            return self._in_fractions(model)
        start = None if self.start is None else WarmStart((), side_by_side=(self.start,))
        solution = _solved(model, self, start, NO_FIRST_STAGE)
        if not isinstance(solution, Solution):
            return solution
        plans = [
            decisions_of(branch.model, model.values_of(key, solution.values)) for key, branch in model.futures.items()
        ]
        return {
            "bound": solution.proof.bound,
            "objective": solution.proof.objective,
            "plans": [said_plan(plan) for plan in plans],
        }

    def _in_fractions(self, model: RobustModel) -> Record:
        """How good any plan can be, and what the first stage is worth to each future beyond that."""
        matrix = matrix_of(model.problem)
        require_solvable_range(matrix, model.rows, model.labels)
        try:
            relaxed = in_fractions(matrix, self.time_limit)
        except NoProofError as answer:
            return record_of_none(str(answer), proven=False)
        if relaxed is None:
            return record_of_none(NO_FIRST_STAGE, proven=True)
        prices = prices_of(model, relaxed.prices.tolist())
        first = [[price * model.unit for price in paid] for paid in prices.first]
        near = [said_plan(_rounded_first_stage(model, relaxed.values.tolist(), up)) for up in (HALF, NOT_AT_ALL)]
        return {"bound": relaxed.bound * model.unit, "weights": list(prices.weights), "prices": first, "firsts": near}

    def _model(self) -> RobustModel:
        """The models side by side, by the number of their future."""
        models = [build(coefficients_of(task.case)) for task in self.tasks]
        for model in models:
            pin(model, joins_alone(self.joined), self.joined)
        branches = map(Branch, models, self.weights, self.stages)
        return RobustModel({str(number): branch for number, branch in enumerate(branches)}, self.risk)


def _rounded_first_stage(model: RobustModel, values: list[float], up: float) -> Decisions:
    """The first stage of a plan in fractions, as far as some future can take it, in whole numbers."""
    found: dict[str, dict[Any, int]] = {"order": {}, "expand": {}, "join": {}}
    for name, branch in model.futures.items():
        for (kind, key), column in branch.stage.columns(branch.model).items():
            found[kind].setdefault(key, math.floor(values[model.first[name] + column.index] + up))
    kept = {kind: {key: number for key, number in numbers.items() if number} for kind, numbers in found.items()}
    return Decisions(order=kept["order"], expand=kept["expand"], join=dict.fromkeys(kept["join"], True))


def _solved(
    model: Solvable, job: PinnedPlan | PricedPlan | SideBySide, start: WarmStart | None, none: str
) -> Solution | Record:
    """The solution of a job; or what it says in place of one: ``none`` where it is proven that there is none."""
    try:
        return solve(model, gap=job.gap, time_limit=job.time_limit, start=start)
    except Infeasible:
        return record_of_none(none, proven=True)
    except NoProofError as answer:
        return record_of_none(str(answer), proven=False)


def _begun(plan: Decisions | None) -> WarmStart | None:
    return None if plan is None else WarmStart((plan,))


def joins_alone(joined: Decisions) -> Stage:
    """A first stage of programmes that are joined, or not, and nothing else."""
    return Stage(-1, frozenset(joined.join))


def _said_joins(joined: Decisions) -> dict[str, Any]:
    return {"joined": dict(sorted(joined.join.items()))} if joined.join else {}


def _said_stage(stage: Stage) -> list[Any]:
    return [stage.last, sorted(stage.programmes)]
