"""Small cases about tax credits and special depreciation whose best plan can be worked out by hand.

Amounts are in millions of yen. A cube costs 100, is written off over five years, and works in the years 2025, 2026 and
2027 (periods 0, 1 and 2); tax is paid in the year of its profit.
"""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from planner.outcome import Outcome
from tests.audit.test_financing import factor, revenue
from tests.cases.toy import MILLION, mn, programme, toy, yearly
from tests.decided import laid_flat
from tests.whole.test_known_answers import best, orders

D0, D1, D2 = 1 / 1.1, 1 / 1.21, 1 / 1.331
"""What one is worth at the end of each year at 10 %, when its tax is paid."""


def taxed(earned: float, rate: str = "30 %", **changes: Any) -> dict[str, Any]:
    """What a cube earns in a year, and the rate of tax on it less 20 that are written off."""
    return {
        "workloads__training__price": yearly(earned),
        "finance__tax": {"rate": rate, "payment_lag": "0 months"},
        **changes,
    }


def credit(rate: float, years: int = 0, **terms: Any) -> dict[str, Any]:
    """A tax credit that is kept for some further years."""
    return programme(rate, kind="tax_credit", carry_forward=f"{years} years", **terms)


def at_once(rate: float, **terms: Any) -> dict[str, Any]:
    """A share of the price that may be written off at once."""
    return programme(rate, kind="special_depreciation", **terms)


def credits(outcome: Outcome) -> dict[int, object]:
    """Tax credits used, by fiscal year, in millions."""
    return {y.number: pytest.approx(amount / MILLION, abs=1e-6) for (_, y), amount in outcome.decisions.credit.items()}


# --- Tax credits. A cube that earns 40 pays 6 of tax in each year: 120 - 100 - 18 = 2. ---


@pytest.mark.parametrize(
    ("rate", "years", "used"),
    [
        (0.06, 0, {2025: 6}),
        # What is above the tax of the year lapses,
        (0.18, 0, {2025: 6}),
        # unless it is kept.
        (0.18, 1, {2025: 6, 2026: 6}),
        (0.18, 2, {2025: 6, 2026: 6, 2027: 6}),
        (0.20, 2, {2025: 6, 2026: 6, 2027: 6}),
    ],
)
def test_a_credit_is_kept_for_some_years(rate: float, years: int, used: dict[int, float]) -> None:
    outcome = best(toy(**taxed(40), programmes={"saving": credit(rate, years)}), 2 + sum(used.values()))
    assert credits(outcome) == used


@pytest.mark.parametrize(("limit", "used"), [("50 %", 3), ("49 %", 2.94)])
def test_a_credit_takes_off_a_share_of_the_tax(limit: str, used: float) -> None:
    best(toy(**taxed(40), programmes={"saving": credit(0.03, tax_limit=limit)}), 2 + used)


@pytest.mark.parametrize(("second", "used"), [(0.03, 6), (0.04, 6), (0.02, 5)])
def test_all_credits_together_take_off_no_more_than_the_tax(second: float, used: float) -> None:
    best(toy(**taxed(40), programmes={"one": credit(0.03), "two": credit(second)}), 2 + used)


@pytest.mark.parametrize(
    ("years", "npv", "used"),
    [
        (0, 40 + 22, {2025: 12, 2026: 10}),
        # 28 of 2025 are left for 2026, of which 4 lapse, and so all of 2026 for 2027.
        (1, 40 + 46, {2025: 12, 2026: 24, 2027: 10}),
        (2, 40 + 50, {2025: 12, 2026: 24, 2027: 14}),
    ],
)
def test_the_oldest_credit_is_used_first(years: int, npv: float, used: dict[int, float]) -> None:
    # One cube a year can be had, and there is work for two at 60. Tax is 30 % of 40, then of 80 and of 80: 12, 24, 24.
    # 180 + 120 - 200 - 60 = 40. Earned are 40 in 2025, and 10 of 40 in 2026, which are all that is to be had then.
    case = toy(
        **taxed(60),
        workloads__training__amount=2,
        offers__maker__available=1,
        programmes={"saving": credit(0.4, years, fiscal_year_caps={"FY2026": mn(10)})},
    )
    outcome = best(case, npv)
    assert orders(outcome) == {("maker", 0): 1, ("maker", 1): 1}
    assert credits(outcome) == used


@pytest.mark.parametrize(("ceiling", "used"), [("6 %", 6), ("5 %", 5)])
def test_a_credit_is_public_money(ceiling: str, used: float) -> None:
    case = toy(**taxed(40), programmes={"saving": credit(0.06)}, finance__public_money_ceiling=ceiling)
    best(case, 2 + used)


def test_a_credit_counts_what_a_grant_leaves() -> None:
    # State pays half, as income: 30 % of 50 + 20, then of 20 and 20. The credit is 12 % of the other 50.
    state, saving = programme(0.5), credit(0.12, after=["state"])
    outcome = best(toy(**taxed(40), programmes={"state": state, "saving": saving}), 20 + 50 - 21 - 6 - 6 + 6)
    assert credits(outcome) == {2025: 6}


# --- Special depreciation. A cube that earns 60 pays 12 of tax in each year. ---


@pytest.mark.parametrize(
    ("terms", "taxes"),
    [
        # Written off 20 in each year.
        ({}, None),
        # 40 at once, and 8 a year less: profit 60 - 20 - 40 + 8, then 60 - 12.
        (at_once(0.4), (2.4, 14.4, 14.4)),
        (at_once(0.4, fiscal_year_caps={"FY2025": mn(40)}), (2.4, 14.4, 14.4)),
        # Three quarters of it: 60 - 20 - 30 + 6, then 60 - 14.
        (at_once(0.4, fiscal_year_caps={"FY2025": mn(30)}), (4.8, 13.8, 13.8)),
        # 60 at once is a loss of 8, used in the year after: 60 - 20 - 60 + 12, then 60 - 8 - 8 and 60 - 8.
        (at_once(0.6), (0, 13.2, 15.6)),
        # No public money.
        (at_once(0.4, operator_cap=mn(40)), (2.4, 14.4, 14.4)),
    ],
)
def test_writing_off_at_once_puts_tax_off(terms: dict[str, Any], taxes: tuple[float, float, float] | None) -> None:
    first, second, third = taxes or (12, 12, 12)
    npv = -100 + revenue(0.1) - first * D0 - second * D1 - third * D2
    programmes = {"early": terms} if terms else {}
    best(
        toy(
            **taxed(60),
            finance__discount_rate="10 %",
            finance__public_money_ceiling="0 %",
            programmes=programmes,
        ),
        npv,
    )


def test_who_leaves_takes_what_was_written_off_at_once_along() -> None:
    # Work in 2025 only, and 70 for a cube of one year, which stands at 80 in the books, or at 80 - 80 % of 40 = 48.
    # Profit 60 - 20 - 40 + 8 = 8 and 70 - 48 = 22; 40 % of it at 10 %. Without it 40, and a loss of 10 of no use.
    # The 70 come at the end of January 2026.
    case = toy(
        **taxed(60, rate="40 %"),
        workloads__training__amount={"2025-01": 1, "2026-01": 0},
        offers__maker__allocation=1,
        finance__discount_rate="10 %",
        finance__resale=[{"age": "1 year", "share": "70 %"}, {"age": "2 years", "share": "40 %"}],
        programmes={"early": at_once(0.4)},
    )
    sale = factor(datetime.date(2026, 1, 31))
    outcome = best(case, -100 + revenue(0.1, years=1) - 3.2 * D0 + 70 * sale - 8.8 * D1)
    assert laid_flat(outcome.decisions.claimed_exit) == {("early", "maker", "east", 0, 1): pytest.approx(1)}
    assert outcome.audit.accounts.books.charges["special_depreciation"][0] == pytest.approx(40 * MILLION)


def test_a_grant_and_what_is_written_off_at_once_share_the_cost() -> None:
    # State pays 40 off the book value, in the first January; of the other 60, half is written off at once: 30.
    # Profit 60 + 40 - 40 - 30 - 20 + 8 + 6 = 24, then 60 - 20 + 14 = 54; 30 % of them.
    case = toy(
        **taxed(60),
        finance__discount_rate="10 %",
        finance__asset_grants="reduce_book_value",
        programmes={"state": programme(0.4), "early": at_once(0.5, after=["state"])},
    )
    grant = factor(datetime.date(2025, 1, 31))
    best(case, -100 + 40 * grant + revenue(0.1) - 7.2 * D0 - 16.2 * D1 - 16.2 * D2)
