"""The model of a case against figures that were worked out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.outcome import LINES, lines_of
from planner.solution import line_totals
from planner.solving.solve import solve
from tests.cases.toy import MILLION


def model_comes_to(case: Case, by_line: Mapping[str, Sequence[float]], npv: float) -> None:
    """Every line of the cash flow by period, and the objective, in millions on paper."""
    model = build(coefficients_of(case))
    solution = solve(model, gap=0.0, time_limit=60.0)
    totals = line_totals(model, solution.values)
    assert set(totals) == set(LINES)
    assert set(by_line) == set(lines_of(case))
    for line in by_line:
        # The solver holds a row to a millionth of its unit of money.
        assert list(totals[line]) == [pytest.approx(amount * MILLION, abs=1.0) for amount in by_line[line]], line
    assert solution.proof.objective == pytest.approx(npv * MILLION, abs=1.0)
