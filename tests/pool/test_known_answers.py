"""Pools small enough to be worked out by hand. A cube costs 100 mn JPY, is 1 PFLOPS, and works for three years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.errors import NoPlanError
from planner.outcome import Outcome
from planner.planning import plan_case
from tests.pool.pools import UNUSUAL, grant, operator, ordered, planned, pool, reading_of

MN = 1e6
IN_2025 = {"kind": "compute", "installed_by": "2025-06"}
MAKER = {"system": "cube", "supplier": "maker", "order_window": {"to": "2025-12"}}


def npv(outcome: Outcome) -> float:
    return outcome.audit.accounts.npv / MN


def test_a_shared_cap_goes_to_whoever_makes_most_of_it(tmp_path: Path) -> None:
    # a: 3 * 30 - 100 = -10 without, +40 with a grant of 50. b: 3 * 60 - 100 = 80 without, 130 with it.
    operators = {"a": operator(earns=30), "b": operator(earns=60)}
    programmes = {"aid": grant(0.5, total_cap="50 mn JPY")}
    best = planned(tmp_path, pool(operators, programmes=programmes))
    assert [ordered(best, name) for name in "ab"] == [0, 1]
    assert best.audit.npv == pytest.approx(130 * MN)
    assert best.members["b"].granted == pytest.approx({"aid": 50 * MN})
    most = planned(tmp_path, pool(operators, programmes=programmes, objective=IN_2025))
    assert [ordered(most, name) for name in "ab"] == [1, 1]  # the money goes where it brings a second cube
    assert most.audit.compute == 2
    assert most.compute_unaided == 1
    assert most.members["a"].granted["aid"] >= 10 * MN - 1


@pytest.mark.parametrize(("cap", "cubes"), [("20 mn JPY", 3), ("19.9 mn JPY", 2)])
def test_a_shared_cap_is_used_to_the_last_yen(tmp_path: Path, cap: str, cubes: int) -> None:
    # each cube of a and b loses 10 on its own; c needs nothing
    operators = {"a": operator(earns=30), "b": operator(earns=30), "c": operator(earns=60)}
    found = planned(tmp_path, pool(operators, programmes={"aid": grant(0.5, total_cap=cap)}, objective=IN_2025))
    assert found.audit.compute == cubes
    assert found.public_money <= float(cap.split(maxsplit=1)[0]) * MN + 1


def test_a_yearly_cap_is_shared_as_well(tmp_path: Path) -> None:
    operators = {"a": operator(earns=30), "b": operator(earns=30)}
    offers = {"maker": MAKER}
    for cap, cubes in (("20 mn JPY", 2), ("19 mn JPY", 1)):
        programmes = {"aid": grant(0.5, fiscal_year_caps={"FY2025": cap})}
        found = planned(tmp_path, pool(operators, programmes=programmes, offers=offers, objective=IN_2025))
        assert found.audit.compute == cubes


def test_shared_supply_goes_to_whoever_earns_more(tmp_path: Path) -> None:
    operators = {"a": operator(earns=60), "b": operator(earns=80)}
    found = planned(tmp_path, pool(operators, offers={"maker": MAKER | {"allocation": 1}}))
    assert [ordered(found, name) for name in "ab"] == [0, 1]
    assert [npv(found.members[name].alone) for name in "ab"] == pytest.approx([80, 140])
    assert found.members["a"].least_npv == pytest.approx(0)  # there was nothing left for it without a programme either
    assert [limit.slack for limit in found.audit.limits if limit.rule == "shared_supply"] == [0, 0, 0]


def test_own_supply_is_not_shared(tmp_path: Path) -> None:
    own = {"offers": {"own": MAKER | {"allocation": 1}}}
    operators = {"a": operator(earns=60, **own), "b": operator(earns=80, **own)}
    found = planned(tmp_path, pool(operators, offers={"maker": MAKER | {"allocation": 0}}))
    assert [ordered(found, name) for name in "ab"] == [1, 1]


TARGET: dict[str, Any] = {"floor": 3, "by": "2025-06"}


def test_a_stated_target_reports_what_is_missing(tmp_path: Path) -> None:
    found = planned(tmp_path, pool({"a": operator(), "b": operator(earns=80)}, target=TARGET))
    assert (found.audit.standing, found.shortfall) == (2, 1)


def test_a_target_that_must_hold_is_paid_for_by_all_together(tmp_path: Path) -> None:
    operators = {"a": operator(), "b": operator(earns=80)}
    more = {"target": TARGET | {"must_hold": True}, "participation": False}
    found = planned(tmp_path, pool(operators, **more))
    assert found.shortfall == 0
    assert found.audit.npv == pytest.approx((80 + 140 - 100) * MN)
    assert [limit.rule for limit in found.audit.limits] == ["pool_target"]


def test_a_target_that_nobody_would_pay_for_says_what_stands_in_its_way(tmp_path: Path) -> None:
    with pytest.raises(NoPlanError) as refused:
        planned(tmp_path, pool({"a": operator(), "b": operator()}, target=TARGET | {"must_hold": True}))
    assert "without the target" in str(refused.value)
    assert "without the participation of every operator" in str(refused.value)
    assert "supply" not in str(refused.value)


@pytest.mark.parametrize(("cap", "cubes"), [("100 mn JPY", 2), ("99 mn JPY", 1)])
def test_nobody_is_worse_off_than_without_the_programme(tmp_path: Path, cap: str, cubes: int) -> None:
    # alone 80; a second cube without work costs 100, and the grants of two cubes are 100
    found = planned(tmp_path, pool({"a": operator()}, programmes={"aid": grant(0.5, total_cap=cap)}, objective=IN_2025))
    assert ordered(found, "a") == cubes
    assert found.members["a"].least_npv == pytest.approx(80 * MN)


def test_without_participation_an_operator_may_be_worse_off(tmp_path: Path) -> None:
    content = pool({"a": operator(cash=450)}, programmes={"aid": grant(0.5, total_cap="99 mn JPY")}, objective=IN_2025)
    found = planned(tmp_path, content | {"participation": False})
    assert ordered(found, "a") == 4  # 450 pay for four; grants and what they earn come after the orders of 2025
    assert npv(found.members["a"].outcome) < 80


def test_an_operator_that_cannot_do_without_has_no_say(tmp_path: Path) -> None:
    poor = operator(cash=100)  # which a cube takes that it must have; by June it earns 25 of 50 that owners take back
    poor["finance"]["funding"] = {"2025-06": "-50 mn JPY"}
    poor["workloads"]["training"]["must_serve"] = 1
    found = planned(tmp_path, pool({"a": poor}, programmes={"aid": grant(0.5, total_cap="50 mn JPY")}))
    assert found.members["a"].unaided is None
    assert found.members["a"].least_npv is None
    assert npv(found.members["a"].outcome) == pytest.approx(130)


def test_each_operator_has_its_own_award_and_rate(tmp_path: Path) -> None:
    own = {"programmes": {"aid": {"rate": 0.25, "operator_cap": "20 mn JPY"}}}
    operators = {"a": operator(**own), "b": operator()}
    found = planned(tmp_path, pool(operators, programmes={"aid": grant(0.5, total_cap="100 mn JPY")}))
    assert found.members["a"].granted["aid"] == pytest.approx(20 * MN)
    assert found.members["a"].awards == {"aid": 20 * MN}
    assert found.members["b"].granted["aid"] == pytest.approx(50 * MN)


def test_a_pool_of_one_is_the_ordinary_plan(tmp_path: Path) -> None:
    programmes = {"aid": grant(0.5, total_cap="70 mn JPY", retention="1 year")}
    content = pool({"a": operator(amount=2)}, programmes=programmes, offers={"maker": MAKER | {"available": 2}})
    found = planned(tmp_path, content)
    case = reading_of(tmp_path, content).members["a"].reading.case
    alone = plan_case(case, gap=0.0)
    assert found.members["a"].outcome.decisions == alone.decisions
    assert found.members["a"].outcome.audit == alone.audit
    assert found.proof.objective == alone.proof.objective
    assert found.members["a"].outcome.proof.label == "verified optimal"


def test_a_programme_for_regions_is_none_of_an_operator_without_a_site_there(tmp_path: Path) -> None:
    south = operator()
    south["sites"]["hall"]["region"] = "south"
    programmes = {
        "aid": grant(0.5, regions=["south"], total_cap="50 mn JPY"),
        "other": grant(0.1, excludes=["aid"], total_cap="10 mn JPY"),
    }
    found = planned(tmp_path, pool({"a": operator(), "b": south}, programmes=programmes))
    assert "aid" not in found.members["a"].granted
    assert found.members["a"].granted["other"] == pytest.approx(10 * MN)
    assert found.members["b"].granted["aid"] == pytest.approx(50 * MN)


def test_where_all_together_have_no_plan_without_the_programmes_nobody_has_a_say(tmp_path: Path) -> None:
    # one cube at 100 that each could buy by itself, and more at 150, which takes a grant
    must = operator(cash=150)  # of which owners take 50 back in June, when a cube has earned 25
    must["finance"]["funding"] = {"2025-06": "-50 mn JPY"}
    must["workloads"]["training"]["must_serve"] = 1
    dear = {"system": "cube", "supplier": "dealer", "price": {"2025-01": "150 mn JPY"}}
    offers = {"maker": MAKER | {"allocation": 1}, "dealer": dear}
    content = pool(
        {"a": must, "b": must}, offers=offers, unusual={"offers.dealer.price": "dear", **dict.fromkeys(UNUSUAL, "toy")}
    )
    with pytest.raises(NoPlanError, match="without the shared supply"):
        planned(tmp_path, content)
    found = planned(tmp_path, content | {"programmes": {"aid": grant(0.5, total_cap="75 mn JPY")}})
    assert [found.members[name].least_npv for name in "ab"] == [None, None]
    assert found.compute_unaided == 0
    assert found.audit.npv == pytest.approx((2 * 180 - 250 + 75) * MN)


def test_a_system_counts_for_the_target_as_its_operator_describes_it(tmp_path: Path) -> None:
    # the cubes of b have four accelerators: one of them stands for the target that four of a would stand for
    fourfold = operator(amount=4, systems={"cube": {"accelerators": 4}})
    target = {"metric": "accelerators", "floor": 5, "by": "2025-06", "must_hold": True}
    for operators in ({"a": operator(), "b": fourfold}, {"b": fourfold, "a": operator()}):
        found = planned(tmp_path, pool(operators, target=target))
        assert found.audit.standing == 5
        assert [ordered(found, name) for name in "ab"] == [1, 1]


def test_an_award_in_another_currency_is_told_in_that_of_the_pool(tmp_path: Path) -> None:
    own = {"programmes": {"aid": {"operator_cap": "0.2 mn USD"}}}
    content = pool({"a": operator(**own)}, programmes={"aid": grant(0.5, total_cap="100 mn JPY")})
    content["common"]["finance"] = content["common"]["finance"] | {"exchange_rates": {"USD": {"2025-01": "150 JPY"}}}
    found = planned(tmp_path, content)
    assert found.members["a"].granted["aid"] == pytest.approx(30 * MN)
    assert found.members["a"].awards == pytest.approx({"aid": 30 * MN})
