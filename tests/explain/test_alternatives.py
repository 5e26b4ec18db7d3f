"""Room to choose: alternatives are plans, are good enough, and the common ground holds for every good plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from planner import planning
from planner.explain.alternative import Alternative, Alternatives
from planner.explain.alternatives import alternatives
from planner.explain.choice_screen import alternative_lines
from planner.explain.figure import Figure
from planner.explain.goals import LATEST, spend_on, tied_up
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.budget import read_case
from tests.cases.toy import mn, toy, yearly
from tests.decided import decided
from tests.explain.amount_of_work import FULL
from tests.explain.re_solved import plan_of
from tests.places import FAULTS
from tests.rival.generator import tiny_case
from tests.studies.budgets import command

WORK = {"metric": "accelerators", "amount": 6, "price": yearly(60)}
TWO = {
    "workloads__training": WORK,
    "offers__maker__available": 3,
    "offers__maker__tags": ["abroad"],
    "offers__second": {"system": "cube", "supplier": "second", "price": mn(101), "tags": []},
}
BLOCKS = Figure(("expansions", "hall", "blocks"), 1.0, "count", 1, noun="blocks")
NUMBERS = range(1, 70) if FULL else (6, 13, 35, 36, 39, 41, 53, 61)  # these have alternatives


def around(outcome: Outcome, within: float) -> Alternatives:
    return alternatives(outcome, within=within, tag=None, seconds=20.0)


def test_the_cheaper_supplier_can_be_given_up_for_one_per_cent():
    outcome = plan_case(toy(**TWO), gap=0.0)
    found = around(outcome, 0.05)
    plans = {plan.name: plan for plan in found.plans}
    assert found.tag == "abroad"
    assert plans["best"].decisions.ordered == {("maker", "east"): 3, ("second", "east"): 3}
    assert plans["fewest suppliers"].decisions.ordered == {("second", "east"): 6}
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
    assert {tuple(sorted(plan.decisions.ordered.items())) for plan in found.plans} == {
        ((("maker", "east"), 3), (("second", "east"), 3))
    }
    assert {one.offer: (one.least, one.most) for one in found.common} == {"maker": (3, 3), "second": (3, 3)}


WORSE = FAULTS / "alternatives-worse-for-nothing"


@pytest.mark.parametrize(
    ("name", "within", "offered"),
    [
        ("o_compute", 0.02, {"latest spending"}),  # 432 mn JPY have to be spent on the line
        ("o_cost", 0.02, set()),  # nothing is bought at all
        ("idle-servers", 0.05, {"latest spending"}),  # one of twelve half a year later
    ],
)
def test_no_alternative_is_worse_for_nothing(name: str, within: float, offered: set[str]):
    outcome = planning.plan(read_case(WORSE / f"{name}.yaml"))
    found = alternatives(outcome, within=within, tag="line", seconds=20.0)
    best, *others = found.plans
    assert {plan.name for plan in others} == offered
    assert all(tied_up(plan) < 0.999 * tied_up(best) for plan in others)
    assert {(one.name, one.proven) for one in found.none_better} == {
        (name, True)
        for name in {"least spend on line", "latest spending", "fewest suppliers", "fewest sites"} - offered
    }
    lines = [*alternative_lines(outcome, found)]
    assert "  least spend on line: the best plan itself; proved: no good plan has less" in lines
    assert not [line for line in lines if "the same orders" in line]
    if name == "idle-servers":
        assert "      cheap at north: 11 instead of 12 in 2026-04, 1 instead of 0 in 2026-10" in lines
        (latest,) = [line for line in lines if line.startswith("  latest spending")]
        assert latest.endswith("ties up 1.42 bn JPY-years of spending instead of 1.44 bn JPY-years")


def test_the_command_offers_nothing_that_is_worse_for_nothing(tmp_path: Path):
    result = command(tmp_path, "alternatives", str(WORSE / "o_compute.yaml"), "--within", "2%")
    assert (result.returncode, result.stderr) == (0, "")
    assert "other at north: 33 instead of 0" not in result.stdout
    assert "  least spend on line: the best plan itself; proved: no good plan has less" in result.stdout


def test_an_alternative_for_most_compute_buys_nothing_that_only_stands_there():
    # Compute asks for no money: without a word about it, a good plan may buy what nobody needs.
    work = {"metric": "accelerators", "amount": 3, "price": yearly(60)}
    case = toy(**{**TWO, "workloads__training": work}, objective={"kind": "compute"})
    found = around(plan_case(case, gap=0.0), 0.05)
    plans = {plan.name: plan.decisions.ordered for plan in found.plans}
    assert plans["least spend on abroad"] == {("second", "east"): 3}


def test_blocks_and_dates_count_among_what_differs():
    hall = {"site": "east", "adds": {"power": "1 kW"}, "blocks": 2, "capex": mn(1), "lead_time": "0 months"}
    case = toy(expansions={"hall": hall})
    outcome = plan_case(case, gap=0.0)
    best = Alternative("best", decided(order={("maker", "east", 0): 2}), outcome.audit, proven=True)
    moved = decided(order={("maker", "east", 0): 1, ("maker", "east", 1): 1}, expand={("hall", 0): 1})
    plans = (best, Alternative("fewest sites", moved, outcome.audit, proven=False))
    _, _, _, changes, *_ = alternative_lines(outcome, Alternatives(0.01, 0.0, "", plans, (), ()))
    assert (
        changes
        == "      hall (blocks): 1 instead of 0; maker at east: 1 instead of 2 in 2025-01, 1 instead of 0 in 2026-01"
    )


def test_every_alternative_of_generated_cases_is_audited_good_and_within_what_is_common():
    seen = 0
    for number in NUMBERS:
        outcome = plan_of(tiny_case(number))
        if outcome is None:
            continue
        found = around(outcome, 0.2)
        sign = -1.0 if outcome.proof.kind == "cost" else 1.0
        best, *others = found.plans
        for plan in others:
            seen += 1
            assert _has(outcome, found, plan) < _has(outcome, found, replace(best, name=plan.name)), (number, plan.name)
        for plan in found.plans:
            assert not plan.audit.broken
            assert sign * plan.audit.objective >= sign * found.floor - 1e-6 * max(1.0, abs(found.floor))
            for one in found.common:
                bought = sum(n for (offer, _), n in plan.decisions.ordered.items() if offer == one.offer)
                assert one.least <= bought <= one.most, (number, plan.name, one)
    assert seen >= 10


def _has(outcome: Outcome, found: Alternatives, plan: Alternative) -> float:
    """How much a plan has of what it is named for the least of."""
    case = outcome.case
    if plan.name == LATEST:
        return tied_up(plan)
    if plan.name == "fewest suppliers":
        return len({case.offers[offer].supplier for offer, _ in plan.decisions.ordered})
    if plan.name == "fewest sites":
        return len(
            {site for _, site in plan.decisions.ordered}
            | {case.expansions[name].site for name, _ in plan.decisions.expand}
        )
    assert plan.name == f"least spend on {found.tag}"
    return spend_on(case, plan, found.tag)
