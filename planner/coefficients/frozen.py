"""What is frozen: how much of each decision that can be, and up to which period nothing else may be."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.groups import Frozen
from planner.coefficients.money import Exchange
from planner.vocabulary.keys import Arrival, Balance, Claim, Draw, Exit, Investment, Start, Vintage


def frozen_of(case: Case, exchange: Exchange) -> Frozen:
    """The decisions that are made already; nothing where the case says nothing of them."""
    said, calendar = case.frozen, case.calendar
    if said is None:
        return Frozen()
    period = calendar.period_containing
    return Frozen(
        periods=sum(start <= said.until for start in calendar.starts),
        orders={Investment(one.offer, one.site, period(one.month)): one.systems for one in said.orders},
        blocks={Start(one.expansion, period(one.month)): one.blocks for one in said.blocks},
        exits={
            Exit(Vintage(one.system, one.site, Arrival(one.arrived, one.offer or "")), period(one.month)): one.systems
            for one in said.exits
        },
        entered=dict(said.programmes),
        claims={
            Claim(one.programme, Investment(one.investment, one.site, period(one.month))): one.units
            for one in said.claims
        },
        draws={Draw(one.loan, t): exchange.money(one.money, t) for one in said.draws for t in (period(one.month),)},
        repayments={
            Balance(one.loan, t): exchange.money(one.money, t) for one in said.repayments for t in (period(one.month),)
        },
        is_complete=said.complete,
    )
