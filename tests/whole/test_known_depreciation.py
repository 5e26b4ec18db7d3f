"""Small cases about methods of depreciation whose best plan can be worked out by hand, in millions of yen.

A cube costs 100 and earns 70 in each of three years in which there is work for it; there is work for two. Profit is
taxed at 40 %, in the last month of the year. Nothing is discounted, and what is left at the end is worth nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.finance.depreciation import MACRS, by_fiscal_year
from tests.cases.toy import MILLION, mn, toy, yearly
from tests.decided import decided
from tests.whole.test_known_answers import best, orders

ONE = {("maker", 0): 1}
ONE_BY_ONE = {("maker", 0): 1, ("maker", 1): 1}
HALVES = {"systems_method": "table", "systems_table": [{"share": "50 %"}, {"share": "30 %"}, {"share": "20 %"}]}


def case(cash: float, for_tax: dict[str, Any] | None = None, **depreciation: Any) -> Case:
    """Five years of life unless something else is said; for tax alone where that is said."""
    apart = {"finance__tax__depreciation": for_tax} if for_tax else {}
    return toy(
        workloads__training={"metric": "accelerators", "amount": 2, "price": yearly(70)},
        finance__opening_cash=mn(cash),
        finance__tax={"rate": "40 %", "payment_lag": "0 months"},
        finance__depreciation=depreciation,
        **apart,
    )


@pytest.mark.parametrize(
    ("depreciation", "cash", "plan", "npv"),
    [
        # Straight line: 20 a year. 2025 pays 40 % of 50, and 100 have to be left for the second cube: 150 at first.
        # The first is worth 110 less 40 % of 150; the second adds 40 less 40 % of 100.
        ({}, 150, ONE_BY_ONE, 50 + 0),
        ({}, 149.9, ONE, 50),
        # Declining balance: 40, 24, 14.4. 2025 pays 40 % of 30 only: 142 are enough. 40 % of 131.6, and 40 % of 76.
        ({"systems_method": "declining_balance"}, 142, ONE_BY_ONE, 110 - 52.64 + 40 - 30.4),
        ({"systems_method": "declining_balance"}, 141.9, ONE, 110 - 52.64),
        # MACRS: 20, 32, 19.2. The first year pays as much as in a straight line. 40 % of 138.8, and 40 % of 88.
        ({"systems_method": "macrs"}, 150, ONE_BY_ONE, 110 - 55.52 + 40 - 35.2),
        ({"systems_method": "macrs"}, 149.9, ONE, 110 - 55.52),
        # A table of 50, 30 and 20: 40 % of 20, and 138 are enough. 40 % of 110, and 40 % of 60.
        (HALVES, 138, ONE_BY_ONE, 110 - 44 + 40 - 24),
        (HALVES, 137.9, ONE, 110 - 44),
    ],
)
def test_what_is_written_off_in_the_first_year_decides_whether_a_second_cube_can_be_paid(
    depreciation: dict[str, Any], cash: float, plan: dict[tuple[str, int], int], npv: float
) -> None:
    if not depreciation:
        plan, npv = ONE, 50  # the second cube would add nothing, and is left out
    assert orders(best(case(cash, **depreciation), npv)) == plan


def test_the_audit_refuses_a_plan_that_pays_with_tax_of_another_method() -> None:
    """With 142 the second cube is paid by the declining balance; in a straight line 8 are missing."""
    plan = decided(
        order={("maker", "east", 0): 1, ("maker", "east", 1): 1},
        serve={("training", "cube", "east", t): float(min(t + 1, 2)) for t in range(3)},
    )
    assert audit(case(142, systems_method="declining_balance"), plan).broken == ()
    broken = audit(case(142), plan).broken
    assert {limit.rule for limit in broken} == {"cash_balance"}


def test_additions_of_their_own_life_decide_likewise() -> None:
    # Of the 100 a fifth is network, 20 on 80: in two years it takes 10 in 2025, and the cube of 80 takes 16 in five.
    # Together 26 and not 20: 2025 pays 40 % of 44. Then 26, and 16.
    apart = {"systems": "5 years", "additions": "2 years"}
    terms: dict[str, Any] = {"systems__cube__price__typical": mn(80), "systems__cube__additions": {"typical": "25 %"}}

    def of(cash: float) -> Case:
        return toy(
            workloads__training={"metric": "accelerators", "amount": 2, "price": yearly(70)},
            finance__opening_cash=mn(cash),
            finance__tax={"rate": "40 %", "payment_lag": "0 months"},
            finance__depreciation=apart,
            **terms,
        )

    first, second = 110 - 0.4 * (210 - 68), 40 - 0.4 * (140 - 52)
    assert orders(best(of(147.6), first + second)) == ONE_BY_ONE
    assert orders(best(of(147.5), first)) == ONE


@pytest.mark.parametrize(("cash", "plan"), [(142, ONE_BY_ONE), (141.9, ONE)])
def test_the_books_of_tax_decide_and_those_of_the_owners_tell_the_profit(
    cash: float, plan: dict[tuple[str, int], int]
) -> None:
    # In the books a straight line, 20 a year; for tax the declining balance, 40, 24, 14.4. 2025 pays 40 % of 30, so 142
    # are enough for a second cube, as above. Of the first cube alone: the profits are 50, and the tax 12, 18.4, 22.24.
    # At the end of each year 20, 24 and 18.4 more stand in the books than for tax: 8, 9.6 and 7.36 are put off.
    found = case(cash, {"systems_method": "declining_balance"})
    alone = 110 - 52.64
    outcome = best(found, alone + (40 - 30.4 if plan == ONE_BY_ONE else 0))
    assert orders(outcome) == plan
    books = outcome.audit.accounts.books
    if plan == ONE:
        assert [amount / MILLION for amount in books.profit] == pytest.approx([50, 50, 50])
        assert [amount / MILLION for amount in books.tax_charge] == pytest.approx([12, 18.4, 22.24])
        assert [amount / MILLION for amount in books.deferred_tax] == pytest.approx([8, 9.6, 7.36])
        net = [books.profit[t] - books.tax_charge[t] - books.deferred_in(t) for t in range(3)]
        assert [amount / MILLION for amount in net] == pytest.approx([30, 30, 30])


def test_the_audit_refuses_a_plan_that_pays_with_the_tax_of_the_books() -> None:
    """The other way round: a straight line for tax leaves no cash for the second cube, whatever the books write off."""
    slow = case(142, {"systems": "5 years"}, systems_method="declining_balance")
    plan = decided(
        order={("maker", "east", 0): 1, ("maker", "east", 1): 1},
        serve={("training", "cube", "east", t): float(min(t + 1, 2)) for t in range(3)},
    )
    assert {limit.rule for limit in audit(slow, plan).broken} == {"cash_balance"}
    assert audit(case(142, {"systems_method": "declining_balance"}), plan).broken == ()


@pytest.mark.parametrize(("cash", "plan"), [(135, ONE_BY_ONE), (134.9, ONE)])
def test_a_tax_credit_that_lowers_the_basis_takes_back_a_part_of_what_it_gives(
    cash: float, plan: dict[tuple[str, int], int]
) -> None:
    # For tax a table of 50, 30 and 20. A credit of 10 on the first cube alone lowers its basis by half of that, to 95:
    # 47.5, 28.5 and 19. 2025 pays 40 % of 22.5 less 10, nothing, and keeps 1 of the credit for 2026. So 70 stay of the
    # year, and 130 would do; with 5 more in the bank at the start there are 135, and the second cube costs 105 then.
    terms: dict[str, Any] = {
        "workloads__training": {"metric": "accelerators", "amount": 2, "price": yearly(70)},
        "offers__maker__price": {"2025-01": mn(100), "2026-01": mn(105)},
        "finance__opening_cash": mn(cash),
        "finance__tax": {"rate": "40 %", "payment_lag": "0 months", "depreciation": HALVES},
        "programmes": {
            "credit": {
                "kind": "tax_credit", "rate": "10 %", "categories": ["systems"], "basis_reduction": "50 %",
                "carry_forward": "2 years", "order_window": {"to": "2025-12"},
            },
        },
    }  # fmt: skip
    # The first: 210 - 100 - 40 % of (210 - 95) + 10. The second: 140 - 105 - 40 % of (140 - 84).
    first, second = 110 - 46 + 10, 35 - 22.4
    outcome = best(toy(**terms), first + (second if plan == ONE_BY_ONE else 0))
    assert orders(outcome) == plan
    if plan == ONE:
        books = outcome.audit.accounts.books
        assert [amount / MILLION for amount in books.taxable_profit] == pytest.approx([22.5, 41.5, 51])
        assert [amount / MILLION for amount in books.tax_value] == pytest.approx([47.5, 19, 0])
        assert [amount / MILLION for amount in books.tax_charge] == pytest.approx([0, 15.6, 20.4])


def test_the_effective_cost_of_an_investment_with_credit_and_macrs() -> None:
    """A worked case of REopt: 100,000 with a credit of 30 %, half of which lowers the basis, 26 % of tax and 7 %."""
    basis, years = 100_000 * (1 - 0.5 * 0.3), range(1, 7)
    saved = [
        0.26 * basis * (by_fiscal_year(MACRS[5], 12 * k, 12) - by_fiscal_year(MACRS[5], 12 * k - 12, 12)) for k in years
    ]
    saved[0] += 0.3 * 100_000
    cost = 100_000 - sum(amount / 1.07**k for k, amount in zip(years, saved, strict=True))
    assert cost == pytest.approx(53_585, abs=1)


def test_the_planner_comes_to_the_same_effective_cost() -> None:
    """The same 100,000 in the planner: what tax takes less than of the same income without the investment."""
    years = {"start": "2025-01", "period": "year", "periods": 6, "fiscal_year_start_month": 1}
    system = {"price__typical": mn(0.1), "useful_life": "10 years"}
    terms: dict[str, Any] = {
        "calendar": years,
        **{f"systems__cube__{field}": value for field, value in system.items()},
        "workloads__training__price": yearly(60),
        "finance__discount_rate": "7 %",
        "finance__tax": {"rate": "26 %", "payment_lag": "0 months", "depreciation": {"systems_method": "macrs"}},
        "offers__maker__order_window": {"to": "2025-12"},
        "programmes": {
            "credit": {"kind": "tax_credit", "rate": "30 %", "categories": ["systems"], "basis_reduction": "50 %"}
        },
    }
    plan = decided(
        order={("maker", "east", 0): 1},
        serve={("training", "cube", "east", t): 1.0 for t in range(6)},
        claim={("credit", "maker", "east", 0): 1.0},
        credit={("credit", 2025): 30_000.0},
    )
    audited = audit(toy(**terms), plan)
    assert audited.broken == ()
    of_income = audited.accounts.present("revenue") - sum(
        0.26 * amount * factor
        for amount, factor in zip(audited.accounts.lines["revenue"], audited.accounts.discount[12::12], strict=True)
    )
    # Two leap years put 2028 and later a day off.
    assert of_income - audited.accounts.npv == pytest.approx(53_585, rel=2e-4)
