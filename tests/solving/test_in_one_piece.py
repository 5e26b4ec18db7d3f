"""The search in one piece: by which method it solves its linear programmes, with a plan to begin at and without."""

from __future__ import annotations

import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.solving.highs import Solver
from planner.solving.solve import Infeasible, solve
from tests.cases.toy import mn, toy, yearly


@pytest.fixture
def methods(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The methods by which whole-number problems are solved."""
    found: set[str] = set()
    run = Solver.run

    def noted(solver, **terms):
        if solver._is_whole:
            found.add(solver.highs.getOptionValue("mip_lp_solver")[1])
        return run(solver, **terms)

    monkeypatch.setattr(Solver, "run", noted)
    return found


def planned(cash: int) -> None:
    """Work for one and a half cubes of 100 that must be done, and money for so many."""
    work = {"metric": "accelerators", "amount": 1.5, "price": yearly(60), "must_serve": "100 %"}
    case = toy(workloads__training=work, finance__opening_cash=mn(cash))
    solve(build(coefficients_of(case)), gap=0.0, time_limit=60.0)


def test_interior_points_are_not_asked_where_there_may_be_no_plan(methods):
    """They may take minutes at the root to see that there is none."""
    with pytest.raises(Infeasible):
        planned(150)
    assert methods == {"choose"}


def test_with_a_plan_to_begin_at_they_are(methods):
    planned(250)
    assert "ipx" in methods
