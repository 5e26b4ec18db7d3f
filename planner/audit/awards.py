"""What programmes owe for what was claimed: by claim the net eligible cost, and what of it leaves when.

A claim counts as money from the start: the eligible cost of all its units, less what programmes that come first took
off the units that are claimed under both. Everything else, payments, books and what goes back, is a share of that sum.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from planner.audit.dates import retired_period
from planner.audit.prices import Prices
from planner.decisions import Decisions
from planner.vocabulary.keys import Claim, Investment, Overlap


@dataclass(frozen=True)
class Award:
    """What one programme does for one investment, in the currency of the case."""

    programme: str
    investment: Investment
    rate: float
    eligible: float
    """Eligible cost of the units that are claimed, less what comes first."""
    eligible_leaving: dict[int, float]
    """The part of it that leaves, by period."""

    @property
    def claim(self) -> Claim:
        """The claim that it is for."""
        return Claim(self.programme, self.investment)

    @property
    def amount(self) -> float:
        """Grant, tax credit, or cost that is written off at once; all parts together, also those after the horizon."""
        return self.rate * self.eligible

    @property
    def leaving(self) -> dict[int, float]:
        """The part of the amount whose systems leave, by period."""
        return {u: self.rate * eligible for u, eligible in self.eligible_leaving.items()}


def awards_of(prices: Prices, decisions: Decisions) -> list[Award]:
    """All awards of a plan, by programme and investment."""
    eligible: defaultdict[Claim, float] = defaultdict(float)
    leaving: defaultdict[Claim, dict[int, float]] = defaultdict(dict)
    for claim, units in decisions.claim.items():
        eligible[claim] += units * prices.eligible_cost(*claim)
    for (claim, u), units in decisions.claimed_exit.items():
        leaving[claim][u] = units * prices.eligible_cost(*claim)
    for overlap, units in decisions.overlap.items():
        eligible[overlap.claim] -= units * _taken_off(prices, overlap)
    for (overlap, u), units in decisions.overlap_exit.items():
        of_claim = leaving[overlap.claim]
        of_claim[u] = of_claim.get(u, 0.0) - units * _taken_off(prices, overlap)
    for claim in [key for key in eligible if key.investment.name in prices.case.expansions]:
        ended = retired_period(prices.case, claim.investment.name, claim.investment.period)
        if ended < prices.case.calendar.periods:
            leaving[claim][ended] = eligible[claim]
    rates = {name: rules.rate for name, rules in prices.case.programmes.items()}
    return [
        Award(*key, rate=rates[key.programme], eligible=eligible[key], eligible_leaving=leaving.get(key, {}))
        for key in dict.fromkeys((*eligible, *leaving))
    ]


def _taken_off(prices: Prices, overlap: Overlap) -> float:
    return prices.taken_off_before(*overlap.claim)[overlap.earlier]
