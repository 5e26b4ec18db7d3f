"""What is still there at the end of the horizon, and its value then, less contingent clawback liability."""

from __future__ import annotations

from planner.audit.dates import payment_shares, ready_period
from planner.audit.facts import Facts
from planner.finance.grants import clawback_share
from planner.finance.resale import straight_line_remainder
from planner.vocabulary.keys import Claim, Overlap


def terminal_value_of(facts: Facts) -> float:
    """Terminal value of what is there at the end: systems at their resale value, blocks by what is left of them."""
    end, last = facts.calendar.end, facts.periods[-1]
    total = 0.0
    for vintage, (_, count) in facts.vintages.items():
        left = count - facts.gone(vintage)
        total += left * facts.resale(vintage, end, last)
    for claim in facts.decisions.claim:
        if claim.investment.name in facts.case.offers:
            total -= _contingent_clawback(facts, claim)
    for start, count in facts.decisions.expand.items():
        life = facts.case.expansions[start.expansion].terminal_life
        if life is not None:
            age = end - facts.calendar.starts[ready_period(facts.case, *start)]
            investment = facts.block(start)
            granted = sum(
                award.amount
                for award in facts.awards
                if award.investment == investment and facts.case.programmes[award.programme].aid.is_paid_out
            )
            own_cost = count * sum(facts.block_payments(*start).values()) - granted
            if facts.case.expansions[start.expansion].terminal_method == "annuity":
                total += own_cost * _share_of_annuity(life.months - age, life.months, facts.case.finance.discount_rate)
            else:
                total += straight_line_remainder(own_cost, age, life.months)
    return total


def _share_of_annuity(left: int, life: int, rate: float) -> float:
    """What equal payments that would go on for the months that are left are worth, as a share of those of a life."""
    if left <= 0 or rate == 0:
        return max(0, left) / life
    monthly = float((1 + rate) ** (-1 / 12))
    return sum(monthly**m for m in range(1, left + 1)) / sum(monthly**m for m in range(1, life + 1))


def _contingent_clawback(facts: Facts, claim: Claim) -> float:
    """What of the end value goes back to a programme whose retention outlasts the horizon.

    For each claimed system that still stands what would go back if it left then; never more than the system fetches.
    What goes back is a share of what was paid by then, on the cost that the programmes before it leave of a system
    that they pay for as well.
    """
    programme, investment = claim
    rules, end = facts.case.programmes[programme], facts.calendar.end
    ready = facts.ready(investment)
    age = end - facts.calendar.starts[ready]
    if not rules.aid.is_paid_out or age >= rules.retention.months:
        return 0.0
    back = clawback_share(age, rules.retention.months, whole=rules.early_exit != "repay_remaining")
    back *= rules.rate * sum(payment_shares(facts.case, programme, investment).values())
    resale = facts.resale(facts.vintage_of(investment), end, facts.periods[-1])
    eligible = facts.eligible_cost(programme, investment)
    owed = min(back * eligible, resale)
    total = owed * _claims_that_stand(facts, claim)
    for earlier, taken_off in facts.taken_off_before(programme, investment).items():
        eligible -= taken_off
        before, owed = owed, min(back * eligible, resale)
        total -= (before - owed) * _overlaps_that_stand(facts, Overlap(programme, earlier, investment))
    return total


def _claims_that_stand(facts: Facts, claim: Claim) -> float:
    """Units claimed under a programme, less those of them that left."""
    plan = facts.decisions
    return plan.claim[claim] - sum(units for key, units in plan.claimed_exit.items() if key.claim == claim)


def _overlaps_that_stand(facts: Facts, overlap: Overlap) -> float:
    """Units claimed under two programmes, less those of them that left."""
    plan = facts.decisions
    return plan.overlap.get(overlap, 0.0) - sum(
        units for key, units in plan.overlap_exit.items() if key.overlap == overlap
    )
