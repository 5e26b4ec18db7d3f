"""Planner and witness agree on further terms of cost, and the cases see where a rule about them is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from tests.cases.toy import mn, toy, yearly
from tests.rival.cost_mutations import WRONG_COSTS
from tests.rival.costly import DRAWS, together_case
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees

TRIED = 12
WRONG = {name: (term, wrong) for term, rules in WRONG_COSTS.items() for name, wrong in rules.items()}


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_all_terms_together(first: int) -> None:
    agree_on(together_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


EDGES: tuple[dict[str, Any], ...] = (
    # Most compute, and nothing to pay with but what is earned: two cubes earn 180, and have to be paid for at the end.
    {
        "objective": {"kind": "compute"},
        "finance__opening_cash": mn(0),
        "workloads__training": {"metric": "accelerators", "amount": 2, "price": yearly(30)},
        "offers__maker__payment": {"instalments": [{"share": "100 %", "lag": "48 months"}]},
        "offers__maker__allocation": 2,
    },
)


def edge(number: int) -> Case:
    """A toy case in which a rule decides that hardly ever does by chance."""
    return toy(**EDGES[number])


@pytest.mark.parametrize("number", range(len(EDGES)))
def test_planner_and_witness_agree_at_the_edges_of_costs(number: int) -> None:
    agree_on(edge, [number])


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
@pytest.mark.parametrize("term", DRAWS)
def test_planner_and_witness_agree_on_costs(term: str, first: int) -> None:
    agree_on(DRAWS[term], range(first, min(first + TERM_CHUNK, TERM_CASES)))


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_costs_is_seen(name: str) -> None:
    term, wrong = WRONG[name]
    drawn = (sees(DRAWS[term], number, wrong) for number in range(TRIED))
    assert any(drawn) or any(sees(edge, number, wrong) for number in range(len(EDGES))), name
