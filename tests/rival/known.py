"""Cases with what planner and witness find, each worked out once, and whether one of them sees that a rule is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache

from planner.case.case import Case
from planner.outcome import Outcome
from tests.planned import planned
from tests.rival.agreement import hold_against
from tests.rival.month_mutations import Wrong
from tests.rival.rival import Answer, best_plan

Draw = Callable[[int], Case]
"""Gives the case of a number."""
TERM_CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "6"))
"""So many cases of a term that has a draw of its own; a thorough run takes 300."""
TERM_CHUNK = 6


@cache
def witnessed(draw: Draw, number: int) -> tuple[Case, Answer | None]:
    """A case that is drawn and the best plan of the witness, which tries every plan; more than one test asks for it."""
    case = draw(number)
    return case, best_plan(case)


@cache
def known(draw: Draw, number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """The same with the plan of the planner."""
    case, witness = witnessed(draw, number)
    return case, witness, planned(case)


def agree_on(draw: Draw, numbers: Iterable[int]) -> None:
    """Asserts that planner and witness agree on each of these cases."""
    for number in numbers:
        case, witness, outcome = known(draw, number)
        hold_against(witness, outcome, case)


def sees(draw: Draw, number: int, wrong: Wrong) -> bool:
    """Whether a case tells a witness with a wrong rule from the planner."""
    case, witness, outcome = known(draw, number)
    with wrong():
        return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)


def disagree(witness: Answer | None, outcome: Outcome | None, case: Case) -> bool:
    """Whether planner and witness do not agree."""
    try:
        hold_against(witness, outcome, case)
    except AssertionError:
        return True
    return False
