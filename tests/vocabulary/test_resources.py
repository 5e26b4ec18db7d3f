"""Each resource of a site, from its record: planned, audited and priced as what it is."""

from __future__ import annotations

import dataclasses
from typing import Any, get_args

import pytest

from planner.audit import hosting as audited
from planner.case import hosting
from planner.case.case import Case
from planner.case.site import Block, Capacity
from planner.case.system import Installation
from planner.cautions.words import amount_words
from planner.explain.prices import with_prices
from planner.planning import plan_case
from planner.reading.workbook.figures import UNITS
from planner.vocabulary.resources import RESOURCES, Resource
from tests.cases.toy import toy, yearly

BUSY = {"metric": "accelerators", "amount": 30, "price": yearly(60)}


def _written(resource: Resource, amount: float) -> float | str:
    record = RESOURCES[resource]
    return amount if record.kind == "amount" else f"{amount} {record.unit}"


def _short_of(resource: Resource) -> Case:
    """A toy that has room for three systems, were it not for one resource, of which it has enough for two."""
    needs: dict[str, Any] = {"power": "1 kW", "rack_units": 1, "cooling": ["air"]}
    room: dict[str, Any] = {"power": "3 kW", resource: _written(resource, 14)}
    site: dict[str, Any] = {"capacity": room, "cooling": ["air"]}
    if RESOURCES[resource].taking == "liquid_cooling":
        needs |= {"cooling": ["liquid"], "power": "7 kW"}
        site |= {"capacity": room | {"power": "21 kW"}, "cooling": ["liquid"]}
    elif RESOURCES[resource].taking == "racks":
        del needs["rack_units"]
        needs["racks"] = 7
    else:
        needs[resource] = _written(resource, 7)
    return toy(
        workloads__training=BUSY,
        systems__cube__installation=needs,
        **{f"sites__east__{field}": value for field, value in site.items()},
    )


def test_there_is_one_record_for_every_key() -> None:
    assert tuple(RESOURCES) == get_args(Resource)


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_nouns_of_the_case_hold_it_under_its_key(resource: Resource) -> None:
    record = RESOURCES[resource]
    nouns = (Capacity, Block, Installation) if record.taking == "stated" else (Capacity, Block)
    assert {noun.model_fields[record.field].alias or record.field for noun in nouns} == {resource}
    assert UNITS[record.field] == record.unit
    assert record.label in amount_words(resource, 2) or record.named_by_unit


@pytest.mark.parametrize("resource", RESOURCES)
def test_what_is_short_limits_the_plan_the_audit_and_has_a_price(resource: Resource) -> None:
    outcome = with_prices(plan_case(_short_of(resource), gap=0.0))
    assert sum(outcome.decisions.order.values()) == 2
    limit = next(one for one in outcome.audit.limits if one.about.names == ("east", resource) and one.period == 1)
    assert (limit.left, limit.right, limit.unit) == (14, 14, RESOURCES[resource].unit)
    (price,) = outcome.prices or ()
    assert price.path == f"sites.east.capacity.{resource}"
    assert price.gain > 0


def test_a_way_of_taking_that_nobody_knows_stops_model_and_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    case = toy()
    strange = dataclasses.replace(RESOURCES["staff"], taking="by weight")  # type: ignore[arg-type]
    monkeypatch.setitem(RESOURCES, "staff", strange)
    with pytest.raises(AssertionError, match="by weight"):
        audited.resource_use(case, "cube", "east", "staff")
    with pytest.raises(AssertionError, match="by weight"):
        hosting.taken(case.systems["cube"], case.sites["east"], "staff")
