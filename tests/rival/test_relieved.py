"""Property tax that programmes spare: planner and witness agree, and see each rule that one of them has wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from tests.cases.relieved import TOWN
from tests.cases.toy import toy, yearly
from tests.rival import assessing, pieces
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees
from tests.rival.month_mutations import Wrong
from tests.rival.relieved import relieved_case

EDGES: tuple[dict[str, Any], ...] = (
    {},
    # Work ends with 2025: a cube that has to leave, or may.
    {"systems__cube__useful_life": "12 months", "workloads__training__price": yearly(140)},
    {"workloads__training__amount": {"2025-01": 2, "2026-01": 1}, "workloads__training__price": yearly(130)},
)


def edge(number: int) -> Case:
    """A case by hand in which a programme spares half of two dear years of property tax."""
    terms: dict[str, Any] = {
        "finance__property_taxes": {"japan": {"rate": "10 %"}},
        "sites__east__property_tax": "japan",
        "workloads__training__price": yearly(45),
        "offers__maker__allocation": 2,
        "programmes": {"town": TOWN},
    }
    return toy(**{**terms, **EDGES[number]})


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_property_tax_that_is_spared(first: int) -> None:
    agree_on(relieved_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


def test_planner_and_witness_agree_on_property_tax_that_is_spared_at_the_edges() -> None:
    agree_on(edge, range(len(EDGES)))


_spared, _years = assessing.spared, assessing.years_of_relief


def _of_all_cost(figures: Any, programme: str, key: Any) -> Any:
    rules = figures.case.programmes[programme]
    return [(day, m, amount / rules.property_tax_relief) for day, m, amount in _spared(figures, programme, key)]


WRONG: dict[str, Wrong] = {
    "nothing is spared": lambda: patch.object(pieces, "spared", lambda *_: []),
    "all of it is spared": lambda: patch.object(pieces, "spared", _of_all_cost),
    "it lasts a year longer": lambda: patch.object(assessing, "years_of_relief", lambda rules: _years(rules) + 1),
    "it lasts a year only": lambda: patch.object(assessing, "years_of_relief", lambda _rules: 1),
    "it goes on for what has left": lambda: patch.object(pieces, "has_gone", lambda _left, _day: False),
    "what leaves on the day is not spared": lambda: patch.object(pieces, "has_gone", lambda left, day: left <= day),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_property_tax_that_is_spared_is_seen(name: str) -> None:
    tried = [*((edge, number) for number in range(len(EDGES))), *((relieved_case, n) for n in range(2 * TERM_CASES))]
    assert any(sees(draw, number, WRONG[name]) for draw, number in tried), name
