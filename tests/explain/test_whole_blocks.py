"""Conflicts of whole blocks are named with a change that helps, in the reference case too, and in good time."""

from __future__ import annotations

import time

import pytest

from planner.explain import conflict
from planner.explain.conflict import conflict_lines, no_plan_words, remedy_lines
from planner.explain.figure import changed
from planner.explain.impossible import taken_apart
from planner.explain.remedies import remedies
from planner.explain.statement import Statement
from planner.explain.trials import has_plan
from planner.reading.budget import read_case
from planner.reading.tree.nodes import path_text
from tests.cases.toy import mn, toy, yearly
from tests.explain.amount_of_work import FULL
from tests.places import REFERENCE

EARLY = {
    "programmes.meti-cloud-2024.obligations.0.from": "2025-10",
    "finance.funding": "null",
    "finance.loans.hall-loan-2025": "null",
}
LARGE_HALLS = {
    "expansions.container-hall.adds.power": "8 MW",
    "expansions.container-hall.capex": "9.4 bn JPY",
    "expansions.container-hall.blocks": "2",
}
BROKEN = {
    "programme joined or not": {**EARLY, "workloads.training.must_serve": "70 %"},
    "large halls": {**EARLY, **LARGE_HALLS, "workloads.training.must_serve": "36 %"},
}


def halls(cash: int):
    """Four systems in halls of three: 400 for two halls and 400 for systems; in fractions a third less for halls."""
    work = {"metric": "accelerators", "amount": 4, "price": yearly(1), "must_serve": "100 %"}
    hall = {"site": "east", "adds": {"power": "3 kW"}, "capex": mn(200), "lead_time": "0 months", "blocks": 2}
    return toy(
        workloads__training=work,
        finance__opening_cash=mn(cash),
        sites__east__capacity={"power": "0 kW"},
        expansions={"hall": hall},
    )


def test_what_only_whole_blocks_forbid_is_named_as_that():
    found = taken_apart(halls(750), 60.0)
    (one,) = found.conflicts
    assert one.needs == "blocks" and one.smallest and one.proof is None
    named = {path_text(statement.path) for statement in one.statements}
    assert {"finance.opening_cash", "workloads.training.amount", "workloads.training.must_serve"} <= named
    text = "\n".join(conflict_lines(found, {}))
    assert "in whole numbers; with fractions of blocks they could all be kept" in text
    assert f"in {one.branches} branches" in text or "in 1 branch" in text


def test_a_change_for_whole_blocks_is_enough_and_nine_tenths_of_it_is_not():
    found = taken_apart(halls(750), 60.0)
    offered = remedies(found)
    assert offered
    for remedy in offered:
        assert has_plan(changed(found.case, remedy.texts), time.monotonic() + 60)
        assert not has_plan(changed(found.case, remedy.part(0.9)), time.monotonic() + 60)


def test_where_time_runs_out_the_list_holds_the_contradiction_and_says_that_it_may_be_too_long(monkeypatch):
    found = taken_apart(halls(750), 60.0)
    smallest = {statement.group for statement in found.conflicts[0].statements}
    looks = iter(range(1000))
    possible = conflict.taken_apart.__globals__["ElasticSolver"].possible

    def slow(self, loose, *, anew=False):
        """The first looks of each stage are answered; then the time is over."""
        if next(looks) > 4:
            self.deadline = 0.0
        return possible(self, loose, anew=anew)

    monkeypatch.setattr(conflict.taken_apart.__globals__["ElasticSolver"], "possible", slow)
    found = taken_apart(halls(750), 60.0)
    assert found.conflicts and not found.conflicts[0].smallest
    assert smallest <= {statement.group for statement in found.conflicts[0].statements}
    text = "\n".join(conflict_lines(found, {}))
    assert "perhaps without some of them" in text
    assert "Without any one of these statements there would be a plan" not in text


def test_a_long_list_tells_the_steps_of_a_figure_in_one_line():
    work = ("workloads", "w", "amount")
    years = range(25, 25 + conflict.MOST_LINES + 1)
    steps = [Statement((*work, f"20{y}-04"), work, f"in {y}", (), ()) for y in years]
    (line,) = conflict._statement_lines(halls(750), steps, {})
    assert "workloads.w.amount.2025-04: in 25; also 2026-04, 2027-04" in line
    assert len(list(conflict._statement_lines(halls(750), steps[1:], {}))) == conflict.MOST_LINES


@pytest.mark.skipif(not FULL, reason="minutes; PLANNER_EXPLAIN_FULL=1")
@pytest.mark.parametrize("name", BROKEN)
def test_a_conflict_of_the_reference_case_is_named_with_a_change_that_helps(name):
    reading = read_case(REFERENCE, overrides=BROKEN[name])
    began = time.process_time()
    found = taken_apart(reading.case, conflict.SECONDS)
    offered = remedies(found)
    spent = time.process_time() - began
    assert found.conflicts and offered, no_plan_words(reading.case, reading.provenance)
    print("\n".join([*conflict_lines(found, reading.provenance), *remedy_lines(offered)]), f"\n{spent:.0f} s of CPU")
    assert all(has_plan(changed(found.case, one.texts), time.monotonic() + 120) for one in offered)
