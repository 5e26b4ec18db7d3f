"""Property tax: the planner and the witness agree on random cases, and see each rule that one of them has wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from tests.rival import assessing
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, known, sees
from tests.rival.month_mutations import Wrong
from tests.rival.taxed import taxed_case

_cost_of, _assessed = assessing.cost_of, assessing.assessed


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_property_tax(first: int) -> None:
    agree_on(taxed_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


def test_the_cases_about_property_tax_are_worth_solving() -> None:
    """Guards the draw: tax is paid on what is bought and on what stood there, and some is owed at the end."""
    cases = [known(taxed_case, number) for number in range(30)]
    plans = [(case, outcome) for case, _, outcome in cases if outcome is not None]
    assert sum(max(one.audit.accounts.lines["property_tax"]) > 0 for _, one in plans) >= 15
    assert sum(bool(one.decisions.order) and bool(one.decisions.exit) for _, one in plans) >= 3
    assert sum(case.finance.tax is not None for case, _ in plans) >= 5


def _net_of_grants(plan: Any, key: tuple[str, str, int]) -> float:
    """As if a grant took something off the cost."""
    claimed = sum(claim.grant for (_name, *one), claim in plan.figures.claims.items() if tuple(one) == key)
    return max(0.0, _cost_of(plan, key) - claimed)


WRONG: dict[str, Wrong] = {
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
    assert any(sees(taxed_case, number, WRONG[name]) for number in range(30)), name
