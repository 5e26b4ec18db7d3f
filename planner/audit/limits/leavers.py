"""Limits of systems that leave although a programme paid for them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.allowed import exit_allowed
from planner.audit.facts import Facts
from planner.audit.limits.kinds import count_limit, words_of
from planner.decisions import Investment
from planner.outcome import Accounts, Limit, Quantities


def retention(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Claimed systems stay until their retention ends."""
    programmes = facts.case.programmes
    for order in _claimed_orders(facts):
        lot, arrived = facts.lot_of(order), facts.calendar.starts[facts.ready(order)]
        for group in facts.exclusive_sets:
            for programme in group:
                term = programmes[programme].retention.months
                held = sum(
                    _claimed(facts, other, order) for other in group if programmes[other].retention.months >= term
                )
                free = facts.calendar.first_period_from(arrived.plus(term))
                subject = f"{words_of(lot)}: exits before the retention of {programme} ends"
                gone = facts.gone(lot, before=free)
                yield count_limit("retention", subject, gone, "<=", facts.bought(order) - held, "systems")


def leave_with_grant(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Claimed systems among those that leave: no more than leave, no more than are claimed, and the rest fits in."""
    if facts.case.finance.asset_grants != "reduce_book_value":
        return
    for order in _claimed_orders(facts):
        for programme in facts.case.programmes:
            left = sum(_left(facts, programme, order, t) for t in facts.periods)
            subject = f"{words_of(facts.lot_of(order))}: claimed under {programme} among those that leave"
            yield count_limit("leave_with_grant", subject, left, "<=", _claimed(facts, programme, order), "systems")
        for group in facts.exclusive_sets:
            yield from _with_book_value(facts, order, group)


def _with_book_value(facts: Facts, order: Investment, group: tuple[str, ...]) -> Iterator[Limit]:
    """What holds as long as the books have a value of the order, once a programme of the group lets systems go."""
    lot, label, ready = facts.lot_of(order), facts.calendar.label, facts.ready(order)
    starts = facts.calendar.starts
    shortest = min(facts.case.programmes[programme].retention.months for programme in group)
    claimed = sum(_claimed(facts, programme, order) for programme in group)
    left = 0.0
    for t in facts.periods:
        age = starts[t] - starts[ready]
        left += sum(_left(facts, programme, order, t) for programme in group)
        written_down = age >= facts.case.finance.depreciation.systems.months
        if not exit_allowed(facts.case, lot[0], lot[2], t) or age < shortest or written_down:
            continue
        gone = facts.gone(lot, before=t + 1)
        subject = f"{words_of(lot)}, up to {label(t)}: claimed under {' and '.join(group)}"
        yield count_limit("leave_with_grant", f"{subject} and gone", left, "<=", gone, "systems", t)
        stand = facts.bought(order) - gone
        yield count_limit("leave_with_grant", f"{subject} and still there", claimed - left, "<=", stand, "systems", t)


def _claimed_orders(facts: Facts) -> list[Investment]:
    claimed = {(name, site, t) for _, name, site, t in facts.decisions.claim if name in facts.case.offers}
    return sorted(claimed | {(offer, site, t) for _, offer, site, t, _ in facts.decisions.leave})


def _claimed(facts: Facts, programme: str, order: Investment) -> float:
    return facts.decisions.claim.get((programme, *order), 0.0)


def _left(facts: Facts, programme: str, order: Investment, t: int) -> float:
    return facts.decisions.leave.get((programme, *order, t), 0.0)
