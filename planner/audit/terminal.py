"""What is still there at the end of the horizon, and what it is worth then."""

from __future__ import annotations

from planner.audit.dates import ready_period
from planner.audit.facts import Facts
from planner.decisions import Investment, cohort_month
from planner.finance.grants import share_to_give_back
from planner.finance.resale import straight_line_remainder


def terminal_value_of(facts: Facts) -> float:
    """What is still there at the end is worth then: systems at their resale value, blocks by what is left of them."""
    end, last = facts.calendar.end, facts.periods[-1]
    total = 0.0
    for (system, site, cohort), (_, count) in facts.cohorts.items():
        left = count - facts.gone((system, site, cohort))
        total += left * facts.resale(system, end - cohort_month(cohort), last)
    for programme, name, site, t in facts.decisions.claim:
        if name in facts.case.offers:
            total -= _owed_at_end(facts, programme, (name, site, t))
    for (expansion, t), count in facts.decisions.expand.items():
        life = facts.case.expansions[expansion].terminal_life
        if life is not None:
            age = end - facts.calendar.starts[ready_period(facts.case, expansion, t)]
            investment = (expansion, facts.case.expansions[expansion].site, t)
            granted = sum(
                award.amount
                for award in facts.awards
                if award.investment == investment and facts.case.programmes[award.programme].kind == "grant"
            )
            own_cost = count * sum(facts.block_payments(expansion, t)) - granted
            total += straight_line_remainder(own_cost, age, life.months)
    return total


def _owed_at_end(facts: Facts, programme: str, investment: Investment) -> float:
    """What of the end value goes back to a programme whose retention outlasts the horizon.

    For each claimed system that still stands what would go back if it left then, before anything that came first was
    taken off; never more than the system fetches.
    """
    rules, end = facts.case.programmes[programme], facts.calendar.end
    arrived = facts.calendar.starts[facts.ready(investment)]
    if rules.kind != "grant" or arrived.plus(rules.retention.months) <= end:
        return 0.0
    gone = sum(units for (*claim, _), units in facts.decisions.leave.items() if claim == [programme, *investment])
    back = share_to_give_back(end - arrived, rules.retention.months, whole=rules.early_exit != "repay_remaining")
    worth = facts.resale(facts.case.offers[investment[0]].system, end - arrived, facts.periods[-1])
    return (facts.decisions.claim[programme, *investment] - gone) * min(
        back * facts.grant(programme, investment), worth
    )
