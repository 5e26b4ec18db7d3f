"""What a programme brings about, worked out by hand."""

from __future__ import annotations

import pytest

from planner.case.case import Case
from planner.studies.additionality import Additionality, Bought, without
from planner.studies.compare import compare_tasks
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.studies.changed import engine, task


def of(case: Case) -> list[Additionality]:
    return [*compare_tasks([task(case)], engine(gap=0.0), with_additionality=True).base_additionality]


def test_one_cube_of_two_is_bought_anyway() -> None:
    # A first customer pays 60 a year, a second one 20: 180 and 60 over three years for a cube of 100. Without a grant
    # one cube is bought. With half of the price paid the second one pays as well: 60 - 50. Each grant is 50; that for
    # the cube that would have been bought anyway is half of all, and the further cube has cost the state 100.
    case = toy(
        workloads={
            "first": {"metric": "accelerators", "amount": 1, "price": yearly(60)},
            "second": {"metric": "accelerators", "amount": 1, "price": yearly(20)},
        },
        programmes={"half": programme(0.5)},
    )
    (found,) = of(case)
    assert found.bought == (Bought("cube", 2, 1, pytest.approx(100 * MILLION), 2.0),)
    assert (found.accelerators, found.extra_accelerators) == ((2, 1), 1)
    assert (found.extra_pflops, found.grant) == (pytest.approx(1), pytest.approx(100 * MILLION))
    assert found.grant_per_accelerator == pytest.approx(100 * MILLION)
    assert found.grant_per_pflops == pytest.approx(100 * MILLION)
    assert found.share_anyway == pytest.approx(0.5)
    # With: 180 - 50 + 60 - 50 = 140. Without: 180 - 100 = 80.
    assert found.npv == (pytest.approx(140 * MILLION), pytest.approx(80 * MILLION))


def test_a_grant_that_changes_nothing_pays_for_what_would_have_happened() -> None:
    (found,) = of(toy(programmes={"half": programme(0.5)}))
    assert (found.extra_accelerators, found.share_anyway) == (0, 1)
    assert (found.grant_per_accelerator, found.grant_per_pflops) == (None, None)


def test_a_capped_grant_is_claimed_for_the_further_cube_first() -> None:
    # The cap of 50 is one cube's grant. The further cube needs it; the other one is bought anyway: nothing is wasted.
    case = toy(
        workloads={
            "first": {"metric": "accelerators", "amount": 1, "price": yearly(60)},
            "second": {"metric": "accelerators", "amount": 1, "price": yearly(20)},
        },
        programmes={"half": programme(0.5, total_cap=mn(50))},
    )
    # 180 - 100 = 80 with the grant on the first cube alone is 130; with both cubes 80 + 60 - 100 + 50 = 90: not bought.
    (found,) = of(case)
    assert (found.extra_accelerators, found.share_anyway) == (0, 1)


def test_another_programme_steps_in() -> None:
    # Both pay half and exclude each other. Without one of them the other pays all: that one brings nothing about.
    terms = {"first": programme(0.5, excludes=["second"]), "second": programme(0.5)}
    for found in of(toy(programmes=terms)):
        assert found.extra_accelerators == 0
        assert found.grant + found.other_grants[0] == pytest.approx(50 * MILLION)
        assert found.other_grants[1] == pytest.approx(50 * MILLION)


def test_a_plan_that_cannot_be_without_the_programme_says_so() -> None:
    # All work has to be done, and the owners take 50 back in June, when what the cube for 100 earned is 25.
    case = toy(
        finance__opening_cash=mn(100),
        finance__funding={"2025-06": mn(-50)},
        workloads__training={"metric": "accelerators", "amount": 1, "price": yearly(60), "must_serve": 1},
        programmes={"half": programme(0.5)},
    )
    (found,) = of(case)
    assert "No plan exists" in found.message
    assert (found.share_anyway, found.grant) == (None, pytest.approx(50 * MILLION))


def test_the_case_without_a_programme_excludes_it_nowhere() -> None:
    case = toy(programmes={"first": programme(0.5), "second": programme(0.4, excludes=["first"])})
    left = without(case, "first")
    assert [*left.programmes] == ["second"]
    assert left.programmes["second"].excludes == ()
