"""What holds a plan back: limits of the case without any room left."""

from __future__ import annotations

from dataclasses import dataclass

from planner.outcome import Limit, Outcome

OF_THE_CASE = (
    "site_resource", "supply", "supply_chain_share", "block_balance", "demand", "service_level", "public_share",
    "programme_cap", "obligation", "minimum_investment", "loan_limit", "cash_balance", "capex_limit",
)  # fmt: skip
"""Rules whose right side is a figure of the case. The others tie decisions to each other; nobody can loosen them."""


@dataclass(frozen=True)
class Binding:
    """One limit, or the same in several periods.

    Limits of a rule with the same words, such as supply of a period and supply so far, count as one.
    """

    rule: str
    subject: str
    """What it is about, without its period."""
    periods: tuple[int, ...]
    """Periods in which it has no room left; none for a limit on the plan as a whole."""


def binding(outcome: Outcome) -> list[Binding]:
    """The limits of a plan that bind, in the order of the audit."""
    found: dict[tuple[str, str], set[int]] = {}
    for limit in outcome.audit.limits:
        if limit.rule in OF_THE_CASE and _binds(limit):
            periods = found.setdefault((limit.rule, limit.about.lasting), set())
            if limit.period is not None:
                periods.add(limit.period)
    return [Binding(rule, subject, tuple(sorted(periods))) for (rule, subject), periods in found.items()]


def _binds(limit: Limit) -> bool:
    """Whether a limit has no room left. Nothing out of nothing binds nobody."""
    is_nothing = abs(limit.left) <= limit.tolerance and abs(limit.right) <= limit.tolerance
    return limit.sense != "=" and not is_nothing and limit.slack <= limit.tolerance
