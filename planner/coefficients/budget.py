"""The budget: what money comes in, discount factors, and what must stay."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.discount import discount_of
from planner.coefficients.groups import Budget, Frozen
from planner.coefficients.money import Exchange


def budget_of(case: Case, exchange: Exchange, frozen: Frozen) -> Budget:
    """Discounting, owners' money, the floor of cash and the ceilings on spending."""
    finance, calendar, rate = case.finance, case.calendar, case.finance.interest_on_cash
    funding = {
        calendar.number_of(month): exchange.money(money, calendar.period_containing(month))
        for month, money in finance.funding.items()
        if calendar.start <= month < calendar.end
    }
    return Budget(
        discount=discount_of(calendar, finance.discount_rate),
        equity_discount=None if finance.cost_of_equity is None else discount_of(calendar, finance.cost_of_equity),
        opening_cash=exchange.money(finance.opening_cash, 0),
        funding=funding,
        interest_on_cash=tuple((rate.at(start) or 0.0) / 12 if rate else 0.0 for start in calendar.starts),
        minimum_cash=tuple(exchange.money(finance.minimum_cash, t) for t in range(calendar.periods)),
        capex_limits={
            year: exchange.money(limit, periods[0])
            for year, limit in finance.capex_limits.items()
            if (periods := calendar.periods_of(year)) and not all(frozen.is_over(t) for t in periods)
        },
    )
