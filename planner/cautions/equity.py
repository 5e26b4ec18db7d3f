"""What owners expect, beside what capital costs, and what keeps money from them."""

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


def a_lock_up_asks_for_more_than_the_covenant(subject: Subject) -> Iterator[Doubt]:
    """Lenders keep money from owners before a year comes to the covenant whose breach is a default."""
    finance = subject.case.finance
    lock_up = None if finance.dividends is None else finance.dividends.lock_up_cover
    least = None if finance.covenants is None else finance.covenants.least_debt_service_cover
    if lock_up is None or least is None or lock_up > least:
        return
    what = f"owners are paid from a cover of {lock_up:g} on, and every year has to have {least:g}"
    why = "a lock-up that asks for no more than the covenant locks nothing up"
    remedy = "raise finance.dividends.lock_up_cover above the covenant, or remove it"
    yield Doubt(("finance", "dividends", "lock_up_cover"), what, why, remedy)
