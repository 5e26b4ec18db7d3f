"""The rows of what customers pay in advance, written down by hand for the case of ``cases/in_advance.py``."""

from __future__ import annotations

import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.in_advance import in_advance_case

IN_ADVANCE = """
cash_balance[customers 90 days before, by hours,2025-01,on credit]: - 60 serve[training,cube,east,2025-01] \
+ on_credit[customers 90 days before, by hours,2025-01] = 0
cash_balance[2025-01 end]: - cash[2025-01 start] + cash[2025-01 end] - 0.0849315 hourly[2025-01] \
- 0.0833333 monthly[2025-01] \
- 0.0821918 on_credit[customers 90 days before, by hours,2025-01] = 0
cash_balance[2025-03 end]: - cash[2025-03 start] + cash[2025-03 end] - 0.0849315 hourly[2025-01] \
- 0.0833333 monthly[2025-01] \
- 0.0821918 on_credit[customers 90 days before, by hours,2025-01] = -7
cash_balance[2025-10 end]: - cash[2025-10 start] + cash[2025-10 end] - 0.0849315 hourly[2025-01] \
- 0.0833333 monthly[2025-01] \
+ 0.0849315 on_credit[customers 90 days before, by hours,2025-01] \
- 0.0849315 on_credit[customers 90 days before, by hours,2026-01] = 0
cash_balance[2027-12 end]: - cash[2027-12 start] + cash[2027-12 end] - 0.0849315 hourly[2027-01] \
- 0.0833333 monthly[2027-01] \
+ 0.0849315 on_credit[customers 90 days before, by hours,2027-01] = 0
"""
"""In January 2025 the 30 days of April are paid as well, and nobody paid for January before. In March 30 days of June
come in beside its own 31, and 7 are worked off that were paid before. In October its 31 days have been paid, and the 31
of January are. In December 2027 nothing comes in: what it earns was paid in September."""


def test_rows_of_what_is_paid_in_advance() -> None:
    model = build(coefficients_of(in_advance_case()))
    wanted = IN_ADVANCE.strip().split("\n")
    names = {row.partition(": ")[0] for row in wanted}
    assert [row for row in model.text("cash_balance") if row.partition(": ")[0] in names] == wanted
    # What was paid for work after the horizon is owed in work at its end, and nothing of the plan's own.
    assert model.sums.end_value.constant == pytest.approx(-5)
    assert not any(model.sums.end_value.terms.values())


def test_work_of_the_first_months_is_paid_in_its_month() -> None:
    """Thirty months in advance: six months of work are left that are paid before."""
    model = build(coefficients_of(in_advance_case(workloads__training__paid_in_advance="30 months")))
    months = {}
    for year in (2025, 2026, 2027):
        column = f"on_credit[customers 900 days before, by hours,{year}-01]"
        named = [row.partition(": ")[0] for row in model.text("cash_balance") if column in row]
        months[year] = [name.removeprefix("cash_balance[").removesuffix(" end]") for name in named[1:]]
    paid, done = [f"2025-{month:02}" for month in range(1, 7)], [f"2027-{month:02}" for month in range(7, 13)]
    assert months == {2025: [], 2026: [], 2027: [*paid, *done]}


def test_a_case_whose_customers_pay_at_once_has_no_row() -> None:
    model = build(
        coefficients_of(in_advance_case(workloads__training__paid_in_advance=None, finance__working_capital=None))
    )
    assert not any(column.kind == "on_credit" for column in model.columns)
