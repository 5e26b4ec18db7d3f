"""Small cases about loans, tax and books whose best plan can be worked out by hand; each is decided by one rule.

Amounts are in millions of yen. Unless a test says otherwise, a cube costs 100 and earns 60 in each of the years 2025,
2026 and 2027 (periods 0, 1 and 2) in which it works, nothing is discounted, and what is left at the end is worth
nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from tests.audit.test_financing import annuity, revenue
from tests.cases.toy import HOURS, MILLION, mn, programme, toy, yearly
from tests.decided import laid_flat
from tests.whole.test_known_answers import best, orders

BOTH_AT_ONCE = {("maker", 0): 2}
ONE_BY_ONE = {("maker", 0): 1, ("maker", 1): 1}


def bank(**terms: Any) -> dict[str, Any]:
    """One loan, by its terms: ten years for nothing, where nothing else is said."""
    return {"bank": {"limit": mn(1000), "rate": "0 %", "term": "10 years", **terms}}


def in_millions(amounts: dict[tuple[str, int], float]) -> dict[int, object]:
    """What is drawn or repaid, by period."""
    return {t: pytest.approx(amount / MILLION, abs=1e-6) for (_loan, t), amount in amounts.items()}


# --- Loans ---


def two_cubes(**changes: Any) -> Case:
    """Work for two cubes, and cash for one: 60 are missing for both. Together they are worth 160, one by one 100.

    One now is worth 80, and in 2026, with 40 + 60 there, another one for 120 - 100 = 20.
    """
    return toy(**{"workloads__training__amount": 2, "finance__opening_cash": mn(140), **changes})


def test_without_a_loan_the_second_cube_waits() -> None:
    assert orders(best(two_cubes(), 100)) == ONE_BY_ONE


@pytest.mark.parametrize(("limit", "npv", "plan"), [(60, 160, BOTH_AT_ONCE), (59, 100, ONE_BY_ONE)])
def test_loan_limit(limit: float, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # 60 are missing.
    assert orders(best(two_cubes(finance__loans=bank(limit=mn(limit))), npv)) == plan


@pytest.mark.parametrize(("share", "npv", "plan"), [("30 %", 160, BOTH_AT_ONCE), ("29 %", 100, ONE_BY_ONE)])
def test_loan_limit_by_share_of_investment(share: str, npv: float, plan: dict[tuple[str, int], int]) -> None:
    # Of 200 for two cubes 30 % are 60, and 29 % are 58.
    assert orders(best(two_cubes(finance__loans=bank(share_of_investment=share)), npv)) == plan


@pytest.mark.parametrize(("window", "npv"), [({"to": "2025-01"}, 160), ({"from": "2025-02"}, 100)])
def test_a_loan_can_only_be_drawn_in_its_window(window: dict[str, str], npv: float) -> None:
    best(two_cubes(finance__loans=bank(draw_window=window)), npv)


@pytest.mark.parametrize(
    ("term", "npv", "repaid"),
    [
        # 150 due at the end of 2025 are not there then. One cube for a draw of 50, and for 90.5 another a year later.
        ("12 months", 100 - 0.5 - 0.905, {0: 50, 1: 90.5}),
        # Both for 150: what 2025 leaves, 120 - 1.5, repays, and the rest is due at the end of 2026.
        ("24 months", 160 - 1.5 - 0.315, {0: 118.5, 1: 31.5}),
        # Thirteen months are over in January 2026.
        ("13 months", 160 - 1.5 - 0.315, {0: 118.5, 1: 31.5}),
    ],
)
def test_loan_term(term: str, npv: float, repaid: dict[int, float]) -> None:
    terms = bank(term=term, limit=mn(150), rate="1 %")
    outcome = best(two_cubes(finance__opening_cash=mn(50), finance__loans=terms), npv)
    assert in_millions(outcome.decisions.repay) == repaid


@pytest.mark.parametrize(("revolving", "npv", "plan"), [(True, 100, (0, 2)), (False, 50, (2,))])
def test_what_was_repaid_can_be_drawn_again_from_a_revolving_loan(
    revolving: bool, npv: float, plan: tuple[int, ...]
) -> None:
    # No cash. A cube is paid for in 2025, works for 150 in 2026 and is over; a second one can be ordered in 2027 for
    # 2028. The first takes all of the loan, 100, due by the end of 2026. 50 are left, so for the second 50 are missing,
    # which only a revolving loan gives again. Of one cube alone the second earns more: 2028 has a day more.
    case = toy(
        calendar={"start": "2025-01", "period": "year", "periods": 4, "fiscal_year_start_month": 1},
        systems__cube__useful_life="1 year",
        offers__maker={
            "system": "cube",
            "supplier": "maker",
            "lead_time": "1 year",
            "available": {"2025-01": 1, "2026-01": 0, "2027-01": 1},
            "payment": {"at_order": 1},
        },
        workloads__training={"metric": "accelerators", "amount": 1, "price": yearly(150)},
        finance__opening_cash=mn(0),
        finance__loans=bank(limit=mn(100), term="24 months", revolving=revolving),
    )
    assert orders(best(case, npv + 150 * 24 / HOURS)) == {("maker", t): 1 for t in plan}


def test_a_dear_loan_is_drawn_only_for_what_cash_needs() -> None:
    # 60 at 10 %, repaid as soon as they are there: 160 - 6.
    outcome = best(two_cubes(finance__loans=bank(rate="10 %")), 154)
    assert in_millions(outcome.decisions.draw) == in_millions(outcome.decisions.repay) == {0: 60}
    rich = best(toy(workloads__training__amount=2, finance__loans=bank(rate="10 %")), 160)
    assert rich.decisions.draw == {}


# One cube at 10 %, paid for on the first day: its income counts at the ends of months. And the ends of the years.
ONE_AT_TEN_PER_CENT = revenue(0.1) - 100
D0, D1, D2 = 1 / 1.1, 1 / 1.21, 1 / 1.331


@pytest.mark.parametrize("term", ["12 months", "24 months", "10 years"])
def test_what_is_owed_at_the_start_counts_what_it_costs_until_cash_repays_it(term: str) -> None:
    # 100 owed at 10 % by the month, which is a little more than 10 % a year, and repaid at the end of 2025.
    case = toy(
        finance__discount_rate="10 %", finance__loans=bank(rate="10 %", term=term, limit=mn(100), outstanding=mn(100))
    )
    outcome = best(case, ONE_AT_TEN_PER_CENT - (annuity(10 / 12, 1) + 100 * D0 - 100))
    assert in_millions(outcome.decisions.repay) == {0: 100}


@pytest.mark.parametrize(
    ("repayment", "repaid", "gain"),
    [("equal_parts", {0: 30, 1: 30, 2: 30}, 90 - 30 * (D0 + D1 + D2)), ("at_end", {2: 90}, 90 - 90 * D2)],
)
def test_loan_term_in_equal_parts_or_at_the_end(repayment: str, repaid: dict[int, float], gain: float) -> None:
    # 90 for nothing over three years: 30 a year, or 90 at the end, which is better for owners who expect 10 %.
    terms = bank(limit=mn(90), term="36 months", repayment=repayment, draw_window={"to": "2025-01"})
    owners = {"finance__cost_of_equity": "10 %", "objective": {"kind": "equity"}}
    case = toy(finance__discount_rate="10 %", finance__loans=terms, **owners)
    outcome = best(case, ONE_AT_TEN_PER_CENT + gain)
    assert in_millions(outcome.decisions.repay) == repaid


# --- Tax ---


def taxed(rate: Any, earned: float = 40, **terms: Any) -> dict[str, Any]:
    """A cube earns 120 in three years, 20 more than it costs, and 20 a year are written off: a profit of 20 a year."""
    return {
        "workloads__training__price": yearly(earned),
        "finance__tax": {"rate": rate, "payment_lag": "0 months", **terms},
    }


@pytest.mark.parametrize(
    ("changes", "npv"),
    [
        # 30 % of 60 are 18, and 2 are left of 20.
        (taxed("30 %"), 2),
        # 40 % are 24: the cube is not worth buying.
        (taxed("40 %"), 0),
        # With a loss of 20 from earlier years the tax is 40 % of 40: 16.
        (taxed("40 %", opening_loss=mn(20)), 4),
        # With one of 60 there is none,
        (taxed("40 %", opening_loss=mn(60)), 20),
        # unless only half of a year's profit may be offset: 40 % of 10 in each year.
        (taxed("40 %", opening_loss=mn(60), loss_use_limit="50 %"), 8),
        # A loss cannot be kept for a year with a higher rate: 0 in 2025, and 8 in 2026 and in 2027.
        (taxed({"2025-01": "10 %", "2026-01": "40 %"}, opening_loss=mn(20)), 4),
        # The rate at the start of a fiscal year holds for all of it.
        (taxed({"2025-01": "30 %", "2026-02": "40 %"}), 20 - 6 - 6 - 8),
        # Tax that falls due after the end is owed there.
        (taxed("30 %", payment_lag="5 years"), 2),
    ],
)
def test_tax(changes: dict[str, Any], npv: float) -> None:
    assert sum(orders(best(toy(**changes), npv)).values()) == (npv > 0)


def test_a_loss_of_the_first_year_is_carried_forward() -> None:
    # Earned: 0, 90 and 90, as work begins in 2026 and the only order is taken in 2025; written off 50 in each of two
    # years. Profit -50, 40, 90: of the loss 40 are used in 2026 and 10 in 2027, so 80 are taxed: 180 - 100 - 24.
    case = toy(
        **taxed("30 %", earned=90),
        workloads__training__amount={"2026-01": 1},
        offers__maker__order_window={"to": "2025-01"},
        finance__depreciation={"systems": "24 months"},
    )
    outcome = best(case, 56)
    years = outcome.audit.accounts.books.years
    assert {y.number: year.loss_carried / MILLION for y, year in years.items()} == pytest.approx(
        {2025: 50, 2026: 10, 2027: 0}
    )


def test_cash_counts_tax_in_the_year_in_which_it_is_paid() -> None:
    # Written off over two years, 2025 has a tax of 40 % of 60 - 50: 4. With 40 + 60 there at the start of 2026 a second
    # cube can be bought, if the 4 are paid two months later; paid at once they are missing. The first cube pays 4, 4
    # and 24 in all, the second 4 and 4: 80 - 32, and 20 - 8 more.
    late, now = ({"rate": "40 %", "payment_lag": f"{months} months"} for months in (2, 0))
    terms = {"finance__depreciation": {"systems": "2 years"}}
    assert orders(best(two_cubes(**terms, finance__tax=late), 60)) == ONE_BY_ONE
    assert orders(best(two_cubes(**terms, finance__tax=now), 48)) == {("maker", 0): 1}


def test_interest_lowers_tax() -> None:
    # A bank lends the 60 that are missing at 10 %. 2025 has a tax of 40 % of 60 - 20 - 6, which is 13.6, and leaves
    # 60 - 6 - 13.6 = 40.4 to repay; 2026 has 1.96 of interest on the rest. What interest saves in tax is no value of
    # the plan, which is worth 80 - 3 * 16 before financing, less the interest.
    case = toy(
        finance__opening_cash=mn(40),
        finance__tax={"rate": "40 %", "payment_lag": "0 months"},
        finance__loans=bank(rate="10 %"),
    )
    outcome = best(case, 80 - 48 - 6 - 1.96)
    assert in_millions(outcome.decisions.draw) == {0: 60}
    assert in_millions(outcome.decisions.repay) == {0: 40.4, 1: 19.6}
    assert outcome.audit.accounts.lines["tax"] == pytest.approx([13.6 * MILLION, 15.216 * MILLION, 16 * MILLION])


# --- Grants, sales and vintages in the books ---


def granted(asset_grants: str) -> dict[str, Any]:
    """Half of a cube is paid by the state; it is written off over three years, and 30 % of profit is tax."""
    return {
        "finance__discount_rate": "10 %",
        "finance__asset_grants": asset_grants,
        "finance__depreciation": {"systems": "3 years"},
        "finance__tax": {"rate": "30 %", "payment_lag": "0 months"},
        "programmes": {"first": programme(0.5)},
    }


def test_grants_against_book_value_put_tax_off() -> None:
    # As income: profit 60 + 50 - 33.33 = 76.67, then 26.67 twice; tax 23, 8, 8.
    # Against book value: 60 + 50 - 50 - 16.67 = 43.33 in each year; tax 13, 13, 13. The same 39, later.
    # The grant comes at the end of January 2025, tax at the ends of years.
    before_tax = ONE_AT_TEN_PER_CENT + 50 / 1.1 ** (31 / 365)
    income = best(toy(**granted("income")), before_tax - 23 * D0 - 8 * D1 - 8 * D2)
    deferred = best(toy(**granted("reduce_book_value")), before_tax - 13 * (D0 + D1 + D2))
    for outcome in (income, deferred):
        assert sum(outcome.audit.accounts.lines["tax"]) == pytest.approx(39 * MILLION)


def test_a_late_grant_cannot_take_off_what_is_written_off_already() -> None:
    # Paid in 2026, when a third is written off: two thirds of 50 are taken off. Profit 60 - 33.33 = 26.67, then
    # 60 + 50 - 33.33 - 16.67 = 60, then 43.33; tax 8, 18, 13.
    case = toy(**granted("reduce_book_value") | {"programmes": {"first": programme(0.5, payment_lag="1 year")}})
    best(case, ONE_AT_TEN_PER_CENT + 50 / 1.1 ** (396 / 365) - 8 * D0 - 18 * D1 - 13 * D2)


def test_a_claimed_system_leaves_at_its_reduced_book_value() -> None:
    # Work in 2025 only, and 70 for a cube of one year. Written off over five years, 80 are left, less 80 % of the grant
    # of 50: 40. Profit 60 - 20 + 10 = 50 and 70 - 40 = 30; tax of 40 %: 20 and 12. 60 + 50 - 100 - 20 + 70 - 12.
    case = toy(
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        offers__maker__allocation=1,
        finance__resale=[{"age": "1 year", "share": "70 %"}, {"age": "2 years", "share": "40 %"}],
        finance__asset_grants="reduce_book_value",
        finance__tax={"rate": "40 %", "payment_lag": "0 months"},
        programmes={"first": programme(0.5, retention="1 year")},
    )
    outcome = best(case, 48)
    assert laid_flat(outcome.decisions.exit) == {("cube", "east", "2025-01 maker", 1): 1}
    assert laid_flat(outcome.decisions.claimed_exit) == {("first", "maker", "east", 0, 1): pytest.approx(1)}
    assert outcome.audit.accounts.books.charges["written_off"][1] == pytest.approx(40 * MILLION)


def test_the_books_let_nobody_leave_who_stays() -> None:
    # Two cubes of 100 for work in 2025, one of them claimed; one is sold in 2026 for 50 at a book value of 90. In 2027
    # the rate is 10 % and later 40 %: to write off a claimed cube then would put 30 less 5 of profit where it costs
    # least, but none leaves in 2027. Profit 120 + 50 - 20 - 50 + 5 = 105, 60 + 50 - 90 - 10 + 5 = 15, then 55 and
    # 55.164 (2028 has a day more); tax 42, 6, 5.5 and 22.066. The cube that is left fetches 10 at a book value of 30,
    # a loss that saves 8 of the tax of 2028: 300.164 - 200 + 50 + 50 - 75.566 + 10 + 8.
    case = toy(
        calendar={"start": "2025-01", "period": "year", "periods": 4, "fiscal_year_start_month": 1},
        workloads__training__amount={"2025-01": 2, "2026-01": 1},
        workloads__training__must_serve=1,
        offers__maker__order_window={"to": "2025-01"},
        offers__maker__allocation=2,
        finance__resale=[{"age": "1 year", "share": "50 %"}, {"age": "2 years", "share": "10 %"}],
        finance__terminal_value=True,
        finance__depreciation={"systems": "10 years"},
        finance__asset_grants="reduce_book_value",
        finance__tax={"rate": {"2025-01": "40 %", "2027-01": "10 %", "2028-01": "40 %"}, "payment_lag": "0 months"},
        programmes={"first": programme(0.5, retention="1 year", total_cap=mn(50))},
    )
    day = 60 / 365
    outcome = best(case, 300 + day - 200 + 50 + 50 - 42 - 6 - 5.5 - 0.4 * (55 + day) + 10 + 8)
    assert outcome.decisions.claimed_exit == {}
    assert sold(outcome) == {("2025-01 maker", 1): 1}


def sold(outcome: Outcome) -> dict[tuple[str, int], int]:
    return {(str(vintage.arrival), t): units for (vintage, t), units in outcome.decisions.exit.items()}


@pytest.mark.parametrize(("rate", "npv"), [("0 %", 80), ("40 %", 35.2)])
def test_of_two_vintages_the_dearer_one_is_sold(rate: str, npv: float) -> None:
    # Two cubes are needed in 2025 and one from then on: one bought for 80, one for 120. Either fetches half of 80 in
    # 2026, which a new one costs then, and next to nothing later: 120 + 60 + 60 - 200 + 40 = 80. Sold, the dear one is
    # written off by 120 - 24 = 96: profit 120 - 40 = 80, then 60 + 40 - 16 - 96 = -12, then 60 - 16 = 44 less 12; tax
    # 32, 0 and 12.8. The cheap one would be written off by 64: profit 80, 12, 36; tax 32, 4.8 and 14.4, so 28.8.
    case = toy(
        workloads__training={
            "metric": "accelerators",
            "amount": {"2025-01": 2, "2026-01": 1},
            "price": yearly(60),
            "must_serve": 1,
        },
        offers={
            name: {"system": "cube", "supplier": name, "price": mn(price), "allocation": 1}
            for name, price in (("cheap", 80), ("dear", 120))
        },
        finance__resale=[{"age": "1 year", "share": "50 %"}, {"age": "2 years", "share": "10 %"}],
        finance__tax={"rate": rate, "payment_lag": "0 months"},
    )
    outcome = best(case, npv)
    assert len(sold(outcome)) == 1
    if rate == "40 %":
        assert sold(outcome) == {("2025-01 dear", 1): 1}


def test_of_two_old_cubes_the_one_with_a_book_value_is_sold() -> None:
    # Two cubes that fetch nothing, each with an upkeep of 12 a year, and work for one. One stands at 60 in the books,
    # with six years left. Sold at once it is all written off: profit 60 - 12 - 60 = -12, then 48 less 12, then 48; tax
    # of 30 % on 36 and 48: 10.8 and 14.4. 180 - 36 - 25.2 = 118.8.
    case = toy(
        offers={},
        sites__east__fleet=[
            {"system": "cube", "quantity": 1, "arrives": "2023-01", "book_value": mn(60)},
            {"system": "cube", "quantity": 1, "arrives": "2024-01"},
        ],
        finance__depreciation={"systems": "8 years"},
        finance__tax={"rate": "30 %", "payment_lag": "0 months"},
        systems__cube__maintenance_per_year="12 %",
    )
    assert sold(best(case, 118.8)) == {("2023-01", 0): 1}


def test_what_is_left_at_the_end_is_taxed_above_its_book_value() -> None:
    # One cube of three years fetches 60 at the end and stands at 40 in the books: 30 % of 20 are 6.
    # Profit 3 * (60 - 20), tax 36: 180 - 100 - 36 + 60 - 6 = 98.
    case = toy(
        finance__terminal_value=True,
        finance__resale=[{"age": "3 years", "share": "60 %"}],
        finance__tax={"rate": "30 %", "payment_lag": "0 months"},
    )
    outcome = best(case, 98)
    assert outcome.audit.accounts.books.end_tax == pytest.approx(6 * MILLION)
