"""Where the solver says that it does not know, other methods are asked; where none knows, that is what is said."""

from __future__ import annotations

import time

import highspy
import pytest

from planner.coefficients import coefficients_of
from planner.errors import EXIT_NO_PROOF, NoProofError
from planner.model.build import build
from planner.solving.highs import UNSETTLED, Solver
from planner.solving.matrix import matrix_of
from planner.solving.other_ways import OTHER_WAYS
from planner.solving.solve import NOT_SETTLED, solve
from tests.cases.toy import toy


class Vague:
    """A solver that does not know, unless it is asked in one of the ways that it can."""

    def __init__(self, highs, knows):
        self._highs, self._knows, self.asked = highs, knows, []

    def __getattr__(self, name):
        return getattr(self._highs, name)

    def getModelStatus(self):
        way = {name: self._highs.getOptionValue(name)[1] for one in OTHER_WAYS for name in one}
        self.asked.append(way)
        return self._highs.getModelStatus() if self._knows(way) else highspy.HighsModelStatus.kUnknown


def vague(knows):
    solver = Solver(matrix_of(build(coefficients_of(toy())).problem))
    solver.whole(solver.matrix.whole, on=False)
    sure = solver.run()
    solver.highs.clearSolver()
    solver.highs = Vague(solver.highs, knows)
    return solver, sure


@pytest.mark.parametrize("way", OTHER_WAYS[1:], ids=str)
def test_the_way_that_knows_is_found_and_options_are_as_before(way):
    solver, sure = vague(lambda now: all(now[name] == value for name, value in way.items()))
    before = {name: solver.highs.getOptionValue(name)[1] for one in OTHER_WAYS for name in one}
    run = solver.run(seconds=60.0)
    assert run.objective == pytest.approx(sure.objective, rel=1e-9)
    assert {name: solver.highs.getOptionValue(name)[1] for name in before} == before


def test_where_no_way_knows_the_run_is_unsettled_and_not_out_of_time():
    solver, _ = vague(lambda _: False)
    began = time.monotonic()
    assert solver.run(seconds=60.0).status == UNSETTLED
    assert time.monotonic() - began < 30
    assert len({str(way) for way in solver.highs.asked}) >= len(OTHER_WAYS)


def test_the_message_names_no_time_limit_that_was_not_reached(monkeypatch):
    load = Solver._load

    def loaded(self, matrix):
        load(self, matrix)
        self.highs = Vague(self.highs, lambda _: False)

    monkeypatch.setattr(Solver, "_load", loaded)
    with pytest.raises(NoProofError) as caught:
        solve(build(coefficients_of(toy())), gap=0.0, time_limit=60.0)
    assert str(caught.value) == NOT_SETTLED
    assert " s;" not in NOT_SETTLED
    assert caught.value.exit_status == EXIT_NO_PROOF
