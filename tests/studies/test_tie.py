"""Plans that are equally good are told apart from plans that changed."""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.report.compare.comparison import sections, verdict
from planner.report.voice import Voice
from planner.studies.compare import Compared, Comparison, compare_tasks
from tests.cases.toy import mn, programme, toy
from tests.studies.changed import engine, task

ENGLISH = Voice("en", "JPY")


def offers(**prices: float) -> dict[str, Any]:
    return {name: {"system": "cube", "supplier": "maker", "price": mn(price)} for name, price in prices.items()}


def against(base: Case, scenario: Case, gap: float) -> tuple[Comparison, Compared]:
    found = compare_tasks([task(base), task(scenario, "other")], engine(gap=gap))
    return found, found.scenarios[0]


def test_two_offers_alike_are_an_alternative_optimum() -> None:
    # In the base both cost the same and the first name wins; in the scenario it costs ten yen more. Each plan is a plan
    # of the other's case, and there worth ten yen less at most: nothing that a gap of 0.1 % would tell apart.
    base = toy(offers=offers(aaa=100, zzz=100))
    found, other = against(base, toy(offers=offers(aaa=100.00001, zzz=100)), gap=1e-3)
    assert other.run.plan.decisions.order != found.base.decisions.order
    assert other.difference is not None
    likeness = other.difference.likeness
    assert likeness.verdict == "equally good"
    assert (likeness.loss_there, likeness.loss_here) == pytest.approx((10, 0), abs=1e-3)
    assert "not a change" in verdict(other, found.base, ENGLISH)
    titles = [table.title for table in sections(found, ENGLISH)[-1].tables]
    assert "Decisions that differ, although both plans are equally good" in titles
    assert "Changed decisions" not in titles


def test_the_same_two_plans_are_a_change_where_the_gap_tells_them_apart() -> None:
    _, other = against(toy(offers=offers(aaa=100, zzz=100)), toy(offers=offers(aaa=101, zzz=100)), gap=1e-3)
    assert other.difference is not None
    assert other.difference.likeness.verdict == "different"


def test_a_plan_that_is_not_allowed_in_the_other_case_is_a_change() -> None:
    # The scenario is worth the same, but it has no offer of that name.
    _, other = against(toy(offers=offers(aaa=100)), toy(offers=offers(zzz=100)), gap=1e-3)
    assert other.difference is not None
    assert (other.difference.likeness.verdict, other.difference.likeness.loss_there) == ("different", None)


def test_the_same_decisions_under_new_figures() -> None:
    one, other = toy(programmes={"half": programme(0.5)}), toy(programmes={"half": programme(0.4)})
    _, found = against(one, other, gap=0.0)
    assert found.difference is not None
    assert found.difference.likeness.verdict == "same decisions"
    assert found.difference.decisions == ()
