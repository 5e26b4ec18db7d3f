"""The door into PuLP: columns, rows and objective become the ``LpProblem`` that is solved, and written as LP or MPS."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pulp

from planner.model.linear import Column, LinearExpression, Row, key_text

Problem = pulp.LpProblem
"""What solvers read, by a name that does not need PuLP."""
_SENSES = {"<=": pulp.LpConstraintLE, "=": pulp.LpConstraintEQ, ">=": pulp.LpConstraintGE}
_IN_FILES = tuple(zip("[]- +", "()~;&", strict=True))
"""Signs that LP or MPS files keep for themselves, each with one that no name of a case can have: names stay apart."""


def problem_of(
    columns: Sequence[Column],
    rows: Sequence[Row],
    goal: LinearExpression,
    labels: tuple[str, ...] | None,
    *,
    more_is_better: bool,
) -> Problem:
    """The problem in PuLP: variable ``n`` is column ``n``, constraint ``n`` is row ``n``, with terms in their order.

    Without labels columns are numbered and rows have no names, which take a third of the time; nothing that is solved
    goes by names. Else they are ``order(h100,tokyo,2024~04)`` where people read ``order[h100,tokyo,2024-04]``, as
    files can hold it.
    Write a copy of the problem: into a problem that it writes as LP, PuLP puts a variable of its own.
    """
    problem = pulp.LpProblem("plan", pulp.LpMaximize if more_is_better else pulp.LpMinimize)
    variables = [
        problem.add_variable(
            f"x{column.index}" if labels is None else _in_files(key_text(column.kind, column.key, labels)),
            column.lower if math.isfinite(column.lower) else None,
            column.upper if math.isfinite(column.upper) else None,
            "Integer" if column.whole else "Continuous",
        )
        for column in columns
    ]

    def summed(one: LinearExpression) -> pulp.LpAffineExpression:
        terms = [(variables[index], weight) for index, weight in one.terms.items() if weight]
        return pulp.LpAffineExpression.from_list(terms, one.constant)

    for row in rows:
        left = summed(row.comparison.left)
        left.sense = _SENSES[row.comparison.sense]
        added = problem.addConstraint(left)
        if labels is not None:
            added.name = _in_files(row.name(labels))
    problem.setObjective(summed(goal))
    return problem


def _in_files(name: str) -> str:
    """A name as files can hold it; ``str.translate`` would take five times as long, for every column and row."""
    for sign, other in _IN_FILES:
        name = name.replace(sign, other)
    return name
