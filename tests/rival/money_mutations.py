"""Ways to spoil what is borrowed, what leaves with a grant, what two programmes pay for, and what comes off the tax."""

from __future__ import annotations

from random import Random

from planner.case.case import Case
from planner.decisions import Decisions
from tests.decided import laid_flat, with_tables
from tests.rival.mutations import Mutation, before_the_start, earlier, later, renamed, scaled, spoilt_amounts, stranger


def _without_offer(_case: Case, arrival: str, _chance: Random) -> str:
    """The month of a vintage alone, as if nobody had ordered it."""
    return arrival.partition(" ")[0]


def _of_a_stranger(_case: Case, arrival: str, _chance: Random) -> str:
    return f"{arrival.partition(' ')[0]} stranger"


def _of_another_offer(case: Case, arrival: str, chance: Random) -> str:
    return f"{arrival.partition(' ')[0]} {chance.choice(sorted(case.offers))}"


BOOK_MUTATIONS: dict[str, Mutation] = {
    **spoilt_amounts("draw", "drawn"),
    "a thousand times as much drawn": scaled("draw", lambda money: money * 1000),
    "a draw a period later": renamed("draw", 1, later),
    "a draw a period earlier": renamed("draw", 1, earlier),
    "a draw before the start": renamed("draw", 1, before_the_start),
    "a draw of an unknown loan": renamed("draw", 0, stranger),
    **spoilt_amounts("repay", "repaid"),
    "a repayment a period later": renamed("repay", 1, later),
    "a repayment a period earlier": renamed("repay", 1, earlier),
    "a repayment before the start": renamed("repay", 1, before_the_start),
    "a repayment of an unknown loan": renamed("repay", 0, stranger),
    **spoilt_amounts("claimed_exit", "leaving with its grant"),
    "a grant leaves a period later": renamed("claimed_exit", 4, later),
    "a grant leaves a period earlier": renamed("claimed_exit", 4, earlier),
    "a grant leaves before the start": renamed("claimed_exit", 4, before_the_start),
    "a grant of an unknown programme leaves": renamed("claimed_exit", 0, stranger),
    "a grant of an unknown offer leaves": renamed("claimed_exit", 1, stranger),
    "a grant of another order leaves": renamed("claimed_exit", 3, later),
    "an exit of a vintage that nobody ordered": renamed("exit", 2, _without_offer),
    "an exit of a stranger's vintage": renamed("exit", 2, _of_a_stranger),
    "an exit of another offer's vintage": renamed("exit", 2, _of_another_offer),
}
"""Ways to spoil what is borrowed, what leaves with a grant, and which vintage it belongs to."""


def _turned_round(_case: Case, decisions: Decisions, chance: Random) -> Decisions | None:
    """What two programmes pay for, with the one that comes first in the place of the other."""
    if not decisions.overlap:
        return None
    both = laid_flat(decisions.overlap)
    key = chance.choice(sorted(both))
    others = {other: units for other, units in both.items() if other != key}
    return with_tables(decisions, overlap={**others, (key[1], key[0], *key[2:]): both[key]})


AID_MUTATIONS: dict[str, Mutation] = {
    **spoilt_amounts("overlap", "under both"),
    "both the wrong way round": _turned_round,
    "both under an unknown programme": renamed("overlap", 0, stranger),
    "both under an unknown one before": renamed("overlap", 1, stranger),
    "both of an unknown offer": renamed("overlap", 2, stranger),
    "both at an unknown site": renamed("overlap", 3, stranger),
    "both of a later order": renamed("overlap", 4, later),
    "both before the start": renamed("overlap", 4, before_the_start),
    **spoilt_amounts("overlap_exit", "leaving under both"),
    "it leaves under both a period later": renamed("overlap_exit", 5, later),
    "it leaves under both a period earlier": renamed("overlap_exit", 5, earlier),
    "it leaves under both before the start": renamed("overlap_exit", 5, before_the_start),
    "it leaves under both an unknown programme": renamed("overlap_exit", 0, stranger),
    "it leaves under both for an unknown site": renamed("overlap_exit", 3, stranger),
    **spoilt_amounts("credit", "credit"),
    "ten times the credit": scaled("credit", lambda money: money * 10),
    "a credit a year later": renamed("credit", 1, later),
    "a credit a year earlier": renamed("credit", 1, earlier),
    "a credit of an unknown programme": renamed("credit", 0, stranger),
}
"""Ways to spoil what several programmes pay for together, and what comes off the tax."""
