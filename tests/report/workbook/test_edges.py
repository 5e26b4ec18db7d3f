"""Cases of odd shapes: one period, hundreds, no subsidies, no purchases, other objectives, small money."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from planner.case.case import Case
from planner.outcome import Outcome
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.terms import Place, Term
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome, outcome_of
from tests.report.workbook.test_recalculation import assert_another_engine_agrees


def bare(**changes: Any) -> Case:
    """One site, one workload, one offer: the least that a case can be."""
    site = {
        "region": "hokkaido",
        "opens": "2024-04",
        "cooling": ["air"],
        "capacity": {"power": "1 MW"},
        "pue": 1.1,
        "energy_price": "20 JPY/kWh",
    }
    return Case.model_validate(
        {
            "name": "bare",
            "calendar": {"start": "2024-04", "period": "year", "periods": 1},
            "finance": {
                "currency": "JPY",
                "exchange_rates": {"USD": "150 JPY"},
                "opening_cash": "5_000_000 JPY",
                "minimum_cash": "0 JPY",
                "discount_rate": 0,
            },
            "systems": {"H200-8": CASE["systems"]["H200-8"]},
            "offers": {
                "maker": {"system": "H200-8", "supplier": "Maker", "price": "90_000 JPY", "lead_time": "0 months"}
            },
            "sites": {"ishikari": site},
            "workloads": {"web": {"metric": "accelerators", "amount": 10, "price": "1 JPY/accelerator-hour"}},
            **changes,
        }
    )


BUY_ONE = decided(order={("maker", "ishikari", 0): 1}, serve={("web", "H200-8", "ishikari", 0): 0.5})
FOR_LIFE = decided(
    order=BUY_ONE.order,
    serve=BUY_ONE.serve,
    exit={("H200-8", "ishikari", "2024-04 maker", 60): 1},
    repay={("bank", 239): 1e6},
)
OLD_LOAN = {"limit": "1 bn JPY", "rate": "2 %", "term": "20 years", "outstanding": "1_000_000 JPY"}
RICH = {
    **CASE["finance"],
    "loans": {"bank": OLD_LOAN},
    "funding": {},
    "capex_limits": {},
    "resale": [],
    "exchange_rates": {"USD": "150 JPY"},
}
MONTHLY = {"start": "2024-04", "period": "month", "periods": 240}
QUARTERS = {"start": "2024-04", "period": "quarter", "periods": 4}
LATE_PRICE = {
    "system": "H200-8",
    "supplier": "Maker",
    "price": {"2024-07": "90_000 JPY", "2024-10": "80_000 JPY"},
    "lead_time": "0 months",
    "order_window": {"from": "2024-07"},
}
UNPRICED = {**CASE["systems"]["H200-8"], "price": {}, "maintenance_per_year": 0}
BUY_LATER = decided(order={("maker", "ishikari", 1): 1}, serve={("web", "H200-8", "ishikari", 1): 0.5})
LONG = {**CASE["programmes"], "national": {**CASE["programmes"]["national"], "retention": "5 years"}}
SHAPES: dict[str, Outcome] = {
    "retained beyond the end": outcome_of(
        Case.model_validate({**CASE, "programmes": LONG}),
        decided(**{**vars(decisions()), "claimed_exit": {("regional", "h200-broker", "tokyo", 1, 9): 1.5}}),
    ),
    "one period": outcome_of(bare(), BUY_ONE),
    "nothing is bought": outcome_of(bare(), decided()),
    "no workloads": outcome_of(bare(workloads={}), decided(order={("maker", "ishikari", 0): 1})),
    "least cost": outcome(objective={"kind": "cost"}),
    "most compute": outcome(objective={"kind": "compute"}),
    "most compute by a date": outcome(objective={"kind": "compute", "installed_by": "2025-11"}),
    "no value at the end": outcome(finance={**CASE["finance"], "terminal_value": False, "resale": []}),
    "no subsidies": outcome_of(
        Case.model_validate({**CASE, "programmes": {}}),
        decided(**{**vars(decisions()), "claim": {}, "join": {}, "claimed_exit": {}}),
    ),
    "fiscal year as the calendar year": outcome(calendar={**CASE["calendar"], "fiscal_year_start_month": 1}),
    "a price that begins late, beside a typical one in another currency": outcome_of(
        bare(calendar=QUARTERS, offers={"maker": LATE_PRICE}), BUY_LATER
    ),
    "a price that begins late, beside no typical one": outcome_of(
        bare(calendar=QUARTERS, offers={"maker": LATE_PRICE}, systems={"H200-8": UNPRICED}), BUY_LATER
    ),
    "twenty years of months": outcome_of(bare(calendar=MONTHLY, finance=RICH), FOR_LIFE),
}


LONGEST = 79
"""Characters of a formula, without the sign in front."""


@pytest.mark.parametrize("shape", SHAPES)
def test_all_checks_hold(shape: str) -> None:
    grid = lay_book(SHAPES[shape]).grid
    failed = [key for key in (Key("check", n) for n in range(int(grid.value_of("checks")))) if grid.value_of(key) != 0]
    assert failed == []
    assert grid.value_of("master") == "OK"
    texts = [
        content.text(grid, Place(sheet.name, *place))
        for sheet in grid.sheets.values()
        for place, content in ((place, cell.content) for place, cell in sheet.cells.items())
        if isinstance(content, Term)
    ]
    assert [text for text in texts if len(text) > LONGEST] == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "twenty years of months"])
def test_values_are_what_formualizer_computes(shape: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(SHAPES[shape], path)
    assert_another_engine_agrees(path)


def test_small_money_is_shown_in_whole_units(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(SHAPES["one period"], path)
    sheet = load_workbook(path)["Cash flow"]
    assert sheet["A2"].value.startswith("Money is shown in whole JPY")
    revenue = next(cell.row for cell in sheet["A"] if cell.value == "revenue")
    assert sheet.cell(revenue, 3).value == "JPY"


def test_a_figure_in_two_currencies_is_refused_rather_than_added_up() -> None:
    offers = {"maker": {"system": "H200-8", "supplier": "M", "price": {"2024-01": "1 USD", "2024-05": "90_000 JPY"}}}
    case = bare(offers=offers, calendar={"start": "2024-04", "period": "month", "periods": 12})
    with pytest.raises(ValueError, match="two currencies"):
        lay_book(outcome_of(case, decided()))
