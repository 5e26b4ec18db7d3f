"""Out and in again: a plan goes into its workbook, is read back, planned again, and nothing is another one.

The reference case and generated ones, with and without loans, tax, grants against book value and every kind of
programme; each also goes through the input template and through a workbook in Japanese. One of each kind every day;
PLANNER_ROUND_TRIPS=39 takes three.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.case.case import Case
from planner.case.finance import Loan
from planner.case.programme import Programme
from planner.decisions import Decisions
from planner.errors import InputError, NoPlanError
from planner.outcome import Outcome
from planner.planning import plan, plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.case.text import case_text
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.layout import DECISIONS
from planner.reading.xlsx.book import open_book
from planner.report.template.book import write_template
from planner.report.workbook.book import write_workbook
from planner.verification.finished import verify_workbook
from tests.places import PROGRAMMES, REFERENCE
from tests.reading.helpers import read_text
from tests.report.conftest import WIDE_GAP
from tests.rival.covenanted import balanced_case
from tests.rival.generator import tiny_case
from tests.rival.idle import idle_case
from tests.rival.lent import lent_case
from tests.rival.subsidised import subsidised_case
from tests.rival.taxed import taxed_case

GAP = 0.05
SLOTS = int(os.environ.get("PLANNER_ROUND_TRIPS", "3"))
TRIED = 200
"""Numbers that are tried for one slot; most generated cases are drawn past the checks of the reader."""
UNUSUAL = re.compile(r"`unusual: \{(\S+): the reason\}`")
Wanted = tuple[str, Callable[[int], Case], Callable[[Case], bool]]


def programmes(name: str, wanted: Callable[[Programme], object]) -> Wanted:
    """Cases of which some programme has something."""
    return name, subsidised_case, lambda case: any(wanted(one) for one in case.programmes.values())


def has_terms(loan: Loan) -> bool:
    """Whether a loan states most of what it may leave out."""
    return None not in (loan.grace, loan.interest_capitalised_until, loan.commitment_fee)


WANTED: tuple[Wanted, ...] = (
    ("anything", tiny_case, lambda _: True),
    ("tax", tiny_case, lambda case: case.finance.tax is not None),
    ("loans", tiny_case, lambda case: bool(case.finance.loans)),
    ("interest on cash", idle_case, lambda case: case.objective.kind != "compute"),
    ("covenants", balanced_case, lambda case: bool(case.calendar.full_years)),
    ("grants against book value", tiny_case, lambda case: case.finance.asset_grants == "reduce_book_value"),
    ("a programme", tiny_case, lambda case: bool(case.programmes)),
    programmes("parts of a grant", lambda one: one.milestones),
    programmes("one programme after another", lambda one: one.after),
    programmes("an early exit", lambda one: one.early_exit != "forbidden"),
    programmes("a tax credit", lambda one: one.kind == "tax_credit"),
    programmes("a special depreciation", lambda one: one.kind == "special_depreciation"),
    ("terms of loans", lent_case, lambda case: any(has_terms(loan) for loan in case.finance.loans.values())),
    ("property tax", taxed_case, lambda case: bool(case.finance.property_taxes)),
)
"""What a case has to have, slot by slot in turn, and where it is drawn from."""


def written(outcome: Outcome, folder: Path, language: str = "en") -> Path:
    folder.mkdir(exist_ok=True)
    write_workbook(outcome, folder / "plan.xlsx", language)
    return folder / "plan.xlsx"


def planned(reading: Reading) -> Outcome:
    return plan_case(reading.case, input_hash=reading.input_hash, provenance=reading.provenance, gap=GAP)


def accepted(case: Case, folder: Path) -> Reading | None:
    """The case as the reader takes it, figures drawn past what is plausible let through with a reason."""
    try:
        return read_text(folder, case_text(case, {}))
    except InputError as error:
        reasons = {match[1]: "drawn by chance" for fault in error.faults if (match := UNUSUAL.search(fault.remedy))}
        if len(reasons) < len(error.faults):
            return None
        return accepted(case.model_copy(update={"unusual": {**case.unusual, **reasons}}), folder)


def generated(slot: int, folder: Path) -> tuple[Reading, Outcome]:
    """The case of a slot with its plan: the first that has what is wanted, is accepted, and has a plan."""
    _, drawn, wanted = WANTED[slot % len(WANTED)]
    for number in range(slot * TRIED, (slot + 1) * TRIED):
        case = drawn(number)
        reading = accepted(case, folder) if wanted(case) else None
        if reading is not None:
            try:
                return reading, planned(reading)
            except NoPlanError:
                continue
    raise AssertionError(f"none of {TRIED} generated cases will do")


@pytest.mark.parametrize("slot", range(SLOTS), ids=lambda slot: f"{slot}: {WANTED[slot % len(WANTED)][0]}")
def test_a_generated_case_goes_out_and_in_again(slot: int, tmp_path: Path) -> None:
    reading, outcome = generated(slot, tmp_path)
    path = written(outcome, tmp_path / "first")
    assert_reads_back(path, reading, outcome)
    second = planned(read_case(path))
    assert second.decisions == outcome.decisions
    assert second.audit.accounts == outcome.audit.accounts
    assert written(second, tmp_path / "second").read_bytes() == path.read_bytes()
    assert_goes_through_the_template(reading, tmp_path)
    assert_reads_back(written(outcome, tmp_path / "japanese", "ja"), reading, outcome)


@pytest.mark.parametrize("scenario", ["off-book-value", "second-prefecture"])
def test_programmes_in_full_go_out_and_in_again(scenario: str, tmp_path: Path) -> None:
    reading = read_case(PROGRAMMES, scenario)
    outcome = planned(reading)
    decisions = outcome.decisions
    assert all((decisions.overlap, decisions.claimed_exit, decisions.overlap_exit, decisions.credit))
    path = written(outcome, tmp_path / "first")
    assert_reads_back(path, reading, outcome)
    assert written(planned(read_case(path)), tmp_path / "second").read_bytes() == path.read_bytes()
    assert_goes_through_the_template(reading, tmp_path)
    assert_reads_back(written(outcome, tmp_path / "japanese", "ja"), reading, outcome)


def test_the_reference_goes_out_and_in_and_out_again_byte_by_byte(reference: Outcome, tmp_path: Path) -> None:
    reading = read_case(REFERENCE)
    path = written(reference, tmp_path / "first")
    assert_reads_back(path, reading, reference)
    again = plan(read_case(path), gap=WIDE_GAP)
    assert again.decisions == reference.decisions
    assert written(again, tmp_path / "second").read_bytes() == path.read_bytes()
    assert_goes_through_the_template(reading, tmp_path)
    assert_reads_back(written(reference, tmp_path / "japanese", "ja"), reading, reference)


def assert_reads_back(path: Path, reading: Reading, outcome: Outcome) -> None:
    """The workbook holds the same case, the same sources and the same decisions, and verifies."""
    again = read_case(path)
    assert again.case == reading.case.model_copy(update={"catalogue": ""})
    assert again.input_hash == reading.input_hash
    groups = {name.rpartition(".")[0] for name in reading.provenance}
    figures = [name for name in reading.provenance if name not in groups and not name.startswith(("catal", "unusual."))]
    assert {name: again.provenance[name].source for name in figures} == {
        name: reading.provenance[name].source for name in figures
    }
    book = open_book(path, (DECISIONS,))
    assert_same_decisions(decisions_of_book(book, reading.case), outcome.decisions)
    verdict = verify_workbook(path)
    assert verdict.holds, verdict.words


def assert_same_decisions(read: Decisions, decided: Decisions) -> None:
    """A cell holds sixteen digits of a number, and every whole number in full."""
    assert (read.order, read.expand, read.exit, read.join) == (
        decided.order,
        decided.expand,
        decided.exit,
        decided.join,
    )
    for kind in ("serve", "claim", "draw", "repay", "claimed_exit", "overlap", "overlap_exit", "credit"):
        assert getattr(read, kind) == pytest.approx(getattr(decided, kind), rel=1e-14, abs=0)


def assert_goes_through_the_template(reading: Reading, folder: Path) -> None:
    write_template(folder / "budget.xlsx", reading)
    again = read_case(folder / "budget.xlsx")
    assert again.case == reading.case
    assert again.input_hash == reading.input_hash
    write_template(folder / "second.xlsx", again)
    assert (folder / "second.xlsx").read_bytes() == (folder / "budget.xlsx").read_bytes()
