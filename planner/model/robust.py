"""The models of several futures side by side, with one first stage; each future keeps its own money unit.

The objective weighs the value of a plan in each future with its probability. Part of the weight may be put on the
tail: the conditional value at risk (CVaR), the mean of the worst futures that make up a share of all probability. With
``eta`` for the value that separates them from the others it is, for values that are made large,

``max eta - sum_f weight[f] * shortfall[f] / (1 - level)``, where ``shortfall[f] >= eta - value[f]``

(Rockafellar and Uryasev, "Optimization of conditional value-at-risk", 2000). Where the worst future alone makes up as
much probability as the level leaves, it is the value of that future, and there are no shortfalls.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.model.build import Goal, Model
from planner.model.first_stage import Named, Stage
from planner.model.linear import Column, Comparison, LinearExpression, Row
from planner.model.problem import Problem, problem_of
from planner.outcome import Risk
from planner.vocabulary.constraints.robust import FIRST_STAGE, SHORTFALL

INFINITY = float("inf")
ROUNDING = 1e-12
"""How far sums of weights may be off."""


@dataclass(frozen=True)
class Branch:
    """One future."""

    model: Model
    weight: float
    """Its probability; those of all futures are 1 together."""
    stage: Stage


class RobustModel:
    """Several futures in one problem."""

    def __init__(self, futures: Mapping[str, Branch], risk: Risk) -> None:
        self.futures = dict(futures)
        self.risk = risk
        models = [branch.model for branch in futures.values()]
        self.unit = sorted(model.goal.size for model in models)[len(models) // 2]
        """What one unit of the objective is, in its unit: currency, or compute."""
        self.more_is_better = models[0].more_is_better
        self.labels = models[0].labels
        self.first = dict(zip(self.futures, _first_columns(models), strict=True))
        self.parts = tuple(zip(self.first.values(), models, strict=True))
        self.columns = [
            Column(self.first[name] + c.index, c.kind, (name, *c.key), c.lower, c.upper, c.whole)
            for name, branch in self.futures.items()
            for c in branch.model.columns
        ]
        self.tail = self._tail_columns() if risk.counts_tail and len(models) > 1 else {}
        self.ties = self._tied()
        self.rows_of_tail = len(models) if self.tail else 0
        self.rows = [*self._rows_of_futures(), *self._rows_of_first_stage(), *self._rows_of_tail()]

    @property
    def has_shortfalls(self) -> bool:
        """Whether the tail holds more than the worst future."""
        return len(self.tail) > 1

    @cached_property
    def problem(self) -> Problem:
        """The same as solvers read it."""
        return problem_of(self.columns, self.rows, self.objective, self.labels, more_is_better=self.more_is_better)

    @cached_property
    def objective(self) -> LinearExpression:
        """The expected value, in part replaced by the mean over the tail."""
        if not self.tail:
            return self._expected({name: self._value(name) for name in self.futures})
        found = self._expected({name: self._value(name) for name in self.futures}) * (1.0 - self.risk.share)
        found.add_term(self.tail[""], self.risk.share)
        sign = -1.0 if self.more_is_better else 1.0
        for name, branch in self.futures.items():
            if name in self.tail:
                weight = branch.weight / (1.0 - self.risk.level)
                found.add_term(self.tail[name], sign * weight * self.risk.share)
        return found

    @cached_property
    def second_objective(self) -> LinearExpression | None:
        """What the models themselves make large second; the expected value where nothing but the tail counts."""
        seconds = {name: branch.model.second_objective for name, branch in self.futures.items()}
        if all(one is not None for one in seconds.values()):
            return self._expected({n: self._shifted(n, one, self._money(n)) for n, one in seconds.items() if one})
        if self.tail and self.risk.share >= 1.0 and self.more_is_better:
            return self._expected({name: self._value(name) for name in self.futures})
        return None

    @cached_property
    def tie_break(self) -> LinearExpression:
        """Everything that is spent in all futures."""
        return self._expected(
            {n: self._shifted(n, branch.model.tie_break, self._money(n)) for n, branch in self.futures.items()}
        )

    @property
    def goal(self) -> Goal:
        """In which words and in which unit the objective is told."""
        one = self.parts[0][1].goal
        return Goal(one.kind, one.unit, self.unit)

    def values_of(self, future: str, values: list[float]) -> list[float]:
        """The values of the columns of one future."""
        first = self.first[future]
        return values[first : first + len(self.futures[future].model.columns)]

    def _tail_columns(self) -> dict[str, Column]:
        """The value that bounds the tail, under no name, and how far each future is beyond it, where that counts."""
        start = len(self.columns)
        names = [""]
        if 1.0 - self.risk.level > min(branch.weight for branch in self.futures.values()) + ROUNDING:
            names += list(self.futures)
        found = {
            name: Column(
                start + n, "tail" if not name else "shortfall", (name,), 0.0 if name else -INFINITY, INFINITY, False
            )
            for n, name in enumerate(names)
        }
        self.columns += found.values()
        return found

    def _rows_of_futures(self) -> Iterator[Row]:
        for name, branch in self.futures.items():
            for row in branch.model.rows:
                left = self._shifted(name, row.comparison.left, 1.0)
                yield Row(row.family, (name, *row.key), Comparison(left, row.comparison.sense))

    def _tied(self) -> list[tuple[str, Named, str]]:
        """Each decision of the first stage in each future, and the first future that can take it as well."""
        leader: dict[Named, str] = {}
        found = []
        for name, branch in self.futures.items():
            for named in branch.stage.columns(branch.model):
                if named in leader:
                    found.append((name, named, leader[named]))
                else:
                    leader[named] = name
        return found

    def _rows_of_first_stage(self) -> Iterator[Row]:
        """In each future the same as in the first one that can decide it."""
        columns = {
            name: {named: self.first[name] + c.index for named, c in branch.stage.columns(branch.model).items()}
            for name, branch in self.futures.items()
        }
        for name, named, leader in self.ties:
            same = LinearExpression({columns[name][named]: 1.0, columns[leader][named]: -1.0})
            yield Row(FIRST_STAGE, (name, *named), same.equals(0.0))

    def _rows_of_tail(self) -> Iterator[Row]:
        for name in self.futures if self.tail else ():
            beyond = self._value(name) - self.tail[""]
            if name in self.tail:
                beyond = beyond.add_term(self.tail[name], 1.0 if self.more_is_better else -1.0)
            yield Row(SHORTFALL, (name,), beyond >= 0.0 if self.more_is_better else beyond <= 0.0)

    def _value(self, name: str) -> LinearExpression:
        """What a plan is worth in one future."""
        model = self.futures[name].model
        return self._shifted(name, model.objective, model.goal.size / self.unit)

    def _money(self, name: str) -> float:
        """What one money unit of a future is beside that of the middle one."""
        units = sorted(branch.model.coefficients.money_unit for branch in self.futures.values())
        return self.futures[name].model.coefficients.money_unit / units[len(units) // 2]

    def _expected(self, sums: Mapping[str, LinearExpression]) -> LinearExpression:
        found = LinearExpression()
        for name, one in sums.items():
            found.add_term(one, self.futures[name].weight)
        return found

    def _shifted(self, name: str, one: LinearExpression, factor: float) -> LinearExpression:
        first = self.first[name]
        terms = {first + index: factor * weight for index, weight in one.terms.items()}
        return LinearExpression(terms, factor * one.constant)


def _first_columns(models: list[Model]) -> Iterator[int]:
    first = 0
    for model in models:
        yield first
        first += len(model.columns)
