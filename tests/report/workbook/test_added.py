"""What a plan adds to doing nothing further: the figures of screen and plan.json, in formulas over stored flows."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from planner.outcome import Outcome
from planner.planning import plan_beside_nothing
from planner.reading.case.file import input_hash
from planner.reading.xlsx.book import Book, Found
from planner.report.added import added_by
from planner.report.headline import headline
from planner.report.value import before_financing, hours_at_work
from planner.report.workbook.book import lay_book, write_workbook
from planner.report.workbook.cash.month_added import PLAN_AGAIN
from planner.report.workbook.engine.grid import VALUE, Grid
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.terms import Place, Term
from planner.report.workbook.front.summary import NOTE
from planner.verification.finished import opened, verify_book, verify_workbook
from tests.cases.toy import HOURS, MILLION, mn, programme, toy, yearly
from tests.report.workbook.mutation import Mutable
from tests.report.workbook.test_accounts import amount
from tests.report.workbook.test_programmes import failed
from tests.report.workbook.test_recalculation import assert_another_engine_agrees
from tests.report.workbook.test_value import assert_formulas_are_short
from tests.whole.test_what_is_added import standing

OLD_LOAN = {"bank": {"limit": mn(50), "rate": 0.2, "term": "9 years", "outstanding": mn(30)}}
REAL: dict[str, Any] = {
    "finance__discount_rate": 0.1,
    "finance__opening_cash": mn(200),
    "finance__tax": {"rate": 0.3, "payment_lag": "2 months"},
    "finance__terminal_value": True,
    "finance__resale": [{"age": "0 months", "share": 0.9}, {"age": "9 years", "share": 0.1}],
    "finance__depreciation": {"systems": "5 years"},
}
CASES: dict[str, dict[str, Any]] = {
    "one stands": {},
    "with aid": {"programmes": {"aid": programme(0.4, payment_lag="0 months")}},
    "aid that may go back": {
        **REAL, "programmes": {"aid": programme(0.4, payment_lag="0 months", early_exit="repay_all")},
    },
    "tax, loans and what is left": {**REAL, "finance__loans": OLD_LOAN},
    "nothing is bought": {**REAL, "workloads__training__price": yearly(10)},
    "what must be served costs": {
        "workloads__training__must_serve": 1.0, "workloads__training__price": yearly(20),
    },
}  # fmt: skip
UNUSUAL = {"systems.cube.price.typical": "a toy", "workloads.training.price": "a toy"}
FIGURES = ("npv", "nothing", "irr", "payback", "each", "each_before")


@cache
def planned(name: str) -> Outcome:
    outcome = plan_beside_nothing(standing(**CASES[name], unusual=UNUSUAL))
    return replace(outcome, input_hash=input_hash(outcome.case))


@cache
def laid(name: str) -> Grid:
    return lay_book(planned(name)).grid


def told(grid: Grid) -> dict[str, str]:
    """Labels of Summary and the notes beside them."""
    sheet = grid.sheets["Summary"]
    return {sheet.text(row, 0): sheet.text(row, NOTE) for row in range(sheet.next_row)}


@pytest.mark.parametrize("name", CASES)
def test_every_figure_is_that_of_screen_and_file(name: str) -> None:
    outcome, grid = planned(name), laid(name)
    facts, nothing = headline(outcome), outcome.doing_nothing
    assert nothing is not None
    assert failed(grid) == []
    flows = [amount(grid, Key("nothing", "flow"), m) for m in range(-1, 36)]
    assert flows == before_financing(nothing.audit.accounts)
    work, _ = hours_at_work(outcome.case, nothing.decisions)
    assert sum(amount(grid, Key("nothing", "hours"), m) for m in range(36)) == pytest.approx(sum(work))
    is_bought = any(outcome.decisions.bought.values())
    assert is_bought == (name != "nothing is bought")
    for row, figure in zip(
        FIGURES,
        (
            facts.value_added, facts.value_of_doing_nothing, facts.added_rate_of_return, facts.added_payback_years,
            facts.cost_per_added_accelerator_hour, facts.cost_before_grants_per_added_accelerator_hour,
        ),
        strict=True,
    ):  # fmt: skip
        key = Key("key", "added", row)
        if not is_bought and row not in ("npv", "nothing"):
            assert key not in grid
        else:
            wanted = "none" if figure is None else pytest.approx(figure, rel=1e-9, abs=1e-3)
            assert grid.value_of(key) == wanted, row
    if is_bought:
        added = added_by(outcome)
        assert added is not None
        assert grid.value_of(Key("added", "turn")) == added.returns.sign_changes


def test_what_was_worked_out_by_hand_stands_in_front() -> None:
    """One cube stands there and earns 60 a year; another costs 100, of which a programme pays 40."""
    grid = laid("with aid")
    assert amount(grid, Key("key", "added", "npv")) == pytest.approx(120 * MILLION)
    assert amount(grid, Key("key", "added", "nothing")) == pytest.approx(180 * MILLION)
    assert amount(grid, Key("key", "added", "each")) == pytest.approx(60 * MILLION / (3 * HOURS))
    assert amount(grid, Key("key", "added", "each_before")) == pytest.approx(100 * MILLION / (3 * HOURS))
    labels = [label for label in told(grid) if label]
    first = labels.index("value added")
    assert labels[first - 1] == "Headline figures"
    assert labels[first + 1 : first + 7] == [
        "net present value of doing nothing further",
        "rate of return of what is added",
        "payback of what is added",
        "cost of one added accelerator-hour at work",
        "cost of one added accelerator-hour at work, before grants",
        "net present value",
    ]


def test_a_loan_that_is_owed_either_way_is_not_the_cost_of_the_plan() -> None:
    outcome, grid = planned("tax, loans and what is left"), laid("tax, loans and what is left")
    nothing = outcome.doing_nothing
    assert nothing is not None and nothing.audit.accounts.loan_costs["bank"] > 0 < sum(nothing.audit.accounts.shield)
    assert amount(grid, Key("nothing", "loan_costs")) == nothing.audit.accounts.loan_costs["bank"]
    assert nothing.audit.accounts.end_value != 0 == grid.value_of("failures")


def test_where_nothing_is_bought_only_the_value_is_told() -> None:
    notes = told(laid("nothing is bought"))
    assert {"value added", "net present value of doing nothing further"} <= set(notes)
    assert not {"rate of return of what is added", "cost of one added accelerator-hour at work"} & set(notes)


def test_where_nothing_stands_it_is_said_once_that_the_plan_adds_all() -> None:
    grid = lay_book(plan_beside_nothing(toy())).grid
    notes = told(grid)
    assert "value added" not in notes and Key("key", "added", "npv") not in grid and Key("nothing", "flow") not in grid
    assert [note for note in notes.values() if "nothing stands already" in note] == [notes["net present value"]]


def test_where_doing_nothing_is_not_known_its_reason_is_told_and_nothing_else(tmp_path: Path) -> None:
    outcome = plan_beside_nothing(
        toy(finance__opening_cash=mn(100), finance__funding={"2026-12": mn(-110)}, unusual=UNUSUAL)
    )
    outcome = replace(outcome, input_hash=input_hash(outcome.case))
    for language in ("en", "ja"):
        ledger = lay_book(outcome, language)
        sheet, speaker = ledger.grid.sheets["Summary"], ledger.grid.speaker
        row = next(row for row in range(sheet.next_row) if sheet.text(row, 0) == speaker.say("value added"))
        assert sheet.text(row, 1) == speaker.say("unknown")
        assert sheet.text(row, NOTE) == speaker.say(outcome.no_doing_nothing)
        assert speaker.missing == set() and Key("nothing", "flow") not in ledger.grid
        write_workbook(outcome, tmp_path / "plan.xlsx", language)
        assert verify_workbook(tmp_path / "plan.xlsx").holds
    assert "value added" not in told(lay_book(replace(outcome, no_doing_nothing="")).grid)


def test_once_an_input_has_changed_it_says_to_plan_again() -> None:
    """Doing nothing may then be worth another; its flows are those of the plan that was made."""
    grid = lay_book(planned("with aid")).grid
    place = Place("Inputs", grid.line_of("workloads.training.price").row, VALUE)
    before = grid.value(place)
    moved = Mutable(grid).moved_by({place: 2 * float(str(before))})
    for row in FIGURES:
        assert moved[grid.line_of(Key("key", "added", row))] == PLAN_AGAIN, row
    assert moved[grid.line_of(Key("added", "npv"))] > grid.value_of(Key("added", "npv"))
    assert grid.line_of(Key("nothing", "npv")) not in moved


def test_stored_figures_look_like_such_and_are_no_formulas() -> None:
    grid = laid("with aid")
    line = grid.line_of(Key("nothing", "flow"))
    cells = [cell for (row, column), cell in grid.sheets[line.sheet].cells.items() if row == line.row and column > 6]
    stored = [cell for cell in cells if isinstance(cell.content, float)]
    assert len(stored) == 37 and {cell.look.kind for cell in stored} == {"constant"}
    assert not any(isinstance(cell.content, Term) for cell in cells)


@pytest.mark.parametrize("name", ["aid that may go back", "tax, loans and what is left", "nothing is bought"])
def test_another_engine_comes_to_the_same_and_every_text_is_translated(name: str, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    write_workbook(planned(name), path)
    assert_another_engine_agrees(path)
    grid = lay_book(planned(name), "ja").grid
    assert grid.speaker.missing == set()
    assert_formulas_are_short(grid)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", ["with aid", "tax, loans and what is left", "nothing is bought"])
def test_verify_works_out_again_what_is_added(name: str, language: str, tmp_path: Path) -> None:
    write_workbook(planned(name), tmp_path / "plan.xlsx", language)
    verdict = verify_workbook(tmp_path / "plan.xlsx")
    assert verdict.holds, verdict.words


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    path = tmp_path_factory.mktemp("added") / "plan.xlsx"
    write_workbook(planned("with aid"), path)
    return opened(path)


def typed(book: Book, sheet: str, starts: str, value: object) -> Book:
    """A book with another value behind a label."""
    (row,) = [row for (row, at), cell in book.sheets[sheet].items() if at == 0 and str(cell.value).startswith(starts)]
    return replace(book, sheets={**book.sheets, sheet: {**book.sheets[sheet], (row, 1): Found(value)}})


def test_verify_finds_a_value_added_that_was_typed_over(book: Book) -> None:
    verdict = verify_book(typed(book, "Summary", "value added", 150 * MILLION))
    assert not verdict.holds and any("Summary!B" in word for word in verdict.words)


def test_verify_finds_that_doing_nothing_does_less_than_was_planned(book: Book) -> None:
    """A worse way of doing nothing would make the plan look better: Summary then says another value."""
    verdict = verify_book(typed(book, "Run log", '["serve"', '{"2025-01":0.5}'))
    assert not verdict.holds and any("Summary!B" in word for word in verdict.words)


WRONG = {
    "a formula": "=1",
    "no list": "[1]",
    "no JSON": "half",
    "an unknown period": '{"2031-01":1}',
    "no number": '{"2025-01":"one"}',
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_of_doing_nothing_that_the_planner_did_not_write_is_refused(name: str, book: Book) -> None:
    with pytest.raises(InputError, match="Run log"):
        verify_book(typed(book, "Run log", '["serve"', WRONG[name]))
