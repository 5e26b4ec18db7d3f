"""Impossible cases through the planner: what the message says, and which rules a statement can loosen."""

from __future__ import annotations

import time

import pytest

from planner.coefficients import coefficients_of
from planner.errors import NoPlanError
from planner.explain.elastic_model import elastic_model_of
from planner.explain.figure import changed
from planner.explain.impossible import taken_apart
from planner.explain.remedies import remedies
from planner.explain.trials import has_plan
from planner.model.rules import RULES
from planner.planning import plan_case
from planner.vocabulary.constraints import FAMILIES
from planner.vocabulary.constraints.terms import CLAIM_BY_DATE, DRAW_BY_DATE
from tests.cases.aid import aid_case
from tests.cases.books import books_case
from tests.cases.on_credit import on_credit_case
from tests.cases.paying import paying_case
from tests.cases.rows import rows_case
from tests.cases.taxed import taxed_case
from tests.cases.toy import mn, programme, toy, yearly
from tests.explain.planted import PLANTED
from tests.model.test_rows_of_frozen import everything_frozen
from tests.rival.generator import tiny_case


def test_whole_numbers_alone_can_be_in_the_way() -> None:
    half = {"metric": "accelerators", "amount": 1.5, "price": yearly(60), "must_serve": "100 %"}
    case = toy(workloads__training=half, sites__east__capacity={"power": "1.5 kW"})
    with pytest.raises(NoPlanError, match="in whole numbers"):
        plan_case(case, gap=0.0)


def test_two_mistakes_are_both_in_the_message() -> None:
    changes, _ = PLANTED["power here, racks there"]
    with pytest.raises(NoPlanError) as caught:
        plan_case(toy(**changes), gap=0.0)
    message = str(caught.value)
    assert "sites.east.capacity.power: east has 3 kW of power" in message
    assert "Apart from that" in message
    assert "sites.west.capacity.racks: west has 1 rack" in message
    assert "sites.east.capacity.power: 4 kW" in message


def test_a_programme_that_asks_too_much_is_not_joined_rather_than_impossible() -> None:
    duty = {"metric": "accelerators", "floor": 1000, "from": "2025-01"}
    outcome = plan_case(toy(programmes={"grand": programme(0.5, obligations=[duty])}), gap=0.0)
    assert outcome.decisions.join == {"grand": False}
    assert outcome.audit.accounts.npv == pytest.approx(80e6)


def test_every_family_is_loosened_by_a_statement_of_some_case_or_only_adds_up() -> None:
    there, loosened = set(), set()
    lapsing = toy(finance__tax={"rate": "30 %", "loss_years": 1, "opening_losses": {"FY2024": mn(50)}})
    planted = (toy(**changes) for changes, _ in PLANTED.values())
    consuming = toy(finance__consumption_tax={"rate": "10 %"})
    further = [taxed_case(), on_credit_case(), lapsing, consuming, everything_frozen(), paying_case()]
    for case in [*planted, rows_case(), books_case(), aid_case(), *further]:
        elastic_model = elastic_model_of(case, coefficients_of(case))
        there |= {row.family for row in elastic_model.rows}
        loosened |= {elastic_model.rows[index].family for slack in elastic_model.slacks for index in slack.entries}
    assert {CLAIM_BY_DATE, DRAW_BY_DATE} <= loosened  # windows, which the rules know only by what they leave out
    assert {rule.__name__ for rule in RULES} - {family.rule for family in loosened} == {
        "loan_balance",
        "loan_cost",
        "property_tax",  # only adds up: its rate loosens the cash that it is paid from
    }
    assert loosened == {family for family in FAMILIES if family.right or family.by_hand}
    assert there == set(FAMILIES)
    assert all(family.role == "limit" for family in FAMILIES if any(right.effect == "exact" for right in family.right))


@pytest.mark.parametrize("number", [32, 83, 183])
def test_where_one_change_removes_two_contradictions_it_is_offered_alone(number: int) -> None:
    found = taken_apart(tiny_case(number), 60.0)
    assert len(found.conflicts) == 2
    offered = remedies(found)
    assert offered
    for remedy in offered:
        assert len(remedy.changes) == 1
        assert has_plan(changed(found.case, remedy.texts), time.monotonic() + 60)
        assert not has_plan(changed(found.case, remedy.part(0.9)), time.monotonic() + 60)
