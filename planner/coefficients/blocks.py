"""Blocks of expansions: when they can be started, when they are ready, what they add and what they cost."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.groups import Blocks
from planner.coefficients.money import Exchange
from planner.finance.resale import straight_line_remainder
from planner.vocabulary.keys import Start
from planner.vocabulary.resources import RESOURCES


def blocks_of(case: Case, exchange: Exchange) -> Blocks:
    """The blocks that can be."""
    calendar, expansions, completed = case.calendar, case.expansions, dict[Start, int]()
    ready, now, then, remainder = dict[Start, int](), dict[Start, float](), dict[Start, float](), dict[Start, float]()
    for name, expansion in expansions.items():
        for t, start in enumerate(calendar.starts):
            from_then = calendar.first_period_from(start.plus(expansion.lead_time.months))
            if not expansion.start_window.holds(start) or from_then >= calendar.periods:
                continue
            capex, at_order, key = expansion.capex.at(start), expansion.payment.at_order, Start(name, t)
            ready[key] = from_then
            now[key] = at_order * exchange.money(capex, t)
            completed[key] = calendar.months_of(t)[0] + expansion.lead_time.months
            then[key] = (1 - at_order) * exchange.money(capex, calendar.period_of(completed[key]))
            if expansion.terminal_life is not None and case.finance.terminal_value:
                age = calendar.end - calendar.starts[from_then]
                remainder[key] = straight_line_remainder(1.0, age, expansion.terminal_life.months)
    return Blocks(
        site={name: expansion.site for name, expansion in expansions.items()},
        limit={name: expansion.blocks for name, expansion in expansions.items()},
        adds={(name, one): expansion.adds.of(one) for name, expansion in expansions.items() for one in RESOURCES},
        ready=ready,
        capex_now=now,
        capex_then=then,
        completed=completed,
        remainder=remainder,
    )
