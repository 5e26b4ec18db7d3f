"""What limits are worth: prices and ranges agree with planning the changed case."""

from __future__ import annotations

import pytest

from planner.explain.prices import with_prices
from planner.explain.why_bought import why_bought
from planner.planning import plan_case
from tests.benchmarks.generator import generate
from tests.cases.toy import mn, programme, toy, yearly
from tests.explain.amount_of_work import FULL
from tests.explain.re_solved import Held, held, plan_of
from tests.rival.generator import tiny_case
from tests.rival.subsidised import subsidised_case

BUSY = {"metric": "accelerators", "amount": 30, "price": yearly(60)}
TINY, SUBSIDISED, SMALL = (range(1, 90), range(1, 60), range(6)) if FULL else (range(1, 12), range(1, 8), range(0))
HEADLINES = 5 if FULL else 3
ENOUGH = 100 if FULL else 12


def test_power_is_worth_what_the_cubes_earn_that_it_can_hold():
    outcome = with_prices(plan_case(toy(workloads__training=BUSY, finance__opening_cash=mn(2500)), gap=0.0))
    (price,) = outcome.prices or ()
    assert price.path == "sites.east.capacity.power"
    assert price.unit == "+10 kW"
    assert price.gain == pytest.approx(10 * 80e6)
    assert price.reach == pytest.approx(1.5), "ten of 25 cubes that could be paid stand there"


def test_more_time_of_a_binding_step_is_one_line_with_its_periods():
    power = {"2025-01": "10 kW", "2026-01": "12 kW"}
    outcome = with_prices(plan_case(toy(workloads__training=BUSY, sites__east__capacity={"power": power}), gap=0.0))
    spans = {price.path: price.periods for price in outcome.prices or ()}
    assert spans["sites.east.capacity.power.2026-01"] == (1, 2)


def test_a_larger_part_of_the_tax_is_worth_what_the_credit_takes_of_it():
    relief = {"kind": "tax_credit", **programme(0.5), "tax_limit": "20 %"}
    tax = {"rate": "30 %", "payment_lag": "0 months"}
    outcome = with_prices(plan_case(toy(finance__tax=tax, programmes={"relief": relief}), gap=0.0))
    price = next(one for one in outcome.prices or () if one.path == "programmes.relief.tax_limit")
    assert (price.unit, price.value) == ("+1 %", "20 %")
    assert price.words == "relief takes at most 20 % off a year's tax"
    # 60 less a fifth of 100 is a profit of 40, on which 12 are due; one per cent of that, in the year of delivery only.
    assert price.gain == pytest.approx(0.12e6)


def test_a_larger_balloon_is_worth_what_is_repaid_later():
    # 80 of 100 lent, at 10 % for three years, fall due in parts; owners who expect 20 % would repay nothing early.
    loan = {"limit": mn(100), "rate": "10 %", "term": "3 years", "repayment": "equal_parts", "balloon": "20 %"}
    terms = {"objective": {"kind": "equity"}, "finance__cost_of_equity": "20 %", "finance__opening_cash": mn(60)}

    def lent(balloon: str):
        return plan_case(toy(**terms, finance__loans={"bank": {**loan, "balloon": balloon}}), gap=0.0)

    made = with_prices(lent("20 %"))
    price = next(one for one in made.prices or () if one.path == "finance.loans.bank.balloon")
    assert (price.unit, price.words) == ("+1 %", "20 % of a draw on bank fall due at the end of its term")
    assert price.gain == pytest.approx(lent("21 %").proof.objective - made.proof.objective, rel=1e-6)
    assert price.gain > 1e4


def test_a_point_of_a_covenant_is_worth_the_cubes_that_may_be_lent_for():
    # Half of what is lent, 100 for each cube less the 100 there are, is due in the first year, and each cube earns 60:
    # 60 x >= k * (50 x - 50). A cube is worth 80, and a point of k allows (k - 1 %) / (k - 1.21) - k / (k - 1.2) more.
    terms = {"limit": mn(5000), "rate": 0, "term": "2 years", "repayment": "equal_parts"}
    covenants = {"least_debt_service_cover": 3}
    case = toy(
        workloads__training=BUSY,
        offers__maker__order_window={"to": "2025-12"},
        finance__opening_cash=mn(100),
        finance__loans={"bank": terms},
        finance__covenants=covenants,
    )
    outcome = with_prices(plan_case(case, gap=0.0))
    price = next(one for one in outcome.prices or () if one.path == "finance.covenants.least_debt_service_cover")
    assert (price.unit, price.value) == ("−0.01 times", "3 times")
    assert price.gain == pytest.approx((2.99 / 1.79 - 3 / 1.8) * 80e6)


def test_what_does_not_bind_has_no_price():
    outcome = with_prices(plan_case(toy(sites__east__capacity={"power": "10 kW", "racks": 9}), gap=0.0))
    assert "sites.east.capacity.racks" not in {price.path for price in outcome.prices or ()}


def test_prices_agree_with_planning_the_changed_case_within_their_range():
    found: list[Held] = []
    for number in TINY:
        outcome = plan_of(tiny_case(number))
        if outcome is not None:
            found += held(outcome, HEADLINES)
    for number in SUBSIDISED:
        outcome = plan_of(subsidised_case(number))
        if outcome is not None:
            found += held(outcome, HEADLINES)
    for number in SMALL:
        outcome = plan_of(generate("S", number), gap=1e-3)
        if outcome is not None:
            found += held(outcome, 10)
    assert len(found) >= ENOUGH
    print(f"{len(found)} prices held against changed cases")
    assert not [one for one in found if not one.agrees]


def test_the_last_system_adds_what_the_plan_loses_without_it():
    outcome = plan_case(toy(workloads__training=BUSY), gap=0.0)
    (one,) = why_bought(outcome)
    assert (one.offer, one.site, one.systems) == ("maker", "east", 10)
    fewer = plan_case(toy(workloads__training=BUSY, offers__maker__allocation=9), gap=0.0)
    assert one.adds == pytest.approx(outcome.proof.objective - fewer.proof.objective)
