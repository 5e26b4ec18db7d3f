"""Plans of different calendars are set side by side by date, and what no date can line up is said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.case.case import Case
from planner.errors import InputError
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.compare.comparison import sections
from planner.report.compare.comparison_file import comparison_text
from planner.report.voice import Voice
from planner.studies.changes import DecisionChange, binding_changes, decision_changes
from planner.studies.compare import Compared, Comparison, compare_tasks, read_all
from planner.studies.dates import dated, not_lined_up, same_decisions
from planner.studies.ex_post import ex_post
from planner.studies.frontier.events import whole_decisions
from planner.vocabulary.decisions import PERIODS, STORED
from tests.cases.toy import mn, programme, toy
from tests.decided import decided
from tests.places import FAULTS
from tests.studies.budgets import budget, command
from tests.studies.changed import engine, task

YEARS = {"start": "2025-01", "period": "year", "periods": 3, "fiscal_year_start_month": 1}

ENGLISH = Voice("en", "JPY")


def calendar(**changes: Any) -> dict[str, Any]:
    return {**YEARS, **changes}


def compared(base: Case, scenario: Case) -> tuple[Comparison, Compared]:
    found = compare_tasks([task(base), task(scenario, "other")], engine(gap=0.0))
    return found, found.scenarios[0]


def planned(**changes: Any) -> Outcome:
    return plan_case(toy(**changes), gap=0.0)


def orders(base: Outcome, scenario: Outcome) -> list[DecisionChange]:
    return [one for one in decision_changes(base, scenario)[0] if one.kind == "order"]


# --- The cases of the report, by the real command ---


def compare_file(folder: Path, name: str) -> dict[str, Any]:
    shutil.copy(FAULTS / f"{name}.yaml", folder)
    result = command(folder, "compare", f"{name}.yaml", "--workers", "1")
    assert (result.returncode, result.stderr) == (0, "")
    (written,) = folder.glob("outputs/*/compare/compare.json")
    sheets = openpyxl.load_workbook(written.with_suffix(".xlsx"))
    cells = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    content: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    for one in content["scenarios"]:
        assert {*one["not_lined_up"]} <= cells
        assert all(words in result.stdout for words in one["not_lined_up"])
    return {**content, "cells": cells}


def test_a_scenario_with_fewer_or_more_periods_is_compared(tmp_path: Path) -> None:
    found = compare_file(tmp_path, "crash-compare-periods")
    shorter, longer = found["scenarios"]
    periods = ["2026-04", "2026-07", "2026-10", "2027-01", "2027-04"]
    assert [limit["scenario"] for limit in shorter["binding_limits"]] == [periods[:3]] * 2
    assert [limit["scenario"] for limit in longer["binding_limits"]] == [periods] * 2
    assert "5 periods, 2026-04 to 2027-04" in found["cells"]
    assert "2026-04 to 2026-12 in the scenario" in shorter["not_lined_up"][0]


def test_a_scenario_that_begins_later_is_labelled_by_its_own_months(tmp_path: Path) -> None:
    found = compare_file(tmp_path, "x-compare-start")
    (later,) = found["scenarios"]
    assert later["likeness"]["verdict"] == "different"  # an order of April is none of July
    for limit in later["binding_limits"]:
        assert limit["base"] == ["2026-04", "2026-07", "2026-10", "2027-01"]
        assert limit["scenario"] == ["2026-07", "2026-10", "2027-01", "2027-04"]
    assert "4 periods, 2026-07 to 2027-04" in found["cells"]
    assert "2026-04 in the base, 2026-07 in the scenario" in later["not_lined_up"][0]
    assert (found["base"]["calendar"]["start"], later["plan"]["calendar"]["start"]) == ("2026-04", "2026-07")


# --- Decisions ---


def test_an_order_of_the_same_number_is_of_another_year() -> None:
    base, later = planned(), planned(calendar=calendar(start="2026-01"))
    assert base.decisions.order == later.decisions.order == {("maker", "east", 0): 1}
    assert not same_decisions(base, later)
    # The base does not reach 2028, the scenario does not reach 2025: neither decides nothing there.
    assert [(one.year and one.year.number, one.base, one.scenario, one.change) for one in orders(base, later)] == [
        (2025, 1, None, None),
        (2026, 0, 1, 1),
    ]
    assert whole_decisions(base) != whole_decisions(later)


def test_an_order_of_another_number_is_the_same_by_date() -> None:
    window = {"system": "cube", "supplier": "maker", "order_window": {"from": "2026-01"}}
    base, later = planned(offers__maker=window), planned(offers__maker=window, calendar=calendar(start="2026-01"))
    assert [*base.decisions.order, *later.decisions.order] == [("maker", "east", 1), ("maker", "east", 0)]
    assert orders(base, later) == []
    assert whole_decisions(base) == whole_decisions(later)


def test_decisions_stand_in_the_fiscal_years_of_the_base() -> None:
    # What is ordered in January 2025 is of FY2025 where years begin in January, of FY2024 where they begin in April.
    base, april = planned(), planned(calendar=calendar(fiscal_year_start_month=4))
    assert orders(base, april) == orders(april, base) == []
    assert same_decisions(base, april)
    assert "Fiscal years begin in month 1 in the base and in month 4" in str(
        not_lined_up(base.case.calendar, april.case.calendar)[0]
    )


@pytest.mark.parametrize("kind", STORED)
def test_whatever_is_decided_is_told_by_months(kind: str) -> None:
    fields = STORED[kind].fields
    told = {"cohort": "2025-01 maker", "fiscal_year": 2026, **dict.fromkeys(PERIODS, 1)}
    plan = decided(**{kind: {tuple(told.get(field, field) for field in fields): 1}})
    months = {"cohort": "2025-01 maker", **dict.fromkeys((*PERIODS, "fiscal_year"), "2026-01")}
    assert dated(plan, toy(calendar=YEARS).calendar, kind) == {tuple(months.get(field, field) for field in fields): 1}


def test_a_tax_credit_of_other_fiscal_years_stands_by_itself() -> None:
    terms = {
        "finance__tax": {"rate": "50 %", "payment_lag": "0 months"},
        "programmes": {"law": programme(0.1, kind="tax_credit")},
    }
    base, april = planned(**terms), planned(**terms, calendar=calendar(fiscal_year_start_month=4))
    found = {one.name for one in decision_changes(base, april)[0] if one.kind == "use tax credit"}
    assert found == {"law", "law, fiscal years from month 4"}
    there = ex_post(base.decisions, april.case, base.case)
    assert there is not None
    assert (there.decisions.credit, there.dropped) == ({}, 1)


# --- Limits ---


def test_a_limit_on_a_fiscal_year_is_none_on_another_year_of_that_name() -> None:
    # Both fiscal years 2025 are full with what is paid in them, but they are not the same twelve months.
    terms = {"finance__capex_limits": {"FY2024": mn(0), "FY2025": mn(100)}, "workloads__training__amount": 5}
    base, april = planned(**terms), planned(**terms, calendar=calendar(fiscal_year_start_month=4))
    subjects = {one.subject for one in binding_changes(base, april) if one.rule == "capex_limit"}
    assert subjects == {
        "capital expenditure paid in FY2025",
        "capital expenditure paid in FY2025, fiscal years from month 4",
    }
    alike = [one for one in binding_changes(base, base) if one.rule == "capex_limit"]
    assert [one.alike for one in alike] == [True]


def test_periods_of_another_length_bind_in_no_same_periods() -> None:
    base, halves = planned(), planned(calendar=calendar(period="half", periods=6))
    demand = [one for one in binding_changes(base, halves) if one.rule == "demand"]
    assert [(one.base, one.alike) for one in demand] == [(("2025-01", "2026-01", "2027-01"), False)]
    assert not same_decisions(base, halves)


CALENDARS = [
    calendar(start="2026-01"),
    calendar(start="2024-01"),
    calendar(start="2030-01"),
    calendar(periods=1),
    calendar(periods=7),
    calendar(period="half", periods=5),
    calendar(period="month", periods=40),
    calendar(fiscal_year_start_month=4),
    calendar(start="2025-04", period="quarter", periods=9, fiscal_year_start_month=4),
]


@pytest.mark.parametrize("number", range(len(CALENDARS)))
def test_any_two_calendars_are_compared_both_ways_and_what_differs_is_said(number: int) -> None:
    other = toy(calendar=CALENDARS[number], programmes={"half": programme(0.5)})
    for base, scenario in ((toy(), other), (other, toy())):
        found, one = compared(base, scenario)
        assert one.not_lined_up
        assert {*map(str, one.not_lined_up)} <= {*sections(found, ENGLISH)[-1].words}
        months = {str(month) for _, outcome in found.plans for month in outcome.case.calendar.starts}
        assert one.difference is not None
        for limit in one.difference.limits:
            assert {*(limit.base or ()), *(limit.scenario or ())} <= months
        assert abs(sum(one.difference.bridge.parts.values()) - one.difference.bridge.difference) < 0.5
        json.loads(comparison_text(found, []))


def test_a_scenario_in_another_currency_is_refused(tmp_path: Path) -> None:
    rates = {"USD": "150 JPY"}
    path = budget(tmp_path, {"dollars": {"finance.currency": "USD", "finance.exchange_rates": {"JPY": "0.0067 USD"}}})
    fields = json.loads(path.read_text())
    fields["finance"]["exchange_rates"] = rates
    path.write_text(json.dumps(fields))
    with pytest.raises(InputError, match="its figures are in USD, those of the base in JPY"):
        read_all(path, [])
