"""What is frozen is looked for among the decisions, and so is what there may not be besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planner.audit.dates import life_end_period
from planner.audit.facts import Facts
from planner.audit.limits.kinds import count_limit, listed_period, money_limit, words_of
from planner.case.frozen import Frozen, FrozenDraw, FrozenRepayment
from planner.case.quantities import Month
from planner.outcome import About, Accounts, Limit, Quantities
from planner.vocabulary.keys import Arrival, Vintage
from planner.vocabulary.message import say


def frozen(facts: Facts, _accounts: Accounts, _quantities: Quantities) -> Iterator[Limit]:
    """What is decided already is decided so; up to the month nothing is ordered or started besides."""
    if facts.case.frozen is not None:
        yield from _orders(facts, facts.case.frozen)
        yield from _blocks(facts, facts.case.frozen)
        yield from _exits(facts, facts.case.frozen)
        yield from _claims(facts, facts.case.frozen)
        yield from _loans(facts, facts.case.frozen)
        for name, entered in facts.case.frozen.programmes.items():
            about = About((name, "entered"), say("{programme}: entered as frozen", programme=name))
            joined = float(facts.decisions.join.get(name, False))
            yield count_limit("frozen", about, joined, "=", float(entered), "yes = 1")


def _orders(facts: Facts, frozen: Frozen) -> Iterator[Limit]:
    besides = dict.fromkeys(facts.case.offers, 0)
    listed = {(one.offer, one.site, _period(facts, one.month)): one.systems for one in frozen.orders}
    for (offer, site, t), systems in facts.decisions.order.items():
        if (offer, site, t) not in listed and facts.calendar.starts[t] <= frozen.until:
            besides[offer] += systems
    for (offer, site, t), systems in listed.items():
        when, order = listed_period(facts, t), (offer, site, t)
        words = say("{offer} for {site}{when}: ordered as frozen", offer=offer, site=site, when=when)
        ordered = sum(count for key, count in facts.decisions.order.items() if key == order)
        yield count_limit("frozen", About((offer, site), words), ordered, "=", systems, "systems", t)
    for offer, systems in besides.items():
        words = say("{offer}, up to {month}: ordered besides what is frozen", offer=offer, month=str(frozen.until))
        yield count_limit("frozen", About((offer, "besides"), words), systems, "<=", 0, "systems")


def _blocks(facts: Facts, frozen: Frozen) -> Iterator[Limit]:
    besides = dict.fromkeys(facts.case.expansions, 0)
    listed = {(one.expansion, _period(facts, one.month)): one.blocks for one in frozen.blocks}
    for (name, t), blocks in facts.decisions.expand.items():
        if (name, t) not in listed and facts.calendar.starts[t] <= frozen.until:
            besides[name] += blocks
    for (name, t), blocks in listed.items():
        words = say("{expansion}{when}: started as frozen", expansion=name, when=listed_period(facts, t))
        begun = sum(count for key, count in facts.decisions.expand.items() if key == (name, t))
        yield count_limit("frozen", About((name,), words), begun, "=", blocks, "blocks", t)
    for name, blocks in besides.items():
        words = say(
            "{expansion}, up to {month}: started besides what is frozen", expansion=name, month=str(frozen.until)
        )
        yield count_limit("frozen", About((name, "besides"), words), blocks, "<=", 0, "blocks")


def _exits(facts: Facts, frozen: Frozen) -> Iterator[Limit]:
    besides, until = 0, str(frozen.until)
    listed = {
        (Vintage(one.system, one.site, Arrival(one.arrived, one.offer or "")), _period(facts, one.month)): one.systems
        for one in frozen.exits
    }
    for (vintage, t), systems in listed.items():
        words = say("{vintage}{when}: leaving as frozen", vintage=words_of(vintage), when=listed_period(facts, t))
        leaving = facts.exits.get(vintage, {}).get(t, 0)
        yield count_limit("frozen", About(vintage.names, words), leaving, "=", systems, "systems", t)
    for (vintage, t), systems in facts.decisions.exit.items():
        is_early = t < life_end_period(facts.case, vintage)
        if is_early and (vintage, t) not in listed and facts.calendar.starts[t] <= frozen.until:
            besides += systems
    if frozen.complete:
        words = say("up to {month}: leaving besides what is frozen", month=until)
        yield count_limit("frozen", About(("besides", "exits"), words), besides, "<=", 0, "systems")


def _claims(facts: Facts, frozen: Frozen) -> Iterator[Limit]:
    listed = {(one.programme, one.investment, one.site, _period(facts, one.month)): one.units for one in frozen.claims}
    besides, claimed = 0.0, {(j, *i): units for (j, i), units in facts.decisions.claim.items()}
    for key, units in listed.items():
        programme, name, site, t = key
        template = "{programme} for {name} at {site}{when}: claimed as frozen"
        words = say(template, programme=programme, name=name, site=site, when=listed_period(facts, t))
        about = About((programme, name, site), words)
        yield count_limit("frozen", about, claimed.get(key, 0.0), "=", units, "systems or blocks", t)
    for key, units in claimed.items():
        besides += units if key not in listed and facts.calendar.starts[key[-1]] <= frozen.until else 0.0
    if frozen.complete:
        words = say("up to {month}: claimed besides what is frozen", month=str(frozen.until))
        yield count_limit("frozen", About(("besides", "claims"), words), besides, "<=", 0, "systems or blocks")


def _loans(facts: Facts, frozen: Frozen) -> Iterator[Limit]:
    moves: tuple[tuple[str, str, Iterable[FrozenDraw | FrozenRepayment], Mapping[Any, float]], ...] = (
        ("drawn", "{loan}{when}: drawn as frozen", frozen.draws, facts.decisions.draw),
        ("repaid", "{loan}{when}: repaid as frozen", frozen.repayments, facts.decisions.repay),
    )
    for name, template, entries, decided in moves:
        listed = {(one.loan, t): facts.money(one.money, t) for one in entries for t in (_period(facts, one.month),)}
        for (loan, t), money in listed.items():
            words = say(template, loan=loan, when=listed_period(facts, t))
            moved = sum(amount for key, amount in decided.items() if tuple(key) == (loan, t))
            yield money_limit(facts, "frozen", About((loan, name), words), moved, "=", money, t)
        besides = sum(
            amount
            for (loan, t), amount in decided.items()
            if (loan, t) not in listed and facts.calendar.starts[t] <= frozen.until
        )
        if frozen.complete:
            words = say("up to {month}: moved by loans besides what is frozen", month=str(frozen.until))
            yield money_limit(facts, "frozen", About(("besides", name), words), besides, "<=", 0.0)


def _period(facts: Facts, month: Month) -> int:
    return facts.calendar.period_containing(month)
