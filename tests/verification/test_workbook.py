"""``plan verify``: an untouched workbook holds; a changed input, a changed decision and a lost value are all said."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from planner import planning
from planner.errors import InputError
from planner.explain.prices import with_prices
from planner.reading.budget import read_case
from planner.reading.workbook.decisions import decisions_of_book
from planner.reading.workbook.keys import key_column
from planner.reading.workbook.layout import DECISIONS
from planner.reading.xlsx.book import open_book
from planner.report.workbook.book import write_workbook
from planner.verification.finished import Verdict, opened, verify_book, verify_workbook
from tests.cli.test_command import plan
from tests.places import TINY
from tests.pool.pools import grant, operator, planned, pool
from tests.reading.workbook.test_file import PERIOD, VALUE, changed, patched, row_of
from tests.reading.workbook.workbooks import part_of, rebuilt
from tests.report import example
from tests.verification.spoilt import retyped


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verify") / "plan.xlsx"
    write_workbook(with_prices(planning.plan(read_case(TINY))), path)
    return path


def said(verdict: Verdict) -> str:
    return "\n".join(verdict.words)


def test_an_untouched_workbook_holds(book: Path) -> None:
    verdict = verify_workbook(book)
    assert verdict.holds, said(verdict)
    npv = planning.plan(read_case(TINY)).audit.accounts.npv
    assert f"net present value: {npv:,.0f} JPY" in said(verdict)
    assert "none was changed" in said(verdict)
    limits = len(planning.plan(read_case(TINY)).audit.limits)
    assert f"all {limits} kept" in said(verdict)


def test_every_kind_of_decision_is_read_back(tmp_path: Path) -> None:
    """The example has orders, blocks, exits, work, claims and a programme that is entered."""
    write_workbook(example.outcome(), tmp_path / "plan.xlsx")
    book = open_book(tmp_path / "plan.xlsx", (DECISIONS,))
    assert decisions_of_book(book, example.outcome().case) == example.decisions()


def test_a_changed_input_makes_the_plan_stale_and_its_value_wrong(book: Path, tmp_path: Path) -> None:
    """One figure of the archive is changed, so every other stored value stays as it was."""
    sheet = openpyxl.load_workbook(book)["Inputs"]
    cell = f"D{row_of(sheet, 'finance.exchange_rates.USD')}"

    def weaker(xml: str) -> str:
        head, tail = xml.split(f'<c r="{cell}"', 1)
        assert "<v>150</v>" in tail
        return f'{head}<c r="{cell}"{tail.replace("<v>150</v>", "<v>180</v>", 1)}'

    verdict = verify_workbook(patched(book, tmp_path, part_of(book, "Inputs"), weaker))
    assert not verdict.holds
    assert f"Inputs!{cell}: finance.exchange_rates.USD: 150 as solved, 180 now" in said(verdict)
    assert "recomputed; a spreadsheet program" in said(verdict)
    assert "plan again with: plan" in said(verdict)


def test_a_limit_that_the_new_inputs_break_is_named(book: Path, tmp_path: Path) -> None:
    path = changed(book, tmp_path, ("finance.capex_limits.FY2024", VALUE, 1e6))
    verdict = verify_workbook(path)
    assert not verdict.holds
    assert "the plan does not hold as it stands" in verdict.words[0]
    assert "capex limit: " in said(verdict) and "1e+06 JPY does not hold" in said(verdict)


def test_a_looser_limit_leaves_a_plan_that_is_kept_but_no_longer_known_to_be_the_best(
    book: Path, tmp_path: Path
) -> None:
    cell = f"D{row_of(openpyxl.load_workbook(book)['Inputs'], 'finance.capex_limits.FY2024')}"

    def looser(xml: str) -> str:
        head, tail = xml.split(f'<c r="{cell}"', 1)
        return f'{head}<c r="{cell}"{re.sub("<v>.*?</v>", "<v>900000000000</v>", tail, count=1)}'

    verdict = verify_workbook(patched(book, tmp_path, part_of(book, "Inputs"), looser))
    assert not verdict.holds
    words = "the plan still keeps every limit, but is no longer known to be the best: 1 input changed"
    assert verdict.words[0].endswith(words), said(verdict)


def test_a_shorter_calendar_does_not_fit_the_decisions(book: Path, tmp_path: Path) -> None:
    verdict = verify_workbook(changed(book, tmp_path, ("calendar.periods", VALUE, 6)))
    assert not verdict.holds
    assert "do not fit the inputs" in said(verdict)


def test_a_value_that_was_never_stored_is_said(book: Path, tmp_path: Path) -> None:
    verdict = verify_workbook(changed(book, tmp_path))
    assert not verdict.holds
    assert "the workbook stores none" in said(verdict)
    assert "none was changed" in said(verdict)


def test_a_decision_that_was_changed_by_hand_breaks_a_limit(book: Path, tmp_path: Path) -> None:
    copy = openpyxl.load_workbook(book)
    sheet = copy["Decisions"]
    row = next(row for row in range(7, sheet.max_row) if str(sheet.cell(row, 1).value).startswith("order through"))
    sheet.cell(row, PERIOD).value = 1000
    copy.save(tmp_path / "plan.xlsx")
    verdict = verify_workbook(tmp_path / "plan.xlsx")
    assert not verdict.holds
    assert "supply: " in said(verdict)


@pytest.mark.parametrize("value", [2.5, "many", None])
def test_a_decision_that_is_no_number_of_systems_is_refused(book: Path, tmp_path: Path, value: object) -> None:
    copy = openpyxl.load_workbook(book)
    sheet = copy["Decisions"]
    row = next(row for row in range(7, sheet.max_row) if str(sheet.cell(row, 1).value).startswith("order through"))
    sheet.cell(row, PERIOD).value = value
    copy.save(tmp_path / "plan.xlsx")
    with pytest.raises(InputError, match=f"Decisions!I{row}: .* stands"):
        verify_workbook(tmp_path / "plan.xlsx")


def test_the_command_plans_checks_exports_and_verifies_a_workbook(book: Path, tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(book.read_bytes())
    assert plan("verify", "plan.xlsx", cwd=tmp_path).returncode == 0
    check = plan("check", "plan.xlsx", cwd=tmp_path)
    assert (check.returncode, "plan.xlsx: no mistakes found. tiny" in check.stdout) == (0, True)
    exported = plan("export", "plan.xlsx", cwd=tmp_path)
    assert plan("export", "plan.xlsx", "--output", "case.yaml", cwd=tmp_path).stdout == "wrote case.yaml\n"
    assert (tmp_path / "case.yaml").read_text(encoding="utf-8") == exported.stdout
    (tmp_path / "case.yaml").write_text("somebody's work", encoding="utf-8")
    refused = plan("export", "plan.xlsx", "--output", "case.yaml", cwd=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "case.yaml: stands there already" in refused.stderr
    assert "fix: name a new file" in refused.stderr
    assert (tmp_path / "case.yaml").read_text(encoding="utf-8") == "somebody's work"
    (tmp_path / "case.yaml").write_text(exported.stdout, encoding="utf-8")
    for name in ("plan.xlsx", "case.yaml"):
        assert plan(name, "--output", name.partition(".")[0], "--quiet", cwd=tmp_path).returncode == 0
    written = (tmp_path / "plan" / "plan.xlsx").read_bytes()
    assert written == (tmp_path / "case" / "plan.xlsx").read_bytes() == book.read_bytes()
    changed(book, tmp_path, ("finance.exchange_rates.USD", VALUE, 180))
    stale = plan("verify", "plan.xlsx", cwd=tmp_path)
    assert (stale.returncode, "does not hold as it stands" in stale.stdout) == (1, True)


def test_the_part_of_a_pool_holds_and_its_words_are_worked_out_again(tmp_path: Path) -> None:
    """Its proof says how much better the operator could be by itself; another sentence in its place is found."""
    programmes = {"aid": grant(0.5, total_cap="70 mn JPY")}
    target = {"floor": 3, "by": "2025-06"}
    content = pool({"a": operator(), "b": operator(earns=30)}, programmes=programmes, target=target)
    member = planned(tmp_path, content, gap=0.001).members["b"]
    write_workbook(member.outcome, tmp_path / "plan.xlsx")
    found = opened(tmp_path / "plan.xlsx")
    assert verify_book(found).holds, said(verify_book(found))
    other = retyped(found, ("Run log", "what stands behind it", 1, "it could not be better"))
    assert "it could not be better by more than 30,000,000 JPY worked out again" in said(verify_book(other))


def test_a_workbook_of_an_earlier_version_is_refused_with_what_to_do_and_still_carries_its_case(
    book: Path, tmp_path: Path
) -> None:
    """It has every cell that a workbook has today but for the keys."""
    keys = rf'<c r="{get_column_letter(key_column(read_case(TINY).case.calendar) + 1)}\d+"[^>]*>.*?</c>'
    rebuilt(book, tmp_path / "old.xlsx", {part_of(book, DECISIONS): lambda xml: re.sub(keys, "", xml)})
    with pytest.raises(InputError) as caught:
        verify_workbook(tmp_path / "old.xlsx")
    (fault,) = caught.value.faults
    assert "an earlier version of the planner wrote this workbook" in fault.found
    assert f"plan export {tmp_path / 'old.xlsx'} --output case.yaml, then plan case.yaml" in fault.remedy
    assert read_case(tmp_path / "old.xlsx").input_hash == read_case(book).input_hash
