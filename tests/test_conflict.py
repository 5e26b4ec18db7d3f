"""Impossible cases: the planted statements are named, and where only whole numbers are in the way that is said."""

from __future__ import annotations

from typing import Any

import pytest
from cases.toy import mn, programme, toy, yearly

from planner.errors import NoPlanError
from planner.explain.conflict import EXPLAINED_RULES
from planner.model.rules import RULES
from planner.plan import plan_case

WORK = {"metric": "accelerators", "amount": 4, "price": yearly(60), "must_serve": "100 %"}
BIG = {"workloads__training": WORK}

PLANTED: dict[str, tuple[dict[str, Any], set[str]]] = {
    "power": (
        {**BIG, "sites__east__capacity": {"power": "3 kW"}},
        {"sites.east.capacity.power", "workloads.training.must_serve"},
    ),
    "racks": (
        {**BIG, "sites__east__capacity": {"power": "10 kW", "racks": 1}, "sites__east__rack_power": "2 kW"},
        {"sites.east.capacity.racks", "workloads.training.must_serve"},
    ),
    "supply per period": (
        {**BIG, "offers__maker__available": 3},
        {"offers.maker.available", "workloads.training.must_serve"},
    ),
    "allocation": (
        {**BIG, "offers__maker__allocation": 3},
        {"offers.maker.allocation", "workloads.training.must_serve"},
    ),
    "cash": (
        {**BIG, "finance__opening_cash": mn(100)},
        {"finance.minimum_cash", "finance.opening_cash", "workloads.training.must_serve"},
    ),
    "minimum cash": ({"finance__minimum_cash": mn(5000)}, {"finance.minimum_cash", "finance.opening_cash"}),
    "budget of a fiscal year": (
        {**BIG, "finance__capex_limits": {"FY2025": mn(300)}},
        {"finance.capex_limits.FY2025", "workloads.training.must_serve"},
    ),
    "availability": (
        {**BIG, "sites__east__capacity": {"power": "4 kW"}, "systems__cube__availability": "90 %"},
        {"systems.cube.availability", "sites.east.capacity.power", "workloads.training.must_serve"},
    ),
    "lead time": (
        {**BIG, "systems__cube__lead_time": {"typical": "12 months"}},
        {"workloads.training.must_serve", "workloads.training.amount"},
    ),
    "supply chain": (
        {**BIG, "offers__maker__tags": ["only"], "supply_chain_limits": {"only": "50 %"}},
        {"supply_chain_limits.only", "workloads.training.must_serve"},
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_planted_statements_are_named(name: str) -> None:
    changes, statements = PLANTED[name]
    with pytest.raises(NoPlanError) as caught:
        plan_case(toy(**changes), gap=0.0)
    named = {line.split(": ")[0].removeprefix("  - ") for line in str(caught.value).splitlines() if "  - " in line}
    assert statements <= named, str(caught.value)
    assert len(named) <= len(statements) + 3, str(caught.value)


def test_whole_numbers_alone_can_be_in_the_way() -> None:
    half = {"metric": "accelerators", "amount": 1.5, "price": yearly(60), "must_serve": "100 %"}
    case = toy(workloads__training=half, sites__east__capacity={"power": "1.5 kW"})
    with pytest.raises(NoPlanError, match="whole ones"):
        plan_case(case, gap=0.0)


def test_a_programme_that_asks_too_much_is_not_joined_rather_than_impossible() -> None:
    duty = {"metric": "accelerators", "floor": 1000, "from": "2025-01"}
    outcome = plan_case(toy(programmes={"grand": programme(0.5, obligations=[duty])}), gap=0.0)
    assert outcome.decisions.join == {"grand": False}
    assert outcome.audit.accounts.npv == pytest.approx(80e6)


def test_every_rule_can_be_named() -> None:
    assert set(EXPLAINED_RULES) == {rule.__name__ for rule in RULES}
