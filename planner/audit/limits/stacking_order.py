"""Limits of what is claimed under two programmes, of which one counts only what the other leaves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.audit.allowed import claim_allowed
from planner.audit.exclusive import Pair, side_by_side
from planner.audit.facts import Facts
from planner.audit.leaving import claimed_exit_matters
from planner.audit.limits.claimed_exits import claimed, left
from planner.audit.limits.kinds import count_limit, in_period, listed_period, words_of
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Investment, Overlap, OverlapExit
from planner.vocabulary.message import Message, Part, joined, say


def stacking_order(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """Units of two claims are those that there must be at least, and no more than either claim has.

    Programmes that exclude each other claim different units: what some of them claim beside some others, all of which
    come before all of them, adds up.
    """
    if not any(rules.after for rules in facts.case.programmes.values()):
        return
    for investment in _claimed(facts):
        pairs = _pairs(facts, investment)
        for group in side_by_side(pairs, facts.exclusive_sets):
            yield from _of_group(facts, investment, sorted(group))
        for pair in pairs:
            yield _no_more_leave(facts, investment, pair)


def _of_group(facts: Facts, investment: Investment, group: list[Pair]) -> Iterator[Limit]:
    """What holds of all that was bought, and of orders also in every period in which it matters who leaves."""
    name, site, t = investment
    names = list(dict.fromkeys(one for pair in group for one in pair))
    claims = {one: claimed(facts, one, investment) for one in names}
    overlaps = {pair: facts.decisions.overlap.get(Overlap(*pair, investment), 0.0) for pair in group}
    programmes = joined(names, " and ")
    units = facts.bought(investment) - _left_unclaimed(facts, investment, names)
    pairs = tuple(one for pair in group for one in pair)
    words = say(
        "{name} at {site}{when}: claimed under {programmes}{bound}",
        name=name, site=site, when=in_period(facts, t), programmes=programmes, bound="",
    )  # fmt: skip
    about = About((name, site, *pairs), words)
    yield from _side_by_side(about, overlaps, claims, units, "units", t)
    if name not in facts.case.offers:
        return
    vintage = facts.vintage_of(investment)
    matters = set().union(*(claimed_exit_matters(facts.case, one, investment) for one in names))
    stand = facts.bought(investment)
    for u in facts.periods:
        gone = facts.exits.get(vintage, {}).get(u, 0)
        exits = {one: left(facts, one, investment, u) for one in names}
        overlap_exits = {pair: _exits(facts, pair, investment, u) for pair in group}
        stand -= gone
        claims = {one: claims[one] - exits[one] for one in names}
        overlaps = {pair: overlaps[pair] - overlap_exits[pair] for pair in group}
        if u in matters or any(exits.values()) or any(overlap_exits.values()):
            parts: dict[str, Part] = {
                "vintage": words_of(vintage), "when": listed_period(facts, u), "programmes": programmes, "bound": "",
            }  # fmt: skip
            words = say("{vintage}{when}: claimed under {programmes}, gone{bound}", **parts)
            about = About((*vintage.names, *pairs, "those gone"), words)
            yield from _side_by_side(about, overlap_exits, exits, gone, "systems", u)
            words = say("{vintage}{when}: claimed under {programmes}, still there{bound}", **parts)
            about = About((*vintage.names, *pairs, "those there"), words)
            yield from _side_by_side(about, overlaps, claims, stand, "systems", u)


def _side_by_side(
    about: About, overlaps: Mapping[Pair, float], claims: Mapping[str, float], units: int, unit: str, t: int
) -> Iterator[Limit]:
    """So many units hold all claims only if what does not fit side by side belongs to two of them."""
    least = max(0.0, sum(claims.values()) - units)
    at_least = _bound(about, "at least", say(", at least"))
    yield count_limit("stacking_order", at_least, sum(overlaps.values()), ">=", least, unit, t)
    for name, most in claims.items():
        with_it = sum(amount for pair, amount in overlaps.items() if name in pair)
        at_most = _bound(about, name, say(", at most of {programme}", programme=name))
        yield count_limit("stacking_order", at_most, with_it, "<=", most, unit, t)


def _bound(about: About, name: str, words: Message) -> About:
    """The same with a further name, and what that says."""
    return About((*about.names, name), about.words.but(bound=words))


def _left_unclaimed(facts: Facts, investment: Investment, names: list[str]) -> int:
    """Systems that leave before any of some programmes lets them go: none of these claimed them."""
    rules = [facts.case.programmes[name] for name in names]
    if investment.name not in facts.case.offers or any(one.early_exit != "forbidden" for one in rules):
        return 0
    arrived = facts.calendar.starts[facts.ready(investment)]
    free = facts.calendar.first_period_from(arrived.plus(min(one.retention.months for one in rules)))
    return facts.gone(facts.vintage_of(investment), before=free)


def _no_more_leave(facts: Facts, investment: Investment, pair: Pair) -> Limit:
    """Of what is claimed under both no more leaves than there is."""
    name, site, t = investment
    exits = sum(_exits(facts, pair, investment, u) for u in facts.periods)
    overlaps = facts.decisions.overlap.get(Overlap(*pair, investment), 0.0)
    words = say(
        "{name} at {site}{when}: claimed under {programmes} among those that leave",
        name=name, site=site, when=listed_period(facts, t), programmes=joined(pair, " and "),
    )  # fmt: skip
    about = About((name, site, *pair, "those gone"), words)
    return count_limit("stacking_order", about, exits, "<=", overlaps, "units", t)


def _exits(facts: Facts, pair: Pair, investment: Investment, u: int) -> float:
    """Systems claimed under both that leave at the start of a period."""
    return facts.decisions.overlap_exit.get(OverlapExit(Overlap(*pair, investment), u), 0.0)


def _claimed(facts: Facts) -> list[Investment]:
    """What is claimed at all, or named among what two programmes pay for."""
    decisions = facts.decisions
    found = {claim.investment for claim in decisions.claim} | {overlap.investment for overlap in decisions.overlap}
    return sorted(found | {key.overlap.investment for key in decisions.overlap_exit})


def _pairs(facts: Facts, investment: Investment) -> list[Pair]:
    """Programmes of which one takes something off the eligible cost of the other."""
    return [
        (programme, earlier)
        for programme, rules in facts.case.programmes.items()
        if rules.after and claim_allowed(facts.case, programme, investment)
        for earlier, money in facts.taken_off_before(programme, investment).items()
        if money > 0
    ]
