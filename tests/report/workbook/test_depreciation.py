"""Methods of depreciation in the workbook: live, the audit's, and the same where a life on Inputs is another one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import VALUE, Grid
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.terms import Place
from tests.cases.toy import mn, programme, toy, yearly
from tests.decided import decided
from tests.report.example import outcome_of
from tests.report.workbook.mutation import ERROR, Mutable
from tests.report.workbook.test_accounts import amount, assert_rows_come_to, rows_of
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

HALVES = {"start": "2025-01", "period": "half", "periods": 8, "fiscal_year_start_month": 7}
QUARTERS = {"start": "2025-01", "period": "quarter", "periods": 14, "fiscal_year_start_month": 4}
HALL = {"site": "east", "adds": {"power": "1 kW"}, "capex": mn(30), "lead_time": "3 months", "blocks": 2}
BOUGHT: dict[str, Any] = {
    "order": {("maker", "east", 0): 2, ("maker", "east", 3): 1},
    "expand": {("hall", 1): 1},
    "exit": {("cube", "east", "2025-01 maker", 2): 1, ("cube", "east", "2024-03", 6): 1},
    "claim": {("grant", "maker", "east", 0): 2.0, ("both", "maker", "east", 3): 1.0, ("more", "maker", "east", 3): 1.0},
    "claimed_exit": {("grant", "maker", "east", 0, 2): 1.0},
}
METHODS: dict[str, dict[str, Any]] = {
    "declining balance": {"systems_method": "declining_balance", "facility_method": "declining_balance"},
    "two years": {"systems": "2 years", "systems_method": "declining_balance"},
    "MACRS": {"systems_method": "macrs", "facility_method": "macrs"},
    "tables": {
        "systems_method": "table", "systems_table": [{"share": "70 %"}, {"share": "20 %"}, {"share": "10 %"}],
        "facility_method": "table", "facility_table": [{"share": "100 %"}],
    },
    "additions straight": {"systems_method": "declining_balance", "additions": "10 years",
                           "additions_method": "straight_line"},
    "additions by a life": {"systems": "5 years", "additions": "8 years"},
    "additions by a table": {"additions_method": "table", "additions_table": [{"share": "30 %"}, {"share": "70 %"}]},
    "additions as the table of systems": {
        "systems_method": "table", "systems_table": [{"share": "60 %"}, {"share": "40 %"}],
        "additions_method": "macrs", "additions": "15 years",
    },
}  # fmt: skip


def case(said: dict[str, Any], **changes: Any) -> Case:
    """Cubes with a fifth of additions, grants that lower book values, a hall, and a cube that stands there already."""
    fleet = [{"system": "cube", "quantity": 1, "arrives": "2024-03", "book_value": mn(70)}]
    later = [{"system": "cube", "quantity": 1, "arrives": "2025-08", "unpaid": mn(40), "book_value": mn(10)}]
    terms: dict[str, Any] = {
        "calendar": HALVES,
        "systems__cube__additions": {"typical": "20 %"},
        "workloads__training": {"metric": "accelerators", "amount": 4, "price": yearly(60)},
        "sites__east__fleet": [*fleet, *later],
        "expansions": {"hall": HALL},
        "finance__opening_cash": mn(2000),
        "finance__asset_grants": "reduce_book_value",
        "finance__tax": {"rate": "30 %", "payment_lag": "2 months"},
        "finance__resale": [{"age": "0 months", "share": "60 %"}],
        "finance__terminal_value": True,
        "finance__depreciation": said,
        "programmes": {
            "grant": programme(0.3, categories=["systems"], payment_lag="7 months"),
            "both": programme(0.2, categories=["systems", "additions"]),
            "more": programme(0.5, categories=["additions"], kind="special_depreciation"),
        },
    }
    return toy(**{**terms, **changes})


SHAPES: dict[str, Outcome] = {name: outcome_of(case(said), decided(**BOUGHT)) for name, said in METHODS.items()}
TAX = {"rate": {"2024-07": "30 %", "2026-07": "35 %"}, "payment_lag": "2 months"}
FOR_TAX: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "faster for tax": ({"systems": "5 years"}, {"systems_method": "macrs", "facility_method": "macrs"}),
    "slower for tax": ({"systems": "2 years"}, {"systems": "6 years"}),
    "both by years": (METHODS["declining balance"], METHODS["tables"]),
    "additions apart for tax alone": ({"systems": "4 years"}, METHODS["additions straight"]),
    "additions apart in the books alone": (METHODS["additions by a life"], {"systems_method": "declining_balance"}),
}
SHAPES |= {
    name: outcome_of(case(books, finance__tax={**TAX, "depreciation": tax}), decided(**BOUGHT))
    for name, (books, tax) in FOR_TAX.items()
}
CREDITED = {
    **BOUGHT,
    "claim": {("credit", "maker", "east", 0): 2.0, ("credit", "maker", "east", 3): 1.0},
    "claimed_exit": {("credit", "maker", "east", 0, 2): 1.0},
}
"""A tax credit of a tenth that lowers the cost written off for tax by half of it; one of its cubes leaves."""
LOWER = {"credit": programme(0.1, kind="tax_credit", basis_reduction=0.5, carry_forward="2 years")}
SHAPES["a lower basis"] = outcome_of(
    case({"systems": "5 years"}, finance__tax={**TAX, "depreciation": {"systems_method": "macrs"}}, programmes=LOWER),
    decided(**CREDITED),
)
SHAPES["quarters"] = outcome_of(case(METHODS["declining balance"], calendar=QUARTERS), decided(**BOUGHT))


@cache
def laid(shape: str) -> Grid:
    return lay_book(SHAPES[shape]).grid


@pytest.mark.parametrize("shape", SHAPES)
def test_every_period_is_the_audits(shape: str) -> None:
    result, grid = SHAPES[shape], laid(shape)
    assert_rows_come_to(grid, rows_of(result))
    periods = range(len(result.audit.accounts.cash))
    assert max(abs(amount(grid, "imbalance", t)) for t in periods) < 0.01
    assert amount(grid, "npv") == pytest.approx(result.audit.accounts.npv, rel=1e-9)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_text_is_translated_and_formulas_stay_short(shape: str) -> None:
    grid = lay_book(SHAPES[shape], "ja").grid
    assert grid.speaker.missing == set()
    assert_formulas_are_short(grid)


@pytest.mark.parametrize("shape", [*FOR_TAX, "a lower basis"])
def test_tax_has_books_of_its_own(shape: str) -> None:
    grid, books = laid(shape), SHAPES[shape].audit.accounts.books
    assert any(books.deferred_tax)
    apart: dict[RowKey, tuple[float, ...]] = {
        "taxable_of_period": books.taxable_profit,
        Key("tax", "assets"): books.tax_value,
        "deferred_tax": books.deferred_tax,
    }
    assert_rows_come_to(grid, apart)
    assert amount(grid, "end_tax") == pytest.approx(books.end_tax, rel=1e-9, abs=0.01)
    assert failed(grid) == []


LIVE: dict[str, tuple[str, str, dict[str, Any], float]] = {
    "another statutory life": ("declining balance", "systems", {"systems": "8 years"}, 96.0),
    "a life of two years": ("declining balance", "systems", {"systems": "2 years"}, 24.0),
    "fifteen years": ("MACRS", "systems", {"systems": "15 years"}, 180.0),
    "additions": ("additions straight", "additions", {"additions": "4 years"}, 48.0),
    "a share of a table": (
        "tables", "systems_table.0.share",
        {"systems_table": [{"share": "65 %"}, {"share": "20 %"}, {"share": "15 %"}]}, 0.65,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LIVE)
def test_a_changed_cell_gives_what_the_audit_of_the_changed_case_gives(name: str) -> None:
    shape, path, changes, value = LIVE[name]
    before = SHAPES[shape]
    expected = audit(case({**METHODS[shape], **changes}), before.decisions).accounts
    grid = lay_book(before).grid
    cells = {Place("Inputs", grid.line_of(f"finance.depreciation.{path}").row, VALUE): value}
    if name == "a share of a table":
        cells[Place("Inputs", grid.line_of("finance.depreciation.systems_table.2.share").row, VALUE)] = 0.15
    moved = Mutable(grid).moved_by(cells)
    assert expected.npv != pytest.approx(before.npv, rel=1e-9)
    assert moved[grid.line_of("npv")] == pytest.approx(expected.npv, rel=1e-9)
    for t, left in enumerate(expected.books.fixed_assets):
        place = Place("Fixed assets", grid.line_of("assets").row, grid.columns_over_time("Fixed assets").first + t)
        assert moved.get(place, grid.value(place)) == pytest.approx(left, rel=1e-9, abs=0.01), t


@pytest.mark.parametrize("shape", ["declining balance", "MACRS", "additions by a table"])
def test_another_engine_comes_to_the_same(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(SHAPES[shape], path)
    assert_another_engine_agrees(path)


def test_a_straight_line_lays_no_row_of_its_own() -> None:
    grid = lay_book(outcome_of(case({"systems": "5 years"}), decided(**BOUGHT))).grid
    for name in ("statutory", "macrs", "since", "worn", "written_of_both", "table_share"):
        assert grid.keys_under(name) == [], name
    assert Key("pace", "additions") not in grid


@pytest.mark.parametrize(("shape", "months"), [("declining balance", 31.0), ("MACRS", 84.0)])
def test_a_life_without_rates_is_an_error_and_never_nothing_written_off(shape: str, months: float) -> None:
    grid = lay_book(SHAPES[shape]).grid
    cell = Place("Inputs", grid.line_of("finance.depreciation.systems").row, VALUE)
    moved = Mutable(grid).moved_by({cell: months})
    assert moved[grid.line_of("npv")] == ERROR
