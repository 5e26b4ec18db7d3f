"""What can be solved: the model of one case, or those of several operators side by side with rows between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from planner.model.build import Goal, Model
from planner.model.linear import Column, LinearExpression, Row
from planner.model.problem import Problem


class Solvable(Protocol):
    """The part of a model that search and settlement need; ``Model`` and ``PoolModel`` have it."""

    @property
    def columns(self) -> Sequence[Column]:
        """All decisions, in the order of the columns."""
        ...

    @property
    def parts(self) -> Sequence[tuple[int, Model]]:
        """The models that it is made of, each with the index of its first column, one behind the other."""
        ...

    @property
    def rows(self) -> Sequence[Row]:
        """All rows."""
        ...

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the periods."""
        ...

    @property
    def problem(self) -> Problem:
        """The same as solvers read it."""
        ...

    @property
    def second_objective(self) -> LinearExpression | None:
        """What a second solve makes large among equally good plans, before the tie-break; None for nothing."""
        ...

    @property
    def objective(self) -> LinearExpression:
        """What is made as good as can be."""
        ...

    @property
    def more_is_better(self) -> bool:
        """Whether that is as much as can be, or as little."""
        ...

    @property
    def tie_break(self) -> LinearExpression:
        """What a second solve makes small among equally good plans."""
        ...

    @property
    def goal(self) -> Goal:
        """In which words and in which unit the objective is told."""
        ...
