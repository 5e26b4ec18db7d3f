"""A witness with one rule about months or value wrong would not agree with the planner: the cases see each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from planner.case.case import Case
from tests.cases.toy import mn, toy, yearly
from tests.rival.financed import financed_case
from tests.rival.generator import tiny_case
from tests.rival.known import Draw, agree_on, sees
from tests.rival.month_mutations import WRONG_RULES
from tests.rival.subsidised import subsidised_case
from tests.rival.value_mutations import WRONG_VALUES

TRIED = 30
"""So many cases of either kind are tried, until one of them sees that a rule is wrong."""
HALVES = {"start": "2025-01", "period": "half", "periods": 3, "fiscal_year_start_month": 1}
EDGES: tuple[dict[str, Any], ...] = (
    # Rent takes cash below its floor by the end of January, and the owners bring some on the first of February.
    {
        "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2024-01"}],
        "sites__east__rent": "2 mn JPY/kW-month",
        "workloads__training__price": {"2025-01": yearly(1), "2025-07": yearly(60)},
        "finance__opening_cash": mn(10),
        "finance__minimum_cash": mn(9),
        "finance__funding": {"2025-02": mn(20)},
    },
    # The yen falls between order, delivery and use.
    {
        "offers__maker__price": "1 mn EUR",
        "offers__maker__lead_time": "8 months",
        "offers__maker__payment": {"at_order": 0.3},
        "workloads__training__price": yearly(300),
        "finance__exchange_rates": {"EUR": {"2025-01": "100 JPY", "2025-07": "110 JPY", "2026-01": "130 JPY"}},
    },
    # Under contract, and not there yet.
    {"sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2025-05", "unpaid": mn(10)}]},
)


def edge(number: int) -> Case:
    """A toy case in halves with room for one cube."""
    return toy(**{"calendar": HALVES, "offers__maker__allocation": 1, **EDGES[number]})


def cases() -> Iterator[tuple[Draw, int]]:
    yield from ((edge, number) for number in range(len(EDGES)))
    for number in range(1, TRIED):
        yield from ((tiny_case, number), (subsidised_case, number))


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_wrong_rule_about_months_is_seen(name: str) -> None:
    assert any(sees(draw, number, WRONG_RULES[name]) for draw, number in cases()), name


@pytest.mark.parametrize("name", WRONG_VALUES)
def test_a_wrong_rule_about_value_is_seen(name: str) -> None:
    assert any(sees(financed_case, number, WRONG_VALUES[name]) for number in range(TRIED)), name


def test_with_the_right_rules_these_cases_agree() -> None:
    """So what the test above sees is the rule that is wrong, and nothing else."""
    for draw, number in [*[*cases()][:12], *((financed_case, number) for number in range(4))]:
        agree_on(draw, [number])
