"""The only door into PuLP: decisions, rules and objective become one ``LpProblem``."""

from __future__ import annotations

import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pulp
from pulp import _rustcore as core

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Column, Row, Sum, key_text, row_text
from planner.model.objective import net_present_value, objective, spending
from planner.model.rules import RULES
from planner.model.sets import Sets
from planner.model.variables import Variables

Problem = pulp.LpProblem
"""What solvers read, by a name that does not need PuLP."""
_SENSES = {"<=": core.Sense.LessEqual, "=": core.Sense.Equal, ">=": core.Sense.GreaterEqual}


@dataclass(frozen=True)
class Goal:
    """How an objective is told to people."""

    kind: Literal["npv", "compute", "cost"]
    unit: str
    """Currency, PFLOPS or PFLOPS-hours."""
    size: float
    """What one unit of the model's objective is in that unit."""


@dataclass
class Model:
    """The model in both forms: as named columns and rows, and as the PuLP problem that solvers read."""

    figures: Coefficients
    sets: Sets
    decide: Variables
    sums: Expressions
    rows: list[Row]
    objective: Sum
    more_is_better: bool
    second_objective: Sum | None
    """What a second solve makes large among equally good plans: net present value, where the objective is another."""
    tie_break: Sum
    """What a last solve makes small among plans that are equally good in both."""
    problem: pulp.LpProblem

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
        figures = self.figures
        if figures.objective.kind != "compute":
            return Goal(figures.objective.kind, figures.currency, figures.money_unit)
        return Goal("compute", "PFLOPS" if figures.objective.installed_by else "PFLOPS-hours", 1.0)

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the periods."""
        return labels_of(self.figures)

    def text(self, rule: str) -> list[str]:
        """The rows of a rule, as people read them."""
        return [row_text(row, self.columns, self.labels) for row in self.rows if row.rule == rule]


def build(figures: Coefficients) -> Model:
    """Builds the model of a case from its coefficients."""
    sets = Sets(figures)
    decide = Variables(sets, figures)
    sums = Expressions(sets, figures, decide)
    rows = [
        Row(rule.__name__, key, comparison) for rule in RULES for key, comparison in rule(sets, figures, decide, sums)
    ]
    goal, more_is_better = objective(sums, figures)
    return Model(
        figures=figures,
        sets=sets,
        decide=decide,
        sums=sums,
        rows=rows,
        objective=goal,
        more_is_better=more_is_better,
        second_objective=None if figures.objective.kind == "npv" else net_present_value(sums, figures),
        tie_break=spending(sums, figures),
        problem=problem_of(decide.columns, rows, goal, labels_of(figures), more_is_better=more_is_better),
    )


def labels_of(figures: Coefficients) -> tuple[str, ...]:
    """Labels of the periods."""
    return tuple(figures.calendar.label(t) for t in figures.periods)


def problem_of(
    columns: Sequence[Column], rows: Sequence[Row], goal: Sum, labels: tuple[str, ...], *, more_is_better: bool
) -> pulp.LpProblem:
    """Hands columns, rows and objective to PuLP's core, one call a row instead of one a term.

    This uses the typed core of PuLP 4.2 (``toRustModel`` and ``pulp._rustcore``), which is why the minor version is
    pinned; a test holds the result against a problem that PuLP's own operators built.
    """
    problem = pulp.LpProblem("plan", pulp.LpMaximize if more_is_better else pulp.LpMinimize)
    target = problem.toRustModel()
    for column in columns:
        category = core.Category.Integer if column.whole else core.Category.Continuous
        target.add_variable(key_text(column.kind, column.key, labels), column.lower, column.upper, category)
    for row in rows:
        expression = _expression(target, row.comparison.left)
        expression.set_sense(_SENSES[row.comparison.sense])
        expression.set_name(key_text(row.rule, row.key, labels))
        target.add_constraint(expression)
    target.set_objective(_expression(target, goal))
    return problem


def _expression(target: core.Model, terms: Sum) -> core.AffineExpr:
    expression = core.AffineExpr()
    kept = [(index, weight) for index, weight in terms.terms.items() if weight]
    if kept:  # the memory of an empty array need not lie where the core can read it
        indexes = array.array("Q", [index for index, _ in kept])
        weights = array.array("d", [weight for _, weight in kept])
        expression.add_term_ids_coeffs(target, indexes, weights)
    expression.set_constant(terms.constant)
    return expression
