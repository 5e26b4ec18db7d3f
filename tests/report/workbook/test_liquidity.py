"""The sheet Liquidity by month: a case that was worked out by hand, calendars of all lengths, and what it refuses."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.outcome import Outcome
from planner.report.headline import headline
from planner.report.value import lowest_cash
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import FIRST, OPENING, Grid
from planner.report.workbook.engine.keys import Key, OfYear, RowKey
from planner.report.workbook.engine.references import HoldingPeriod, Now, Stack
from planner.report.workbook.engine.terms import Place
from planner.vocabulary.keys import FiscalYear
from tests.decided import decided
from tests.report.example import CASE, outcome, outcome_of
from tests.report.workbook.test_accounts import amount, assert_months_are_the_audits, assert_rows_come_to, rows_of
from tests.report.workbook.test_edges import bare
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees

BY_MONTH, BY_PERIOD = "Liquidity by month", "Cash flow"
RATES = {"USD": {"2024-04": "150 JPY", "2025-04": "140 JPY", "2026-04": "130 JPY"}}
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def dated(period: str, ordered_in: int = 0) -> Outcome:
    """Three years in which something of each kind is paid, most of it within a year: one order, 5 months on the way."""
    length = MONTHS[period]
    place = {
        "region": "hokkaido", "opens": "2024-04", "cooling": ["air"], "capacity": {"power": "1 MW"}, "pue": 1,
        "energy_price": "20 JPY/kWh", "rent": "100 JPY/kW-month",
        "fleet": [{"system": "H200-8", "quantity": 1, "arrives": "2025-06", "unpaid": "1_000 USD"}],
    }  # fmt: skip
    loan = {"limit": "2_000_000 JPY", "rate": "12 %", "term": "3 years"}
    offer = {"system": "H200-8", "supplier": "M", "price": "10_000 USD", "lead_time": "5 months"}
    case = bare(
        calendar={"start": "2024-04", "period": period, "periods": 36 // length},
        finance={
            "currency": "JPY", "exchange_rates": RATES, "opening_cash": "5_000_000 JPY", "minimum_cash": "10_000 USD",
            "funding": {"2024-08": "2_000 USD", "2026-12": "100_000 JPY"}, "discount_rate": "10 %",
            "tax": {"rate": "30 %", "payment_lag": "2 months"}, "loans": {"bank": loan},
            "depreciation": {"systems": "2 years", "facility": "15 years"}, "asset_grants": "income",
        },
        systems={"H200-8": {**CASE["systems"]["H200-8"], "price": {"typical": "10_000 USD"}}},
        offers={"maker": {**offer, "payment": {"at_order": "30 %"}, "additions": "20 %"}},
        sites={"ishikari": place},
        workloads={"web": {"metric": "accelerators", "amount": 10, "price": "40 JPY/accelerator-hour"}},
        programmes={"aid": {"rate": "50 %", "categories": ["systems"], "payment_lag": "4 months"}},
    )  # fmt: skip
    in_use, last = ordered_in + -(-5 // length), 36 // length - 1
    return outcome_of(
        case,
        decided(
            order={("maker", "ishikari", ordered_in): 1},
            claim={("aid", "maker", "ishikari", ordered_in): 1},
            serve={("web", "H200-8", "ishikari", t): 0.9 for t in range(in_use, last + 1)},
            draw={("bank", 0): 1e6},
            repay={("bank", last): 1e6},
        ),
    )


@cache
def laid(period: str, ordered_in: int = 0) -> tuple[Outcome, Grid]:
    result = dated(period, ordered_in)
    return result, lay_book(result).grid


def by_month(grid: Grid, key: RowKey, months: int = 36) -> dict[int, float]:
    """What is not nothing in a row, by the number of the month, from 1."""
    figures = {m + 1: amount(grid, key, m) for m in range(months)}
    return {month: figure for month, figure in figures.items() if figure}


def test_what_was_worked_out_by_hand_stands_in_its_months_of_a_calendar_of_years() -> None:
    """30 % with the order in April 2024, 70 % in September 2024 at that year's 150 JPY, in use from April 2025."""
    _, grid = laid("year")
    assert by_month(grid, Key("monthly", "system_price")) == pytest.approx({1: 450_000, 6: 1_050_000})
    assert by_month(grid, Key("monthly", "additions")) == pytest.approx({1: 90_000, 6: 210_000})
    assert by_month(grid, Key("monthly", "contracted")) == pytest.approx({15: 140_000})
    assert by_month(grid, "month_funding") == pytest.approx({5: 300_000, 33: 100_000})
    assert by_month(grid, Key("monthly", "grants")) == pytest.approx({17: 750_000})
    assert by_month(grid, Key("monthly", "loans_drawn")) == {1: 1e6}
    assert by_month(grid, Key("monthly", "loans_repaid")) == {36: 1e6}
    assert by_month(grid, Key("monthly", "interest")) == pytest.approx(dict.fromkeys(range(1, 37), 10_000))
    revenue = by_month(grid, Key("monthly", "revenue"))
    hourly = 0.9 * 8 * 40
    assert revenue[13] == pytest.approx(30 * 24 * hourly)
    assert revenue[23] == pytest.approx(28 * 24 * hourly), "February 2026"
    assert min(revenue) == 13
    rent = by_month(grid, Key("monthly", "rent"))
    assert rent[13] == pytest.approx(10.2 * 100)
    assert sorted(by_month(grid, Key("monthly", "tax"))) == [26], "two months after March 2026 is May; 2027 is beyond"
    assert by_month(grid, "cash_after_payments")[1] == pytest.approx(5e6 + 1e6 - 450_000 - 90_000)
    assert by_month(grid, "cash_at_end")[1] == pytest.approx(5_460_000 - 10_000)


def test_what_is_paid_before_it_is_in_use_is_an_advance_at_the_end_of_the_year() -> None:
    _, grid = laid("year")
    paid = [amount(grid, Key("line", "system_price"), t) for t in range(3)]
    assert paid == pytest.approx([1_500_000, 0, 0])
    assert [amount(grid, "advances", t) for t in range(3)] == pytest.approx([1_800_000, 140_000, 0])
    assert [amount(grid, "capitalised", t) for t in range(3)] == pytest.approx([0, 1_800_000, 140_000])


@pytest.mark.parametrize(
    ("period", "lowest", "month", "moment"),
    [
        ("quarter", 4_450_000 - 10_000, 6, "at its end"),
        ("year", 4_450_000 - 70_000, 12, "at its end"),
    ],
)
def test_lowest_cash_is_that_of_any_turn_of_a_month(period: str, lowest: float, month: int, moment: str) -> None:
    """In use from October 2024, it is lowest when the rest is paid, in September; in use from April 2025, in March."""
    _, grid = laid(period)
    assert amount(grid, "lowest") == pytest.approx(lowest)
    assert amount(grid, "cash_after_payments", 5) == pytest.approx(5_460_000 - 50_000 + 300_000 - 1_260_000)
    assert (grid.value_of("lowest_number"), grid.value_of("lowest_moment")) == (month, moment)
    assert amount(grid, "lowest_spare") == pytest.approx(lowest - 1_500_000), "the floor is at the rate of its period"


def test_lowest_cash_may_be_that_after_the_payments_at_the_start_of_a_month() -> None:
    grid, accounts = lay_book(outcome()).grid, outcome().audit.accounts
    assert grid.value_of("lowest_moment") == "after payments at its start"
    assert amount(grid, "lowest") == pytest.approx(accounts.cash_after_payments[0])
    assert amount(grid, "lowest") < min(*accounts.cash_at_end, *accounts.cash)


@pytest.mark.parametrize("period", MONTHS)
@pytest.mark.parametrize("ordered_in", [0, 1])
def test_every_month_and_period_is_the_audits_whatever_the_calendar(period: str, ordered_in: int) -> None:
    result, grid = laid(period, ordered_in)
    assert_months_are_the_audits(result, grid)
    assert_rows_come_to(grid, rows_of(result))
    assert failed(grid) == []
    facts = headline(result)
    for key, figure in (("irr", facts.internal_rate_of_return), ("turn", facts.sign_changes)):
        assert grid.value_of(key) == pytest.approx(figure, rel=1e-9), key
    paid_back = "none" if facts.payback_years is None else pytest.approx(facts.payback_years, rel=1e-9)
    assert grid.value_of("payback") == paid_back
    assert grid.value_of("cost_per_hour") == pytest.approx(facts.cost_per_accelerator_hour, rel=1e-9)


@pytest.mark.parametrize("period", ["month", "year"])
def test_another_engine_comes_to_the_same(period: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(laid(period, 1)[0], path)
    assert_another_engine_agrees(path)


def test_fiscal_years_add_up_to_those_of_the_periods() -> None:
    _, grid = laid("quarter")
    for year in (FiscalYear(2024), FiscalYear(2025), FiscalYear(2026)):
        for line in ("revenue", "system_price", "interest", "tax", "grants"):
            months, periods = OfYear(Key("monthly", line), year), OfYear(Key("line", line), year)
            assert amount(grid, months) == pytest.approx(amount(grid, periods)), (line, year)
        assert amount(grid, OfYear("cash_at_end", year)) == pytest.approx(amount(grid, OfYear("cash", year)))
        assert amount(grid, OfYear("cash_at_start", year)) == pytest.approx(amount(grid, OfYear("opening", year)))


def test_the_rate_of_return_is_looked_for_from_the_first_flow_on() -> None:
    """Some spreadsheet programs say 0 % of a row that begins with nothing; here nothing moves for nine months."""
    grid = laid("quarter", 3)[1]
    begins, rows = grid.line_of("irr_from_first"), [grid.line_of(key) for key in ("irr_flow", "irr_dated", "dated")]
    flow, first_day, dated_at = ([grid.value(row._replace(column=OPENING + m)) for m in range(37)] for row in rows)
    assert flow[:9] == pytest.approx([0.0] * 9), "what is drawn and its interest counts nowhere"
    assert grid.value(begins._replace(column=OPENING)) == flow[9] != 0
    assert first_day[0] == dated_at[9]
    assert grid.value_of("irr") == pytest.approx(headline(laid("quarter", 3)[0]).internal_rate_of_return, rel=1e-9)


@pytest.mark.parametrize("term", [Now("cash"), Stack(("opening", "funding")), HoldingPeriod("month_net")])
def test_a_month_does_not_point_at_the_period_in_the_same_column(term: Any) -> None:
    for period in ("month", "year"):  # even where there is a period for each month
        grid = laid(period)[1]
        for act in (term.text, term.value):
            with pytest.raises(ValueError, match=r"same time in a column|not by period"):
                act(grid, Place(BY_MONTH, 12, FIRST))


def test_a_period_does_not_point_at_the_month_in_the_same_column() -> None:
    grid = laid("month")[1]
    for term in (Now("month_net"), HoldingPeriod("cash")):
        with pytest.raises(ValueError, match=r"same time in a column|not by month"):
            term.value(grid, Place(BY_PERIOD, 12, FIRST))
    with pytest.raises(ValueError, match="same time in a column"):
        Now("cash").text(grid, Place("Checks", 12, FIRST))


def test_a_month_names_the_period_that_holds_it() -> None:
    grid, home = laid("quarter")[1], Place(BY_MONTH, 12, FIRST + 4)
    term = HoldingPeriod("cash")
    assert term.text(grid, home).startswith("INDEX('Cash flow'!$I")
    assert term.text(grid, home).endswith(",M$7)")
    assert term.value(grid, home) == grid.value_of("cash", 1)
    assert HoldingPeriod("finance.discount_rate").value(grid, home) == 0.1


def test_the_sheet_is_frozen_below_four_rows_of_header_and_prints_its_titles_on_each_page(tmp_path: Path) -> None:
    write_workbook(laid("quarter")[0], tmp_path / "book.xlsx")
    sheet = load_workbook(tmp_path / "book.xlsx")[BY_MONTH]
    assert sheet.freeze_panes == "I8"
    assert sheet.print_title_rows == "$1:$7"
    assert sheet.page_setup.scale == 89 and sheet.print_title_cols == "$A:$C"
    values = load_workbook(tmp_path / "book.xlsx", data_only=True)[BY_MONTH]
    header = [[values.cell(row, column).value for column in (9, 12, 44)] for row in (4, 5, 6, 7)]
    assert [header[0], header[2], header[3]] == [[1, 4, 36], [2024, 2024, 2026], [1, 2, 12]]
    assert [str(day)[:10] for day in header[1]] == ["2024-04-01", "2024-07-01", "2027-03-01"]


def test_what_rounding_alone_tells_apart_is_lowest_where_it_comes_first() -> None:
    """The floor is met at several times; another order of adding up makes one of them less by a hundred-thousandth."""
    result = outcome()
    accounts = result.audit.accounts
    least, point = lowest_cash(result)
    later = 7
    assert accounts.cash_after_payments[later] > least
    shaken = [*accounts.cash_at_end]
    shaken[later] = least - 1e-5
    found, where = lowest_cash(
        replace(result, audit=replace(result.audit, accounts=replace(accounts, cash_at_end=tuple(shaken))))
    )
    assert (found, where) == (least - 1e-5, point)
    grid = lay_book(result).grid
    assert [amount(grid, "is_lowest", m) for m in range(3)] == [1, 0, 0]
