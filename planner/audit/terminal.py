"""What is still there at the end of the horizon, and what it is worth then."""

from __future__ import annotations

from planner.audit.dates import ready_period
from planner.audit.facts import Facts
from planner.decisions import Investment, cohort_month
from planner.finance.resale import straight_line_remainder


def terminal_value_of(facts: Facts) -> float:
    """What is still there at the end is worth then: systems at their resale value, blocks by what is left of them."""
    end, last = facts.calendar.end, facts.periods[-1]
    total = 0.0
    for (system, site, cohort), (_, count) in facts.cohorts.items():
        left = count - facts.gone((system, site, cohort))
        total += left * facts.resale(system, end - cohort_month(cohort), last)
    for (programme, name, site, t), amount in facts.decisions.claim.items():
        if name in facts.case.offers:
            total -= amount * _repaid_at_end(facts, programme, (name, site, t))
    for (expansion, t), count in facts.decisions.expand.items():
        life = facts.case.expansions[expansion].terminal_life
        if life is not None:
            age = end - facts.calendar.starts[ready_period(facts.case, expansion, t)]
            investment = (expansion, facts.case.expansions[expansion].site, t)
            granted = sum(
                amount * facts.grant(programme, investment)
                for (programme, *claimed), amount in facts.decisions.claim.items()
                if tuple(claimed) == investment
            )
            own_cost = count * sum(facts.block_payments(expansion, t)) - granted
            total += straight_line_remainder(own_cost, age, life.months)
    return total


def _repaid_at_end(facts: Facts, programme: str, investment: Investment) -> float:
    """What of the end value of one system goes back to a programme whose retention outlasts the horizon."""
    arrived = facts.calendar.starts[facts.ready(investment)]
    if arrived.plus(facts.case.programmes[programme].retention.months) <= facts.calendar.end:
        return 0.0
    system = facts.case.offers[investment[0]].system
    worth = facts.resale(system, facts.calendar.end - arrived, facts.periods[-1])
    return min(facts.grant(programme, investment), worth)
