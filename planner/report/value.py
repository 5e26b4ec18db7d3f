"""Figures of the plan's value, its debt and its unit costs, from the audited accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.case.case import Case
from planner.decisions import Decisions
from planner.finance.lending import debt_service_cover
from planner.finance.payback import payback
from planner.finance.returns import (
    chosen_root,
    modified_internal_rate_of_return,
    roots,
    sign_changes,
)
from planner.outcome import (
    CLAWBACKS,
    DEBT_SERVICE,
    FINANCING,
    INVESTMENTS,
    LINES,
    OPERATING_COSTS,
    REVENUES,
    TAXES,
    TO_OWNERS,
    Accounts,
    Outcome,
)
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.keys import CashPoint, Investment

LEAST_FLOW = 1
"""Units of currency that move at least: less is what binary numbers and the solver leave of nothing."""


def before_financing(accounts: Accounts) -> list[float]:
    """Net cash flow at each turn of months as if nothing were borrowed: before loans, interest and what it saves in
    tax."""
    flows = accounts.at_turns(*(line for line in LINES if line not in FINANCING))
    return [flow - saved for flow, saved in zip(flows, accounts.shield, strict=True)]


def unborrowed(accounts: Accounts) -> list[float]:
    """Net cash flow before financing, with what is left at the end at the last turn; loans count nowhere in it."""
    flows = before_financing(accounts)
    flows[-1] += accounts.end_value
    return flows


def to_owners(case: Case, accounts: Accounts) -> list[float]:
    """Net cash flow with loans at each turn of months, but for interest on cash; at the last turn with what is left at
    the end less debt.

    Where the case says when owners are paid, that is what they get: dividends less what they put in, of which the cash
    that was there at the start is the first, and all cash at the end with what is left.
    """
    left = accounts.end_value - accounts.debt_at_end
    if case.finance.dividends is None:
        flows = accounts.at_turns(*TO_OWNERS)
        flows[-1] += left
        return flows
    flows = [-paid for paid in accounts.at_turns("dividends")]
    for month, money in enumerate(accounts.funding):
        flows[month] -= money
    flows[0] -= accounts.opening_cash
    flows[-1] += left + accounts.cash_at_end[-1]
    return flows


def lowest_cash(outcome: Outcome) -> tuple[float, CashPoint]:
    """The least cash at any time, and when that is: after the payments at the start of a month, or at its end."""
    accounts, months = outcome.audit.accounts, outcome.case.calendar.months
    points = [
        (cash, CashPoint(month, at_end))
        for month, *both in zip(months, accounts.cash_after_payments, accounts.cash_at_end, strict=True)
        for cash, at_end in zip(both, (False, True), strict=True)
    ]
    amounts = [cash for cash, _ in points]
    return min(amounts), points[_first_least(amounts)][1]


def peak_debt(accounts: Accounts) -> tuple[float, int]:
    """The highest debt at the end of a period, and which period that is."""
    owed = [accounts.debt_at(t) for t in range(len(accounts.cash))]
    return max(owed), _first_least([-amount for amount in owed])


def _first_least(amounts: Sequence[float]) -> int:
    """Where the least amount stands first; of amounts that rounding alone tells apart, none is less."""
    least = min(amounts)
    return next(place for place, amount in enumerate(amounts) if amount <= least + LEAST_FLOW)


@dataclass(frozen=True)
class Returns:
    """What flows yield, by real days."""

    internal_rate_of_return: float | None
    """None where there is none; of several the one closest to zero."""
    sign_changes: int
    """How often the flows turn."""
    rates: int
    """How many rates between -99 % and 1,000 % a year are such."""
    modified: float | None
    """Modified internal rate of return, at the rate that the flows are discounted at, where several rates are such;
    None elsewhere."""


def returns(outcome: Outcome) -> Returns:
    """The internal rate of return before financing, and what says more where there are several."""
    return returns_of(unborrowed(outcome.audit.accounts), outcome.case, outcome.case.finance.discount_rate)


def equity_returns(outcome: Outcome) -> Returns | None:
    """The same of what owners get; None where the case states no cost of equity, and where owners do not pay first."""
    flows, rate = to_owners(outcome.case, outcome.audit.accounts), outcome.case.finance.cost_of_equity
    return None if rate is None or not are_paid_first(flows) else returns_of(flows, outcome.case, rate)


def are_paid_first(flows: Sequence[float]) -> bool:
    """Whether the first flow is paid: a rate at which one gets money now and pays later is what that costs."""
    return next((flow for flow in flows if abs(flow) >= LEAST_FLOW), 0.0) < 0


def returns_of(flows: Sequence[float], case: Case, at: float) -> Returns:
    """The internal rate of return of flows by turn of months, and what says more where there are several, at a rate."""
    days = case.calendar.days_at_turns
    turns, rates = sign_changes(flows), roots(flows, days)
    modified = modified_internal_rate_of_return(flows, days, at) if turns > 1 and len(rates) > 1 else None
    return Returns(chosen_root(rates, flows, days), turns, len(rates), modified)


def years_to_pay_back(outcome: Outcome) -> float | None:
    """Years from the first payment until what went out has come back, without what is left at the end; None where
    nothing is invested."""
    accounts = outcome.audit.accounts
    if not any(any(accounts.lines[line]) for line in INVESTMENTS):
        return None
    return payback(before_financing(accounts), outcome.case.calendar.days_at_turns)


def lowest_cover(outcome: Outcome) -> float | None:
    """The least debt service cover of a fiscal year that has any debt service and lies in the horizon as a whole.

    Debt service is what the terms oblige: interest, commitment fees and scheduled repayments, not what is repaid early
    and not what is paid once for a draw. A year of which the horizon holds a part has instalments without the months
    that earn them, or the other way round: it is left out.
    """
    calendar = outcome.case.calendar
    covers = (cover_in(outcome.audit.accounts, calendar.fiscal_years[year]) for year in calendar.full_years)
    return min((cover for cover in covers if cover is not None), default=None)


def cover_in(accounts: Accounts, periods: Sequence[int]) -> float | None:
    """The debt service cover of some periods; None where nothing falls due in them."""

    def paid(line: str) -> float:
        return sum(accounts.lines[line][t] for t in periods)

    operating = sum(map(paid, REVENUES)) - sum(map(paid, (*OPERATING_COSTS, *TAXES)))
    interest = sum(-CASH_LINES[line].sign * paid(line) for line in DEBT_SERVICE)
    scheduled = sum(sum(asked[t] for asked in accounts.books.scheduled.values()) for t in periods)
    return debt_service_cover(operating, interest + scheduled)


def cost_per_hour(outcome: Outcome, hours: Sequence[float]) -> float | None:
    """Discounted costs less grants, resale and terminal value, before tax and financing, over discounted hours.

    What is still to be paid for investments at the end is a cost.
    """
    accounts, discounted = outcome.audit.accounts, discounted_hours(outcome, hours)
    if discounted <= 0:
        return None
    net = accounts.present(*INVESTMENTS, *OPERATING_COSTS, *CLAWBACKS, "grants", "resale")
    left = accounts.terminal_value - accounts.books.unpaid[-1]
    return (-net - accounts.discount[-1] * left) / discounted


def discounted_hours(outcome: Outcome, hours: Sequence[float]) -> float:
    """Hours by period, each discounted as what it earns is: month by month."""
    discount, calendar = outcome.audit.accounts.discount, outcome.case.calendar
    return sum(
        amount * discount[month + 1] * calendar.days_of_month(month) / calendar.days[t]
        for t, amount in enumerate(hours)
        for month in calendar.months_of(t)
    )


def hours_at_work(case: Case, decisions: Decisions) -> tuple[list[float], list[float]]:
    """Accelerator-hours and dense-BF16 PFLOPS-hours at work in each period."""
    calendar = case.calendar
    accelerators, pflops = [0.0] * calendar.periods, [0.0] * calendar.periods
    for (_, system, _, t), amount in decisions.serve.items():
        machine = case.systems[system]
        accelerators[t] += amount * machine.accelerators * calendar.hours[t]
        pflops[t] += amount * (machine.pflops("bf16") or 0.0) * calendar.hours[t]
    return accelerators, pflops


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
