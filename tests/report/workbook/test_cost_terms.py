"""Further terms of cost in the workbook: formulas that other engines agree with, in words, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planner.outcome import Outcome
from planner.report.summary_file import summary
from planner.report.workbook.book import lay_book, write_workbook
from planner.results.every_table import tables
from tests.report.example import CASE, outcome
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_round_trip import (
    accepted,
    assert_goes_through_the_template,
    assert_reads_back,
    planned,
    written,
)
from tests.report.workbook.test_value import assert_formulas_are_short
from tests.rival.costly import DRAWS

WORK = CASE["workloads"]
SOLD = {
    "inference": {**WORK["inference"], "selling_costs": {"2024-01": "5 %", "2025-10": "12.5 %"}},
    "training": {**WORK["training"], "selling_costs": "20 %"},
}
PARTS = [
    {"share": "20 %", "event": "order"},
    {"share": "30 %", "advance": "2 months"},
    {"share": "40 %"},
    {"share": "10 %", "lag": "14 months"},
]
LATE = [{"share": "50 %", "event": "order", "lag": "1 month"}, {"share": "50 %", "lag": "30 months"}]
BOUGHT = {
    "offers": {
        **CASE["offers"],
        "h200-direct": {**CASE["offers"]["h200-direct"], "payment": {"instalments": PARTS}},
        "gb200-direct": {**CASE["offers"]["gb200-direct"], "payment": {"instalments": LATE}},
    },
    "expansions": {"hall-2": {**CASE["expansions"]["hall-2"], "payment": {"instalments": LATE}}},
}
AGED = {
    name: {
        **system,
        "maintenance_by_age": [
            {"age": "0 months", "factor": 0},
            {"age": "13 months", "factor": 0.8},
            {"age": "2 years", "factor": 1.5},
        ][first:],
    }
    for first, (name, system) in enumerate(CASE["systems"].items())
}
SOLD_ON = {
    "finance": {**CASE["finance"], "resale_factor": {"2024-01": 1.1, "2025-07": 0.7}},
    "systems": {
        **CASE["systems"],
        "H200-8": {
            **CASE["systems"]["H200-8"],
            "resale": [{"age": "6 months", "share": "90 %"}, {"age": "3 years", "share": "30 %"}],
            "resale_factor": {"2024-01": 0.9, "2026-01": 1.3},
        },
    },
}
TERMS: dict[str, dict[str, Any]] = {
    "resale": SOLD_ON,
    "selling costs": {"workloads": SOLD},
    "instalments": BOUGHT,
    "maintenance by age": {"systems": AGED},
}
TOGETHER = {
    **TERMS["selling costs"],
    **BOUGHT,
    "finance": {**SOLD_ON["finance"], "working_capital": {"customer_days": 40, "maintenance_days": 20}},
    "systems": {
        name: {**system, "maintenance_by_age": AGED[name]["maintenance_by_age"]}
        for name, system in SOLD_ON["systems"].items()
    },
}
TERMS["all of them, and customers who pay later"] = TOGETHER
OWN_LINES = {"selling costs": "selling_costs"}


@pytest.fixture(scope="module", params=TERMS)
def plan(request: pytest.FixtureRequest) -> Outcome:
    """The example with a term."""
    return outcome(**TERMS[request.param])


def test_every_stored_value_is_what_formualizer_computes(plan: Outcome, tmp_path: Path) -> None:
    write_workbook(plan, tmp_path / "book.xlsx")
    assert_another_engine_agrees(tmp_path / "book.xlsx")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_all_checks_hold_and_every_text_is_translated(plan: Outcome, language: str) -> None:
    grid = lay_book(plan, language).grid
    assert grid.value_of("master") == "OK"
    assert grid.speaker.missing == set()
    assert_formulas_are_short(grid)


@pytest.mark.parametrize(("term", "line"), OWN_LINES.items())
def test_a_line_is_told_only_where_the_case_has_its_term(term: str, line: str) -> None:
    plain, with_term = outcome(), outcome(**TERMS[term])
    assert line not in str(summary(plain))
    assert all(line not in "".join(table.columns) for table in tables(plain).values())
    told = summary(with_term)
    assert sum(period[line] for period in told["periods"]) == pytest.approx(sum(m[line] for m in told["months"]))
    assert sum(tables(with_term)["cash"][f"{line}_jpy"]) > 0


@pytest.mark.parametrize("term", DRAWS)
def test_a_case_with_the_term_goes_out_and_in_again(term: str, tmp_path: Path) -> None:
    reading = next(found for number in range(100) if (found := accepted(DRAWS[term](number), tmp_path)) is not None)
    plan = planned(reading)
    assert_reads_back(written(plan, tmp_path / "first"), reading, plan)
    assert_goes_through_the_template(reading, tmp_path)
    assert_reads_back(written(plan, tmp_path / "japanese", "ja"), reading, plan)
