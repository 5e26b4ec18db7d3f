"""Room to choose: alternatives are plans, are good enough, and the common ground holds for every good plan."""

from __future__ import annotations

from cases.toy import mn, toy, yearly
from rival.generator import tiny_case

from explain.amount_of_work import FULL
from explain.re_solved import plan_of
from planner.explain.alternatives import Alternatives, alternatives, spend_on
from planner.explain.figure import Figure
from planner.explain.screen import alternative_lines
from planner.outcome import Outcome
from planner.plan import plan_case

WORK = {"metric": "accelerators", "amount": 6, "price": yearly(60)}
TWO = {
    "workloads__training": WORK,
    "offers__maker__available": 3,
    "offers__maker__tags": ["abroad"],
    "offers__second": {"system": "cube", "supplier": "second", "price": mn(101), "tags": []},
}
BLOCKS = Figure(("expansions", "hall", "blocks"), 1.0, "count", 1, noun="blocks")
NUMBERS = range(1, 60 if FULL else 8)


def around(outcome: Outcome, within: float) -> Alternatives:
    return alternatives(outcome, within=within, tag=None, seconds=20.0)


def test_the_cheaper_supplier_can_be_given_up_for_one_per_cent():
    outcome = plan_case(toy(**TWO), gap=0.0)
    found = around(outcome, 0.05)
    plans = {plan.name: plan for plan in found.plans}
    assert found.tag == "abroad"
    assert plans["best"].orders == {("maker", "east"): 3, ("second", "east"): 3}
    assert plans["fewest suppliers"].orders == {("second", "east"): 6}
    assert plans["fewest suppliers"].proven
    assert spend_on(outcome.case, plans["least spend on abroad"], "abroad") == 0
    common = {one.offer: (one.least, one.most) for one in found.common}
    assert common["second"][0] == 3, "the other has only three"
    assert common["maker"] == (0, 3)


def test_the_screen_counts_one_as_one_and_says_the_share_in_per_cent():
    outcome = plan_case(toy(**TWO), gap=0.0)
    first, *lines = alternative_lines(outcome, around(outcome, 0.05))
    assert first == "Plans within 5 % of the best, each audited like the plan itself"
    assert any("; 1 supplier, 1 site" in line for line in lines)
    assert any("; 2 suppliers, 1 site" in line for line in lines)
    assert (BLOCKS.with_noun(1), BLOCKS.change_words(2)) == ("1 block", "raise by 2 blocks")


def test_nothing_can_be_given_up_where_only_the_best_is_good_enough():
    outcome = plan_case(toy(**TWO), gap=0.0)
    found = around(outcome, 0.0)
    assert {tuple(sorted(plan.orders.items())) for plan in found.plans} == {
        ((("maker", "east"), 3), (("second", "east"), 3))
    }
    assert {one.offer: (one.least, one.most) for one in found.common} == {"maker": (3, 3), "second": (3, 3)}


def test_every_alternative_of_generated_cases_is_audited_good_and_within_what_is_common():
    seen = 0
    for number in NUMBERS:
        outcome = plan_of(tiny_case(number))
        if outcome is None:
            continue
        found = around(outcome, 0.03)
        sign = -1.0 if outcome.proof.kind == "cost" else 1.0
        for plan in found.plans:
            seen += 1
            assert not plan.audit.broken
            assert sign * plan.audit.objective >= sign * found.floor - 1e-6 * max(1.0, abs(found.floor))
            for one in found.common:
                bought = sum(n for (offer, _), n in plan.orders.items() if offer == one.offer)
                assert one.least <= bought <= one.most, (number, plan.name, one)
    assert seen >= 10
