"""Property tax: the planner and the witness agree on random cases, and see each rule that one of them has wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.rival import assessing
from tests.rival.agreement import hold_against, planned
from tests.rival.rival import Answer, best_plan
from tests.rival.taxed import taxed_case
from tests.rival.test_wrong_rules import disagree

CASES = int(os.environ.get("PLANNER_RIVAL_CASES", "6"))
"""So many cases; a thorough run takes 300."""
CHUNK = 6
_cost_of, _assessed = assessing.cost_of, assessing.assessed


@cache
def known(number: int) -> tuple[Case, Answer | None, Outcome | None]:
    """A case, the best plan of the witness, and that of the planner."""
    case = taxed_case(number)
    return case, best_plan(case), planned(case)


@pytest.mark.parametrize("first", range(0, CASES, CHUNK))
def test_planner_and_witness_agree_on_property_tax(first: int) -> None:
    for number in range(first, min(first + CHUNK, CASES)):
        case, witness, outcome = known(number)
        hold_against(witness, outcome, case)


def test_the_cases_about_property_tax_are_worth_solving() -> None:
    """Guards the draw: tax is paid on what is bought and on what stood there, and some is owed at the end."""
    plans = [(case, outcome) for case, _, outcome in map(known, range(30)) if outcome is not None]
    assert sum(max(one.audit.accounts.lines["property_tax"]) > 0 for _, one in plans) >= 15
    assert sum(bool(one.decisions.order) and bool(one.decisions.exit) for _, one in plans) >= 3
    assert sum(case.finance.tax is not None for case, _ in plans) >= 5


def _net_of_grants(plan: Any, key: tuple[str, str, int]) -> float:
    """As if a grant took something off the cost."""
    claimed = sum(claim.grant for (_name, *one), claim in plan.figures.claims.items() if tuple(one) == key)
    return max(0.0, _cost_of(plan, key) - claimed)


WRONG: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "the first year counts as a whole": lambda: patch.object(assessing, "FIRST_PART", 1.0),
    "the first year does not count": lambda: patch.object(assessing, "FIRST_PART", 0.0),
    "what comes on the day is assessed": lambda: patch.object(assessing, "is_liable", lambda came, day: came <= day),
    "what leaves on the day is not assessed": lambda: patch.object(
        assessing, "has_gone", lambda left, day: left <= day
    ),
    "there is no floor": lambda: patch.object(assessing, "floor", lambda _tax: 0.0),
    "grants take something off the cost": lambda: patch.object(assessing, "cost_of", _net_of_grants),
    "values never fall": lambda: patch.object(assessing, "assessed", lambda *_: 1.0),
}
"""Every rule that the witness can have wrong about property tax."""


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_property_tax_is_seen(name: str) -> None:
    def sees(number: int) -> bool:
        case, witness, outcome = known(number)
        with WRONG[name]():
            return disagree(witness, outcome, case) or disagree(best_plan(case), outcome, case)

    assert any(sees(number) for number in range(30)), name
