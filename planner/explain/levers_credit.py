"""Levers on trade credit and on consumption tax: how late customers pay and suppliers are paid, what is open at the
start, and what is paid with an investment and comes back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import accumulate

from planner.case.quantities import Money, Month
from planner.case.working_capital import WorkingCapital
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.explain.levers_cash import cash_at_end
from planner.finance.working_capital import ROUNDING
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.money import CASH_BALANCE
from planner.vocabulary.keys import CashPoint, Demand, OnCredit, PaidLater

LONGEST_DAYS = 365.0
"""Days after which nobody is asked to wait any longer."""
LONGEST_ADVANCE = 36.0
"""Months for which nobody is asked to pay in advance for longer."""
_TERMS: Path = ("finance", "working_capital")


def days_of_credit(ground: Ground) -> Iterator[Lever]:
    """Customers could pay at once, and suppliers wait longer, month by month: what is lent so is there until the next.

    In a month customers bring forward what they owe at its end at most, and suppliers leave what they were paid so far.
    """
    trade, stated = ground.coefficients.trade, ground.case.finance.working_capital or WorkingCapital()
    yield from _in_advance(ground)
    for terms, workloads in trade.sales.items():
        if terms.line == "prepayments_increase":
            continue
        for path, names in _by_figure(ground, workloads).items():
            who = "customers" if path[0] == "finance" else f"customers of {names[0]}"
            figure = Figure(path, terms.days, "days", -1, most=terms.days, noun="days")
            words = f"{who} pay {terms.days:g} days later"
            sold = [ground.sums.cash_flow.sold(names, t) for t in ground.coefficients.periods]
            yield from _until_next(ground, figure, words, _owed(ground, terms, sold))
    for terms, lines in trade.costs.items():
        for line in lines:
            field = f"{line}_days"
            figure = Figure((*_TERMS, field), getattr(stated, field), "days", 1, most=LONGEST_DAYS, noun="days")
            words = f"{line} is paid {terms.days:g} days later"
            yield from _until_next(ground, figure, words, _paid(ground, terms, ground.sums.lines[line]))


def _in_advance(ground: Ground) -> Iterator[Lever]:
    """Customers could pay for the work of more months in advance: in a month, for all that comes after it at most.

    Of work that would be paid for before the horizon more months bring nothing. So they are raised to half of the
    horizon, or to the first work that is asked for, where that begins later.
    """
    calendar = ground.case.calendar
    for terms, workloads in ground.coefficients.trade.sales.items():
        for name in workloads if terms.line == "prepayments_increase" else ():
            stated = ground.case.workloads[name].paid_in_advance
            assert stated is not None
            asked = [t for t in ground.coefficients.periods if ground.coefficients.demand.amount[Demand(name, t)]]
            begins = calendar.months_of(asked[0])[0] if asked else 0
            longest = min(LONGEST_ADVANCE, float(max(begins, len(calendar.months) // 2))) - stated.months
            figure = Figure(("workloads", name, "paid_in_advance"), stated.months, "months", 1, most=longest)
            words = f"customers of {name} pay {stated} in advance"
            sold = [ground.sums.cash_flow.sold((name,), t) for t in ground.coefficients.periods]
            later = [LinearExpression() for _ in calendar.months]
            for month in range(len(calendar.months)):
                for after in range(month + 1 + stated.months, len(calendar.months)):
                    t = calendar.period_of(after)
                    later[month].add_term(sold[t], calendar.days_of_month(after) / calendar.days[t])
            if longest > 0:
                yield from _until_next(ground, figure, words, later)


def open_at_start(ground: Ground) -> Iterator[Lever]:
    """What customers owe and what is owed to suppliers when the plan begins."""
    stated = ground.case.finance.working_capital or WorkingCapital()
    yield from _opening(ground, "opening_receivables", stated.opening_receivables, 1)
    yield from _opening(ground, "opening_payables", stated.opening_payables, -1)
    yield from _opening(ground, "opening_prepayments", stated.opening_prepayments, -1)


def _opening(ground: Ground, field: str, amounts: Mapping[Month, Money], loosens: int) -> Iterator[Lever]:
    calendar, unit = ground.case.calendar, ground.coefficients.money_unit
    for month, money in amounts.items():
        number = calendar.number_of(month)
        if number >= len(calendar.months):
            continue
        t = calendar.period_of(number)
        rate = Exchange(ground.case, 1.0).rate(money.currency, t)
        path: Path = (*_TERMS, field, str(month))
        words = f"{money.words} {_OPEN[field]} {month}"
        most = money.amount if loosens < 0 else math.inf
        figure = Figure(path, money.amount, "money", loosens, money.currency, most)
        yield Lever(path, words, (cash_at_end(ground, number, -rate),), (t,), figure, unit, most=most / unit)


_OPEN = {
    "opening_receivables": "are paid by customers in",
    "opening_payables": "are paid to suppliers in",
    "opening_prepayments": "were paid by customers before the plan for the work of",
}
"""What is said of an amount that is open when the plan begins, behind it and in front of its month."""


def _by_figure(ground: Ground, workloads: tuple[str, ...]) -> dict[Path, tuple[str, ...]]:
    """The workloads of some terms by the figure that states the days: its own, or the one of all."""
    found: dict[Path, tuple[str, ...]] = {}
    for name in workloads:
        own = ground.case.workloads[name].customer_days is not None
        path: Path = ("workloads", name, "customer_days") if own else (*_TERMS, "customer_days")
        found[path] = (*found.get(path, ()), name)
    return found


def _owed(ground: Ground, terms: PaidLater, sold: list[LinearExpression]) -> list[LinearExpression]:
    """What is open at the end of each month."""
    found = [LinearExpression() for _ in ground.case.calendar.months]
    for t, amount in enumerate(sold):
        for month, share in enumerate(_open_shares(ground, terms, t)):
            if share > ROUNDING:
                found[month].add_term(amount, share)
    return found


def _paid(ground: Ground, terms: PaidLater, used: list[LinearExpression]) -> list[LinearExpression]:
    """What has been paid by the end of each month."""
    calendar = ground.case.calendar
    found = [LinearExpression() for _ in calendar.months]
    for t, amount in enumerate(used):
        months = calendar.months_of(t)
        for month, left in enumerate(_open_shares(ground, terms, t)):
            days = sum(calendar.days_of_month(m) for m in months if m <= month) / calendar.days[t]
            so_far = days if terms.timing == "hours" else sum(m <= month for m in months) / len(months)
            if so_far - left > ROUNDING:
                found[month].add_term(amount, so_far - left)
    return found


def _open_shares(ground: Ground, terms: PaidLater, t: int) -> list[float]:
    """What of a period is open at the end of each month, as a share of it."""
    moved = ground.coefficients.trade.moved.get(OnCredit(terms, t), {})
    return [*accumulate(moved.get(month, 0.0) for month in range(len(ground.case.calendar.months)))]


def _until_next(ground: Ground, figure: Figure, words: str, within: list[LinearExpression]) -> Iterator[Lever]:
    """So much more cash at the end of each month, and as much less in the next."""
    calendar = ground.case.calendar
    for month, amount in enumerate(within):
        if amount.terms:
            entries = [cash_at_end(ground, month, -1.0)]
            if month + 1 < len(within):
                entries.append(cash_at_end(ground, month + 1, 1.0))
            about = (calendar.period_of(month),)
            yield Lever(figure.path, words, tuple(entries), about, figure, exact=False, within=amount, priced_anew=True)


def taxed_investment(ground: Ground) -> Iterator[Lever]:
    """Investments could bear no consumption tax, which is paid before it comes back."""
    terms, stated = ground.coefficients.consumption_tax, ground.case.finance.consumption_tax
    if stated is None or not stated.taxed_investment:
        return
    calendar, path = ground.case.calendar, ("finance", "consumption_tax", "taxed_investment")
    share = stated.taxed_investment
    figure = Figure(path, share, "share", -1, most=share)
    words = f"{share * 100:.4g} % of capital expenditure bear consumption tax"
    for month, paid in ground.sums.cash_flow.dated["input_tax_investment"].items():
        counted = month + terms.deduction_lag
        back = terms.settled[counted] if counted < len(calendar.months) else None
        entries: list[Entry] = [(CASH_BALANCE, (CashPoint(calendar.months[month]),), -1.0)]
        if back is not None:
            entries.append(cash_at_end(ground, back, 1.0))
        about = (calendar.period_of(month),)
        yield Lever(path, words, tuple(entries), about, figure, exact=False, within=paid, priced_anew=True)
