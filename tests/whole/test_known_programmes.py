"""Small cases about programmes whose best plan can be worked out by hand: each limit at its figure and a step past it.

Amounts are in millions of yen. Unless a test says otherwise, a cube costs 100 and earns 60 in each of the years 2025,
2026 and 2027 (periods 0, 1 and 2) in which it works, and nothing is discounted: one cube is worth 180 - 100 = 80, and
130 where half its price is paid. Claims are in parts of a cube, so a limit that is missed by a little is felt a little.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.model.build import build
from planner.outcome import Outcome
from planner.vocabulary.keys import flat
from tests.audit.test_financing import annuity, factor, revenue
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.whole.test_known_answers import best, grants


def repaid(outcome: Outcome) -> list[object]:
    """What goes back to programmes by period, in millions."""
    return [pytest.approx(amount / MILLION, abs=1e-6) for amount in outcome.audit.accounts.lines["grants_repaid"]]


def leaves_in(outcome: Outcome) -> list[int]:
    """Periods in which systems leave."""
    return [t for _vintage, t in outcome.decisions.exit]


# --- Windows, caps and conditions ---


@pytest.mark.parametrize(
    ("window", "npv", "paid"),
    [
        ({"to": "2025-01"}, 130, 50),
        ({"to": "2024-12"}, 80, 0),
        ({"from": "2025-01"}, 130, 50),
        # In 2026 a cube with half its price paid is worth 120 - 50 = 70, less than one at once without.
        ({"from": "2025-02"}, 80, 0),
    ],
)
def test_order_window(window: dict[str, str], npv: float, paid: float) -> None:
    assert grants(best(toy(programmes={"first": programme(0.5, order_window=window)}), npv)) == [paid, 0, 0]


@pytest.mark.parametrize(("by", "npv", "paid"), [("2026-01", 70, 50), ("2025-12", 20, 0)])
def test_in_service_by(by: str, npv: float, paid: float) -> None:
    # A cube comes a year after its order, and works for two years: 120 - 100.
    case = toy(
        systems__cube__lead_time={"typical": "12 months"}, programmes={"first": programme(0.5, in_service_by=by)}
    )
    assert grants(best(case, npv)) == [0, paid, 0]


@pytest.mark.parametrize("cap", ["total_cap", "operator_cap", "FY2025", "FY2026"])
@pytest.mark.parametrize(("most", "npv"), [(50, 130), (49, 129)])
def test_caps(cap: str, most: float, npv: float) -> None:
    terms: dict[str, Any] = {"fiscal_year_caps": {cap: mn(most)}} if cap.startswith("FY") else {cap: mn(most)}
    late = {"payment_lag": "12 months"} if cap == "FY2026" else {}
    best(toy(programmes={"first": programme(0.5, **terms, **late)}), npv)


@pytest.mark.parametrize(
    ("terms", "npv", "joined"),
    [
        ({"minimum_investment": mn(100)}, 120, True),
        # Two cubes, with work for one: 180 - 200 + 80 = 60.
        ({"minimum_investment": mn(101)}, 80, False),
        ({"obligations": [{"metric": "bf16_pflops", "floor": 1, "from": "2025-01"}]}, 120, True),
        ({"obligations": [{"metric": "bf16_pflops", "floor": 1.01, "from": "2025-01"}]}, 80, False),
        # The floor holds for a day of the horizon, or for none.
        ({"obligations": [{"metric": "bf16_pflops", "floor": 9, "from": "2027-12"}]}, 80, False),
        ({"obligations": [{"metric": "bf16_pflops", "floor": 9, "from": "2028-01"}]}, 120, True),
    ],
)
def test_conditions_of_joining(terms: dict[str, Any], npv: float, joined: bool) -> None:
    outcome = best(toy(programmes={"first": programme(0.4, **terms)}), npv)
    assert outcome.decisions.join.get("first", False) == joined


@pytest.mark.parametrize(("ceiling", "npv"), [("50 %", 130), ("49 %", 129)])
def test_public_money_ceiling(ceiling: str, npv: float) -> None:
    best(toy(programmes={"first": programme(0.5)}, finance__public_money_ceiling=ceiling), npv)


@pytest.mark.parametrize(
    ("excludes", "npv"),
    [
        # The first and the third may pay for the same cube: 80 + 50 + 30.
        ({"second": ["first", "third"]}, 160),
        # Now they may not.
        ({"second": ["first", "third"], "third": ["first"]}, 130),
    ],
)
def test_exclusion_is_between_pairs(excludes: dict[str, list[str]], npv: float) -> None:
    rates = {"first": 0.5, "second": 0.4, "third": 0.3}
    terms = {name: programme(rate, excludes=excludes.get(name, [])) for name, rate in rates.items()}
    best(toy(programmes=terms), npv)


def test_three_that_exclude_one_another_share_one_cube() -> None:
    # Each pays for half a cube at most, and there is one cube: the two that pay most, 80 + 25 + 20.
    rates = {"first": 0.5, "second": 0.4, "third": 0.3}
    terms = {
        name: programme(rate, excludes=[other for other in rates if other != name], total_cap=mn(50 * rate))
        for name, rate in rates.items()
    }
    best(toy(programmes=terms), 125)


def idle_after_a_year(upkeep: float, **changes: Any) -> Case:
    """Work in 2025 only, upkeep by the year, and 90 for a used cube: 60 - 100 + 90 - upkeep, if it goes in 2026."""
    return toy(
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        offers__maker__allocation=1,
        sites__east__operations=f"{upkeep / 12!r} mn JPY/kW-month",
        finance__resale=[{"age": "0 months", "share": "90 %"}],
        **changes,
    )


@pytest.mark.parametrize(("months", "npv", "leaves"), [(12, 88, 1), (13, 76, 2), (24, 76, 2)])
def test_retention_ends_on_its_month(months: int, npv: float, leaves: int) -> None:
    terms = programme(0.5, retention=f"{months} months")
    assert leaves_in(best(idle_after_a_year(12, programmes={"first": terms}), npv)) == [leaves]


# --- Milestones ---


def in_two_parts(first: str, event: str = "order", lag: str = "12 months") -> tuple[dict[str, Any], ...]:
    """A first part at once, and the rest later."""
    rest = f"{100 - float(first.removesuffix('%'))} %"
    return ({"share": first, "event": event}, {"share": rest, "event": "delivery", "lag": lag})


@pytest.mark.parametrize(("first", "npv", "paid"), [("20 %", 130, [10, 40, 0]), ("19 %", 0, [0, 0, 0])])
def test_cash_counts_each_part_when_it_is_paid(first: str, npv: float, paid: list[float]) -> None:
    # The owners take 70 at the start of 2026, and the second part comes at the end of that January. 100 - 100 + 60 - 70
    # = -10 by then: a fifth of 50 is just enough. Who waits has 30 left, which buys nothing.
    case = toy(
        finance__opening_cash=mn(100),
        finance__funding={"2026-01": mn(-70)},
        programmes={"first": programme(0.5, milestones=in_two_parts(first))},
    )
    assert grants(best(case, npv)) == paid


@pytest.mark.parametrize(("event", "npv", "paid"), [("order", 70, [10, 0, 40]), ("delivery", 0, [0, 0, 0])])
def test_a_part_with_the_order_comes_before_the_delivery(event: str, npv: float, paid: list[float]) -> None:
    # All is paid with the order, a year before the cube comes, and the owners take 10 the month after: 120 - 100 + 50.
    case = toy(
        finance__opening_cash=mn(100),
        finance__funding={"2025-02": mn(-10)},
        offers__maker={
            "system": "cube",
            "supplier": "maker",
            "lead_time": "12 months",
            "payment": {"at_order": "100 %"},
        },
        programmes={"first": programme(0.5, milestones=in_two_parts("20 %", event))},
    )
    assert grants(best(case, npv)) == paid


@pytest.mark.parametrize(
    ("terms", "npv", "paid"),
    [
        ({"fiscal_year_caps": {"FY2025": mn(20)}}, 130, [20, 30, 0]),
        ({"fiscal_year_caps": {"FY2025": mn(19)}}, 127.5, [19, 28.5, 0]),
        ({"fiscal_year_caps": {"FY2026": mn(30)}}, 130, [20, 30, 0]),
        ({"fiscal_year_caps": {"FY2026": mn(15)}}, 105, [10, 15, 0]),
    ],
)
def test_caps_of_a_year_count_the_parts_paid_in_it(terms: dict[str, Any], npv: float, paid: list[float]) -> None:
    case = toy(programmes={"first": programme(0.5, milestones=in_two_parts("40 %"), **terms)})
    assert grants(best(case, npv)) == paid


@pytest.mark.parametrize(("cap", "npv", "paid"), [(50, 110, 30), (49, 109.4, 29.4)])
def test_a_part_after_the_horizon_is_not_paid_and_counts_for_the_award(cap: float, npv: float, paid: float) -> None:
    terms = programme(0.5, milestones=in_two_parts("60 %", lag="36 months"), total_cap=mn(cap))
    assert grants(best(toy(programmes={"first": terms}), npv)) == [paid, 0, 0]


# --- Programmes that come after others ---


def state_and_town(state: dict[str, Any] | None = None, **town: Any) -> dict[str, Any]:
    """State pays 40; town comes after it and pays half of what is left: 30, or 50 where state pays nothing."""
    return {"state": programme(0.4, **(state or {})), "town": programme(0.5, after=["state"], **town)}


@pytest.mark.parametrize(("ceiling", "npv"), [("100 %", 150), ("70 %", 150), ("69 %", 149)])
def test_what_comes_first_is_taken_off(ceiling: str, npv: float) -> None:
    best(toy(programmes=state_and_town(), finance__public_money_ceiling=ceiling), npv)


@pytest.mark.parametrize(("least", "npv"), [(60, 150), (61, 149.5), (100, 130), (101, 120)])
def test_a_minimum_counts_what_is_left(least: float, npv: float) -> None:
    # 60 are left where state pays 40. For 61 state pays 1 less and town half of that more; for 100 state pays nothing.
    best(toy(programmes=state_and_town(minimum_investment=mn(least))), npv)


@pytest.mark.parametrize(("cap", "npv", "overlap"), [(50, 250, 0), (51, 251, 1 / 30), (80, 280, 1), (81, 280, 1)])
def test_claims_lie_side_by_side_as_far_as_they_fit(cap: float, npv: float, overlap: float) -> None:
    # Two cubes, 160 + 40, as state pays for one of them. Town pays 50 for the other, and then 30 for the same.
    programmes = state_and_town({"total_cap": mn(40)}, operator_cap=mn(cap))
    outcome = best(toy(workloads__training__amount=2, programmes=programmes), npv)
    assert sum(outcome.decisions.overlap.values()) == pytest.approx(overlap, abs=1e-6)


@pytest.mark.parametrize(("state_cap", "npv"), [(0, 260), (40, 280), (80, 300)])
def test_claims_that_exclude_each_other_leave_no_room_beside_them(state_cap: float, npv: float) -> None:
    # Town and village pay for one cube each, 160 + 50 + 50: where state pays 40 for one, one of them pays 20 less.
    village = programme(0.5, after=["state"], excludes=["town"], operator_cap=mn(50))
    programmes = state_and_town({"total_cap": mn(state_cap)}, operator_cap=mn(50)) | {"village": village}
    best(toy(workloads__training__amount=2, programmes=programmes), npv)


@pytest.mark.parametrize(("first", "second"), [(0.58, 0.42), (0.7, 0.3), (0.9, 0.1)])
@pytest.mark.parametrize("price", [33.3, 100.1])
def test_nothing_is_taken_off_what_rounding_left(first: float, second: float, price: float) -> None:
    # The first two pay for half a cube each, and leave nothing of it, or a hair; the third pays half of the additions,
    # 10 % of the price. The fourth comes after all of them: it pays half of the price of the half that is left free.
    shares = {"a": first, "b": second}
    programmes = {name: programme(share, total_cap=mn(share * price / 2)) for name, share in shares.items()}
    programmes["c"] = {"rate": 0.5, "categories": ["additions"]}
    programmes["d"] = programme(0.5, after=["a", "b", "c"])
    case = toy(systems__cube__price={"typical": mn(price)}, offers__maker__additions="10 %", programmes=programmes)
    best(case, 180 - 1.1 * price + 0.5 * price + 0.05 * price + 0.25 * price)


def test_a_block_counts_at_the_end_less_what_was_paid_for_it() -> None:
    # Power for two cubes, work for five: 160, and 240 for three more in a hall of 100. State and town pay 70 of it;
    # after three of ten years 70 % of the other 30 are left: 400 - 100 + 70 + 21.
    hall = {
        "site": "east",
        "adds": {"power": "3 kW"},
        "capex": mn(100),
        "lead_time": "0 months",
        "blocks": 1,
        "terminal_life": "10 years",
    }
    case = toy(
        workloads__training__amount=5,
        sites__east__capacity={"power": "2 kW"},
        expansions={"hall": hall},
        finance__terminal_value=True,
        programmes={name: {**terms, "categories": ["facility"]} for name, terms in state_and_town().items()},
    )
    best(case, 391)


# --- Early exit ---


@pytest.mark.parametrize(
    ("early_exit", "upkeep", "npv", "leaves", "back"),
    [
        # A year of upkeep against half of the grant of 50, as one of two years is left: 50 - 100 + 60 + 90 = 100.
        ("repay_remaining", 24, 100 - 48, 2, 0),
        ("repay_remaining", 26, 75 - 26, 1, 25),
        # Against all of it: then the cube is as good without the grant.
        ("repay_all", 26, 100 - 52, 2, 0),
        ("forbidden", 26, 100 - 52, 2, 0),
        ("repay_all", 49, 100 - 98, 2, 0),
    ],
)
def test_leaving_early_pays_or_does_not(early_exit: str, upkeep: float, npv: float, leaves: int, back: float) -> None:
    terms = programme(0.5, retention="24 months", early_exit=early_exit)
    outcome = best(idle_after_a_year(upkeep, programmes={"first": terms}), npv)
    assert leaves_in(outcome) == [leaves]
    assert repaid(outcome) == [0, back, 0]


@pytest.mark.parametrize(("months", "back"), [(12, 0), (13, 50 / 13), (24, 25)])
def test_what_goes_back_is_for_the_months_that_are_left(months: int, back: float) -> None:
    # A year more would cost 30 of upkeep: 100 - 30 - back.
    terms = programme(0.5, retention=f"{months} months", early_exit="repay_remaining")
    outcome = best(idle_after_a_year(30, programmes={"first": terms}), 70 - back)
    assert leaves_in(outcome) == [1]
    assert repaid(outcome) == [0, back, 0]


def test_a_grant_that_goes_back_as_a_whole_is_a_loan_for_nothing() -> None:
    # Work for 100 in 2025, by the day, and upkeep of 5 a month. 100 go on the day of valuation, 50 come at the end of
    # January 2025 and go back at the end of January 2026, when the cube fetches 90.
    terms = programme(0.5, retention="24 months", early_exit="repay_all")
    case = idle_after_a_year(
        60, programmes={"first": terms}, finance__discount_rate="10 %", workloads__training__price=yearly(100)
    )
    first, later = (factor(datetime.date(year, 1, 31)) for year in (2025, 2026))
    outcome = best(case, -100 + 50 * first + revenue(0.1, 100, years=1) - annuity(5, 1) + (90 - 50) * later)
    assert grants(outcome) == [50, 0, 0]
    assert repaid(outcome) == [0, 50, 0]


def test_a_part_that_comes_after_the_system_left_goes_back_when_it_comes() -> None:
    terms = programme(0.5, retention="24 months", early_exit="repay_remaining", payment_lag="24 months")
    outcome = best(idle_after_a_year(26, programmes={"first": terms}), 75 - 26)
    assert grants(outcome) == [0, 0, 50]
    assert repaid(outcome) == [0, 0, 25]


@pytest.mark.parametrize(("upkeep", "npv", "leaves", "back"), [(34, 52, 2, 0), (36, 49, 1, 35)])
def test_both_grants_go_back_as_they_were_paid(upkeep: float, npv: float, leaves: int, back: float) -> None:
    # State paid 40 and town the 30 that were left, of which half goes back: 70 - 100 + 60 + 90 = 120.
    held = {"retention": "24 months", "early_exit": "repay_remaining"}
    outcome = best(idle_after_a_year(upkeep, programmes=state_and_town(held, **held)), npv)
    assert leaves_in(outcome) == [leaves]
    assert repaid(outcome) == [0, back, 0]
    assert sum(outcome.decisions.overlap_exit.values()) == pytest.approx(1 if back else 0)


@pytest.mark.parametrize(("early_exit", "npv"), [("forbidden", 130), ("repay_all", 130), ("repay_remaining", 150)])
def test_what_is_owed_at_the_end(early_exit: str, npv: float) -> None:
    # 180 - 100 + 50, and 40 for a cube of three years, of which two years are left to stay: owed are all of 50, as far
    # as the cube is worth it, or 24 of 60 months of them.
    case = toy(
        finance__resale=[{"age": "0 months", "share": "40 %"}],
        finance__terminal_value=True,
        programmes={"first": programme(0.5, retention="5 years", early_exit=early_exit)},
    )
    best(case, npv)


A_CUBE = ("maker", "east", 0)
HALF_LATER = [{"share": "50 %"}, {"share": "50 %", "lag": "36 months"}]


@pytest.mark.parametrize(
    ("terms", "owed"),
    [
        ({}, 30),
        ({"early_exit": "repay_all"}, 30),
        ({"early_exit": "repay_remaining"}, 12),
        # What comes after the end is not owed either: 15 are paid.
        ({"milestones": HALF_LATER}, 15),
        ({"milestones": HALF_LATER, "early_exit": "repay_remaining"}, 6),
    ],
)
def test_owed_at_the_end_is_what_was_paid_after_deductions(terms: dict[str, Any], owed: float) -> None:
    # 180 - 100 + 40 of state, and 40 for a cube of three years. Town pays 30 of its 50 for a cube that state pays for.
    case = toy(
        finance__resale=[{"age": "0 months", "share": "40 %"}],
        finance__terminal_value=True,
        programmes=state_and_town(retention="5 years", **terms),
    )
    paid = 15 if "milestones" in terms else 30
    best(case, 120 + 40 + paid - owed)


def test_a_small_grant_after_a_large_one_is_no_burden_at_the_end() -> None:
    # State pays 80, town 6 of its 30 and wants 24 of 60 months of that back: 2.4. Of the 30 they would be 12.
    case = toy(
        finance__resale=[{"age": "0 months", "share": "40 %"}],
        finance__terminal_value=True,
        offers__maker__order_window={"to": "2025-01"},
        sites__east__capacity__power="1 kW",
        programmes={
            "state": programme(0.8),
            "town": programme(0.3, after=["state"], retention="5 years", early_exit="repay_remaining"),
        },
    )
    outcome = best(case, 180 - 100 + 80 + 6 + 40 - 2.4)
    assert grants(outcome) == [86, 0, 0]


def test_what_the_objective_says_of_a_claim_that_is_owed_at_the_end() -> None:
    # Town pays 50, and of its 60 months 24 are left: 20 are owed. Where state pays 40, both are less by two fifths.
    case = toy(
        finance__resale=[{"age": "0 months", "share": "40 %"}],
        finance__terminal_value=True,
        offers__maker__order_window={"to": "2025-01"},
        programmes=state_and_town(retention="5 years", early_exit="repay_remaining"),
    )
    model = build(coefficients_of(case))
    weights = {(c.kind, *flat(c.key)): model.objective.terms.get(c.index, 0.0) for c in model.columns}
    pair = ("town", "state", *A_CUBE)
    assert weights["claim", "town", *A_CUBE] == pytest.approx(50 - 20)
    assert weights["overlap", *pair] == pytest.approx(-20 + 8)
    assert weights["claimed_exit", "town", *A_CUBE, 1] == pytest.approx(20 - 50 * 48 / 60)
    assert weights["overlap_exit", *pair, 1] == pytest.approx(-8 + 20 * 48 / 60)


def test_a_programme_of_which_nothing_is_eligible_holds_no_system() -> None:
    # Bought with 50 from half, at work for 60 and sold a year later for 95. The network is free, so net pays nothing
    # for the same cube, and it does not matter to net that the cube leaves within its five years.
    network = {**programme(0.5, retention="5 years", early_exit="repay_all"), "categories": ["additions"]}
    case = toy(
        finance__resale=[{"age": "12 months", "share": "95 %"}, {"age": "24 months", "share": "0 %"}],
        offers__maker__allocation=1,
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        programmes={"half": programme(0.5, retention="12 months", excludes=["net"]), "net": network},
    )
    outcome = best(case, 50 - 100 + 60 + 95)
    assert leaves_in(outcome) == [1]
