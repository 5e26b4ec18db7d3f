"""From the values of columns to decisions, and to the lines of the cash flow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.decisions import Decisions
from planner.model.build import Model
from planner.model.linear import Column
from planner.vocabulary.decisions import MONEY, STORED, YES, Decision

NOTHING = 1e-9
"""Amounts below this are the solver's noise around zero."""


def decisions_of(model: Model, values: list[float]) -> Decisions:
    """Reads the decisions off a solution; whole numbers are whole, noise around zero is dropped."""
    tables: dict[str, Any] = {
        kind: dict(_amounts(one, getattr(model.decide, kind), values, model.coefficients.money_unit))
        for kind, one in STORED.items()
    }
    return Decisions(**tables)


def _amounts(
    one: Decision, columns: Mapping[Any, Column], values: list[float], money_unit: float
) -> Iterator[tuple[Any, float]]:
    """One table of decisions: yes or no of everything, else what is not nothing."""
    for key, column in columns.items():
        value = values[column.index]
        if one.unit == YES:
            (name,) = key
            yield name, bool(round(value))
        elif one.whole and round(value):
            yield key, round(value)
        elif not one.whole and value > NOTHING:
            yield key, value * money_unit if one.unit == MONEY else value


def line_totals(model: Model, values: list[float]) -> dict[str, tuple[float, ...]]:
    """Every line of the cash flow from the model's own named sums, in currency; the audit must come to the same."""
    unit = model.coefficients.money_unit
    return {line: tuple(unit * sum_.value(values) for sum_ in sums) for line, sums in model.sums.lines.items()}
