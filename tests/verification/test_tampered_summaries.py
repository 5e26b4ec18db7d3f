"""A plan.json that somebody edited: each change is found, or told as read and not confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.audit import audit
from planner.errors import InputError
from planner.planning import plan_beside_nothing
from planner.reading.case.file import input_hash
from planner.session.checking import Check, run
from planner.verification.finished import verify_summary, verify_workbook
from planner.verification.finished.proving import Search
from tests.cli.test_command import plan
from tests.places import TINY
from tests.report.workbook.test_added import UNUSUAL
from tests.verification.spoilt import bounded, edited, hasty, said, scarce, written
from tests.whole.test_what_is_added import standing

Edit = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(hasty(), tmp_path_factory.mktemp("hasty"))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case as a file of its own."""
    from planner.reading.case.text import case_text  # noqa: PLC0415

    path, reading = tmp_path_factory.mktemp("case") / "case.yaml", scarce()
    path.write_text(case_text(reading.case, reading.provenance), encoding="utf-8")
    return path


def test_an_untouched_summary_holds_with_the_workbook_beside_it_or_a_case(
    folder: Path, case: Path, tmp_path: Path
) -> None:
    verdict = verify_summary(folder / "plan.json")
    assert verdict.holds, said(verdict)
    assert verdict.words[0].endswith("the plan holds; its bound was only read, not confirmed")
    assert "figures: all others are what the plan comes to" in said(verdict)
    alone = edited(folder / "plan.json", tmp_path / "plan.json", lambda content: None)
    assert verify_summary(alone, case).holds
    with pytest.raises(InputError, match=r"there is no plan\.xlsx beside it"):
        verify_summary(alone)
    with pytest.raises(InputError, match="is not the case of"):
        verify_summary(alone, TINY)


def put(path: str, value: object) -> Edit:
    def edit(content: Any) -> None:
        *groups, last = path.split(".")
        for key in groups:
            content = content[int(key)] if isinstance(content, list) else content[key]
        content[int(last) if isinstance(content, list) else last] = value

    return edit


def without(group: str, key: str) -> Edit:
    return lambda content: content[group].pop(key)


FOUND: dict[str, tuple[Edit, str]] = {
    "value": (put("proof.value", 114.8e6), "proof.value: objective: 114,800,000 is written"),
    "gap": (put("proof.gap", 0.0), "proof.gap: gap: 0 is written"),
    "relative gap": (put("proof.relative_gap", 0.0), "proof.relative_gap: relative gap: 0 is written"),
    "bound": (put("proof.bound", 114318966.5), "proof.gap: gap: "),
    "bound beyond the plan": (put("proof.bound", 1e6), "is no bound: the plan itself is better by"),
    "no bound": (put("proof.bound", None), "there is no usable proof.bound"),
    "a truth as gap": (put("proof.gap", True), "there is no usable proof.gap"),
    "label": (put("proof.label", "verified optimal"), "verified optimal is written, feasible with a gap worked out"),
    "checked": (put("proof.bound_checked", True), "proof.bound_checked: bound check: true is written"),
    "exact bound": (put("proof.checked_bound", 1e6), "is better than what is said to be proven exactly"),
    "gap asked for": (put("proof.gap_requested", 0.001), "options: gap: 0.3 is written, 0.001 elsewhere"),
    "limits": (put("proof.limits_checked", 9999), "proof.limits_checked: 9999 is written"),
    "broken limits": (put("proof.limits_broken", 1), "proof.limits_broken: 1 is written, 0 worked out again"),
    "unit": (put("proof.unit", "USD"), "proof.unit: 'USD' is written, 'JPY' worked out again"),
    "kind": (put("proof.objective", "cost"), "kind: cost is written, npv worked out again"),
    "headline": (put("headline.npv", 114.8e6), "headline.npv: "),
    "rate of return": (
        put("headline.internal_rate_of_return", 9.0),
        "headline.internal_rate_of_return: 9.0 is written",
    ),
    "cash": (put("periods.3.cash", 9e9), "periods.3.cash: "),
    "a fiscal year": (put("fiscal_years", [{}]), "fiscal_years: 1 entries are written, 0 worked out again"),
    "grant": (put("programmes.0.given", 9e9), "programmes.0.given: "),
    "terminal value": (put("terminal_value", 9e9), "terminal_value: "),
    "currency": (put("currency", "USD"), "currency: 'USD' is written"),
    "title": (put("title", "Approved"), "title: 'Approved' is written"),
    "one system more": (put("decisions.order.0.systems", 2), "figures: "),
    "a hundred systems": (put("decisions.order.0.systems", 100), "limits: "),
    "another offer": (put("decisions.order.0.offer", "nobody"), "its decisions do not fit its case"),
    "a decision less": (lambda content: content["decisions"]["order"].pop(), "figures: "),
    "a key more": (put("approved", True), "approved: is nothing that the planner writes"),
    "a key less": (without("headline", "capex"), "headline.capex: is missing"),
    "a period less": (lambda content: content["periods"].pop(), "periods: 7 entries are written, 8 worked out again"),
    "option": (put("options.objective", "cost"), "options: objective: cost is written"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_can_be_worked_out_again_is_found(name: str, folder: Path, case: Path, tmp_path: Path) -> None:
    edit, words = FOUND[name]
    verdict = verify_summary(edited(folder / "plan.json", tmp_path / "plan.json", edit), case)
    assert not verdict.holds
    assert words in said(verdict)


AN_EXIT = {"system": "cube", "site": "east", "cohort": "maker", "period": "2025-01", "systems": 1}
REFUSED: dict[str, tuple[Edit, str]] = {
    "hash": (put("input_hash", "0" * 64), "is not the case of"),
    "another scenario": (put("scenario", "no-grant"), "is not the case of"),
    "no scenario": (put("scenario", "sunny"), "there is no scenario 'sunny'"),
    "no decisions": (put("decisions", None), "decisions.order: is missing or no list"),
    "a part of a system": (put("decisions.order.0.systems", 1.5), r"order.0.systems: 1.5 stands for an amount"),
    "a period beyond": (put("decisions.order.0.period", "2099-01"), "'2099-01' is no period of the case"),
    "a number as name": (put("decisions.order.0.offer", 7), "7 stands for a name"),
    "an order twice": (lambda c: c["decisions"]["order"].append(c["decisions"]["order"][0]), "stands twice"),
    "a cohort without a month": (put("decisions.exit", [AN_EXIT]), "'maker' is no cohort"),
    "no proof": (put("proof", []), "is no summary of a plan"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused(name: str, folder: Path, case: Path, tmp_path: Path) -> None:
    edit, words = REFUSED[name]
    with pytest.raises(InputError, match=words):
        verify_summary(edited(folder / "plan.json", tmp_path / "plan.json", edit), case)


TEXTS = {
    "no JSON": ("{", "cannot be read"),
    "twice": ('{"proof": {}, "proof": {}}', "'proof' is said twice"),
    "not a number": ('{"proof": {"bound": NaN}}', "NaN stands for a number"),
    "infinite": ('{"proof": {"bound": Infinity}}', "Infinity stands for a number"),
    "deep": ("[" * 100_000, "more than 20 groups within each other"),
    "long number": (f'{{"proof": {{"bound": {"9" * 5_000}}}}}', "cannot be read"),
    "other encoding": ('{"proof": {"label": "é"}}', "cannot be read"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_damaged_file_is_refused(name: str, tmp_path: Path) -> None:
    text, words = TEXTS[name]
    (tmp_path / "plan.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=words):
        verify_summary(tmp_path / "plan.json", TINY)


def test_only_a_search_tells_another_bound_from_the_right_one(folder: Path, tmp_path: Path) -> None:
    """Other versions, solvers and options are told as read, whatever they say."""
    agreed = written(bounded(hasty(), 112e6), tmp_path) / "plan.json"
    edited(agreed, agreed, put("proof.solver", "Magic 1.0"))
    edited(agreed, agreed, put("versions.highspy", "9.9"))
    verdict = verify_summary(agreed)
    assert verdict.holds
    assert "bound: read, not confirmed: no plan is better than 112,000,000 JPY" in said(verdict)
    assert "solver, versions; made with highspy 9.9 (" in said(verdict)
    proven = verify_summary(agreed, None, Search(60))
    assert not proven.holds and "bound: refuted: there is a plan of 1" in said(proven)
    assert verify_summary(folder / "plan.json", None, Search(60)).is_bound_confirmed


def test_no_escape_code_reaches_the_terminal(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = edited(folder / "plan.json", tmp_path / "plan.json", put("proof.label", "verified\x1b[2J optimal"))
    assert run(Check(path, folder / "plan.xlsx")) == 1
    printed = capsys.readouterr().out
    assert "\\x1b[2J" in printed and "\x1b" not in printed


def test_without_time_the_question_stays_open(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(Check(folder / "plan.json", prove=True, time_limit=0.0)) == 3
    assert "bound: not settled: nothing was proven within 0 s" in capsys.readouterr().out


def test_the_command_confirms_refutes_and_refuses(folder: Path, tmp_path: Path) -> None:
    confirmed = plan("verify", "plan.json", "--prove", cwd=folder)
    assert (confirmed.returncode, "the plan holds, and its bound is confirmed" in confirmed.stdout) == (0, True)
    refuted = plan("verify", "plan.xlsx", "--prove", cwd=written(bounded(hasty(), 112e6), tmp_path))
    assert (refuted.returncode, "bound: refuted" in refuted.stdout) == (1, True)
    nowhere = plan("verify", "plan.json", "--case", "nowhere.yaml", cwd=folder)
    assert (nowhere.returncode, "nowhere.yaml: file not found" in nowhere.stderr) == (2, True)


def test_a_worse_way_of_doing_nothing_is_read_and_a_search_finds_the_better_one(tmp_path: Path) -> None:
    """One cube stands there and could earn all year; written is that it stands idle, and that nothing better exists.

    Everything follows from its decisions, so the plan would add more than it does.
    """
    case = standing(unusual=UNUSUAL)
    outcome = replace(plan_beside_nothing(case), input_hash=input_hash(case))
    nothing = outcome.doing_nothing
    assert nothing is not None
    honest = written(outcome, tmp_path / "honest") / "plan.json"
    assert "doing nothing: bound: read, not confirmed: no plan is better than 180,000,000 JPY" in said(
        verify_summary(honest)
    )
    assert "doing nothing: bound: confirmed: " in said(verify_summary(honest, None, Search(60)))

    idle = replace(nothing.decisions, serve={})
    audited = audit(nothing.case, idle)
    assert not audited.broken and audited.objective < nothing.audit.objective
    proof = replace(nothing.proof, objective=audited.objective, bound=audited.objective)
    worse = replace(outcome, doing_nothing=replace(nothing, decisions=idle, audit=audited, proof=proof))
    folder = written(worse, tmp_path / "worse")
    assert verify_summary(folder / "plan.json").holds
    for verdict in (
        verify_summary(folder / "plan.json", None, Search(60)),
        verify_workbook(folder / "plan.xlsx", Search(60)),
    ):
        assert not verdict.holds and verdict.is_bound_confirmed
        assert "doing nothing: bound: refuted: there is a plan of 180,000,000 JPY" in said(verdict)
    without_time = verify_summary(folder / "plan.json", None, Search(0.0))
    assert not without_time.is_settled
