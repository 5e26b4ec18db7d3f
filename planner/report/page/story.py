"""What a plan says in three sentences: what is bought, how it is paid, and what could break it."""

from __future__ import annotations

from planner.decisions import summed
from planner.outcome import Outcome
from planner.report.headline import Headline
from planner.report.voice import Voice
from planner.vocabulary.message import Message, joined, say

MOST_NAMES = 4
"""Kinds of systems that a sentence names."""
LEAST_MONEY = 0.5
TWICE = 2.0


def story(outcome: Outcome, facts: Headline, voice: Voice) -> list[str]:
    """The three sentences; where nothing is bought the second is left out."""
    if not outcome.decisions.buys_anything:
        return [voice("Nothing is bought: what stands already goes on."), voice(_could_break(outcome, facts, voice))]
    told = (_bought(outcome, facts, voice), _paid(outcome, facts, voice), _could_break(outcome, facts, voice))
    return [voice(one) for one in told]


def _bought(outcome: Outcome, facts: Headline, voice: Voice) -> Message:
    """How many of which systems and halls, when, and for how much."""
    case, chosen = outcome.case, outcome.decisions
    systems = sorted(
        facts.systems_ordered.items(), key=lambda one: (-case.systems[one[0]].accelerators * one[1], one[0])
    )
    parts = [say("{count} × {name}", count=f"{count:,}", name=name) for name, count in systems[:MOST_NAMES]]
    if len(systems) > MOST_NAMES:
        rest = sum(count for _, count in systems[MOST_NAMES:])
        parts.append(say("{count} systems of other kinds", count=f"{rest:,}"))
    blocks = summed((name, count) for (name, _), count in chosen.expand.items())
    halls = [
        say("1 block of {name}", name=name)
        if count == 1
        else say("{count} blocks of {name}", count=f"{count:,}", name=name)
        for name, count in sorted(blocks.items())
    ]
    if len(halls) > MOST_NAMES:
        halls = [say("{count} blocks of halls", count=f"{sum(blocks.values()):,}")]
    times = [order.period for order in chosen.order] + [start.period for start in chosen.expand]
    first, last = (case.calendar.label(t) for t in (min(times), max(times)))
    when = say("in {month}", month=first) if first == last else say("from {first} to {last}", first=first, last=last)
    template = "Bought: {what}, ordered {when}; {accelerators} accelerators in all, for {capex} of capital expenditure."
    return say(
        template,
        what=joined([*parts, *halls], ", "),
        when=when,
        accelerators=f"{facts.accelerators_ordered:,}",
        capex=voice.money(facts.capex),
    )


def _paid(outcome: Outcome, facts: Headline, voice: Voice) -> Message:
    """Which money pays for it besides sales."""
    accounts = outcome.audit.accounts
    sources = [
        say("{amount} of {what}", amount=voice.money(amount), what=say(what))
        for what, amount in (
            ("grants", facts.grants),
            ("tax credits", facts.tax_credits or 0.0),
            ("loans", sum(accounts.lines["loans_drawn"])),
            ("money from owners", sum(amount for amount in accounts.funding if amount > 0)),
        )
        if amount >= LEAST_MONEY
    ]
    if (back := -sum(amount for amount in accounts.funding if amount < 0)) >= LEAST_MONEY:
        sources.append(say("{amount} of which owners take back", amount=voice.money(back)))
    if facts.peak_debt >= LEAST_MONEY:
        label = outcome.case.calendar.label(facts.peak_debt_period)
        owed = say("; debt is highest in {month}, at {amount}", month=label, amount=voice.money(facts.peak_debt))
    else:
        owed = say("; nothing is owed at the end of any period")
    opening = voice.money(accounts.opening_cash)
    if not sources:
        return say("Paid: from {opening} of cash at the start and from sales{debt}.", opening=opening, debt=owed)
    return say(
        "Paid: with {sources}, besides {opening} of cash at the start and sales{debt}.",
        sources=joined(sources, ", "),
        opening=opening,
        debt=owed,
    )


def _could_break(outcome: Outcome, facts: Headline, voice: Voice) -> Message:
    """Where cash, a promise and debt service have least room."""
    month = str(facts.lowest_cash_at.month)
    room = min(limit.slack for limit in outcome.audit.limits if limit.rule == "cash_balance")
    cash = say("cash is lowest in {month}, {room} above its floor", month=month, room=voice.money(max(0.0, room)))
    if room < 1.0:
        cash = say("cash falls to its floor in {month}", month=month)
    parts = [cash]
    for name, (t, left, right) in list(facts.first_obligations.items())[:2]:
        label = outcome.case.calendar.label(t)
        if right and left >= TWICE * right:
            times = voice.digits(left / right)
            template = "the promise to {programme} is kept {times} times over at its tightest, in {month}"
            parts.append(say(template, programme=name, times=times, month=label))
            continue
        share = voice.percent((left - right) / right) if right else voice.percent(0.0)
        template = "the promise to {programme} has {share} to spare in {month}"
        parts.append(say(template, programme=name, share=share, month=label))
    if facts.lowest_debt_service_cover is not None:
        cover = f"{facts.lowest_debt_service_cover:.2f}"
        parts.append(say("debt service is covered {cover} times in the worst year", cover=cover))
    return say("What could break it: {parts}.", parts=joined(parts, "; "))
