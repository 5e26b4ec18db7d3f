"""What the screen says about demand: what is served, what stays unmet, and that both add up."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.served import Served, served
from planner.report.terminal import met_words, show
from tests.cases.toy import toy, yearly

TWO = {"metric": "accelerators", "amount": {"2025-01": 2, "2026-01": 4}, "price": yearly(60)}


@pytest.fixture(scope="module")
def plan() -> Outcome:
    """Three cubes at most, against a demand of 2, 4 and 4."""
    return plan_case(toy(workloads__training=TWO, offers__maker__allocation=3), gap=0.0)


def page(outcome: Outcome) -> str:
    screen = io.StringIO()
    show(outcome, [], Console(file=screen, width=120, no_color=True))
    return screen.getvalue()


def test_demand_is_averaged_over_the_hours_of_the_plan(plan: Outcome) -> None:
    (one,) = served(plan)
    assert (one.asked, one.served, one.unmet) == pytest.approx((10 / 3, 8 / 3, 2 / 3))


def test_the_screen_says_what_is_sold_and_what_stays_unmet(plan: Outcome) -> None:
    text = page(plan)
    assert "revenue                480.00 mn JPY  70,080 accelerator-hours sold" in text
    assert "average demand served           80 %  training: 2.667 of 3.333 accelerators, 0.667 unmet" in text
    assert "before tax" in text


def test_demand_without_a_price_is_not_called_sold() -> None:
    own = {"metric": "accelerators", "amount": 1, "must_serve": 1}
    outcome = plan_case(toy(workloads__training=own, objective={"kind": "cost"}), gap=0.0)
    assert "26,280 accelerator-hours at work, none of them sold" in page(outcome)


def test_of_many_workloads_the_first_are_told_one_by_one() -> None:
    names = [f"work-{number}" for number in range(7)]
    outcome = plan_case(toy(workloads={name: {**TWO, "amount": 1} for name in names}), gap=0.0)
    assert page(outcome).count("demand served") == 6
    assert "in 2 more workloads" in page(outcome)


@pytest.mark.parametrize(
    ("asked", "unmet", "words"),
    [
        (40, 0, "w: all of 40 accelerators"),
        (40, 3.14159, "w: 36.86 of 40.00 accelerators, 3.14 unmet"),
        (221.28, 0.67, "w: 220.6 of 221.3 accelerators, 0.7 unmet"),
        (11_955, 1_113, "w: 10,842 of 11,955 accelerators, 1,113 unmet"),
        (11_955, 0.3, "w: all but 0.3 of 11,955 accelerators"),
    ],
)
def test_what_is_served_and_what_is_unmet_add_up(asked: float, unmet: float, words: str) -> None:
    assert met_words(Served("w", "accelerators", asked, unmet)) == words


def test_small_plans_keep_their_digits(plan: Outcome) -> None:
    words = " ".join(page(plan).split())
    assert "dense BF16 3 PFLOPS at the peak power 3 kW of IT equipment" in words
