"""A proof on Run log, Cover or Summary that somebody typed over: each is found, or told as read and not confirmed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from planner.errors import InputError
from planner.outcome import Outcome
from planner.reading.xlsx.book import Book
from planner.verification.finished import opened, verify_book, verify_workbook
from planner.verification.finished.proving import Search
from tests.verification.spoilt import BOUND, bounded, hasty, retyped, row_of, said, typed, written


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    found = hasty()
    assert found.proof.checked_bound is not None and not found.proof.is_bound_checked
    return found


@pytest.fixture(scope="module")
def book(outcome: Outcome, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(outcome, tmp_path_factory.mktemp("branched")) / "plan.xlsx"


@pytest.fixture(scope="module")
def open_one(book: Path) -> Book:
    return opened(book)


def test_an_untouched_plan_holds_and_says_what_was_only_read(book: Path, outcome: Outcome) -> None:
    verdict = verify_workbook(book)
    assert verdict.holds, said(verdict)
    assert verdict.words[0].endswith("the plan holds; its bound was only read, not confirmed")
    assert f"bound: read, not confirmed: no plan is better than {outcome.proof.bound:,.12g} JPY" in said(verdict)
    assert "run: read, not confirmed: bound of exact arithmetic, gap asked for, options, size of the model" in said(
        verdict
    )


def test_a_japanese_plan_holds(outcome: Outcome, tmp_path: Path) -> None:
    verdict = verify_workbook(written(outcome, tmp_path, "ja") / "plan.xlsx")
    assert verdict.holds, said(verdict)


FOUND: dict[str, tuple[tuple[tuple[str, str, object], ...], str]] = {
    "gap": ((("Run log", "gap", 0.0),), "gap: 0 is written"),
    "gap as a share": ((("Run log", "gap as a share of the objective", 0.0),), "relative gap: 0 is written"),
    "bound at the best plan": ((("Run log", "bound", 114318966.5),), "gap: "),
    "bound beyond the plan": ((("Run log", "bound", 1e6),), "is no bound: the plan itself is better by"),
    "bound far off": ((("Run log", "bound", 9e99),), "gap: "),
    "objective": ((("Run log", "objective", 114.8e6),), "objective: 114,800,000 is written"),
    "label": ((("Run log", "label", "verified optimal"),), "verified optimal is written, feasible with a gap worked"),
    "another label": ((("Run log", "label", "certified by the board"),), "certified by the board is written"),
    "words": ((("Run log", "what stands behind it", "no plan can be better"),), "message: no plan can be better is"),
    "exactly checked": ((("Run log", "bound in exact arithmetic", "checked"),), "bound check: checked is written"),
    "exact bound below the plan": (
        (("Run log", "bound that exact arithmetic proves", 1e6),),
        "the plan is better than what is said to be proven exactly",
    ),
    "hash": ((("Run log", "input hash", "0" * 64),), f"input hash: {'0' * 64} is written"),
    "scenario": ((("Run log", "scenario", "no-grant"),), "scenario: no-grant is written, base worked out again"),
    "kind": ((("Run log", "kind of objective", "cost"),), "kind: cost is written, npv worked out again"),
    "gap asked for": ((("Run log", "gap asked for", 0.001),), "options: gap: 0.3 is written, 0.001 elsewhere"),
    "solver": ((("Run log", "solver", "HiGHS 9.9"),), "Cover!B"),
    "no bound": ((("Run log", "bound", None),), "there is no usable"),
    "a text as gap": ((("Run log", "gap", "none"),), "there is no usable"),
    "a truth as bound": ((("Run log", "bound", "TRUE"),), "there is no usable"),
    "label on the cover": (
        (("Cover", "State of the proof", "verified optimal"),),
        "'verified optimal' stands, 'feasible with a gap'",
    ),
    "gap on the cover": ((("Cover", "Gap, JPY million", 0.0),), "Cover!B"),
    "solver on the cover": ((("Cover", "Solver", "HiGHS 9.9"),), "Cover!B"),
    "label on the summary": ((("Summary", "state of the proof", "verified optimal"),), "Summary!"),
    "bound on the summary": ((("Summary", "no plan can be better than", 114318966.5),), "Summary!"),
    "gap on the summary": ((("Summary", "gap: a better plan could bring at most", 0.0),), "Summary!"),
    "value on the summary": ((("Summary", "net present value", 9e9),), "Summary!"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_can_be_worked_out_again_is_found(name: str, open_one: Book) -> None:
    edits, words = FOUND[name]
    verdict = verify_book(retyped(open_one, *((sheet, label, 1, value) for sheet, label, value in edits)))
    assert not verdict.holds
    assert "does not hold as it stands" in verdict.words[0]
    assert words in said(verdict)


REFUSED: dict[str, tuple[tuple[str, int, object], str]] = {
    "a formula as bound": (("bound", 1, "=1+1"), "a formula stands for 'bound'"),
    "a line twice": (("solver", 0, "bound"), "the line 'bound' stands twice"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_record_is_refused(name: str, open_one: Book) -> None:
    edit, words = REFUSED[name]
    with pytest.raises(InputError, match=words):
        verify_book(retyped(open_one, ("Run log", *edit)))


def test_what_is_typed_into_the_file_is_found(book: Path, open_one: Book, tmp_path: Path) -> None:
    """The same through a file: every other stored value stays as it was."""
    for label, value in (("label", "verified optimal"), ("gap", 0.0), ("bound", None)):
        path = typed(book, tmp_path / "plan.xlsx", ("Run log", row_of(open_one, "Run log", label), 1, value))
        assert not verify_workbook(path).holds
    cover = ("Cover", row_of(open_one, "Cover", "State of the proof"), 1, "verified optimal")
    assert not verify_workbook(typed(book, tmp_path / "plan.xlsx", cover)).holds
    with pytest.raises(InputError, match="a formula stands for 'solver'"):
        verify_workbook(
            typed(book, tmp_path / "plan.xlsx", ("Run log", row_of(open_one, "Run log", "solver"), 1, "=1"))
        )


def test_a_record_that_is_gone_is_found(book: Path, tmp_path: Path) -> None:
    copy = openpyxl.load_workbook(book)
    del copy["Run log"]
    copy.save(tmp_path / "plan.xlsx")
    assert "the sheet Run log is gone" in said(verify_workbook(tmp_path / "plan.xlsx"))


def test_other_versions_are_told(open_one: Book) -> None:
    """Who types another version over also keeps the sheets from being compared, and that is said."""
    verdict = verify_book(retyped(open_one, ("Run log", "planner", 1, "9.9.9")))
    assert "made with planner 9.9.9 (" in said(verdict)
    assert "sheets: read, not confirmed: another version of the planner wrote them" in said(verdict)


def test_a_bound_that_agrees_with_everything_is_told_as_read_and_refuted_by_a_better_plan(
    outcome: Outcome, tmp_path: Path
) -> None:
    book = written(bounded(outcome, outcome.proof.objective), tmp_path) / "plan.xlsx"
    verdict = verify_workbook(book)
    assert verdict.holds and "proof: objective, gap and label agree with plan and bound: verified optimal" in said(
        verdict
    )
    assert "bound: read, not confirmed" in said(verdict)
    proven = verify_workbook(book, Search(60))
    assert not proven.holds
    assert "bound: refuted: there is a plan of 112,367,255.664 JPY, which is better than" in said(proven)


def test_a_bound_that_holds_is_confirmed(book: Path, tmp_path: Path, outcome: Outcome) -> None:
    verdict = verify_workbook(book, Search(60))
    assert verdict.holds and verdict.words[0].endswith("the plan holds, and its bound is confirmed"), said(verdict)
    assert "another search proves by branching that no plan is better than 113,500,000 JPY" in said(verdict)
    assert "exact arithmetic: confirmed: no plan is better than 114," in said(verdict)
    wide = written(bounded(outcome, 1.1 * BOUND), tmp_path) / "plan.xlsx"
    assert "exact arithmetic proves that no plan is better than 124,850,000 JPY, nor than 114," in said(
        verify_workbook(wide, Search(60))
    )


def test_without_time_nothing_is_settled(book: Path) -> None:
    verdict = verify_workbook(book, Search(0))
    assert verdict.holds and not verdict.is_settled
    assert "bound: not settled: nothing was proven within 0 s" in said(verdict)


def test_another_size_of_the_model_is_found_by_whoever_builds_it(open_one: Book) -> None:
    other = retyped(open_one, *(("Run log", label, 1, 7.0) for label in ("rows", "columns", "non-zeros")))
    assert verify_book(other).holds
    proven = said(verify_book(other, Search(60)))
    assert all(f"{label}: 7 is written" in proven for label in ("rows", "columns", "non-zeros"))


def test_a_bound_of_exact_arithmetic_that_no_prices_prove_is_found(open_one: Book) -> None:
    cells = (
        ("Run log", "bound that exact arithmetic proves", 1, 113.4e6),
        ("Run log", "bound in exact arithmetic", 1, "checked"),
    )
    other = retyped(open_one, *cells)
    assert "bound: read, not confirmed: no plan is better than 113,500,000 JPY (said to be proven" in said(
        verify_book(other)
    )
    proven = verify_book(other, Search(60))
    assert not proven.holds and "113,400,000 is not what exact arithmetic proves" in said(proven)
