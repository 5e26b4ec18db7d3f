"""What holds a plan back: limits of the case without any room left."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.outcome import Limit, Outcome
from planner.vocabulary.constraints import FAMILIES
from planner.vocabulary.message import Message, verbatim

OF_THE_CASE = frozenset(family.rule for family in FAMILIES if family.role == "limit")
"""Rules whose right side is a figure of the case. The others tie decisions to each other; nobody can loosen them."""


@dataclass(frozen=True)
class Binding:
    """One limit, or the same in several periods.

    Limits of a rule with the same words, such as supply of a period and supply so far, count as one.
    """

    rule: str
    """Name of the rule as people know it."""
    subject: str
    """What it is about, without its period."""
    periods: tuple[int, ...]
    """Periods in which it has no room left; none for a limit on the plan as a whole, or on a fiscal year."""
    of_a_year: bool = False
    """Whether it is a limit on a fiscal year that the case names."""
    words: Message = field(default=verbatim(""), compare=False)
    """The subject as a message."""


def binding(outcome: Outcome) -> list[Binding]:
    """The limits of a plan that bind, in the order of the audit."""
    found: dict[tuple[str, str], set[int]] = {}
    of_years: set[tuple[str, str]] = set()
    words: dict[tuple[str, str], Message] = {}
    for limit in outcome.audit.limits:
        if limit.rule in OF_THE_CASE and _binds(limit):
            key = (limit.told_rule, limit.about.lasting)
            periods = found.setdefault(key, set())
            words.setdefault(key, limit.about.words.but(when=""))
            if limit.about.year is not None:
                of_years.add(key)
            if limit.period is not None:
                periods.add(limit.period)
    return [Binding(*key, tuple(sorted(periods)), key in of_years, words[key]) for key, periods in found.items()]


def _binds(limit: Limit) -> bool:
    """Whether a limit has no room left. Nothing out of nothing binds nobody."""
    is_nothing = abs(limit.left) <= limit.tolerance and abs(limit.right) <= limit.tolerance
    return limit.sense != "=" and not is_nothing and limit.slack <= limit.tolerance
