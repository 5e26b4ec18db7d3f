"""Terms of finance in explanations: what is named where there is no plan, and what a month of a grant is worth."""

from __future__ import annotations

from typing import Any

import pytest

from planner.explain.conflict import no_plan_words
from planner.explain.prices import with_prices
from planner.planning import plan_case
from tests.cases.retiring import HALL
from tests.cases.toy import mn, programme, toy, yearly

MUST: dict[str, Any] = {"workloads__training__must_serve": 1}
FLEET = {"system": "cube", "quantity": 1, "arrives": "2024-01"}


def changes_of(path: str, **changes: Any) -> tuple[str, list[str]]:
    """What is said of a case without a plan, and the values that are offered for a figure."""
    words = no_plan_words(toy(**changes), {}, 60)
    said = [line.strip() for line in words.split("\n")]
    return words, [line.partition(": ")[2] for line in said if line.startswith(f"{path}: ")]


def least(offered: list[str]) -> float:
    """The last value that is offered, as a number: those before say what stands there."""
    return float(offered[-1].split(" ")[0])


def test_interest_on_cash_is_named_where_cash_grows_too_little() -> None:
    """98 have to grow to the 100 of a cube that can be bought after a year: 2.04 % a year, month by month 2.02 %."""
    later = {
        "offers__maker__order_window": {"from": "2026-01"},
        "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
    }
    words, offered = changes_of(
        "finance.interest_on_cash", finance__opening_cash=mn(98), finance__interest_on_cash="1 %", **later, **MUST
    )
    assert "finance.interest_on_cash: cash earns 1 % a year" in words
    assert 2.02 <= least(offered) <= 2.2


def test_maintenance_is_named_where_it_takes_the_last_cash() -> None:
    """A cube has to stay, and takes 12 a year in equal months; what it earns is 6, and 5 are there."""
    terms = {
        "sites__east__fleet": [FLEET],
        "offers__maker__allocation": 0,
        "systems__cube__maintenance_per_year": "12 %",
        "workloads__training__price": yearly(6),
        "finance__opening_cash": mn(5),
        "calendar__periods": 1,
    }
    words, offered = changes_of("systems.cube.maintenance_per_year", **terms, **MUST)
    assert "systems.cube.maintenance_per_year: cube cost 12 % of their price in maintenance a year" in words
    assert 10.5 <= least(offered) <= 11
    steps = [{"age": "0 months", "factor": 1}, {"age": "12 months", "factor": 2}]
    terms |= {"systems__cube__maintenance_per_year": "6 %", "systems__cube__maintenance_by_age": steps}
    words, offered = changes_of("systems.cube.maintenance_by_age.1.factor", **terms, **MUST)
    assert "maintenance of cube is 2 times as much from an age of 12 months on" in words
    assert 1.7 <= least(offered) <= 1.84


@pytest.mark.parametrize("own", [True, False])
def test_a_point_of_a_curve_is_named_where_used_systems_fetch_too_little(own: bool) -> None:
    """With 70 in hand 95 go to the owners in February: the cube has to fetch 25 of its 100 before, and fetches 20."""
    curve = [{"age": "0 months", "share": "80 %"}, {"age": "12 months", "share": "20 %"}]
    terms = {
        "systems__cube__resale" if own else "finance__resale": curve,
        "sites__east__fleet": [FLEET],
        "finance__opening_cash": mn(70),
        "finance__funding": {"2025-02": mn(-95)},
        "workloads__training__price": yearly(0.01),
        "offers__maker__allocation": 0,
    }
    path = f"{'systems.cube' if own else 'finance'}.resale.1.share"
    words, offered = changes_of(path, **terms)
    assert f"{path}: used systems fetch 20 % at an age of 12 months" in words
    assert 25 <= least(offered) <= 25.6


def test_the_life_of_systems_is_named_where_tax_comes_too_soon() -> None:
    """A cube of 100 earns 100 a year. Written off over five years it leaves 80 of profit, and 40 of tax in 2026."""
    terms = {
        "finance__tax": {"rate": "50 %", "payment_lag": "1 month"},
        "finance__depreciation": {"systems": "5 years"},
        "finance__opening_cash": mn(100),
        "finance__funding": {"2026-01": mn(-80)},
        "workloads__training__price": yearly(100),
        "offers__maker__allocation": 1,
    }
    words, offered = changes_of("finance.depreciation.systems", **terms, **MUST)
    assert "finance.depreciation.systems: systems are written off over 5 years" in words
    assert 12 <= least(offered) < 60


@pytest.mark.parametrize(
    ("path", "words", "terms"),
    [
        ("finance.depreciation.facility", "facilities are written off over 5 years", {"facility": "5 years"}),
        ("expansions.hall.depreciation_life", "blocks of hall are written off over 5 years", {"facility": "9 years"}),
        (
            "finance.depreciation.additions",
            "network, storage and installation are written off over 5 years",
            {"additions": "5 years", "facility": "9 years"},
        ),
    ],
)
def test_lives_of_halls_and_networks_are_named_where_tax_comes_too_soon(
    path: str, words: str, terms: dict[str, Any]
) -> None:
    """As above, with 100 in a hall, or 50 in a network: of the cube itself nothing is left after a year."""
    hall = {**HALL, "capex": mn(100), "useful_life": None, "blocks": 1}
    if path.startswith("expansions"):
        hall["depreciation_life"] = "5 years"
    changes: dict[str, Any] = {
        "finance__tax": {"rate": "50 %", "payment_lag": "1 month"},
        "finance__depreciation": {"systems": "1 year", **terms},
        "finance__opening_cash": mn(101),
        "finance__funding": {"2026-01": mn(-80)},
        "workloads__training__price": yearly(100),
        "offers__maker__allocation": 1,
    }
    if "additions" in terms:
        cheap = {"systems__cube__price": {"typical": mn(50)}, "systems__cube__additions": {"typical": "100 %"}}
        changes |= {**cheap, "finance__opening_cash": mn(100), "finance__funding": {"2026-01": mn(-95)}}
    else:
        changes |= {"systems__cube__price": {"typical": mn(1)}, "sites__east__capacity__power": "0 kW"}
        changes |= {"expansions": {"hall": hall}}
    said, offered = changes_of(path, **changes, **MUST)
    assert f"{path}: {words}" in said
    assert 12 <= least(offered) < 60


def test_a_month_of_a_grant_has_a_price_and_is_named_where_there_is_no_plan() -> None:
    """Half of a cube comes six months after it: a month sooner is worth what the changed case is worth more."""
    aid = programme(0.5, payment_lag="6 months")
    changes = {"finance__discount_rate": "12 %", "finance__opening_cash": mn(100), "programmes": {"state": aid}}
    outcome = with_prices(plan_case(toy(**changes), gap=0.0))
    assert outcome.prices is not None
    price = {one.path: one for one in outcome.prices}["programmes.state.payment_lag"]
    assert (price.unit, price.value) == ("−1 month", "6 months")
    sooner = toy(**{**changes, "programmes": {"state": programme(0.5, payment_lag="5 months")}})
    assert price.gain == pytest.approx(plan_case(sooner, gap=0.0).npv - outcome.npv, rel=1e-6)
    short = {**changes, "finance__funding": {"2025-05": mn(-60)}, **MUST}
    words, offered = changes_of("programmes.state.payment_lag", **short)
    assert "programmes.state.payment_lag: state pays 6 months after delivery" in words
    assert least(offered) <= 3


def test_a_month_of_a_part_of_a_grant_has_a_price() -> None:
    parts = [{"share": 0.4, "event": "order", "lag": "2 months"}, {"share": 0.6, "lag": "6 months"}]
    aid = {"rate": 0.5, "categories": ["systems"], "milestones": parts}
    changes = {"finance__discount_rate": "12 %", "finance__opening_cash": mn(100), "programmes": {"state": aid}}
    outcome = with_prices(plan_case(toy(**changes), gap=0.0))
    assert outcome.prices is not None
    found = {one.path: one for one in outcome.prices}
    assert found["programmes.state.milestones.0.lag"].gain < found["programmes.state.milestones.1.lag"].gain


def test_a_hundredth_of_debt_service_cover_has_a_price_and_is_named() -> None:
    """60 over 0.433 of what is drawn: with a cover of 2 the bank lends 69.2, and more for less."""
    bank = {"limit": mn(150), "rate": "10 %", "term": "3 years", "repayment": "equal_parts"}
    terms = {"finance__loans": {"bank": bank}, "finance__covenants": {"least_debt_service_cover": 2}}
    words, offered = changes_of(
        "finance.covenants.least_debt_service_cover", finance__opening_cash=mn(20), **terms, **MUST
    )
    assert "finance.covenants.least_debt_service_cover: cash from operations pays for the debt service" in words
    assert 1.6 < least(offered) <= 60 / (80 * 13 / 30)


SHORT: dict[str, Any] = {
    "offers__maker__order_window": {"from": "2026-01"},
    "workloads__training__amount": {"2025-01": 0, "2026-01": 1},
    "workloads__training__paid_in_advance": "2 months",
}
"""A cube of 100 in January 2026, for which customers have paid two months: 59 of 365 days of 60, 9.70."""


def test_months_in_advance_are_named_where_there_is_no_plan() -> None:
    """With 89 in hand 1.30 are missing: another month brings 31 days of work, 5.10."""
    words, offered = changes_of("workloads.training.paid_in_advance", **SHORT, finance__opening_cash=mn(89), **MUST)
    assert "workloads.training.paid_in_advance: customers of training pay 2 months in advance" in words
    assert least(offered) == 3


def test_a_month_in_advance_has_a_price() -> None:
    """It is worth what the changed case is worth more."""
    changes = {**SHORT, "finance__discount_rate": "5 %", "finance__opening_cash": mn(200)}
    outcome = with_prices(plan_case(toy(**changes), gap=0.0))
    assert outcome.prices is not None
    price = {one.path: one for one in outcome.prices}["workloads.training.paid_in_advance"]
    assert (price.unit, price.value) == ("+1 month", "2 months")
    sooner = toy(**{**changes, "workloads__training__paid_in_advance": "3 months"})
    assert price.gain == pytest.approx(plan_case(sooner, gap=0.0).npv - outcome.npv, rel=1e-6)


def test_what_was_paid_before_the_plan_is_named_where_it_is_missing() -> None:
    """With 100 in hand and 7 of May paid before, a payment of 45 to the owners in June leaves 0.18 too little.

    The cube is bought in January 2025, and its five months to May earn 60 x 151 / 365 = 24.82 of 100 less 100.
    """
    terms = {"finance__funding": {"2025-06": mn(-18)}, "finance__opening_cash": mn(100)}
    opening = {"finance__working_capital": {"opening_prepayments": {"2025-05": mn(7)}}}
    path = "finance.working_capital.opening_prepayments.2025-05"
    words, offered = changes_of(path, **terms, **opening, **MUST)
    assert f"{path}: 7 mn JPY were paid by customers before the plan for the work of 2025-05" in words
    assert least(offered) <= 6.82


LENT: dict[str, Any] = {"limit": mn(60), "rate": "4 %", "term": "4 years", "repayment": "equal_parts"}


@pytest.mark.parametrize(
    ("covenant", "needed"), [({"most_loan_to_value": "60 %"}, 28), ({"most_debt_to_equity": 1}, 34)]
)
def test_a_longer_life_is_named_where_the_books_are_too_low_for_a_covenant(
    covenant: dict[str, Any], needed: int
) -> None:
    """Of 55 that are lent 32.2 are left after a year of 25, and 8.488 after the second: 55 x 1.04 - 25, and once more.

    60 % of 100 x (1 - 24 / life) come to that with 27.95 months; over two years nothing would be left. Equity, of which
    45 are there, comes to 32.2 after a year with 45 + 25 - 2.2 - 1200 / life, from 33.71 months on.
    """
    terms: dict[str, Any] = {
        "calendar__periods": 2,
        "finance__opening_cash": mn(45),
        "finance__loans": {"bank": LENT},
        "finance__covenants": covenant,
        "finance__depreciation": {"systems": "2 years"},
        "finance__terminal_value": True,
        "finance__resale": [{"age": "0 months", "share": "100 %"}],
        "workloads__training__price": yearly(25),
        "offers__maker__allocation": 1,
    }
    words, offered = changes_of("finance.depreciation.systems", **terms, **MUST)
    assert "finance.depreciation.systems: systems are written off over 2 years" in words
    assert least(offered) == needed


def test_no_life_is_asked_about_where_lenders_ask_for_cash_alone() -> None:
    """Such a case keeps no books of what stood before: a cube of the fleet has no cost to write off."""
    lent = {"finance__loans": {"bank": LENT}, "finance__covenants": {"least_liquidity": mn(1)}}
    terms = {**lent, "sites__east__fleet": [FLEET], "workloads__training__amount": 99}
    words, offered = changes_of("workloads.training.amount", **terms, **MUST)
    assert "workloads.training.must_serve: " in words
    assert offered


def test_the_life_of_blocks_is_named_where_their_room_ends_too_soon() -> None:
    """One hall can be built, and serves two of three years: with a month more it serves to the end."""
    halls = {"sites__east__capacity__power": "0 kW", "expansions": {"hall": {**HALL, "blocks": 1}}}
    words, offered = changes_of("expansions.hall.useful_life", **halls, **MUST)
    assert "expansions.hall.useful_life: blocks of hall serve for 2 years" in words
    assert 24 < least(offered) <= 36
