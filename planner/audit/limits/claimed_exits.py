"""Limits of claimed exits: systems that leave although a programme paid for them."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.facts import Facts
from planner.audit.leaving import claimed_exit_matters
from planner.audit.limits.kinds import count_limit, in_period, words_of
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Claim, ClaimedExit, Investment
from planner.vocabulary.message import Part, joined, say


def retention(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Claimed systems stay until their retention ends, where it does not let them leave."""
    programmes = facts.case.programmes
    for order in claimed_orders(facts):
        vintage, arrived = facts.vintage_of(order), facts.calendar.starts[facts.ready(order)]
        for group in facts.exclusive_sets:
            holding = [programme for programme in group if programmes[programme].early_exit == "forbidden"]
            for programme in holding:
                term = programmes[programme].retention.months
                held = sum(
                    claimed(facts, other, order) for other in holding if programmes[other].retention.months >= term
                )
                free = facts.calendar.first_period_from(arrived.plus(term))
                template = "{vintage}: exits before the retention of {programme} ends"
                about = About(
                    (*vintage.names, programme, *group), say(template, vintage=words_of(vintage), programme=programme)
                )
                gone = facts.gone(vintage, before=free)
                yield count_limit("retention", about, gone, "<=", facts.bought(order) - held, "systems")


def claimed_exits(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Claimed systems among those that leave: no more than leave, no more than are claimed, and the rest fits in."""
    named = {key.claim for key in facts.decisions.claimed_exit}
    for order in claimed_orders(facts):
        matters = {one: claimed_exit_matters(facts.case, one, order) for one in facts.case.programmes}
        for programme, periods in matters.items():
            if periods or Claim(programme, order) in named:
                leaving = sum(left(facts, programme, order, t) for t in facts.periods)
                vintage, most = facts.vintage_of(order), claimed(facts, programme, order)
                template = "{vintage}: claimed under {programme} among those that leave"
                about = About(
                    (*vintage.names, programme), say(template, vintage=words_of(vintage), programme=programme)
                )
                yield count_limit("claimed_exits", about, leaving, "<=", most, "systems")
        for group in facts.exclusive_sets:
            yield from _of_group(facts, order, group, set().union(*(matters[programme] for programme in group)))


def _of_group(facts: Facts, order: Investment, group: tuple[str, ...], matters: set[int]) -> Iterator[Limit]:
    """What holds in the periods in which it matters to a group whose systems leave, or in which some are named."""
    vintage = facts.vintage_of(order)
    standing = sum(claimed(facts, programme, order) for programme in group)
    for t in facts.periods:
        leaving = sum(left(facts, programme, order, t) for programme in group)
        standing -= leaving
        if t not in matters and not leaving:
            continue
        parts: dict[str, Part] = {
            "vintage": words_of(vintage), "when": in_period(facts, t), "programmes": joined(group, " and "),
        }  # fmt: skip
        gone = facts.exits.get(vintage, {}).get(t, 0)
        words = say("{vintage}{when}: claimed under {programmes} and gone", **parts)
        about = About((*vintage.names, *group, "those gone"), words)
        yield count_limit("claimed_exits", about, leaving, "<=", gone, "systems", t)
        stand = facts.bought(order) - facts.gone(vintage, before=t + 1)
        words = say("{vintage}{when}: claimed under {programmes} and still there", **parts)
        about = About((*vintage.names, *group, "those there"), words)
        yield count_limit("claimed_exits", about, standing, "<=", stand, "systems", t)


def claimed_orders(facts: Facts) -> list[Investment]:
    """Orders of which something is claimed, or named among what leaves."""
    claims = {order for _, order in facts.decisions.claim if order.name in facts.case.offers}
    return sorted(claims | {key.claim.investment for key in facts.decisions.claimed_exit})


def claimed(facts: Facts, programme: str, order: Investment) -> float:
    """Systems of an order that are claimed under a programme."""
    return facts.decisions.claim.get(Claim(programme, order), 0.0)


def left(facts: Facts, programme: str, order: Investment, t: int) -> float:
    """Systems of an order, claimed under a programme, that leave at the start of a period."""
    return facts.decisions.claimed_exit.get(ClaimedExit(Claim(programme, order), t), 0.0)
