"""The rows of dividends, written down by hand for the case of ``cases/paying.py``."""

from __future__ import annotations

from planner.coefficients import coefficients_of
from planner.model.build import build
from tests.cases.paying import paying_case
from tests.cases.toy import mn

PAYING = {
    # A cube earns 60 and loses 25 of its value a year; the bank takes 10 % of what it lent, and a third of that back.
    # Of 2026 half of the profit may be paid; of 2025 what is stated, whatever its profit, out of all that is kept.
    "dividends": """
dividends[FY2025,none]: dividend[FY2025] - 4 pays_owners[FY2025] <= 0
dividends[FY2025,retained]: 25 order[maker,east,2025-01] - 60 serve[training,cube,east,2025-01] \
+ 0.1 draw[bank,2025-01] + dividend[FY2025] + retained_room[FY2025] <= 5
dividends[FY2025,retained kept]: - 1109 pays_owners[FY2025] + retained_room[FY2025] >= -1109
dividends[FY2025,lock-up]: 60 serve[training,cube,east,2025-01] - 0.14 draw[bank,2025-01] \
- 1.4 scheduled[bank,FY2025] - lock_up_room[FY2025] >= 0
dividends[FY2025,lock-up kept]: - 252 pays_owners[FY2025] + lock_up_room[FY2025] >= -252
dividends[FY2025,stated]: dividend[FY2025] >= 4
dividends[FY2026,none]: dividend[FY2026] - 1105 pays_owners[FY2026] <= 0
dividends[FY2026,retained]: 50 order[maker,east,2025-01] + 25 order[maker,east,2026-01] \
+ 50 exit[cube,east,2025-01 maker,2026-01] - 60 serve[training,cube,east,2025-01] \
- 60 serve[training,cube,east,2026-01] + 0.1 draw[bank,2025-01] + 0.1 draw[bank,2026-01] \
+ 0.1 owed[bank,2025-01] + dividend[FY2025] + dividend[FY2026] + retained_room[FY2026] <= 5
dividends[FY2026,retained kept]: - 3314 pays_owners[FY2026] + retained_room[FY2026] >= -3314
dividends[FY2026,share]: 12.5 order[maker,east,2025-01] + 12.5 order[maker,east,2026-01] \
+ 25 exit[cube,east,2025-01 maker,2026-01] - 30 serve[training,cube,east,2026-01] + 0.05 draw[bank,2026-01] \
+ 0.05 owed[bank,2025-01] + dividend[FY2026] + payout_room[FY2026] <= 0
dividends[FY2026,share kept]: - 3314 pays_owners[FY2026] + payout_room[FY2026] >= -3314
dividends[FY2026,lock-up]: 60 serve[training,cube,east,2026-01] - 0.14 draw[bank,2026-01] - 0.14 owed[bank,2025-01] \
- 1.4 scheduled[bank,FY2026] - lock_up_room[FY2026] >= 0
dividends[FY2026,lock-up kept]: - 252 pays_owners[FY2026] + lock_up_room[FY2026] >= -252
""",
}


def test_rows_of_dividends() -> None:
    assert build(coefficients_of(paying_case())).text("dividends") == PAYING["dividends"].strip().split("\n")


def test_a_dividend_is_paid_at_the_end_of_the_third_month_after_its_year() -> None:
    rows = build(coefficients_of(paying_case())).text("cash_balance")
    paid = {row.partition(": ")[0]: row for row in rows if "dividend" in row}
    assert [*paid] == ["cash_balance[2026-03 end]", "cash_balance[2027-03 end]"]
    assert paid["cash_balance[2026-03 end]"].partition(": ")[2].startswith("dividend[FY2025] - cash[2026-03 start] + ")


def test_equity_falls_by_what_is_paid_and_a_year_without_debt_service_is_asked_about_by_its_whole_number() -> None:
    model = build(coefficients_of(paying_case(finance__covenants={"most_debt_to_equity": 2})))
    rows = model.text("year_end_covenants")
    (equity,) = [row for row in rows if row.startswith("year_end_covenants[FY2026,equity]: ")]
    assert " + 2 dividend[FY2025] " in equity and "dividend[FY2026]" not in equity
    losing = build(coefficients_of(paying_case(sites__east__operations="1 mn JPY/kW-month")))
    (kept,) = [row for row in losing.text("dividends") if row.startswith("dividends[FY2025,lock-up kept]: ")]
    # One cube fits, and costs 12 a year.
    assert kept == (
        "dividends[FY2025,lock-up kept]: - 12 serves_debt[FY2025] - 264 pays_owners[FY2025] "
        "+ lock_up_room[FY2025] >= -276"
    )


def test_a_case_that_does_not_say_when_owners_are_paid_has_no_row() -> None:
    model = build(coefficients_of(paying_case(finance__dividends=None)))
    assert model.text("dividends") == []
    kinds = ("dividend", "pays_owners", "retained_room", "payout_room", "lock_up_room")
    assert not any(column.kind in kinds for column in model.columns)


def test_what_would_be_paid_after_the_horizon_is_no_decision() -> None:
    late = {"payment_lag": "13 months", "stated": {"FY2025": mn(4)}}
    model = build(coefficients_of(paying_case(finance__dividends=late)))
    assert [column.key[0].number for column in model.columns if column.kind == "dividend"] == [2025]
