"""What is frozen: how much of each decision that can be, and up to which period nothing else may be."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.groups import Frozen
from planner.vocabulary.keys import Arrival, Exit, Investment, Start, Vintage


def frozen_of(case: Case) -> Frozen:
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
    )
