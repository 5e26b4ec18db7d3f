"""A case with every kind of programme, worked by hand on paper.

Amounts are in millions of yen, periods are half-years, fiscal years end in March.

Two cubes have to be ordered in April 2025 for work that begins in October; a quarter of the price of 120 is paid at
once, and three quarters on delivery, before anything is earned: of 250 the least of 10 is left then. The work needs two
cubes for a year and a half and one from then on. Cubes are written off over three years.

    period       0       1       2       3       4       5       6       7
    starts  2025-04 2025-10 2026-04 2026-10 2027-04 2027-10 2028-04 2028-10
    hours     4,392   4,368   4,392   4,368   4,392   4,392   4,392   4,368
    fiscal     2025 . . . .   2026 . . . .   2027 . . . .   2028 . . . .
    cubes         0       2       2       2       1       1       1       1

- ministry: half of the price, 40 % of that on delivery and 60 % a year later. It wants a cube kept for four years, or
  the part of its grant back that belongs to the months that are left.
- prefecture: a quarter of what the ministry leaves, half a year after delivery. It wants three years, on like terms.
- law: a tenth of the price off the tax, no more than a fifth of a year's tax; kept for one further year. It is for
  those who claim at least 240.
- act: a fifth of the price may be written off at once, up to 24.
"""

from __future__ import annotations

from typing import Any

from planner.case.case import Case
from tests.cases.toy import mn, programme, toy

ARRIVAL = "2025-10 maker"
ORDER = ("maker", "east", 0)
OPENING = 250
NONE = [0.0] * 8

# --- The lines of the cash flow ---

# 16,000 JPY an hour.
REVENUE = [
    0,
    2 * 4368 * 0.016,  # 139.776
    2 * 4392 * 0.016,  # 140.544
    2 * 4368 * 0.016,
    4392 * 0.016,  # 70.272
    4392 * 0.016,
    4392 * 0.016,
    4368 * 0.016,  # 69.888
]
# 1 kW at 0.5 a month.
OPERATIONS = [0, 6, 6, 6, 3, 3, 3, 3]
SYSTEM_PRICE = [60, 180, *NONE[2:]]
# The ministry gives 60 for each cube, the prefecture a quarter of the other 60: 15.
MINISTRY = [0, 0.4 * 120, 0, 0.6 * 120, *NONE[4:]]
PREFECTURE = [0, 0, 30, *NONE[3:]]
GRANTS = [0, 48, 30, 72, *NONE[4:]]
# At a year and a half a cube fetches half of 120.
RESALE = [*NONE[:4], 60, *NONE[5:]]
# It leaves after 18 of 48 months, and of 36: 60 * 30 / 48 and 15 * 18 / 36.
MINISTRY_BACK = [*NONE[:4], 37.5, *NONE[5:]]
PREFECTURE_BACK = [*NONE[:4], 7.5, *NONE[5:]]
GRANTS_REPAID = [*NONE[:4], 45, *NONE[5:]]
# The tax of a year is paid by the end of May; that of the last is not due before the end.
TAX = [0, 0, 19.62624, 0, 63.1968, 0, 36.0132, 0]
NET = [
    -60,
    139.776 + 48 - 6 - 180,  # 1.776
    140.544 + 30 - 6 - 19.62624,  # 144.91776
    139.776 + 72 - 6,  # 205.776
    70.272 + 60 - 3 - 45 - 63.1968,  # 19.0752
    70.272 - 3,  # 67.272
    70.272 - 3 - 36.0132,  # 31.2588
    69.888 - 3,  # 66.888
]
CASH = [190, 191.776, 336.69376, 542.46976, 561.54496, 628.81696, 660.07576, 726.96376]

# --- Profit ---

# 20 a half-year for each cube, for six of them. The first part of the ministry takes 48 / 6 = 8 of that off, the second
# 72 / 6 = 12, the prefecture 30 / 6 = 5, half of each for one cube; what the act wrote off at once 24 / 6 = 4.
DEPRECIATION = [
    0,
    40 - 8 - 4,  # 28
    40 - 8 - 5 - 4,  # 23
    40 - 8 - 12 - 5 - 4,  # 11
    20 - 4 - 6 - 2.5 - 4,  # 3.5
    3.5,
    3.5,
    0,
]
# The cube that leaves is half written off: 60, less half of the ministry's 60 and of the prefecture's 15. That cube is
# not the one under the act: the other one keeps putting tax off.
WRITTEN_OFF = [*NONE[:4], 60 - 30 - 7.5, *NONE[5:]]
# Nothing of the cubes is written off when the first part comes, a sixth at the prefecture's grant, then a third.
COMPRESSION = [0, 48, 30 * 5 / 6, 72 * 4 / 6, *NONE[4:]]
SPECIAL_DEPRECIATION = [0, 24, *NONE[2:]]
PROFIT = [
    0,
    139.776 + 48 - 6 - 28 - 48 - 24,  # 81.776
    140.544 + 30 - 6 - 23 - 25,  # 116.544
    139.776 + 72 - 6 - 11 - 48,  # 146.776
    70.272 + 60 - 3 - 45 - 3.5 - 22.5,  # 56.272
    70.272 - 3 - 3.5,  # 63.772
    70.272 - 3 - 3.5,
    69.888 - 3,  # 66.888
]

# --- Tax at 30 % ---

# FY2025: 81.776 is taxed with 24.5328; a fifth is 4.90656. Of 24 that the law gives, 19.09344 are left.
# FY2026: 263.32 is taxed with 78.996; a fifth is 15.7992. What is left then, 3.29424, is kept no longer.
YEARS = {
    # profit, credit, tax less credit, paid in May: month 13 of months from 0, and every twelfth from then on
    2025: (81.776, 4.90656, 19.62624, 13),
    2026: (263.32, 15.7992, 63.1968, 25),
    2027: (120.044, 0, 36.0132, 37),
    2028: (130.66, 0, 39.198, None),
}
TAX_CHARGE = [0, 19.62624, 0, 63.1968, 0, 36.0132, 0, 39.198]
TAX_PAYABLE = TAX_CHARGE

# --- Balance sheet ---

ADVANCES = [60, *NONE[1:]]
FIXED_ASSETS = [
    0,
    240 - 48 - 24 - 28,  # 140
    140 - 25 - 23,  # 92
    92 - 48 - 11,  # 33
    33 - 22.5 - 3.5,  # 7
    3.5,
    0,
    0,
]
EQUITY = [
    250,
    250 + 81.776 - 19.62624,  # 312.14976
    312.14976 + 116.544,  # 428.69376
    428.69376 + 146.776 - 63.1968,  # 512.27296
    512.27296 + 56.272,  # 568.54496
    568.54496 + 63.772 - 36.0132,  # 596.30376
    596.30376 + 63.772,  # 660.07576
    660.07576 + 66.888 - 39.198,  # 687.76576
]

# --- Month by month: 48 of them, from April 2025 on ---

MONTH_DAYS = [
    *(30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31),
    *(30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31),
    *(30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 29, 31),
    *(30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31),
]
CUBES = [0] * 6 + [2] * 18 + [1] * 24
# With the order in April 2025, and on delivery in October.
AT_STARTS = {0: -60, 6: -180}
# The first part of the ministry with the delivery, the second in October 2026; the prefecture in April 2026. In April
# 2027 a cube is sold, and 45 go back. Tax in the Mays.
AT_ENDS = {6: 48, 12: 30, 13: -19.62624, 18: 72, 24: 60 - 45, 25: -63.1968, 37: -36.0132}
# 0.016 an hour; 0.5 for a month.
BY_MONTH = [
    cubes * (24 * days * 0.016 - 0.5) + AT_ENDS.get(m, 0)
    for m, (cubes, days) in enumerate(zip(CUBES, MONTH_DAYS, strict=True))
]

# --- Present value at 10 % by real days ---

TURNS = [sum(MONTH_DAYS[:m]) for m in range(49)]
"""Days up to the start of each month, and to the end of the last one."""
# The cube that is left fetches 20 % of 120 after 42 months. Sold then, it would owe the ministry 60 * 6 / 48.
TERMINAL_VALUE = 24 - 7.5
# Nothing of it is left in the books.
END_TAX = 0.3 * 16.5
END_VALUE = 16.5 - 39.198 - 4.95  # -27.648
NPV = (
    sum(amount / 1.1 ** (TURNS[m] / 365) for m, amount in AT_STARTS.items())
    + sum(amount / 1.1 ** (days / 365) for amount, days in zip(BY_MONTH, TURNS[1:], strict=True))
    - 27.648 / 1.1 ** (1461 / 365)
)

BY_LINE = {
    "revenue": REVENUE,
    "grants": GRANTS,
    "resale": RESALE,
    "loans_drawn": NONE,
    "energy": NONE,
    "rent": NONE,
    "operations": OPERATIONS,
    "maintenance": NONE,
    "system_price": SYSTEM_PRICE,
    "additions": NONE,
    "expansion": NONE,
    "contracted": NONE,
    "grants_repaid": GRANTS_REPAID,
    "tax": TAX,
    "interest": NONE,
    "loans_repaid": NONE,
}
BY_CHARGE = {
    "depreciation": DEPRECIATION,
    "written_off": WRITTEN_OFF,
    "compression": COMPRESSION,
    "special_depreciation": SPECIAL_DEPRECIATION,
}


def aided_case(**changes: Any) -> Case:
    """The case as its file says it, with changes; a double underscore steps into a noun."""
    fields: dict[str, Any] = {
        "calendar": {"start": "2025-04", "period": "half", "periods": 8, "fiscal_year_start_month": 4},
        "finance": {
            "currency": "JPY",
            "opening_cash": mn(OPENING),
            "minimum_cash": mn(10),
            "discount_rate": "10 %",
            "terminal_value": True,
            "resale": [{"age": "18 months", "share": "50 %"}, {"age": "42 months", "share": "20 %"}],
            "depreciation": {"systems": "36 months"},
            "asset_grants": "reduce_book_value",
            "tax": {"rate": "30 %", "payment_lag": "2 months"},
        },
        "offers__maker": {
            "system": "cube",
            "supplier": "maker",
            "lead_time": "6 months",
            "order_window": {"to": "2025-04"},
            "payment": {"at_order": "25 %"},
        },
        "systems__cube__price": {"typical": mn(120)},
        "sites__east__capacity__power": "2 kW",
        "sites__east__operations": "0.5 mn JPY/kW-month",
        "workloads__training": {
            "metric": "accelerators",
            "amount": {"2025-10": 2, "2027-04": 1},
            "price": "16000 JPY/accelerator-hour",
            "must_serve": 1,
        },
        "programmes": {
            "ministry": programme(
                0.5,
                milestones=[{"share": "40 %"}, {"share": "60 %", "lag": "12 months"}],
                retention="48 months",
                early_exit="repay_remaining",
            ),
            "prefecture": programme(
                0.25, after=["ministry"], payment_lag="6 months", retention="36 months", early_exit="repay_remaining"
            ),
            "law": programme(
                0.1, kind="tax_credit", tax_limit="20 %", carry_forward="1 year", minimum_investment=mn(240)
            ),
            "act": programme(0.2, kind="special_depreciation", total_cap=mn(24)),
        },
    }
    return toy(**fields, **changes)
