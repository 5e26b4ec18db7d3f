"""Cash carries over, and never falls below its floor."""

from __future__ import annotations

from collections.abc import Iterator

from planner.coefficients import Coefficients
from planner.model.expressions import Expressions
from planner.model.linear import Column, LinearExpression, Row
from planner.model.sets import Sets
from planner.model.variables import Variables
from planner.vocabulary.cash_lines import Timing
from planner.vocabulary.constraints.money import CASH_BALANCE, CONSUMPTION_TAX, MINIMUM_CASH, ON_CREDIT, RUNNING
from planner.vocabulary.keys import CashPoint


def cash_balance(sets: Sets, coefficients: Coefficients, decide: Variables, sums: Expressions) -> Iterator[Row]:
    """Cash is what was there, plus what comes in, less what goes out; by month m, at its start and end; money units.

    ``cash[m,start] = cash[m-1,end] + funding[m] + drawn[m] - capex[m]``,
    ``cash[m,end] = cash[m,start] + grants[m] + resale[m] - given back[m] - tax[m] - repaid[m] + hours[m] / hours[t]
    * hourly[t] + monthly[t] / months[t]`` and ``cash[m] >= minimum[t]``, both at the start and at the end, and
    ``cash[M-1,end] - unpaid >= minimum`` at the end of the horizon

    Orders and deliveries are paid at the start of a month, before its income. What runs over a period t comes month by
    month: ``hourly`` is revenue less energy and selling costs, ``monthly`` what rent, operations, maintenance and
    interest take. Grants come a payment lag after delivery, or in parts from the order on, and go back where systems
    leave too early: a plan may be rich and still run out of cash. Instalments that fall after the horizon have to be
    there at its end, above the floor: no lender stands behind them. Where customers pay later, ``on_credit[l,t]`` is
    what a period sells under the terms ``l``; what becomes open of it in a month leaves its income, and what is paid of
    it comes back. Costs that are paid later are the same the other way round.
    """
    yield from _running(decide, sums)
    for columns, lines, timing in (
        (decide.taxed_hourly, ("output_tax", "input_tax_energy"), "hours"),
        (decide.taxed_monthly, ("input_tax_operation",), "months"),
    ):
        for (t,), column in columns.items():
            yield Row(CONSUMPTION_TAX, (t, timing), column.equals(sums.taxed(t, lines)))
    for key, column in decide.on_credit.items():
        yield Row(ON_CREDIT, key, column.equals(sums.cash_flow.on_credit(key)))
    calendar = coefficients.calendar
    before: Column | float = coefficients.budget.opening_cash
    for number, month in enumerate(calendar.months):
        start, end = CashPoint(month), CashPoint(month, at_end=True)
        paid = sums.moving_at(number, "start") + coefficients.budget.funding.get(number, 0.0)
        yield Row(CASH_BALANCE, (start,), decide.cash[start,].equals(paid + before))
        came = sums.moving_at(number, "end") + _share(coefficients, decide, sums, number)
        yield Row(CASH_BALANCE, (end,), decide.cash[end,].equals(came + decide.cash[start,]))
        before = decide.cash[end,]
    last = CashPoint(calendar.months[-1], at_end=True)
    for (point,), column in decide.cash.items():
        floor = coefficients.budget.minimum_cash[calendar.period_containing(point.month)]
        left = column - (sums.cash_flow.unpaid if point == last else 0.0)
        yield Row(MINIMUM_CASH, (point,), left >= floor)


_TIMINGS: tuple[Timing, Timing] = ("hours", "months")


def _running(decide: Variables, sums: Expressions) -> Iterator[Row]:
    """What runs over each period, where it has several months."""
    for columns, timing in zip((decide.hourly, decide.monthly), _TIMINGS, strict=True):
        for (t,), column in columns.items():
            yield Row(RUNNING, (t, timing), column.equals(sums.running_over(t, timing)))


def _share(coefficients: Coefficients, decide: Variables, sums: Expressions, number: int) -> LinearExpression:
    """What of that falls into a month."""
    calendar = coefficients.calendar
    t = calendar.period_of(number)
    if not decide.hourly:
        return sums.running_over(t, "hours") + sums.running_over(t, "months")
    with_hours = decide.hourly[t,] * (calendar.days_of_month(number) / calendar.days[t])
    return with_hours + decide.monthly[t,] * (1 / calendar.months_per_period)
