"""What the profit of a year bears where cost is written off by fiscal years, and additions apart from systems."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.toy import programme, toy
from tests.model.test_rows import in_one_order, lines, told

PROFIT = """
taxable_profit[FY2025]: 50 order[maker,east,2025-01] - 60 serve[training,cube,east,2025-01]
    - 20 claim[half,maker,east,2025-01] + gain[FY2025] - loss[FY2025] = 0
taxable_profit[FY2026]: 34 order[maker,east,2025-01] + 36 exit[cube,east,2025-01 maker,2026-01]
    - 60 serve[training,cube,east,2026-01] - 12 claim[half,maker,east,2025-01] + gain[FY2026] - loss[FY2026] = 0
taxable_profit[FY2027]: 14.4 order[maker,east,2025-01] - 14.4 exit[cube,east,2025-01 maker,2026-01]
    + 21.6 exit[cube,east,2025-01 maker,2027-01] - 60 serve[training,cube,east,2027-01]
    - 7.2 claim[half,maker,east,2025-01] + gain[FY2027] - loss[FY2027] = 0
"""


FOR_TAX = """
taxable_profit[FY2025]: 40 order[maker,east,2025-01] - 60 serve[training,cube,east,2025-01] + gain[FY2025]
    - loss[FY2025] = 0
taxable_profit[FY2026]: 24 order[maker,east,2025-01] + 36 exit[cube,east,2025-01 maker,2026-01]
    - 60 serve[training,cube,east,2026-01] + gain[FY2026] - loss[FY2026] = 0
taxable_profit[FY2027]: 14.4 order[maker,east,2025-01] - 14.4 exit[cube,east,2025-01 maker,2026-01]
    + 21.6 exit[cube,east,2025-01 maker,2027-01] - 60 serve[training,cube,east,2027-01] + gain[FY2027]
    - loss[FY2027] = 0
"""


def test_the_model_keeps_the_books_of_tax_alone() -> None:
    # Half of it a year in the books; for tax the declining balance of five years.
    case = toy(
        offers__maker__order_window={"to": "2025-01"},
        finance__depreciation={"systems": "2 years"},
        finance__tax={"rate": "30 %", "depreciation": {"systems_method": "declining_balance"}},
    )
    rows = [row for row in told(build(coefficients_of(case)), "taxable_profit") if "gain]" not in row]
    assert [row for row in in_one_order(rows) if row.split(":")[0].count(",") == 0] == lines(FOR_TAX)


def test_each_part_of_a_cost_has_its_own_way_and_a_grant_that_of_what_it_pays_for() -> None:
    # A cube of 100 by the declining balance of five years: 40, 24, 14.4. Its additions of 20 over two years: 10, 10.
    # The grant of 50 pays for the cube alone: income and compression meet in 2025, and 20, 12 and 7.2 fall away. Who
    # leaves at the start of 2026 writes off the 70 that are left at once, in place of the 34 of the year.
    case = toy(
        offers__maker__order_window={"to": "2025-01"},
        systems__cube__additions={"typical": "20 %"},
        finance__tax={"rate": "30 %"},
        finance__asset_grants="reduce_book_value",
        finance__depreciation={
            "systems_method": "declining_balance",
            "additions": "2 years",
            "additions_method": "straight_line",
        },
        programmes={"half": programme(0.5, retention="3 years")},
    )
    rows = [row for row in told(build(coefficients_of(case)), "taxable_profit") if "gain]" not in row]
    profit = [row for row in in_one_order(rows) if row.split(":")[0].count(",") == 0]
    assert profit == lines(PROFIT)


LOWER = """
taxable_profit[FY2025]: 40 order[maker,east,2025-01] - 60 serve[training,cube,east,2025-01]
    - 2 claim[credit,maker,east,2025-01] + gain[FY2025] - loss[FY2025] = 0
taxable_profit[FY2026]: 24 order[maker,east,2025-01] + 36 exit[cube,east,2025-01 maker,2026-01]
    - 60 serve[training,cube,east,2026-01] - 1.2 claim[credit,maker,east,2025-01]
    - 1.8 claimed_exit[credit,maker,east,2025-01,2026-01] + gain[FY2026] - loss[FY2026] = 0
taxable_profit[FY2027]: 14.4 order[maker,east,2025-01] - 14.4 exit[cube,east,2025-01 maker,2026-01]
    + 21.6 exit[cube,east,2025-01 maker,2027-01] - 60 serve[training,cube,east,2027-01]
    - 0.72 claim[credit,maker,east,2025-01] + 0.72 claimed_exit[credit,maker,east,2025-01,2026-01]
    - 1.08 claimed_exit[credit,maker,east,2025-01,2027-01] + gain[FY2027] - loss[FY2027] = 0
"""


def test_a_credit_lowers_what_is_written_off_and_is_no_charge_by_itself() -> None:
    # Of a credit of 10 half is taken off the 100: 40 %, 24 % and 14.4 % of 5 are missing. Who leaves in 2026 writes off
    # 60 % of 5 less, in place of the 1.2 of the year.
    case = toy(
        offers__maker__order_window={"to": "2025-01"},
        finance__tax={"rate": "30 %", "depreciation": {"systems_method": "declining_balance"}},
        programmes={"credit": programme(0.1, kind="tax_credit", basis_reduction=0.5)},
    )
    rows = [row for row in told(build(coefficients_of(case)), "taxable_profit") if "gain]" not in row]
    assert [row for row in in_one_order(rows) if row.split(":")[0].count(",") == 0] == lines(LOWER)
