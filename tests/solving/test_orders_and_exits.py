"""Orders and exits made whole in turn: where orders leave no exits in whole numbers, both are looked for in one."""

from __future__ import annotations

import pytest

from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.solving.highs import Solver
from planner.solving.matrix import matrix_of
from planner.solving.search import search_on
from planner.solving.solve import solve
from tests.cases.toy import CUBE, mn, toy, yearly

OLD = {
    **CUBE,
    "price": {"typical": mn(60)},
    "resale": [{"age": "0 months", "share": 1}, {"age": "9 years", "share": 1}],
}


def tight():
    """Two cubes of 100 may be ordered in 2026, with 110 of cash and 60 for each of two old systems that leave before.

    Half of an old one has to stay at work. In fractions one and a half leave, and both cubes are bought, to the last
    yen. In whole numbers one leaves and one cube is bought: 60 + 2 * 60 - 100 = 80.
    """
    case = toy(
        systems={"cube": CUBE, "old": OLD},
        offers__maker__order_window={"from": "2026-01", "to": "2026-12"},
        finance__opening_cash=mn(110),
        sites__east__fleet=[{"system": "old", "quantity": 2, "arrives": "2024-01"}],
        workloads={
            "training": {"metric": "accelerators", "amount": 2, "price_by_system": {"cube": yearly(60)}},
            "legacy": {
                "metric": "accelerators", "amount": 0.5, "price_by_system": {"old": yearly(0)}, "must_serve": "100 %",
            },
        },
    )  # fmt: skip
    return build(coefficients_of(case))


@pytest.mark.parametrize("near", [True, False])
def test_orders_that_leave_no_exits_in_whole_numbers_are_made_whole_together_with_them(near):
    model = tight()
    solver = Solver(matrix_of(model.problem))
    solver.whole(solver.matrix.whole, on=False)
    relaxed = solver.run()
    assert relaxed.objective == pytest.approx(1.5 * 60 + 2 * 20)
    run = search_on(model, solver, relaxed.values, gap=0.001, seconds=60.0, near=near)
    assert run.has_point
    assert run.objective == pytest.approx(80)


def test_the_whole_search_finds_the_same():
    assert solve(tight(), gap=0.0, time_limit=60.0).proof.objective == pytest.approx(80e6)
