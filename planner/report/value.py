"""Figures of the plan's value, its debt and its unit costs, from the audited accounts."""

from __future__ import annotations

from planner.finance.lending import debt_service_cover
from planner.finance.payback import payback
from planner.finance.returns import internal_rate_of_return
from planner.outcome import (
    CLAWBACKS,
    FINANCE_COSTS,
    FINANCING,
    INVESTMENTS,
    LINES,
    OPERATING_COSTS,
    TAXES,
    Accounts,
    Outcome,
)
from planner.vocabulary.keys import CashPoint, Investment


def before_financing(accounts: Accounts) -> list[float]:
    """Net cash flow at each turn of months as if nothing were borrowed: after tax, before loans and their interest."""
    return accounts.at_turns(*(line for line in LINES if line not in FINANCING))


def unborrowed(accounts: Accounts) -> list[float]:
    """Net cash flow before financing, with what is left at the end at the last turn; loans count nowhere in it."""
    flows = before_financing(accounts)
    flows[-1] += accounts.end_value + _debt(accounts)[-1]
    return flows


def _debt(accounts: Accounts) -> list[float]:
    """Owed on all loans at the end of each period."""
    return [sum(owed[t] for owed in accounts.books.debt.values()) for t in range(len(accounts.cash))]


def lowest_cash(outcome: Outcome) -> tuple[float, CashPoint]:
    """The least cash at any time, and when that is: after the payments at the start of a month, or at its end."""
    accounts, months = outcome.audit.accounts, outcome.case.calendar.months
    points = [
        (cash, CashPoint(month, at_end))
        for month, *both in zip(months, accounts.cash_after_payments, accounts.cash_at_end, strict=True)
        for cash, at_end in zip(both, (False, True), strict=True)
    ]
    return min(points, key=lambda point: point[0])


def peak_debt(accounts: Accounts) -> tuple[float, int]:
    """The highest debt at the end of a period, and which period that is."""
    owed = _debt(accounts)
    period = max(range(len(owed)), key=lambda t: owed[t])
    return owed[period], period


def debt_at_the_end(accounts: Accounts) -> float:
    """Owed on all loans at the end of the horizon."""
    return _debt(accounts)[-1]


def value_of_financing(accounts: Accounts) -> float:
    """What borrowing adds to the net present value: money drawn less what it costs and what is owed at the end."""
    return accounts.present(*FINANCING) - accounts.discount[-1] * debt_at_the_end(accounts)


def rate_of_return(outcome: Outcome) -> float | None:
    """Internal rate of return before financing, by real days."""
    return internal_rate_of_return(unborrowed(outcome.audit.accounts), outcome.case.calendar.days_at_turns)


def years_to_pay_back(outcome: Outcome) -> float | None:
    """Years from the first payment until what went out has come back, without what is left at the end; None where
    nothing is invested."""
    accounts = outcome.audit.accounts
    if not any(any(accounts.lines[line]) for line in INVESTMENTS):
        return None
    return payback(before_financing(accounts), outcome.case.calendar.days_at_turns)


def lowest_cover(outcome: Outcome) -> float | None:
    """The least debt service cover of a fiscal year that has any debt service and lies in the horizon as a whole.

    Debt service is what the terms oblige: interest and scheduled repayments, not what is repaid early. A year of which
    the horizon holds a part has instalments without the months that earn them, or the other way round: it is left out.
    """
    accounts, calendar, covers = outcome.audit.accounts, outcome.case.calendar, []
    scheduled = [sum(asked) for asked in zip(*accounts.books.scheduled.values(), strict=True)]
    for year in calendar.full_years if scheduled else ():
        periods = calendar.fiscal_years[year]

        def paid(line: str, chosen: tuple[int, ...] = periods) -> float:
            return sum(accounts.lines[line][t] for t in chosen)

        operating = paid("revenue") - sum(paid(line) for line in (*OPERATING_COSTS, *TAXES))
        interest = sum(paid(line) for line in FINANCE_COSTS)
        covers.append(debt_service_cover(operating, interest + sum(scheduled[t] for t in periods)))
    return min((cover for cover in covers if cover is not None), default=None)


def cost_per_hour(outcome: Outcome, hours: list[float]) -> float | None:
    """Discounted costs less grants, resale and terminal value, before tax and financing, over discounted hours."""
    accounts, calendar = outcome.audit.accounts, outcome.case.calendar
    discounted = sum(
        amount * accounts.discount[month + 1] * calendar.days_of_month(month) / calendar.days[t]
        for t, amount in enumerate(hours)
        for month in calendar.months_of(t)
    )
    if discounted <= 0:
        return None
    net = accounts.present(*INVESTMENTS, *OPERATING_COSTS, *CLAWBACKS, "grants", "resale")
    return (-net - accounts.discount[-1] * accounts.terminal_value) / discounted


def public_money(accounts: Accounts) -> float:
    """Grants less what of them went back, and tax credits used."""
    credited = sum(year.credit for year in accounts.books.years.values())
    return sum(accounts.lines["grants"]) - sum(accounts.lines["grants_repaid"]) + credited


def bought_with_grants(outcome: Outcome) -> tuple[float, float]:
    """Accelerators and dense-BF16 PFLOPS of the systems that any programme pays for, be it by a grant or less tax.

    Programmes that may pay for the same systems are taken to do so: the most that one of them claims counts.
    """
    case, most = outcome.case, dict[Investment, float]()
    for (programme, order), amount in outcome.decisions.claim.items():
        if order.name in case.offers and case.programmes[programme].aid.is_public_money:
            most[order] = max(amount, most.get(order, 0.0))
    systems = [(case.systems[case.offers[offer].system], amount) for (offer, _, _), amount in most.items()]
    accelerators = sum(system.accelerators * amount for system, amount in systems)
    return accelerators, sum((system.pflops("bf16") or 0.0) * amount for system, amount in systems)
