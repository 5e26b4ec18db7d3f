"""Blocks of expansions: when they can be started, when they are ready, what they add and what they cost."""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.groups import Blocks
from planner.coefficients.instalments import payments_of
from planner.coefficients.money import Exchange
from planner.coefficients.records import Payments
from planner.finance.resale import annuity_remainder, straight_line_remainder
from planner.vocabulary.keys import Start
from planner.vocabulary.resources import RESOURCES


def blocks_of(case: Case, exchange: Exchange) -> Blocks:
    """The blocks that can be."""
    calendar, expansions = case.calendar, case.expansions
    ready, retired, payments = dict[Start, int](), dict[Start, int](), dict[Start, Payments]()
    remainder = dict[Start, float]()
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
                life, rate = expansion.terminal_life.months, case.finance.discount_rate
                is_annuity = expansion.terminal_method == "annuity"
                left = (
                    annuity_remainder(1.0, age, life, rate) if is_annuity else straight_line_remainder(1.0, age, life)
                )
                remainder[key] = left
            if expansion.useful_life is not None:
                ended = calendar.first_period_from(calendar.starts[from_then].plus(expansion.useful_life.months))
                if ended < calendar.periods:
                    retired[key] = ended
    return Blocks(
        site={name: expansion.site for name, expansion in expansions.items()},
        limit={name: expansion.blocks for name, expansion in expansions.items()},
        adds={(name, one): expansion.adds.of(one) for name, expansion in expansions.items() for one in RESOURCES},
        ready=ready,
        retired=retired,
        payments=payments,
        remainder=remainder,
    )
