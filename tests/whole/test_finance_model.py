"""One case, worked by hand on paper, against the audit, the model and the workbook: loan, grant, losses, sale and tax.

Amounts are in millions of yen, periods are quarters, fiscal years end in March.

Two cubes have to be ordered in July 2024 for work that begins in October; a quarter of the price is paid at once. A
cube costs 120 and 12 for its network. The work needs two cubes for a year and one from then on, so one is sold as soon
as it is idle. The bank asks for 20 % a year, so no more is drawn than cash needs when the rest of the price is due,
before the first income, and all cash above the minimum of 10 goes back at the end of each quarter. A programme pays
25 % of one cube, 9 months after delivery; it wants it kept for five years.

    period       0       1       2       3       4       5       6       7       8       9      10
    starts  2024-07 2024-10 2025-01 2025-04 2025-07 2025-10 2026-01 2026-04 2026-07 2026-10 2027-01
    hours     2,208   2,208   2,160   2,184   2,208   2,208   2,160   2,184   2,208   2,208   2,160
    fiscal     2024 . . . . . . . .   2025  . . . . . . . . . . .     2026 . . . . . . . . . . . .
    cubes         0       2       2       2       2       1       1       1       1       1       1
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import pairwise

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.headline import headline
from planner.report.workbook.book import write_workbook
from planner.vocabulary.keys import FiscalYear
from tests.cases.paper import model_comes_to
from tests.cases.toy import MILLION, mn, programme, toy
from tests.decided import plan_laid_flat, with_tables

ARRIVAL = "2024-10 maker"
NONE = [0.0] * 11

# --- The lines of the cash flow ---

# 6,000 JPY an hour until March 2025, 9,000 from then on.
REVENUE = [
    0,
    2 * 2208 * 0.006,  # 26.496
    2 * 2160 * 0.006,  # 25.92
    2 * 2184 * 0.009,  # 39.312
    2 * 2208 * 0.009,  # 39.744
    2208 * 0.009,  # 19.872
    2160 * 0.009,  # 19.44
    2184 * 0.009,  # 19.656
    2208 * 0.009,
    2208 * 0.009,
    2160 * 0.009,
]
# 1 kW at 0.5 a month.
OPERATIONS = [0, 3, 3, 3, 3, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5]
SYSTEM_PRICE = [0.25 * 240, 0.75 * 240, *NONE[2:]]
ADDITIONS = [0.25 * 24, 0.75 * 24, *NONE[2:]]
# 25 % of 120, delivered in October 2024, paid in July 2025.
GRANTS = [0, 0, 0, 0, 30, *NONE[5:]]
# At one year a cube fetches half of 120.
RESALE = [0, 0, 0, 0, 0, 60, *NONE[6:]]
# At the start of October 2024 there are 114 - 66 = 48, and 198 go out. To keep 10, 160 are missing.
DRAWN = [0, 160, *NONE[2:]]
# 5 % a quarter of what is owed in it: 160, 144.504, 128.8092, 98.93766, 37.140543.
INTEREST = [0, 8, 7.2252, 6.44046, 4.946883, 1.85702715, *NONE[6:]]
REPAID = [
    0,
    26.496 - 3 - 8,  # 15.496
    25.92 - 3 - 7.2252,  # 15.6948
    39.312 - 3 - 6.44046,  # 29.87154
    39.744 + 30 - 3 - 4.946883,  # 61.797117
    37.140543,  # all that is left
    *NONE[6:],
]
# At the end of each quarter, after what is repaid.
DEBT = [0, 160 - 15.496, 144.504 - 15.6948, 128.8092 - 29.87154, 98.93766 - 61.797117, *NONE[5:]]
# The tax of the year that ends in March 2026 is paid by the end of May; that of the next is not due before the end.
TAX = [*NONE[:7], 2.5685444775, 0, 0, 0]
# 20 go back to the owners in January 2026.
FUNDING = [*NONE[:6], -20, *NONE[7:]]
CASH = [
    114 - 66,  # 48
    10,
    10,
    10,
    10,
    10 + 19.872 + 60 - 1.5 - 1.85702715 - 37.140543,  # 49.37442985
    49.37442985 + 19.44 - 1.5 - 20,  # 47.31442985
    47.31442985 + 19.656 - 1.5 - 2.5685444775,  # 62.9018853725
    62.9018853725 + 19.872 - 1.5,  # 81.2738853725
    81.2738853725 + 19.872 - 1.5,  # 99.6458853725
    99.6458853725 + 19.44 - 1.5,  # 117.5858853725
]

# --- Profit ---

# Two cubes of 132 over 36 months: 22 a quarter, of one cube 11. The grant of 30 takes 2.5 a quarter off from period 4.
DEPRECIATION = [0, 22, 22, 22, 19.5, 8.5, 8.5, 8.5, 8.5, 8.5, 8.5]
# A cube that is sold after 12 of 36 months stands at two thirds of 132: 88 for 60.
WRITTEN_OFF = [0, 0, 0, 0, 0, 88, *NONE[6:]]
# When the grant comes, 9 of 36 months are written off, so three quarters of it can still be taken off.
COMPRESSION = [0, 0, 0, 0, 22.5, *NONE[5:]]
PROFIT = [
    0,
    26.496 - 3 - 8 - 22,  # -6.504
    25.92 - 3 - 7.2252 - 22,  # -6.3052
    39.312 - 3 - 6.44046 - 22,  # 7.87154
    39.744 + 30 - 3 - 4.946883 - 19.5 - 22.5,  # 19.797117
    19.872 + 60 - 1.5 - 1.85702715 - 8.5 - 88,  # -19.98502715
    19.44 - 1.5 - 8.5,  # 9.44
    19.656 - 1.5 - 8.5,  # 9.656
    19.872 - 1.5 - 8.5,  # 9.872
    19.872 - 1.5 - 8.5,  # 9.872
    19.44 - 1.5 - 8.5,  # 9.44
]

# --- Tax at 30 % ---

# FY2024: 0 - 6.504 - 6.3052 = -12.8092, carried forward.
# FY2025: 7.87154 + 19.797117 - 19.98502715 + 9.44 = 17.12362985. Half of it may be offset, 8.561814925, so 4.247385075
# stay.
# FY2026: 9.656 + 9.872 + 9.872 + 9.44 = 38.84. All that is left is offset: 34.592614925 are taxed.
YEARS = {
    # profit, losses used, tax, losses carried, number of the month in which it is paid
    2024: (-12.8092, 0, 0, 12.8092, 10),
    2025: (17.12362985, 8.561814925, 0.3 * 8.561814925, 12.8092 - 8.561814925, 22),
    2026: (38.84, 4.247385075, 0.3 * 34.592614925, 0, None),
}
TAX_CHARGE = [*NONE[:6], 2.5685444775, 0, 0, 0, 10.3777844775]

# --- Balance sheet ---

ADVANCES = [66, *NONE[1:]]
FIXED_ASSETS = [
    0,
    264 - 22,  # 242
    242 - 22,  # 220
    220 - 22,  # 198
    198 - 19.5 - 22.5,  # 156
    156 - 88 - 8.5,  # 59.5
    51,
    42.5,
    34,
    25.5,
    17,
]
TAX_PAYABLE = [*NONE[:6], 2.5685444775, 0, 0, 0, 10.3777844775]
EQUITY = [
    114,
    114 - 6.504,  # 107.496
    107.496 - 6.3052,  # 101.1908
    101.1908 + 7.87154,  # 109.06234
    109.06234 + 19.797117,  # 128.859457
    128.859457 - 19.98502715,  # 108.87442985
    108.87442985 + 9.44 - 2.5685444775 - 20,  # 95.7458853725
    95.7458853725 + 9.656,  # 105.4018853725
    105.4018853725 + 9.872,  # 115.2738853725
    115.2738853725 + 9.872,  # 125.1458853725
    125.1458853725 + 9.44 - 10.3777844775,  # 124.208100895
]

# --- Money by month, from July 2024 (0) to March 2027 (32) ---

CUBES = [0, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1]
TURNS = [datetime.date(2024 + m // 12, m % 12 + 1, 1) - datetime.timedelta(days=1) for m in range(6, 40)]
"""The day of valuation, 30 June 2024, and the last day of every month."""
BUSY_HOURS = [24 * (after - before).days * CUBES[m // 3] for m, (before, after) in enumerate(pairwise(TURNS))]
INCOME = [hours * (0.006 if m < 9 else 0.009) - 0.5 * CUBES[m // 3] for m, hours in enumerate(BUSY_HOURS)]
"""Revenue by the hour, less 0.5 for each cube."""
# What is paid at the start of a month: a quarter in July, the rest in October 2024.
PAID = {0: -66, 3: -198}
# What comes or goes at the end of one: the grant in July, the sale in October 2025, tax in May 2026.
COMES = {12: 30, 15: 60, 22: -2.5685444775}
# 160 are drawn at the start of October 2024, and repaid at the ends of quarters; interest goes in equal months.
LENT_AT_END = [-INTEREST[m // 3] / 3 - (REPAID[m // 3] if m % 3 == 2 else 0) for m in range(33)]
AFTER_PAYMENTS: list[float] = []
AT_END: list[float] = []
for m in range(33):
    AFTER_PAYMENTS.append((AT_END[-1] if m else 114) + PAID.get(m, 0) + {3: 160, 18: -20}.get(m, 0))
    AT_END.append(AFTER_PAYMENTS[-1] + INCOME[m] + COMES.get(m, 0) + LENT_AT_END[m])

# --- Present value at 5 % by real days ---

FACTOR = [1.05 ** -((turn - TURNS[0]).days / 365) for turn in TURNS]
NET = [-66, -38, 0, 0, 0, 39.37442985, 17.94, 15.5874555225, 18.372, 18.372, 17.94]
# The cube that is left fetches 40 % of 120 after 30 months, 48; sold then, it would owe its grant of 30 again.
TERMINAL_VALUE = 48 - 30
# 30 % of what that is above the book value of 17.
END_TAX = 0.3 * (18 - 17)
END_VALUE = 18 - 10.3777844775 - 0.3  # 7.3222155225
# Interest saves 30 % of 8 + 7.2252 = 15.2252 in FY2024, and of 6.44046 + 4.946883 + 1.85702715 = 13.24437015 in FY2025,
# which counts at the end of the Mays after. Nobody is owed anything in FY2026.
SHIELD = {10: 0.3 * 15.2252, 22: 0.3 * 13.24437015}
UNLEVERED = (
    sum(amount * FACTOR[m] for m, amount in PAID.items())
    + sum(amount * FACTOR[m + 1] for m, amount in enumerate(INCOME))
    + sum(amount * FACTOR[m + 1] for m, amount in COMES.items())
    - sum(amount * FACTOR[m + 1] for m, amount in SHIELD.items())
    + 7.3222155225 * FACTOR[33]
)
# 20 % is dearer than 5 %: what is drawn is worth less than what goes back.
LOAN_COST = -160 * FACTOR[3] - sum(amount * FACTOR[m + 1] for m, amount in enumerate(LENT_AT_END))
NPV = UNLEVERED - LOAN_COST

BY_LINE = {
    "revenue": REVENUE,
    "grants": GRANTS,
    "resale": RESALE,
    "loans_drawn": DRAWN,
    "energy": NONE,
    "rent": NONE,
    "operations": OPERATIONS,
    "maintenance": NONE,
    "system_price": SYSTEM_PRICE,
    "additions": ADDITIONS,
    "expansion": NONE,
    "contracted": NONE,
    "grants_repaid": NONE,
    "tax": TAX,
    "interest": INTEREST,
    "loans_repaid": REPAID,
}


def hand_case() -> Case:
    """The case as its file says it."""
    return toy(
        calendar={"start": "2024-07", "period": "quarter", "periods": 11, "fiscal_year_start_month": 4},
        finance={
            "currency": "JPY",
            "opening_cash": mn(114),
            "minimum_cash": mn(10),
            "funding": {"2026-01": mn(-20)},
            "discount_rate": "5 %",
            "terminal_value": True,
            "resale": [{"age": "12 months", "share": "50 %"}, {"age": "30 months", "share": "40 %"}],
            "loans": {
                "bank": {
                    "limit": mn(200),
                    "rate": "20 %",
                    "term": "2 years",
                    "draw_window": {"from": "2024-10", "to": "2024-10"},
                }
            },
            "depreciation": {"systems": "36 months"},
            "asset_grants": "reduce_book_value",
            "tax": {"rate": "30 %", "payment_lag": "2 months", "loss_use_limit": "50 %"},
        },
        offers__maker={
            "system": "cube",
            "supplier": "maker",
            "lead_time": "3 months",
            "additions": "10 %",
            "price": mn(120),
            "order_window": {"from": "2024-07", "to": "2024-07"},
            "payment": {"at_order": "25 %"},
        },
        systems__cube__price={"typical": mn(120)},
        sites__east__operations="0.5 mn JPY/kW-month",
        workloads__training={
            "metric": "accelerators",
            "amount": {"2024-10": 2, "2025-10": 1},
            "price": {"2024-10": "6000 JPY/accelerator-hour", "2025-04": "9000 JPY/accelerator-hour"},
            "must_serve": 1,
        },
        programmes={"ministry": programme(0.25, payment_lag="9 months", retention="5 years", total_cap=mn(30))},
    )


def millions(amounts: Iterable[float]) -> list[object]:
    """Amounts that have to agree with the figures on paper to a hundredth of a yen."""
    return [pytest.approx(amount * MILLION, abs=0.01) for amount in amounts]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return plan_case(hand_case(), gap=0.0)


def test_the_figures_on_paper_agree_with_each_other() -> None:
    for t in range(11):
        assets = CASH[t] + ADVANCES[t] + FIXED_ASSETS[t]
        assert assets == pytest.approx(DEBT[t] + TAX_PAYABLE[t] + EQUITY[t]), t
        flow = CASH[t] - (CASH[t - 1] if t else 114) - FUNDING[t]
        assert flow == pytest.approx(NET[t]), t
        assert AT_END[3 * t + 2] == pytest.approx(CASH[t]), t
    assert min(AFTER_PAYMENTS + AT_END) == pytest.approx(10)
    assert pytest.approx(END_VALUE) == TERMINAL_VALUE - TAX_PAYABLE[-1] - END_TAX
    assert TURNS[0] == datetime.date(2024, 6, 30)
    assert TURNS[-1] == datetime.date(2027, 3, 31)
    assert DEBT[-1] == 0


def test_the_plan_is_the_one_that_was_meant(outcome: Outcome) -> None:
    made = plan_laid_flat(outcome.decisions)
    assert made.order == {("maker", "east", 0): 2}
    assert made.exit == {("cube", "east", ARRIVAL, 5): 1}
    assert made.claim == {("ministry", "maker", "east", 0): pytest.approx(1)}
    assert made.draw == {("bank", 1): pytest.approx(160 * MILLION)}
    assert made.repay == {("bank", t): pytest.approx(REPAID[t] * MILLION) for t in range(1, 6)}
    assert made.claimed_exit == {}


def test_the_audit_comes_to_the_figures_on_paper(outcome: Outcome) -> None:
    accounts = outcome.audit.accounts
    books = accounts.books
    for line in outcome.lines:
        assert list(accounts.lines[line]) == millions(BY_LINE[line]), line
    assert list(accounts.cash) == millions(CASH)
    assert list(accounts.cash_after_payments) == millions(AFTER_PAYMENTS)
    assert list(accounts.cash_at_end) == millions(AT_END)
    assert list(accounts.funding) == millions(-20 if m == 18 else 0 for m in range(33))
    assert list(accounts.net) == millions(NET)
    assert list(books.charges["depreciation"]) == millions(DEPRECIATION)
    assert list(books.charges["written_off"]) == millions(WRITTEN_OFF)
    assert list(books.charges["compression"]) == millions(COMPRESSION)
    assert list(books.charges["special_depreciation"]) == millions(NONE)
    assert list(books.profit) == millions(PROFIT)
    assert list(books.tax_charge) == millions(TAX_CHARGE)


def test_the_audit_comes_to_the_balances_on_paper(outcome: Outcome) -> None:
    accounts = outcome.audit.accounts
    books = accounts.books
    assert list(books.advances) == millions(ADVANCES)
    assert list(books.fixed_assets) == millions(FIXED_ASSETS)
    assert list(books.debt["bank"]) == millions(DEBT)
    assert list(books.tax_payable) == millions(TAX_PAYABLE)
    assert [books.opening_fixed_assets, books.opening_advances, books.opening_debt] == [0, 0, 0]
    assert [year.number for year in books.years] == list(YEARS)
    for name, (profit, used, tax, carried, paid_in) in YEARS.items():
        year = books.years[FiscalYear(name)]
        found = [year.profit, year.loss_used, year.tax, year.loss_carried]
        assert found == millions([profit, used, tax, carried]), name
        assert year.paid_in == paid_in, name
    ends = [accounts.terminal_value, books.end_tax, accounts.end_value]
    assert ends == millions([TERMINAL_VALUE, END_TAX, END_VALUE])
    assert accounts.loan_costs == {"bank": millions([LOAN_COST])[0]}
    assert [accounts.unlevered, accounts.npv, outcome.proof.objective] == millions([UNLEVERED, NPV, NPV])


def test_the_model_comes_to_the_figures_on_paper() -> None:
    model_comes_to(hand_case(), BY_LINE, NPV)


def test_neither_keeping_the_idle_cube_nor_leaving_the_grant_is_worth_more(outcome: Outcome) -> None:
    made, best = outcome.decisions, outcome.audit.accounts.npv
    for t in range(6, 11):
        later = with_tables(made, exit={("cube", "east", ARRIVAL, t): 1})
        assert audit(outcome.case, later).accounts.npv < best - MILLION, t
    unclaimed = outcome.case.model_copy(update={"programmes": {}})
    assert plan_case(unclaimed, gap=0.0).proof.objective < best - MILLION


# --- The workbook ---

CASH_FLOW_ROWS = {
    "revenue": REVENUE,
    "operations": OPERATIONS,
    "corporate tax paid": TAX,
    "price of systems": SYSTEM_PRICE,
    "network, storage and installation": ADDITIONS,
    "grants paid": GRANTS,
    "resale of systems": RESALE,
    "loans drawn": DRAWN,
    "interest paid": INTEREST,
    "loans repaid": REPAID,
    "net cash flow before funding": NET,
    "funding": FUNDING,
    "cash at the end": CASH,
    "bank: owed at the end": DEBT,
}
PROFIT_ROWS = {
    "depreciation": DEPRECIATION,
    "interest": INTEREST,
    "grants: special profit": GRANTS,
    "reduction of book value by grants: special loss": COMPRESSION,
    "resale of systems": RESALE,
    "book value of systems that leave": WRITTEN_OFF,
    "profit before tax": PROFIT,
    "tax charged": TAX_CHARGE,
    "tax paid": TAX,
    "tax payable at the end": TAX_PAYABLE,
}
# By fiscal year: its loss, what is used of earlier ones, what is left; what is taxed, and the tax.
PROFIT_YEARS = {
    "loss of the year": [12.8092, 0, 0],
    "losses used": [0, 8.561814925, 4.247385075],
    "losses at the end": [12.8092, 4.247385075, 0],
    "taxable profit": [0, 8.561814925, 34.592614925],
    "tax of the year": [0, 2.5685444775, 10.3777844775],
}
BALANCE_ROWS = {
    "cash": CASH,
    "advances": ADVANCES,
    "fixed assets": FIXED_ASSETS,
    "loan bank": DEBT,
    "tax payable": TAX_PAYABLE,
    "equity": EQUITY,
    "assets less debt and equity": NONE,
}
CASH_FLOW_VALUES = {
    "terminal value": TERMINAL_VALUE,
    "less tax still to be paid": TAX_PAYABLE[-1],
    "less tax on the terminal value": END_TAX,
    "end value": END_VALUE,
    "value before financing": UNLEVERED,
    "net present value": NPV,
}
# Revenue less operations over interest and scheduled repayments. FY2024: nine months of it only. FY2025: 36.312 +
# 36.744 + 18.372 + 17.94 = 109.368, over 6.44046 + 4.946883 + 1.85702715 = 13.24437015: nothing falls due before July
# 2026, when all of it is repaid already. FY2026: nothing is owed.
LOWEST_COVER = 109.368 / 13.24437015
VALUE = 4
"""The column of figures that belong to no period."""


@pytest.fixture(scope="module")
def workbook(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("workbook") / "plan.xlsx"
    write_workbook(outcome, path)
    return load_workbook(path, data_only=True)


def row_of(sheet: Worksheet, label: str) -> int:
    """The first row of a label: the statements stand above their workings."""
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value == label)


def columns_of(sheet: Worksheet, *, years: bool) -> list[int]:
    """The columns of the periods, which start in a month, or those of the fiscal years behind them."""
    starts = row_of(sheet, "Starts in")
    wanted = str if years else datetime.datetime
    return [column for column in range(2, sheet.max_column + 1) if isinstance(sheet.cell(starts, column).value, wanted)]


def figures(sheet: Worksheet, label: str, *, years: bool = False) -> list[object]:
    row = row_of(sheet, label)
    return [sheet.cell(row, column).value for column in columns_of(sheet, years=years)]


@pytest.mark.parametrize(
    ("name", "rows"),
    [("Cash flow", CASH_FLOW_ROWS), ("Profit and tax", PROFIT_ROWS), ("Balance sheet", BALANCE_ROWS)],
)
def test_the_workbook_shows_the_figures_on_paper(workbook: Workbook, name: str, rows: dict[str, list[float]]) -> None:
    for label, amounts in rows.items():
        assert figures(workbook[name], label) == millions(amounts), label


def test_the_workbook_shows_the_years_and_the_worth_on_paper(workbook: Workbook) -> None:
    for label, amounts in PROFIT_YEARS.items():
        assert figures(workbook["Profit and tax"], label, years=True) == millions(amounts), label
    sheet = workbook["Cash flow"]
    for label, amount in CASH_FLOW_VALUES.items():
        assert [sheet.cell(row_of(sheet, label), VALUE).value] == millions([amount]), label


def test_a_loan_that_is_paid_back_needs_no_cover(workbook: Workbook, outcome: Outcome) -> None:
    sheet = workbook["Key figures"]
    assert figures(sheet, "debt service cover", years=True) == ["none", pytest.approx(LOWEST_COVER), "none"]
    lowest = sheet.cell(row_of(sheet, "lowest debt service cover of a fiscal year"), VALUE).value
    assert lowest == pytest.approx(LOWEST_COVER)
    assert headline(outcome).lowest_debt_service_cover == pytest.approx(LOWEST_COVER)
