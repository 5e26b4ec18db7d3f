"""Blocks of expansions: when they can be started, when they are ready, what they add and what they cost."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.groups import Blocks
from planner.coefficients.instalments import payments_of
from planner.coefficients.money import Exchange
from planner.coefficients.records import Payments
from planner.finance.resale import straight_line_remainder
from planner.vocabulary.keys import Start
from planner.vocabulary.resources import RESOURCES


def blocks_of(case: Case, exchange: Exchange) -> Blocks:
    """The blocks that can be."""
    calendar, expansions = case.calendar, case.expansions
    ready, payments, remainder = dict[Start, int](), dict[Start, Payments](), dict[Start, float]()
    for name, expansion in expansions.items():
        for t, start in enumerate(calendar.starts):
            from_then = calendar.first_period_from(start.plus(expansion.lead_time.months))
            if not expansion.start_window.holds(start) or from_then >= calendar.periods:
                continue
            key, begun, capex = Start(name, t), calendar.months_of(t)[0], expansion.capex.at(start)
            ready[key] = from_then
            completed = begun + expansion.lead_time.months
            payments[key] = payments_of(expansion.payment, capex, exchange, begun, completed)
            if expansion.terminal_life is not None and case.finance.terminal_value:
                age = calendar.end - calendar.starts[from_then]
                remainder[key] = straight_line_remainder(1.0, age, expansion.terminal_life.months)
    return Blocks(
        site={name: expansion.site for name, expansion in expansions.items()},
        limit={name: expansion.blocks for name, expansion in expansions.items()},
        adds={(name, one): expansion.adds.of(one) for name, expansion in expansions.items() for one in RESOURCES},
        ready=ready,
        payments=payments,
        remainder=remainder,
    )
