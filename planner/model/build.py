"""The model of one case: its decisions, its rules and its objective, and the problem that these make."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Column, LinearExpression, Row, row_text
from planner.model.objective import net_present_value, objective, spending
from planner.model.problem import Problem, problem_of
from planner.model.rules import RULES
from planner.model.sets import Sets
from planner.model.variables import Variables


@dataclass(frozen=True)
class Goal:
    """How an objective is told to people."""

    kind: Literal["npv", "equity", "compute", "cost"]
    unit: str
    """Currency, PFLOPS or PFLOPS-hours."""
    size: float
    """What one unit of the model's objective is in that unit."""


@dataclass(frozen=True)
class Model:
    """The model in both forms: as named columns and rows, and as the PuLP problem that solvers read."""

    coefficients: Coefficients
    sets: Sets
    decide: Variables
    sums: Expressions
    rows: list[Row]
    objective: LinearExpression
    more_is_better: bool
    second_objective: LinearExpression | None
    """What a second solve makes large among equally good plans: net present value, where the objective is another."""
    tie_break: LinearExpression
    """What a last solve makes small among plans that are equally good in both."""

    @cached_property
    def problem(self) -> Problem:
        """The same as solvers read it."""
        return problem_of(self.columns, self.rows, self.objective, self.labels, more_is_better=self.more_is_better)

    def nameless_problem(self) -> Problem:
        """The same without names: for who solves a thousand of them and writes none into a file."""
        return problem_of(self.columns, self.rows, self.objective, None, more_is_better=self.more_is_better)

    @property
    def columns(self) -> list[Column]:
        """All decisions, in the order of the columns."""
        return self.decide.columns

    @property
    def parts(self) -> tuple[tuple[int, Model], ...]:
        """The models that this one is made of, each with the index of its first column: itself alone."""
        return ((0, self),)

    @property
    def goal(self) -> Goal:
        """In which words and in which unit the objective is told."""
        coefficients = self.coefficients
        if coefficients.objective.kind != "compute":
            return Goal(coefficients.objective.kind, coefficients.currency, coefficients.money_unit)
        return Goal("compute", "PFLOPS" if coefficients.objective.installed_by else "PFLOPS-hours", 1.0)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """Labels of the periods."""
        return labels_of(self.coefficients)

    def text(self, rule: str) -> list[str]:
        """The rows of a rule, as people read them."""
        return [row_text(row, self.columns, self.labels) for row in self.rows if row.rule == rule]


def build(coefficients: Coefficients) -> Model:
    """Builds the model of a case from its coefficients."""
    sets = Sets(coefficients)
    decide = Variables(sets, coefficients)
    sums = Expressions(sets, coefficients, decide)
    rows = [row for rule in RULES for row in rule(sets, coefficients, decide, sums)]
    goal, more_is_better = objective(sums, coefficients)
    return Model(
        coefficients=coefficients,
        sets=sets,
        decide=decide,
        sums=sums,
        rows=rows,
        objective=goal,
        more_is_better=more_is_better,
        second_objective=None if coefficients.objective.kind == "npv" else net_present_value(sums, coefficients),
        tie_break=spending(sums, coefficients),
    )


def labels_of(coefficients: Coefficients) -> tuple[str, ...]:
    """Labels of the periods."""
    return tuple(coefficients.calendar.label(t) for t in coefficients.periods)
