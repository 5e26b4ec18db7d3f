"""Small cases about blocks that retire, and about what blocks are worth at the end, worked out by hand.

Amounts are in millions of yen. Without room of its own a site needs a hall for its cube, which earns 60 in each of
three years and costs 100.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from tests.audit.test_financing import revenue
from tests.cases.retiring import retiring_case
from tests.cases.toy import MILLION, mn, programme, yearly
from tests.decided import decided
from tests.whole.test_known_answers import best, orders

UNTIL_2026: dict[str, Any] = {"2025-01": 1, "2027-01": 0}
"""Work of the two years that a hall of 2025 serves."""


def halls(case: Case, npv: float) -> dict[int, int]:
    """Halls begun by period in the best plan, after a look at what it is worth."""
    return {start.period: blocks for start, blocks in best(case, npv).decisions.expand.items()}


@pytest.mark.parametrize(
    ("hall", "npv", "begun"),
    [
        # A second hall for the last year costs less than the 60 that the cube earns in it ...
        ({"capex": mn(39.9)}, 180 - 100 - 79.8, {0: 1, 2: 1}),
        # ... and at 40.1 two of them more than all that the cube earns above its cost.
        ({"capex": mn(40.1)}, 0, {}),
        # With a month more than two years the first one serves to the end.
        ({"capex": mn(40.1), "useful_life": "25 months"}, 180 - 100 - 40.1, {0: 1}),
        ({"capex": mn(40.1), "useful_life": None}, 180 - 100 - 40.1, {0: 1}),
        # Life runs from when it is ready: begun in 2025, it serves in 2026 and 2027.
        ({"capex": mn(19), "lead_time": "12 months"}, 120 - 100 - 19, {0: 1}),
    ],
)
def test_a_block_serves_for_its_useful_life(hall: dict[str, Any], npv: float, begun: dict[int, int]) -> None:
    assert halls(retiring_case(hall=hall), npv) == begun


def test_what_is_left_in_the_books_lowers_profit_when_a_block_retires() -> None:
    """Written off over ten years, it lowers profit by 4 in each of two years and by 32 when it retires."""
    terms = {
        "finance__tax": {"rate": "30 %"},
        "finance__depreciation": {"systems": "2 years", "facility": "10 years"},
        "workloads__training__price": yearly(90),
        "workloads__training__amount": UNTIL_2026,
    }
    # 36 and 36 are taxed; the loss of the last year comes too late for them.
    plan = best(retiring_case(**terms), 180 - 140 - 0.3 * 72)
    books = plan.audit.accounts.books
    assert [one / MILLION for one in books.charges["written_off"]] == pytest.approx([0, 0, 32])
    assert [one / MILLION for one in books.fixed_assets] == pytest.approx([86, 32, 0])


def test_a_grant_that_came_off_its_book_value_goes_with_it() -> None:
    """Half of 40 is taken off at once: 2 a year are written off, and 16 with the retirement; profit counts no grant."""
    aid = programme(0.5, categories=["facility"], retention="2 years")
    terms: dict[str, Any] = {
        "programmes": {"aid": aid},
        "finance__asset_grants": "reduce_book_value",
        "finance__tax": {"rate": "30 %"},
        "finance__depreciation": {"systems": "2 years", "facility": "10 years"},
        "workloads__training__price": yearly(90),
        "workloads__training__amount": UNTIL_2026,
    }
    plan = best(retiring_case(**terms), 60 - 0.3 * (60 + 16))
    charges = plan.audit.accounts.books.charges
    assert [one / MILLION for one in charges["depreciation"]] == pytest.approx([52, 52, 0])
    assert [one / MILLION for one in charges["written_off"]] == pytest.approx([0, 0, 16])
    assert [one / MILLION for one in charges["compression"]] == pytest.approx([20, 0, 0])


def test_property_tax_ends_with_it() -> None:
    """Straight over ten years, 9 and then 8 of 10 are assessed: what retires in January still stands on its first."""
    tax = {"rate": "5 %", "valuation": "straight_line", "instalments": [{"lag": "3 months", "share": 1}]}
    terms: dict[str, Any] = {
        "calendar__periods": 4,
        "finance__property_taxes": {"town": tax},
        "sites__east__property_tax": "town",
        "finance__depreciation": {"systems": "1 year", "facility": "10 years"},
        "workloads__training__amount": UNTIL_2026,
    }
    # A cube of a year is assessed at the least share, 5 of 100.
    plan = best(retiring_case(hall={"capex": mn(10)}, **terms), 120 - 110 - 0.05 * (9 + 8 + 2 * 5))
    assert orders(plan) == {("maker", 0): 1}
    tax_paid = plan.audit.accounts.lines["property_tax"]
    assert [one / MILLION for one in tax_paid] == pytest.approx([0, 0.05 * 14, 0.05 * 13, 0])


@pytest.mark.parametrize(("more", "bought"), [(1e-4, 1), (-1e-4, 0)])
def test_an_annuity_leaves_more_of_a_block_than_a_straight_line(more: float, bought: int) -> None:
    """Of 40, after three of ten years, 4.868419 / 6.144567 instead of seven tenths; the price is just enough for that.

    Money of the last day is worth 1.1 ** -3 of it, and 60 a year for three years ``revenue(0.1)``.
    """
    left = 40 * 4.86841882 / 6.14456711
    price = 60 * (140 - left / 1.1**3) / revenue(0.1) + more
    hall = {"useful_life": None, "terminal_life": "10 years", "terminal_method": "annuity"}
    terms = {"finance__terminal_value": True, "finance__discount_rate": "10 %"}
    case = retiring_case(hall=hall, workloads__training__price=yearly(price), **terms)
    assert sum(halls(case, more * revenue(0.1) / 60 if bought else 0).values()) == bought
    straight = retiring_case(
        hall={**hall, "terminal_method": "straight_line"}, workloads__training__price=yearly(price), **terms
    )
    assert halls(straight, 0) == {}


def test_the_audit_refuses_work_in_a_hall_that_has_retired() -> None:
    stays = decided(
        order={("maker", "east", 0): 1},
        expand={("hall", 0): 1},
        serve={("training", "cube", "east", t): 1.0 for t in range(3)},
    )
    assert {limit.rule for limit in audit(retiring_case(), stays).broken} == {"site_resource"}
    assert not audit(retiring_case(hall={"useful_life": "25 months"}), stays).broken
