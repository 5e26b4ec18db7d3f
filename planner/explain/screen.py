"""Answers as lines of text: what binds, and why not."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from planner.case.quantities import Money
from planner.case.words import counted
from planner.explain.why_bought import Bought
from planner.explain.why_not import WhyNot
from planner.outcome import BESIDE_THE_PLAN, LimitPrice, Outcome, Provenance

MOST_LIMITS = 20
"""Limits that are shown on the screen; the workbook has all of them."""


def amount(outcome: Outcome, gain: float) -> str:
    """An amount of the objective in its unit."""
    if outcome.proof.unit.startswith("PFLOPS"):
        return f"{gain:,.6g} {outcome.proof.unit}"
    return Money(amount=float(f"{gain:.4g}"), currency=outcome.proof.unit).words


def binding_lines(outcome: Outcome, provenance: Mapping[str, Provenance]) -> Iterator[str]:
    """Every binding limit with its price."""
    prices = outcome.prices or ()
    case = outcome.case
    what = {"npv": "net present value", "equity": "value to the owners", "cost": "present cost", "compute": "compute"}[
        outcome.proof.kind
    ]
    start = "" if outcome.proof.kind == "compute" else f", discounted to the start of {case.calendar.label(0)}"
    yield f"What binds, the most valuable first ({what}{start})"
    yield BESIDE_THE_PLAN
    if not prices:
        yield "  Nothing that binds is worth anything."
    for number, price in enumerate(prices[:MOST_LIMITS], start=1):
        place = provenance.get(price.path)
        where = f"{place.file}:{place.line}: " if place and place.line else f"{place.file}: " if place else ""
        yield f"{number:3}. {where}{price.path}: {price.words}{case.calendar.span_words(price.periods)}"
        yield f"       {_gain(outcome, price)}"
        if price.planned_again is not None:
            better = amount(outcome, abs(price.planned_again))
            yield f"       planned again in whole numbers with {price.unit}: {better} {_direction(price.planned_again)}"
    if len(prices) > MOST_LIMITS:
        yield f"     and {len(prices) - MOST_LIMITS} more; the sheet What binds of plan.xlsx has all of them"


def _direction(gain: float) -> str:
    return "better" if gain >= 0 else "worse"


def _gain(outcome: Outcome, price: LimitPrice) -> str:
    if price.gain is None:
        return f"{price.unit} comes in whole numbers: only planning again tells what it is worth"
    if price.loss is None:
        return f"{price.unit} is worth {amount(outcome, price.gain)}"
    reach = "without end" if math.isinf(price.reach) else f"up to {price.reach:.3g} times that"
    words = f"{price.unit} is worth {amount(outcome, price.gain)}, {reach}"
    if price.reach_back > 0:
        words += f"; as much the other way costs {amount(outcome, price.loss)}, up to {price.reach_back:.3g} times that"
    return words


def frozen_lines(outcome: Outcome, free: Outcome) -> Iterator[str]:
    """What all that is frozen costs together, against the best plan without it."""
    frozen = outcome.case.frozen
    if frozen is None:
        return
    yield f"What is frozen up to {frozen.until}, all of it together (planned again without)"
    gain = free.audit.objective - outcome.audit.objective
    better = amount(outcome, abs(gain))
    known = amount(outcome, max(outcome.proof.gap, free.proof.gap))
    if abs(gain) <= max(outcome.proof.gap, free.proof.gap):
        yield f"  costs nothing that could be told: the plans are known to within {known}"
    elif (gain > 0) == (outcome.proof.kind != "cost"):
        yield f"  costs {better}; the plans are known to within {known}"
    else:
        yield f"  found a plan that is {better} better, which only the gap of the search allows"
    yield from (f"  without it: {one}" for one in _differences(outcome, free))


def _differences(outcome: Outcome, free: Outcome) -> Iterator[str]:
    """What the plan without what is frozen buys more or less of, in all."""
    here, there = outcome.decisions.bought, free.decisions.bought
    for name in sorted({*here, *there}):
        if here.get(name, 0) != there.get(name, 0):
            yield f"{there.get(name, 0):,} of {name} instead of {here.get(name, 0):,}"


def bought_lines(outcome: Outcome, bought: tuple[Bought, ...]) -> Iterator[str]:
    """What the last system of each kind that was bought adds."""
    yield "Why they were bought: what the last one adds"
    if not bought:
        yield "  Nothing is bought."
    for one in bought:
        holds = "" if one.reach < 2 else f", and so do the last {one.reach:,.0f}"
        adds = "as much as another way to spend the money" if one.adds <= 0 else amount(outcome, one.adds)
        yield f"  {one.offer} at {one.site}: {counted(one.systems, 'system')}; the last adds {adds}{holds}"


def why_not_lines(outcome: Outcome, answer: WhyNot) -> Iterator[str]:
    """Why an offer was not bought for a site."""
    name = f"{answer.offer} at {answer.site}"
    if answer.bought:
        yield f"{name}: the plan buys {answer.bought:,}."
        return
    if answer.reasons:
        yield from reason_lines(answer.offer, answer.site, answer.reasons)
        return
    yield f"Why not {name}?"
    if answer.is_local:
        yield "  Beside this plan: blocks, programmes and tax years as they are, systems may be fractions."
    if answer.is_a_tie:
        yield "  A plan that buys one there is as good as the plan that does not."
        return
    yield from _price_lines(outcome, answer)
    if answer.limits:
        yield "  Limits that it would share, and what one unit of each is worth:"
    yield from (f"    {limit.path}: {_gain(outcome, limit)}" for limit in answer.limits[:5])


def reason_lines(offer: str, site: str, reasons: Sequence[str]) -> Iterator[str]:
    """Why an offer cannot stand at a site at all."""
    yield f"Why not {offer} at {site}?"
    yield from (f"  - {reason}" for reason in reasons)


def _price_lines(outcome: Outcome, answer: WhyNot) -> Iterator[str]:
    forced, both = ("", "") if answer.is_local else (" (planned again)", " (both planned again)")
    if answer.forcing_costs is None:
        yield "  At its present price no plan has room for one there."
    else:
        yield f"  One there, forced in, costs {amount(outcome, answer.forcing_costs)}{forced}."
    if answer.enters_at is None:
        yield "  No price brings it in: what keeps it out is not its price."
    else:
        share = f"{answer.enters_at * 100:.2f} % of its price"
        yield f"  It enters at {answer.price}, which is {share}; 1 % above that it does not{both}."
    yield from _step_lines(answer)
    if answer.gains_in_whole is not None:
        change = f"{amount(outcome, abs(answer.gains_in_whole))} {_direction(answer.gains_in_whole)}"
        short = amount(outcome, outcome.proof.gap)
        yield f"  Planned again in whole numbers with one there: {change}. This plan is known to within {short}."
    if outcome.proof.gap_requested > 0:
        yield f"  Plans were searched to a gap of {outcome.proof.gap_requested:g}; a smaller --gap sharpens this."


def _step_lines(answer: WhyNot) -> Iterator[str]:
    """Each step of the price by itself."""
    if answer.steps:
        yield "  With one step of its price lowered alone, and the others as they are:"
    for step in answer.steps:
        if step.enters_at is None:
            yield f"    the price from {step.first}: at no price"
        else:
            share = f"{step.enters_at * 100:.2f} % of it"
            yield f"    the price from {step.first}: it enters at {step.price}, which is {share}"
