"""What is still there at the end of the horizon, and what it is worth then."""

from __future__ import annotations

from planner.audit.dates import payment_shares, ready_period
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
                if award.investment == investment and facts.case.programmes[award.programme].aid.is_paid_out
            )
            own_cost = count * sum(facts.block_payments(expansion, t)) - granted
            total += straight_line_remainder(own_cost, age, life.months)
    return total


def _owed_at_end(facts: Facts, programme: str, investment: Investment) -> float:
    """What of the end value goes back to a programme whose retention outlasts the horizon.

    For each claimed system that still stands what would go back if it left then; never more than the system fetches.
    What goes back is a share of what was paid by then, on the cost that the programmes before it leave of a system
    that they pay for as well.
    """
    rules, end = facts.case.programmes[programme], facts.calendar.end
    ready = facts.ready(investment)
    age = end - facts.calendar.starts[ready]
    if not rules.aid.is_paid_out or age >= rules.retention.months:
        return 0.0
    back = share_to_give_back(age, rules.retention.months, whole=rules.early_exit != "repay_remaining")
    back *= rules.rate * sum(payment_shares(facts.case, programme, investment).values())
    worth = facts.resale(facts.case.offers[investment[0]].system, age, facts.periods[-1])
    eligible = facts.eligible_cost(programme, investment)
    owed = min(back * eligible, worth)
    total = owed * _claims_that_stand(facts, programme, investment)
    for earlier, taken_off in facts.taken_off_before(programme, investment).items():
        eligible -= taken_off
        before, owed = owed, min(back * eligible, worth)
        total -= (before - owed) * _overlaps_that_stand(facts, programme, earlier, investment)
    return total


def _claims_that_stand(facts: Facts, programme: str, investment: Investment) -> float:
    """Units claimed under a programme, less those of them that left."""
    plan, claim = facts.decisions, (programme, *investment)
    return plan.claim[claim] - sum(units for (*key, _), units in plan.leave.items() if (*key,) == claim)


def _overlaps_that_stand(facts: Facts, programme: str, earlier: str, investment: Investment) -> float:
    """Units claimed under two programmes, less those of them that left."""
    plan, overlap = facts.decisions, (programme, earlier, *investment)
    return plan.both.get(overlap, 0.0) - sum(
        units for (*key, _), units in plan.leave_both.items() if (*key,) == overlap
    )
