"""Dividends in the workbook: live, the audit's to the yen, in Japanese, and read back."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.budget import read_case
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key, OfYear
from planner.report.workbook.engine.terms import Place
from planner.verification.finished import verify_workbook
from planner.vocabulary.keys import FiscalYear
from tests.audit.test_dividends import BOUGHT
from tests.cases.paying import paying_case
from tests.cases.toy import MILLION, mn
from tests.decided import decided
from tests.report.example import CASE, decisions, outcome_of
from tests.report.workbook.mutation import Mutable, assert_follows
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short

PAID = {(2025,): 4 * MILLION, (2026,): 14 * MILLION}
UNUSUAL = {"systems.cube.price.typical": "round numbers"}


@cache
def small(*, earning: bool = False) -> Outcome:
    """The cube of the paying case, with a cash account that earns interest or none."""
    terms: dict[str, Any] = (
        {"finance__interest_on_cash": "2 %", "finance__funding": {"2026-02": mn(3)}} if earning else {}
    )
    return outcome_of(paying_case(unusual=UNUSUAL, **terms), decided(**BOUGHT, dividend=PAID))


def example() -> Outcome:
    """The example, which pays some of what it earned before to its owners, in dollars."""
    fields = copy.deepcopy(CASE)
    fields["finance"]["cost_of_equity"] = "9 %"
    years = [*Case.model_validate(fields).calendar.ended_years]
    fields["finance"]["dividends"] = {
        "payment_lag": "4 months",
        "opening_retained_profit": "90_000_000 USD",
        "stated": {str(years[0]): "1_000_000 USD"},
    }
    case = Case.model_validate(fields)
    stated = case.finance.dividends
    assert stated is not None
    quoted = case.finance.exchange_rates["USD"].at(case.calendar.starts[case.calendar.fiscal_years[years[0]][0]])
    assert quoted is not None
    plan = decisions()
    return outcome_of(case, decided(**{**vars(plan), "dividend": {(years[0],): MILLION * quoted.amount}}))


@pytest.mark.parametrize("made", [small, lambda: small(earning=True), example])
def test_every_check_holds_and_another_engine_agrees(made: Any, tmp_path: Path) -> None:
    plan = made()
    assert sum(plan.audit.accounts.lines["dividends"]) > MILLION
    assert [one for one in plan.audit.broken if one.rule == "dividends"] == []
    ledger = lay_book(plan)
    assert failed(ledger.grid) == []
    assert_formulas_are_short(ledger.grid)
    write_workbook(plan, tmp_path / "plan.xlsx")
    assert_another_engine_agrees(tmp_path / "plan.xlsx")


@pytest.mark.parametrize("made", [small, lambda: small(earning=True), example])
def test_it_is_all_in_japanese(made: Any) -> None:
    assert lay_book(made(), "ja").grid.speaker.missing == set()


@pytest.mark.parametrize(
    ("figure", "value", "given"),
    [
        ("dividends.payment_lag", 5.0, "5 months"),
        ("dividends.payment_lag", 0.0, "0 months"),
        ("opening_cash", 25 * MILLION, mn(25)),
        ("cost_of_equity", 0.2, "20 %"),
    ],
)
def test_a_changed_figure_is_followed(figure: str, value: float, given: str) -> None:
    plan = small(earning=True)
    fields = plan.case.model_dump(mode="json", by_alias=True)
    *above, last = figure.split(".")
    place = fields["finance"]
    for name in above:
        place = place[name]
    place[last] = given
    expected = outcome_of(Case.model_validate(fields), plan.decisions).audit.accounts
    then = {"npv": expected.npv, "owners_value": expected.equity}
    assert_follows(lay_book(plan).grid, f"finance.{figure}", value, then)


def rooms(changes: dict[str, float]) -> set[str]:
    """Checks of dividends that fail when figures of Inputs change."""
    grid = lay_book(small()).grid
    places = {Place("Inputs", grid.line_of(f"finance.dividends.{name}").row, VALUE): x for name, x in changes.items()}
    moved = Mutable(grid).moved_by(places)
    return {str(moved[place]) for place in moved if place.sheet == "Checks" and moved[place] == "CHECK"}


@pytest.mark.parametrize(
    "changes",
    [
        {"lock_up_cover": 1.54},
        {"most_share_of_profit": 0.4},
        {"stated.FY2025": 5 * MILLION},
        {"opening_retained_profit": -30 * MILLION},
        {"payment_lag": 13},
    ],
)
def test_a_dividend_that_may_not_be_paid_any_more_fails_a_check(changes: dict[str, float]) -> None:
    assert rooms(changes)
    assert not rooms({"lock_up_cover": 1.53, "most_share_of_profit": 0.49})


def test_the_sheets_say_when_it_is_paid_and_what_is_kept() -> None:
    grid = lay_book(small()).grid
    for number in (14, 26):
        assert grid.value_of(Key("monthly", "dividends"), number) in (4 * MILLION, 14 * MILLION)
    assert [grid.value_of("retained", t) for t in range(3)] == pytest.approx([27e6, 42e6, 74e6])
    assert grid.value_of(OfYear(Key("covenant", "lock_up_room"), FiscalYear(2025))) == pytest.approx(60e6 - 1.4 * 39e6)
    assert grid.value_of(OfYear(Key("covenant", "lock_up_room"), FiscalYear(2027))) == "none"


def test_a_case_without_dividends_has_no_such_rows() -> None:
    plan = outcome_of(paying_case(finance__dividends=None), decided(**BOUGHT))
    grid = lay_book(plan).grid
    assert Key("line", "dividends") not in grid and "dividend_for" not in grid


def test_it_is_read_back_and_verified(tmp_path: Path) -> None:
    plan = small(earning=True)
    write_workbook(plan, tmp_path / "plan.xlsx")
    again = read_case(tmp_path / "plan.xlsx")
    assert again.case.finance.dividends == plan.case.finance.dividends
    assert verify_workbook(tmp_path / "plan.xlsx").holds
