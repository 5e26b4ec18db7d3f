"""Questions begin at the plan that they ask about: counted in runs of the solver, and no answer is another for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.errors import NoPlanError
from planner.explain import question
from planner.explain.answers import asked_why_not, explained
from planner.explain.figure import changed
from planner.outcome import EXACT, Outcome, WarmStart
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.solving.fixed_mip import FixedMip
from planner.solving.highs import Solver
from tests.explain.amount_of_work import FULL
from tests.places import INPUTS, REFERENCE
from tests.studies.changed import changed_fields

ASKED = "h200-integrator@own-building"
CASES = range(1, 41) if FULL else (1, 6, 9)


@pytest.fixture(scope="module")
def starter() -> Outcome:
    return plan(read_case(INPUTS / "starter.yaml"))


@pytest.fixture(scope="module")
def reference() -> Outcome:
    return plan(read_case(REFERENCE))


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often the solver runs, in whole numbers and in all; and linear programmes beside a plan, by their start."""
    counted: Counter[str] = Counter()
    run, begun = Solver.run, FixedMip.__init__

    def counting(solver, **terms):
        counted["all"] += 1
        counted["whole"] += solver._is_whole
        return run(solver, **terms)

    def beginning(fixed_mip, model, values, slacks, near=None):
        counted["beside from nothing" if near is None else "beside from another"] += 1
        begun(fixed_mip, model, values, slacks, near)

    monkeypatch.setattr(Solver, "run", counting)
    monkeypatch.setattr(FixedMip, "__init__", beginning)
    yield counted


def test_the_same_case_begun_at_its_plan_needs_no_search_in_whole_numbers(reference, runs):
    again = plan_case(reference.case, start=reference.warm_start)
    assert runs["whole"] == 0
    assert runs["all"] <= 30 + len(reference.branches)
    assert again.proof.objective == pytest.approx(reference.proof.objective, rel=1e-9)
    assert again.proof.within_gap


def test_a_plan_explains_itself_from_one_linear_programme(starter, runs):
    list(explained(starter, plan_case, confirm=0, gap=1e-3, seconds=60.0))
    assert runs["beside from nothing"] == 1
    assert runs["whole"] == 0


def test_a_price_takes_one_linear_programme_for_both_sides(starter, runs, monkeypatch):
    built, sides = Counter(), Counter()
    in_fractions, side = question.in_fractions, question.BesidePlan.side

    def building(case: Case):
        built["models"] += 1
        return in_fractions(case)

    def asking(*arguments, **terms):
        sides["asked"] += 1
        return side(*arguments, **terms)

    monkeypatch.setattr(question, "in_fractions", building)
    monkeypatch.setattr(question.BesidePlan, "side", asking)
    list(asked_why_not(starter, ASKED, gap=1e-3, seconds=60.0))
    assert sides["asked"] >= 4
    assert built["models"] <= sides["asked"], "each price and one a little lower, whichever side is asked"
    assert runs["beside from nothing"] == 1


def test_a_price_confirmed_by_planning_again_begins_at_the_plan(reference, runs):
    changes = {("finance", "loans", "term-loan-2024", "limit"): "9.76 bn JPY"}
    case = changed(reference.case, changes)
    warm, of_warm = plan_case(case, start=reference.warm_start), runs["all"]
    cold = plan_case(case)
    assert 2 * of_warm <= runs["all"] - of_warm
    assert warm.proof.within_gap
    assert warm.proof.bound >= cold.proof.objective
    assert cold.proof.bound >= warm.proof.objective


@pytest.mark.parametrize("number", CASES)
def test_where_a_search_begins_changes_neither_what_is_best_nor_the_bound(number):
    cases = [Case.model_validate(fields) for fields in changed_fields(number)]
    starts = [one.warm_start for one in map(planned, cases) if one is not None]
    for case in cases:
        alone = planned(case)
        for start in starts:
            begun = planned(case, start)
            assert (alone is None) == (begun is None)
            if alone is not None and begun is not None:
                size = EXACT * max(1.0, abs(alone.proof.objective))
                assert begun.proof.objective == pytest.approx(alone.proof.objective, abs=size)
                assert abs(begun.proof.bound - begun.proof.objective) <= size


@pytest.mark.parametrize("name", ["starter", "highreso-kagawa"])
@pytest.mark.parametrize("rate", ["", "5 %", "7.5 %"])
def test_a_search_is_never_worse_than_the_plan_that_it_begins_at(name, rate):
    """What the start is worth, the audit says. From nothing, a search with so wide a gap ends at less."""
    known = plan(read_case(INPUTS / f"{name}.yaml"))
    case = changed(known.case, {("finance", "discount_rate"): rate}) if rate else known.case
    worth = audit(case, known.decisions)
    assert not worth.broken
    assert plan_case(case, gap=0.3).audit.objective < worth.objective * (1 - 1e-5)
    begun = plan_case(case, gap=0.3, start=known.warm_start)
    assert begun.audit.objective >= worth.objective * (1 - EXACT)


def planned(case: Case, start: WarmStart | None = None) -> Outcome | None:
    try:
        return plan_case(case, gap=0.0, start=start)
    except NoPlanError:
        return None


def test_a_start_that_is_no_plan_is_left_out(starter):
    wrong = replace(starter.decisions, order={key: 10 * number for key, number in starter.decisions.order.items()})
    again = plan_case(starter.case, start=WarmStart((wrong,)))
    assert again.proof.within_gap
    assert again.proof.objective <= starter.proof.bound
