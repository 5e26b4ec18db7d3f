"""Rows of further terms of cost, written down by hand; money in millions of yen, see ``cases/toy.py``."""

from __future__ import annotations

from typing import Any

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.toy import toy


def rows(rule: str, *starts: str, **changes: Any) -> list[str]:
    """The rows of a rule in the toy case with changes whose texts start so."""
    return [text for text in build(coefficients_of(toy(**changes))).text(rule) if text.startswith(starts)]


def test_selling_costs_come_off_what_goes_with_the_hours() -> None:
    # A cube at work earns 60 a year, of which 20 % and later 40 % go to others.
    shares = {"2025-01": "20 %", "2026-01": "40 %"}
    assert rows(
        "cash_balance",
        "cash_balance[2025-01,hours",
        "cash_balance[2026-01,hours",
        **{"workloads__training__selling_costs": shares},
    ) == [
        "cash_balance[2025-01,hours,running]: - 48 serve[training,cube,east,2025-01] + hourly[2025-01] = 0",
        "cash_balance[2026-01,hours,running]: - 36 serve[training,cube,east,2026-01] + hourly[2026-01] = 0",
    ]


def test_selling_costs_lower_the_profit() -> None:
    # Half of 60 is profit; 100 are written off over five years.
    found = rows(
        "taxable_profit",
        "taxable_profit[FY2025]",
        workloads__training__selling_costs="50 %",
        finance__tax={"rate": "40 %"},
    )
    left = "20 order[maker,east,2025-01] - 30 serve[training,cube,east,2025-01] + gain[FY2025] - loss[FY2025]"
    assert found == [f"taxable_profit[FY2025]: {left} = 0"]
