"""Robust plans that can be worked out by hand. A cube costs 100, earns 60 a year for three years where there is work.

Bought in 2025 it is worth 80 where there is work for it, bought in 2026 20; without work it loses 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError, NoPlanError
from planner.futures import futures_of
from planner.outcome import Risk
from planner.report.robust.words import headlines
from planner.report.voice import Voice
from planner.studies.robust import plan, search
from planner.studies.robust.differences import changes, reason
from planner.studies.robust.outcome import RobustOutcome
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Run, Task
from tests.cases.toy import mn, programme, yearly
from tests.robust.futures import future, reading, robust

ENGLISH = Voice("en", "JPY")
MN = 1e6
NO_WORK: dict[str, Any] = {"workloads__training__amount": 0}
MUCH_WORK: dict[str, Any] = {"workloads__training__amount": 3}


def cubes(outcome: RobustOutcome) -> int:
    """Cubes of the first stage."""
    return sum(outcome.first.order.values())


@pytest.mark.parametrize(("weight", "ordered"), [(0.37, 1), (0.38, 0)])
def test_the_hedge_flips_where_what_may_be_lost_weighs_as_much_as_what_is_gained(
    tmp_path: Path, weight: float, ordered: int
) -> None:
    # Now: 80 with work, -100 without. Later: 20 with work, 0 without. 60 (1 - w) = 100 w at w = 0.375.
    found = robust(reading(tmp_path), future("none", weight, **NO_WORK), future("work", 1 - weight))
    assert cubes(found) == ordered
    now, later = 80 * (1 - weight) - 100 * weight, 20 * (1 - weight)
    assert found.value == pytest.approx(max(now, later) * MN)
    assert found.value_of_stochastic_solution == pytest.approx((max(now, later) - now) * MN)
    assert found.value_of_perfect_information == pytest.approx((80 * (1 - weight) - max(now, later)) * MN)
    assert found.label == "verified optimal"


def test_neither_the_plain_plan_nor_that_of_any_future_need_be_the_best(tmp_path: Path) -> None:
    # Of three cubes in one future and none in the other, each is worth 0.6 * 80 - 0.4 * 100 = 8 now and 12 later; of
    # the first, which the middle future needs too, 0.8 * 80 - 0.2 * 100 = 44 now and 16 later.
    futures = (
        future("none", 0.2, **NO_WORK),
        future("some", 0.4, workloads__training__amount=2),
        future("much", 0.4, workloads__training__amount=4),
    )
    found = robust(reading(tmp_path), *futures)
    assert cubes(found) == 2
    # the plain plan has one; two more come later where there is work for four
    assert found.value == pytest.approx((0.2 * -200 + 0.4 * 160 + 0.4 * (160 + 40)) * MN)
    assert found.value_of_stochastic_solution == pytest.approx((0.8 * 60 - 0.2 * 100) * MN)


def test_the_worst_future_alone_counts_where_nothing_else_is_asked_for(tmp_path: Path) -> None:
    futures = (future("none", 0.1, **NO_WORK), future("work", 0.9))
    assert cubes(robust(reading(tmp_path), *futures)) == 1
    careful = robust(reading(tmp_path), *futures, risk=Risk(level=1.0, share=1.0))
    assert cubes(careful) == 0
    assert careful.value == 0.0
    assert careful.expected(lambda one: one.robust.proof.objective) == pytest.approx(0.9 * 20 * MN)


@pytest.mark.parametrize(("share", "ordered"), [(0.72, 1), (0.73, 0)])
def test_the_tail_weighs_as_much_as_it_is_asked_to(tmp_path: Path, share: float, ordered: int) -> None:
    # The worst tenth is half of it without work: now (-100 + 80) / 2, later (0 + 20) / 2, which is 20 better. What is
    # expected is 0.95 * 80 - 0.05 * 100 = 71 now and 19 later. 52 (1 - s) = 20 s at s = 0.7222.
    futures = (future("none", 0.05, **NO_WORK), future("work", 0.95))
    found = robust(reading(tmp_path), *futures, risk=Risk(0.9, share))
    assert cubes(found) == ordered


def test_what_one_future_cannot_order_is_not_ordered_there(tmp_path: Path) -> None:
    cut_off = future("cut-off", 0.5, **{"offers__maker__allocation": {"2025-01": 0, "2026-01": 5}})
    found = robust(reading(tmp_path), cut_off, future("work", 0.5))
    assert cubes(found) == 1  # the order is placed, and refused where there is nothing to be had
    in_future = {one.name: one.robust.decisions.order for one in found.futures}
    assert [key.period for key in in_future["work"]] == [0]
    assert [key.period for key in in_future["cut-off"]] == [1]
    assert found.value == pytest.approx((0.5 * 80 + 0.5 * 20) * MN)


def test_a_second_supplier_is_engaged_in_time(tmp_path: Path) -> None:
    # The maker is cut off in one future after 2025, in which there is work for two. A slow second supplier, 10 dearer,
    # delivers after a year: an order of 2025 is worth 2 * 60 - 110 = 10, one of 2026 loses 50.
    second = {
        "maker": {"system": "cube", "supplier": "maker", "allocation": {"2025-01": 1, "2026-01": 9}},
        "second": {"system": "cube", "supplier": "second", "price": mn(80), "lead_time": "12 months"},
    }
    case = reading(tmp_path, offers=second, workloads__training__amount={"2025-01": 1, "2026-01": 2})
    assert case.offers
    cut_off = future("cut-off", 0.5, **{"offers__maker__allocation": 1})
    found = robust(case, cut_off, future("base", 0.5))
    # Through the maker in 2026: 2 * 60 - 100 = 20; through the second one, ordered in 2025: 2 * 60 - 80 = 40.
    assert {key.name: n for key, n in found.first.order.items()} == {"maker": 1, "second": 1}


def test_a_block_begun_by_the_date_is_the_same_everywhere(tmp_path: Path) -> None:
    hall = {
        "site": "east",
        "adds": {"power": "1 kW"},
        "capex": mn(15),
        "lead_time": "0 months",
        "blocks": 2,
    }
    changes_ = {"sites__east__capacity": {"power": "1 kW"}, "expansions": {"hall": hall}, **MUCH_WORK}
    case = reading(tmp_path, **changes_)
    futures = (future("none", 0.2, **NO_WORK), future("much", 0.8))
    found = robust(case, *futures)
    # each further cube with its block: 0.8 * 65 - 0.2 * 115 = 29 now, 0.8 * 5 = 4 later
    assert dict(found.first.expand) and sum(found.first.expand.values()) == 2
    assert cubes(found) == 3
    starts = [{k: n for k, n in one.robust.decisions.expand.items() if k.period == 0} for one in found.futures]
    assert starts[0] == starts[1] == dict(found.first.expand)


def test_a_programme_whose_window_is_open_is_joined_everywhere_or_nowhere(tmp_path: Path) -> None:
    duty = {"metric": "bf16_pflops", "floor": 2, "from": "2026-01"}
    aid = programme(0.5, obligations=[duty])
    case = reading(tmp_path, programmes={"aid": aid}, workloads__training__amount=1)
    futures = (future("work", 0.5), future("much", 0.5, workloads__training__amount=2))
    found = robust(case, *futures)
    assert found.futures[0].robust.decisions.join == found.futures[1].robust.decisions.join
    later = robust(reading(tmp_path, programmes={"aid": {**aid, "order_window": {"from": "2026-01"}}}), *futures)
    assert not later.first.join


@pytest.mark.parametrize("most", [60_000, 0], ids=["side by side", "by prices"])
def test_what_one_future_cannot_join_is_joined_in_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    # The programme pays half of two cubes, which must be there. Where there is one to be had it cannot be joined; in
    # fractions it is joined by half there, so that neither own plans nor the linear programme bound what is left: one
    # cube now and, where there are two, one later.
    monkeypatch.setattr(search, "MOST_SIDE_BY_SIDE", most)
    duty = {"metric": "bf16_pflops", "floor": 2, "from": "2026-01"}
    case = reading(tmp_path, programmes={"aid": programme(0.5, obligations=[duty])}, workloads__training__amount=2)
    found = robust(case, future("enough", 0.5), future("short", 0.5, offers__maker__allocation=1))
    assert not found.first.join and cubes(found) == 1
    assert found.value == pytest.approx((0.5 * (80 + 20) + 0.5 * 80) * MN)
    assert found.own_bound == pytest.approx((0.5 * 2 * (180 - 50) + 0.5 * 80) * MN)
    assert found.label == "verified optimal"
    told = "It joins aid in no future, since in short no plan does, whatever is ordered."
    said = [str(one) for one in headlines(found, ENGLISH)]
    assert (told in said) == (most == 0)  # a small set finds out otherwise
    assert ("It joins aid in no future, neither by 2025-01 nor later." in said) == (most != 0)
    assert not any("open until after" in one for one in said)


@pytest.mark.parametrize("weight", [0.1, 0.9])
def test_the_more_hopeful_way_to_join_is_searched_first_and_the_other_as_long_as_it_may_be_better(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weight: float
) -> None:
    # Joined, two cubes must be there from 2026 on, for 50 each: 2 * (180 - 50) with work for two. With work for none
    # they lose 100 together, where nothing need be bought otherwise.
    monkeypatch.setattr(search, "MOST_SIDE_BY_SIDE", 0)
    duty = {"metric": "bf16_pflops", "floor": 2, "from": "2026-01"}
    case = reading(tmp_path, programmes={"aid": programme(0.5, obligations=[duty])}, workloads__training__amount=2)
    found = robust(case, future("work", 1 - weight), future("none", weight, **NO_WORK))
    joined, without = (1 - weight) * 260 - weight * 100, max(0.0, (1 - weight) * 40, (1 - weight) * 160 - weight * 200)
    assert bool(found.first.join) == (joined > without)
    assert found.value == pytest.approx(max(joined, without) * MN)
    assert found.label == "verified optimal"


def test_a_first_stage_that_breaks_promises_has_no_value(tmp_path: Path) -> None:
    poor = future("poor", 0.3, finance__opening_cash=mn(90))
    found = robust(reading(tmp_path), poor, future("rich", 0.7))
    assert found.breaking == ("poor",)
    assert found.plain_value is None and found.value_of_stochastic_solution is None
    assert {one.rule for one in found.futures[0].broken} == {"cash_balance"}
    assert cubes(found) == 0
    why = reason(found)
    assert why is not None and [one.name for one in why.gaining] == ["poor"]
    *_, last = map(str, headlines(found, ENGLISH))
    assert last == (  # waiting earns 20 of 80 where cash is there
        "It is worth it in poor: every promise is kept there, which the plain one cannot. "
        "It costs 42.00 mn JPY in expectation in rich."
    )


def test_a_first_stage_that_is_not_near_enough_says_so(tmp_path: Path) -> None:
    found = robust(reading(tmp_path), future("none", 0.5, **NO_WORK), future("work", 0.5))
    wide = replace(found, bound=found.value * 1.05, gap_requested=0.01)
    assert str(next(headlines(wide, ENGLISH))).startswith(
        "! Checked first stage; another one may be better by up to 5 %, more than the 1 % asked for: "
        "no first stage can be better by more than 500,000 JPY; "
    )


def test_futures_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    must = future("must", 0.3, workloads__training__must_serve=1, workloads__training__amount=1)
    poor = future("poor", 0.3, finance__opening_cash=mn(90))
    with pytest.raises(NoPlanError) as refused:
        robust(reading(tmp_path), must, poor, future("harmless", 0.4))
    words = str(refused.value)
    assert "must" in words and "poor" in words and "harmless" not in words
    assert "An earlier --decide-by does not help" in words


def test_an_earlier_date_helps_where_it_does(tmp_path: Path) -> None:
    later = {"workloads__training__amount": {"2025-01": 0, "2026-01": 1}}
    must = future("must", 0.5, workloads__training__must_serve=1)
    poor = future("poor", 0.5, finance__opening_cash=mn(90))
    with pytest.raises(NoPlanError, match="There is a plan for all of them with --decide-by 2025-01"):
        robust(reading(tmp_path, **later), must, poor, decide_by="2026-01")


def test_a_future_without_any_plan_is_named(tmp_path: Path) -> None:
    must = {"workloads__training__must_serve": 1, "finance__opening_cash": mn(90)}
    with pytest.raises(NoPlanError, match="the future broke has no plan by itself"):
        robust(reading(tmp_path), future("broke", 0.5, **must), future("rich", 0.5))


@pytest.mark.parametrize("date", ["2024-12", "2028-01"])
def test_a_date_outside_of_the_horizon_is_refused(tmp_path: Path, date: str) -> None:
    with pytest.raises(InputError, match="the horizon of the plan"):
        robust(reading(tmp_path), future("work", 1.0), decide_by=date)


def test_another_calendar_or_currency_cannot_stand_beside(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="its periods are others"):
        robust(reading(tmp_path), future("long", 0.5, calendar__periods=4), future("work", 0.5))
    with pytest.raises(InputError, match="something else as good"):
        robust(reading(tmp_path), future("long", 0.5, objective={"kind": "cost"}), future("work", 0.5))


def test_no_weight_at_all_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no future has a weight"):
        robust(reading(tmp_path), future("work", 0.0))


def test_it_says_what_it_does_otherwise_and_where_it_pays(tmp_path: Path) -> None:
    found = robust(reading(tmp_path), future("none", 0.4, **NO_WORK), future("work", 0.6))
    (change,) = changes(found)
    assert (change.kind, change.name, change.site, change.more, change.later) == ("order", "maker", "east", -1, 1)
    why = reason(found)
    assert why is not None
    assert [one.name for one in why.gaining] == ["none"] and [one.name for one in why.losing] == ["work"]
    assert (why.gained, why.lost) == pytest.approx((40 * MN, 36 * MN))
    assert str(why.what) == "workloads.training.amount is 0" and why.is_exact


def test_what_is_ordered_earlier_is_told_with_the_time(tmp_path: Path) -> None:
    # The case has work from 2026 on, and a cube ordered then is in time; in one future there is work at once.
    prices = {"2025-01": yearly(0), "2026-01": yearly(60)}
    case = reading(tmp_path, workloads__training__price=prices, finance__discount_rate="5 %")
    at_once = future("at-once", 0.6, workloads__training__price=yearly(60))
    found = robust(case, at_once, future("base", 0.4), decide_by="2025-01")
    assert cubes(found) == 1
    (change,) = changes(found)
    assert (change.more, change.earlier) == (1, 12)


def test_what_is_drawn_is_told_by_its_title(tmp_path: Path) -> None:
    drivers = {
        "work": {
            "title": "work for cubes",
            "path": "workloads.training.amount",
            "kind": "value",
            "discrete": [{"value": 0, "weight": 0.5}, {"value": 1, "weight": 0.5}],
        }
    }
    case = reading(tmp_path, futures={"drivers": drivers})
    drawn = futures_of(case, samples=4, seed=1)
    assert sorted(one.drawn[0].value for one in drawn) == [0.0, 0.0, 1.0, 1.0]
    found = robust(case, *drawn)
    assert cubes(found) == 0  # 0.5 * 80 - 0.5 * 100 now, 0.5 * 20 later
    why = reason(found)
    assert why is not None and str(why.what) == "“work for cubes” is low" and why.is_exact
    *_, last = map(str, headlines(found, ENGLISH))
    assert last.startswith(
        "It is worth it in the 2 futures in which “work for cubes” is low: 50.00 mn JPY in expectation, against 30.00"
    )


def test_what_is_frozen_belongs_to_the_first_stage(tmp_path: Path) -> None:
    # Nobody would order a cube now (see the first test at a weight of 0.4), but one is ordered already, by hand.
    order = {"offer": "maker", "site": "east", "month": "2025-01", "systems": 1}
    case = reading(tmp_path, frozen={"until": "2025-01", "orders": [order]})
    found = robust(case, future("none", 0.4, **NO_WORK), future("work", 0.6))
    assert cubes(found) == 1
    assert found.value == pytest.approx((0.6 * 80 - 0.4 * 100) * MN)


@pytest.mark.parametrize("most", [60_000, 0], ids=["side by side", "by prices"])
def test_a_future_whose_own_plan_was_not_found_in_time_is_planned_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    def without_none(tasks: Sequence[Task], runs_engine: Engine) -> list[Run]:
        return [Run(r.task, None, "late", False) if r.task.name == "none" else r for r in run_all(tasks, runs_engine)]

    monkeypatch.setattr(plan, "run_all", without_none)
    monkeypatch.setattr(search, "MOST_SIDE_BY_SIDE", most)
    found = robust(reading(tmp_path), future("none", 0.4, **NO_WORK), future("work", 0.6))
    assert cubes(found) == 0
    assert found.value == pytest.approx(0.6 * 20 * MN)
    assert found.futures[0].best == found.futures[0].own_bound == 0.0
    assert found.label == "verified optimal"
