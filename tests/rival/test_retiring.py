"""Blocks that retire, and what they are worth at the end: planner and witness agree, and see a rule that is wrong."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from planner.case.case import Case
from tests.cases.retiring import retiring_case as by_hand
from tests.cases.toy import mn, programme, yearly
from tests.rival import effects, pieces
from tests.rival.figures import Purchase
from tests.rival.known import TERM_CASES, TERM_CHUNK, agree_on, sees
from tests.rival.month_mutations import Wrong
from tests.rival.retiring import retiring_case
from tests.rival.running import Running

TAX: dict[str, Any] = {
    "finance__tax": {"rate": "30 %"},
    "finance__depreciation": {"systems": "2 years", "facility": "10 years"},
    "workloads__training__price": yearly(95),
    "offers__maker__allocation": 1,
}
TOWN = {"rate": "10 %", "instalments": [{"lag": "3 months", "share": 1}]}
EDGES: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({}, TAX),
    ({"useful_life": "13 months"}, TAX),
    (
        {"blocks": 1},
        {
            **TAX,
            "programmes": {"aid": programme(0.5, categories=["facility"], retention="2 years")},
            "finance__asset_grants": "reduce_book_value",
            "sites__east__fleet": [{"system": "cube", "quantity": 1, "arrives": "2027-01"}],
            "sites__east__capacity__power": {"2025-01": "0 kW", "2027-01": "1 kW"},
        },
    ),
    (
        {"useful_life": "12 months"},
        {**TAX, "finance__property_taxes": {"town": TOWN}, "sites__east__property_tax": "town"},
    ),
    (
        {"useful_life": None, "terminal_life": "10 years", "terminal_method": "annuity", "capex": mn(90)},
        {"finance__terminal_value": True, "finance__discount_rate": "10 %", "offers__maker__allocation": 1},
    ),
)
"""What the hall is like, and all else: in each of them the rule about it decides what the plan is worth."""


def edge(number: int) -> Case:
    """A case by hand in which the life of a hall decides."""
    hall, changes = EDGES[number]
    return by_hand(hall=hall, **changes)


@pytest.mark.parametrize("first", range(0, TERM_CASES, TERM_CHUNK))
def test_planner_and_witness_agree_on_the_life_of_blocks(first: int) -> None:
    agree_on(retiring_case, range(first, min(first + TERM_CHUNK, TERM_CASES)))


def test_planner_and_witness_agree_on_the_life_of_blocks_at_the_edges() -> None:
    agree_on(edge, range(len(EDGES)))


_retires, _left = Running.retires, Running.left_of_block


def _counted_from_the_start(self: Running, block: Purchase) -> int:
    return max(block.start + 1, _retires(self, block) - 1)


WRONG: dict[str, Wrong] = {
    "nothing retires": lambda: patch.object(Running, "retires", lambda self, _block: self.last + 1),
    "it retires a period early": lambda: patch.object(Running, "retires", _counted_from_the_start),
    "it stays in the books": lambda: patch.object(effects, "books_end", lambda figures, _block: figures.last + 1),
    "a grant on it stays taken off": lambda: patch.object(pieces, "_while_it_stands", pieces._stays),
    "everything falls in a straight line": lambda: patch.object(
        Running, "left_of_block", lambda self, age, life, _method: _left(self, age, life, "straight_line")
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_rule_about_the_life_of_blocks_is_seen(name: str) -> None:
    tried = [*((edge, number) for number in range(len(EDGES))), *((retiring_case, n) for n in range(TERM_CASES))]
    assert any(sees(draw, number, WRONG[name]) for draw, number in tried), name
