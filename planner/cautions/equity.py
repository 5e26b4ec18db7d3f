"""What owners expect, beside what capital costs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.cautions.subject import Doubt, Subject


def owners_expect_more_than_capital_costs(subject: Subject) -> Iterator[Doubt]:
    """The cost of equity is not below the discount rate, which is a mean of it and of what debt costs after tax."""
    finance = subject.case.finance
    if finance.cost_of_equity is None or finance.cost_of_equity >= finance.discount_rate:
        return
    equity, capital = (f"{rate * 100:.4g} %" for rate in (finance.cost_of_equity, finance.discount_rate))
    what = f"owners expect {equity}, and capital as a whole costs {capital}"
    why = "the discount rate is the weighted average of debt and equity, and lenders, who are paid first, ask for less"
    remedy = "correct one of them: finance.discount_rate is the weighted average cost of capital after tax"
    yield Doubt(("finance", "cost_of_equity"), what, why, remedy)
