"""Limits of counts and of money, each with the tolerance of its kind."""

from __future__ import annotations

from planner.audit.facts import Facts
from planner.outcome import About, Limit
from planner.vocabulary.keys import Vintage
from planner.vocabulary.message import Message, say

QUANTITY_TOLERANCE = 1e-6
"""How far a physical quantity may be off, as a share of the limit (of one unit, for limits below one)."""
ROUNDING = 1e-12
"""How far sums of money may be off by the rounding of binary numbers, as a share of what is added up."""


def any_limit(
    rule: str, about: About, left: float, sense: str, right: float, unit: str, tolerance: float, t: int | None = None
) -> Limit:
    """A limit with a tolerance of its own."""
    return Limit(rule, about, left, sense, right, unit, tolerance, t)  # type: ignore[arg-type]


def count_limit(
    rule: str, about: About, left: float, sense: str, right: float, unit: str, t: int | None = None
) -> Limit:
    """A limit of a physical quantity."""
    return any_limit(rule, about, left, sense, right, unit, QUANTITY_TOLERANCE * max(1.0, abs(right)), t)


def money_limit(
    facts: Facts,
    rule: str,
    about: About,
    left: float,
    sense: str,
    right: float,
    t: int | None = None,
    summed: float = 0.0,
) -> Limit:
    """A limit of money; ``summed`` is the largest amount that was added up for it, where that is not the limit."""
    tolerance = max(facts.money_tolerance, ROUNDING * max(abs(right), summed))
    return any_limit(rule, about, left, sense, right, facts.case.finance.currency, tolerance, t)


def words_of(vintage: Vintage) -> Message:
    """A vintage in words: which system, where, since when, and from which offer."""
    system, site, (month, offer) = vintage
    if not offer:
        return say("{system} at {site} that arrived {month}", system=system, site=site, month=str(month))
    template = "{system} at {site} that arrived {month} from {offer}"
    return say(template, system=system, site=site, month=str(month), offer=offer)


def in_period(facts: Facts, t: int) -> Message:
    """What tells the period behind the words that it belongs to."""
    return say(", {month}", month=facts.calendar.label(t))


def listed_period(facts: Facts, t: int) -> Message:
    """What tells the period as the last item of a list."""
    return say(", {period}", period=facts.calendar.label(t))
