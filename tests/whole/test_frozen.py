"""Best plans around what is frozen, by hand, and what must hold of every case; money in millions of yen.

A cube costs 100 and earns 60 in each of three years, where there is work for it; there is work for one.
"""

from __future__ import annotations

import hashlib
import json
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from planner.case.case import Case
from planner.case.doing_nothing import doing_nothing
from planner.case.frozen import Frozen
from planner.errors import NoPlanError
from planner.explain.prices import with_prices
from planner.outcome import Outcome
from planner.planning import plan_beside_nothing, plan_case
from planner.reading.case.file import input_hash
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.planned import planned
from tests.rival.frozen_cases import plain_case

MAKER = {"offer": "maker", "site": "east"}


def decided(*numbers: tuple[str, int], until: str, **changes: Any) -> Case:
    """The toy with so many cubes ordered in some months, and nothing else up to another."""
    orders = [{**MAKER, "month": month, "systems": systems} for month, systems in numbers]
    return toy(frozen={"until": until, "orders": orders}, **changes)


def best(case: Case) -> Outcome:
    outcome = plan_case(case, gap=0.0)
    assert outcome.proof.relative_gap < 1e-6
    return outcome


def ordered(outcome: Outcome) -> list[int]:
    """Cubes ordered, by year."""
    found = [0] * 3
    for order, cubes in outcome.decisions.order.items():
        found[order.period] += cubes
    return found


def test_what_is_ordered_already_is_planned_around() -> None:
    # Alone the best is one cube at once: 180 - 100. Two that are ordered already cost 100 more and bring nothing.
    assert ordered(best(toy())) == [1, 0, 0]
    outcome = best(decided(("2025-01", 2), until="2025-12"))
    assert ordered(outcome) == [2, 0, 0]
    assert outcome.npv == pytest.approx((180 - 200) * MILLION)
    # Where nothing was ordered in 2025, one comes in 2026 and earns two years.
    outcome = best(decided(until="2025-12"))
    assert ordered(outcome) == [0, 1, 0]
    assert outcome.npv == pytest.approx((120 - 100) * MILLION)
    # Up to 2026: one in 2027 would earn 60, and costs 100.
    assert ordered(best(decided(until="2026-01"))) == [0, 0, 0]


def test_what_begins_after_the_month_is_free() -> None:
    # Frozen up to the month before the second year, or up to its first month: that is the boundary.
    assert ordered(best(decided(until="2025-12"))) == [0, 1, 0]
    assert ordered(best(decided(until="2026-01"))) == [0, 0, 0]


@pytest.mark.parametrize(("cash", "cubes"), [(200, [2, 0, 0]), (199.999, None)])
def test_what_is_frozen_has_to_be_paid(cash: float, cubes: list[int] | None) -> None:
    case = decided(("2025-01", 2), until="2025-12", finance__opening_cash=mn(cash))
    outcome = planned(case)
    assert (None if outcome is None else ordered(outcome)) == cubes


def test_a_programme_that_is_left_out_pays_nothing() -> None:
    duty = {"metric": "accelerators", "floor": 1, "from": "2025-01", "to": "2025-12"}
    state = {"rate": 0.5, "categories": ["systems"], "obligations": [duty]}
    assert best(toy(programmes__state=state)).npv == pytest.approx(130 * MILLION)
    left_out = toy(programmes__state=state, frozen={"until": "2025-01", **one(), "programmes": {"state": False}})
    assert best(left_out).npv == pytest.approx(80 * MILLION)
    # Entered without a cube it could not keep what it promises.
    with pytest.raises(NoPlanError, match=r"frozen\.programmes\.state: state is entered, as frozen"):
        plan_case(toy(programmes__state=state, frozen={"until": "2025-01", "programmes": {"state": True}}))


def one() -> dict[str, Any]:
    return {"orders": [{**MAKER, "month": "2025-01", "systems": 1}]}


def test_a_sale_that_is_agreed_on_happens() -> None:
    # Used cubes fetch 90; the one that stands there goes after a year though it would earn 60 a year.
    fleet = {"system": "cube", "quantity": 1, "arrives": "2024-01"}
    resale = [{"age": "1 year", "share": "90 %"}, {"age": "2 years", "share": "10 %"}]
    terms = {"sites__east__fleet": [fleet], "finance__resale": resale, "offers__maker__allocation": 0}
    assert best(toy(**terms)).npv == pytest.approx(180 * MILLION)
    leaving = {"system": "cube", "site": "east", "arrived": "2024-01", "month": "2026-01", "systems": 1}
    outcome = best(toy(**terms, frozen={"until": "2026-01", "exits": [leaving]}))
    assert outcome.npv == pytest.approx((60 + 10) * MILLION)


def test_what_is_frozen_is_no_part_of_doing_nothing() -> None:
    case = decided(("2025-01", 2), until="2025-12")
    assert doing_nothing(case).frozen is None
    outcome = plan_beside_nothing(case, gap=0.0)
    assert outcome.doing_nothing is not None
    assert outcome.doing_nothing.audit.accounts.npv == 0


def test_what_a_pin_costs_is_its_price() -> None:
    """A cube less would spare 100; the other one earns what it costs."""
    prices = {price.path: price for price in with_prices(best(decided(("2025-01", 2), until="2025-12"))).prices or ()}
    pin = prices["frozen.orders.0.systems"]
    assert (pin.unit, pin.gain, pin.reach) == ("−1 system", pytest.approx(100 * MILLION), pytest.approx(1))
    # Where there is work for ten, one more would bring 80.
    ten = decided(("2025-01", 2), until="2027-12", workloads__training__amount=10)
    prices = {price.path: price for price in with_prices(best(ten)).prices or ()}
    assert prices["frozen.orders.0.systems"].unit == "+1 system"
    assert prices["frozen.orders.0.systems"].gain == pytest.approx(80 * MILLION)


def test_a_pin_that_cannot_be_is_named_with_what_stands_in_its_way() -> None:
    """Eleven cubes for ten kW of room: one less, or one kW more."""
    case = decided(("2025-01", 11), until="2025-12", finance__opening_cash=mn(2000))
    with pytest.raises(NoPlanError) as refused:
        plan_case(case, gap=0.0)
    said = str(refused.value)
    assert "frozen.orders.0.systems: 11 systems are ordered from maker for east in 2025-01, as frozen" in said
    assert "sites.east.capacity.power: east has 10 kW of power" in said
    assert "lower by 1 system: frozen.orders.0.systems, now 11 systems" in said
    assert "frozen.orders.0.systems: 10" in said and "sites.east.capacity.power: 11 kW" in said


def test_that_nothing_else_may_be_ordered_is_named_with_how_long_it_may_hold() -> None:
    work = {"metric": "accelerators", "amount": {"2025-01": 0, "2026-01": 1}, "price": yearly(60), "must_serve": 1}
    with pytest.raises(NoPlanError) as refused:
        plan_case(decided(until="2026-12", workloads__training=work), gap=0.0)
    said = str(refused.value)
    assert "frozen.until: nothing is ordered up to 2026-12 besides what is frozen" in said
    assert "earlier by 12 months: frozen.until, now 2026-12" in said and "frozen.until: 2025-12" in said


def as_planned(outcome: Outcome, until: int) -> Frozen:
    """What a plan ordered and started up to a period."""
    calendar = outcome.case.calendar
    orders = [
        {"offer": offer, "site": site, "month": calendar.label(t), "systems": systems}
        for (offer, site, t), systems in outcome.decisions.order.items()
        if t <= until and systems
    ]
    blocks = [
        {"expansion": name, "month": calendar.label(t), "blocks": count}
        for (name, t), count in outcome.decisions.expand.items()
        if t <= until and count
    ]
    return Frozen.model_validate({"until": calendar.label(until), "orders": orders, "blocks": blocks})


CASES = range(12)


@pytest.mark.parametrize("number", CASES)
def test_freezing_the_best_plan_up_to_any_month_gives_the_best_plan_again(number: int) -> None:
    case = plain_case(number)
    free = planned(case)
    if free is None:
        return
    for until in {0, case.calendar.periods // 2, case.calendar.periods - 1}:
        again = planned(case.model_copy(update={"frozen": as_planned(free, until)}))
        assert again is not None
        assert again.proof.objective == pytest.approx(free.proof.objective, rel=1e-6, abs=1.0)
        frozen = as_planned(free, until)
        assert as_planned(again, until) == frozen


@pytest.mark.parametrize("number", CASES)
def test_freezing_never_helps_and_a_looser_pin_never_hurts(number: int) -> None:
    """What is frozen up to an earlier month, or with an order less in the list, leaves the plans that were there."""
    case, chance = plain_case(number), Random(f"looser {number}")
    free = planned(case)
    if free is None:
        return
    better = -1.0 if case.objective.kind == "cost" else 1.0
    values = [better * free.proof.objective]
    pins = as_planned(free, case.calendar.periods - 1)
    if pins.orders:  # one system less than is best, somewhere
        place = chance.randrange(len(pins.orders))
        fewer = pins.orders[place].model_copy(update={"systems": pins.orders[place].systems - 1})
        pins = pins.model_copy(update={"orders": (*pins.orders[:place], fewer, *pins.orders[place + 1 :])})
    for until in range(case.calendar.periods):
        month = case.calendar.starts[until]
        looser = pins.model_copy(
            update={
                "until": month,
                "orders": tuple(order for order in pins.orders if order.month <= month),
                "blocks": tuple(start for start in pins.blocks if start.month <= month),
            }
        )
        outcome = planned(case.model_copy(update={"frozen": looser}))
        values.append(-float("inf") if outcome is None else better * outcome.proof.objective)
    near = 1e-6 * max(1.0, abs(values[0]))
    assert all(later <= earlier + near for earlier, later in pairwise(values))


def test_a_case_in_which_nothing_is_frozen_keeps_its_fingerprint() -> None:
    case = toy()
    said = case.model_dump(
        mode="json", by_alias=True, exclude={"scenarios", "futures", "catalogue", "unusual", "frozen"}
    )
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert input_hash(case) == hashlib.sha256(text.encode()).hexdigest()
    assert input_hash(case) != input_hash(decided(until="2025-12"))


@pytest.mark.parametrize("complete", [False, True])
def test_of_years_that_are_over_nothing_is_asked_any_more(complete: bool) -> None:
    """Two cubes came in 2025 for 200, though 150 was the limit, and did not do the work of three that was promised."""
    terms: dict[str, Any] = {
        "workloads__training__amount": {"2025-01": 3, "2026-01": 2},
        "workloads__training__must_serve": 1,
        "finance__capex_limits": {"FY2025": mn(150)},
    }
    case = decided(("2025-01", 2), until="2025-12", **terms)
    assert case.frozen is not None
    outcome = planned(case.model_copy(update={"frozen": case.frozen.model_copy(update={"complete": complete})}))
    assert (outcome is not None) is complete
    if outcome is not None:
        assert outcome.npv == pytest.approx((2 * 180 - 200) * MILLION)
        limits = {(limit.rule, limit.period) for limit in outcome.audit.limits}
        assert ("service_level", 1) in limits and ("service_level", 0) not in limits
        assert not any(rule == "capex_limit" for rule, _ in limits)
