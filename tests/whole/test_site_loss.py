"""Best plans that show by hand what surviving the loss of any one site asks for; money in millions of yen.

Two sites, the east and the west, each with room for ten cubes. A cube costs 100 and earns 60 in each of three years.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.cases.toy import MILLION, TOY, toy, yearly
from tests.decided import laid_flat

WEST = {**TOY["sites"]["east"], "region": "south"}


def two_sites(amount: float, must_serve: float, **changes: Any) -> Case:
    """Work for so many cubes, of which a share must survive."""
    work = {"amount": amount, "must_serve": must_serve, "survives_site_loss": True}
    terms = {f"workloads__training__{field}": value for field, value in work.items()}
    return toy(**{"sites__west": WEST, **terms, **changes})


def best(case: Case) -> Outcome:
    outcome = plan_case(case, gap=0.0)
    assert outcome.proof.relative_gap < 1e-6
    return outcome


def cubes(outcome: Outcome) -> dict[str, int]:
    """Cubes ordered, by site."""
    return {site: count for (_, site), count in outcome.decisions.ordered.items()}


def test_work_is_spread_where_half_of_it_must_survive() -> None:
    # Four cubes have work. With the half of it, two must be left whichever site is lost: two at each, at no cost.
    outcome = best(two_sites(4, 0.5))
    assert cubes(outcome) == {"east": 2, "west": 2}
    assert outcome.npv == pytest.approx(4 * (180 - 100) * MILLION)
    assert cubes(best(two_sites(4, 0.5, workloads__training__survives_site_loss=False))) in ({"east": 4}, {"west": 4})


def test_what_must_survive_whole_is_bought_twice() -> None:
    # All of two cubes' work: two at each site, and two of the four stand by. 2 * 180 - 4 * 100.
    outcome = best(two_sites(2, 1.0))
    assert cubes(outcome) == {"east": 2, "west": 2}
    assert outcome.npv == pytest.approx(-40 * MILLION)
    would = {
        (lost, site): amount
        for (lost, _, _, site, t), amount in laid_flat(outcome.decisions.failover).items()
        if t == 1
    }
    assert would == {("east", "west"): pytest.approx(2), ("west", "east"): pytest.approx(2)}


def test_a_whole_cube_stands_by_for_a_part_of_one() -> None:
    # A tenth of three cubes' work, 0.3, must survive. Two at one site and one at the other do that without a spare.
    assert sorted(cubes(best(two_sites(3, 0.1))).values()) == [1, 2]
    # Of two thirds, 2 must survive; three cubes leave two only where two are at each site: a fourth stands by.
    outcome = best(two_sites(3, 2 / 3))
    assert cubes(outcome) == {"east": 2, "west": 2}
    assert outcome.npv == pytest.approx((3 * 180 - 4 * 100) * MILLION)


@pytest.mark.parametrize(("share", "bought"), [(0.5, 4), (0.51, 6)])
def test_at_the_boundary_one_more_at_each_site_stands_by(share: float, bought: int) -> None:
    assert sum(cubes(best(two_sites(4, share))).values()) == bought


def test_two_workloads_cannot_survive_on_the_same_systems() -> None:
    # Chat needs one cube, training another, and both must survive: two at each site.
    chat = {"metric": "accelerators", "amount": 1, "price": yearly(60), "must_serve": 1, "survives_site_loss": True}
    assert cubes(best(two_sites(1, 1.0, workloads__chat=chat))) == {"east": 2, "west": 2}
    # Where chat may stop, its cube is there for training: one at each site serves both.
    assert cubes(best(two_sites(1, 1.0, workloads__chat={**chat, "survives_site_loss": False}))) == {
        "east": 1,
        "west": 1,
    }


def test_a_site_that_opens_later_is_lost_no_earlier() -> None:
    # The west opens in 2026: in 2025 all stands in the east, whose loss cannot be survived, so there is no plan; with
    # a promise from 2026 on, there is one.
    opening = {**WEST, "opens": "2026-01"}
    case = two_sites(2, 0.5, sites__west=opening)
    with pytest.raises(NoPlanError, match="must survive the loss of any one site"):
        plan_case(case, gap=0.0)
    later = two_sites(
        2, 0.5, sites__west={**WEST, "opens": "2026-01"}, workloads__training__amount={"2025-01": 0, "2026-01": 2}
    )
    assert cubes(best(later)) == {"east": 1, "west": 1}
