"""From the values of columns to decisions, and to the lines of the cash flow."""

from __future__ import annotations

from planner.decisions import Decisions
from planner.model.build import Model
from planner.model.linear import Column

NOTHING = 1e-9
"""Amounts below this are the solver's noise around zero."""


def decisions_of(model: Model, values: list[float]) -> Decisions:
    """Reads the decisions off a solution; whole numbers are whole, noise around zero is dropped."""
    decide = model.decide

    def whole[K](columns: dict[K, Column]) -> dict[K, int]:
        counts = {key: round(values[column.index]) for key, column in columns.items()}
        return {key: count for key, count in counts.items() if count}

    def amounts[K](columns: dict[K, Column]) -> dict[K, float]:
        found = {key: values[column.index] for key, column in columns.items()}
        return {key: amount for key, amount in found.items() if amount > NOTHING}

    def money[K](columns: dict[K, Column]) -> dict[K, float]:
        return {key: amount * model.coefficients.money_unit for key, amount in amounts(columns).items()}

    return Decisions(
        order=whole(decide.order),
        expand=whole(decide.expand),
        exit=whole(decide.exit),
        serve=amounts(decide.serve),
        claim=amounts(decide.claim),
        join={name: bool(round(values[column.index])) for (name,), column in decide.join.items()},
        draw=money(decide.draw),
        repay=money(decide.repay),
        claimed_exit=amounts(decide.claimed_exit),
        overlap=amounts(decide.overlap),
        overlap_exit=amounts(decide.overlap_exit),
        credit=money(decide.credit),
    )


def line_totals(model: Model, values: list[float]) -> dict[str, tuple[float, ...]]:
    """Every line of the cash flow from the model's own named sums, in currency; the audit must come to the same."""
    unit = model.coefficients.money_unit
    return {line: tuple(unit * sum_.value(values) for sum_ in sums) for line, sums in model.sums.lines.items()}
