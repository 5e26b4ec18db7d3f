"""Works the plan of a ``plan.json`` out again: everything in it that follows from the case and the decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.audit import audit
from planner.case.quantities import shown
from planner.decisions import Decisions
from planner.defaults import BASE
from planner.errors import AuditError, Fault, InputError, Place
from planner.outcome import versions
from planner.reading.case.file import Reading
from planner.reading.summary.decisions import decisions_of_summary
from planner.reading.summary.file import claims_of_summary, summary_of
from planner.reading.workbook.file import reading_of_book
from planner.reading.workbook.layout import CASE_FILE, INPUTS
from planner.reading.xlsx.archive import looks_like_a_table
from planner.reading.xlsx.book import open_book
from planner.report.summary_file import summary
from planner.verification.finished.doing_nothing import beside_nothing
from planner.verification.finished.proof import Planned, outcome_as_written
from planner.verification.finished.verdict import Verdict, alike, first
from planner.verification.finished.weighing import Prover, weigh_limits, weigh_nothing, weigh_proof

BESIDE = "plan.xlsx"
"""Written together with the summary; it carries the case."""
OBJECTIVES = ("npv", "equity", "compute", "cost")


@dataclass(frozen=True)
class Stated:
    """A plan.json and the case that it is about."""

    content: dict[str, Any]
    reading: Reading
    decisions: Decisions


def stated(path: Path, case: Path | None = None) -> Stated:
    """Reads a plan.json with its case, that of the workbook beside it where none is named.

    Raises:
        InputError: either of them cannot be read, or they do not belong together.
    """
    content = summary_of(path)
    source = path.with_name(BESIDE) if case is None else case
    if case is None and not source.exists():
        remedy = f"name the case that it was planned from: plan verify {path} --case budget.yaml"
        found = f"holds no case, and there is no {BESIDE} beside it"
        raise InputError([Fault(Place(str(path)), "", found, "a plan.json with its case", remedy)])
    reading = _reading(source, content)
    if reading.input_hash != content.get("input_hash"):
        found = f"{shown(content.get('input_hash'))} is not the case of {source}, whose hash is {reading.input_hash}"
        remedy = "name the case that it was planned from with --case"
        raise InputError([Fault(Place(str(path)), "input_hash", found, "", remedy)])
    return Stated(content, reading, decisions_of_summary(path, content, reading.case.calendar))


def verify_summary(path: Path, case: Path | None = None, prover: Prover | None = None) -> Verdict:
    """Holds a plan.json against its case and its decisions; without a prover no solver is needed.

    Raises:
        InputError: it or its case cannot be read, or they do not belong together.
    """
    plan, verdict = stated(path, case), Verdict()
    reading, claims = plan.reading, claims_of_summary(plan.content)
    try:
        planned = Planned(reading.case, reading.scenario, reading.input_hash, audit(reading.case, plan.decisions))
    except AuditError as error:
        verdict.against(f"its decisions do not fit its case: {error}")
    else:
        weigh_limits(verdict, planned.audit)
        outcome = outcome_as_written(claims, planned, plan.decisions, reading.provenance)
        try:
            outcome = beside_nothing(outcome, path, plan.content)
        except AuditError as error:
            verdict.against(f"doing nothing: its decisions do not fit its case: {error}")
        weigh_proof(verdict, claims, planned, outcome, prover)
        weigh_nothing(verdict, planned, outcome, prover)
        same = claims.versions.get("planner") == versions()["planner"]
        if found := list(differences("", plan.content, summary(outcome), whole=same)):
            verdict.against(f"figures: {len(found)} are not what the plan comes to:")
            verdict.words += first([f"  {line}" for line in found])
        else:
            verdict.words.append("figures: all others are what the plan comes to")
    verdict.words.insert(0, f"{path}: {verdict.first_line}")
    return verdict


def _reading(source: Path, content: dict[str, Any]) -> Reading:
    """The case as it was solved."""
    if looks_like_a_table(source):
        return reading_of_book(open_book(source, (CASE_FILE, INPUTS))).solved
    from planner.planning import read_for_plan  # noqa: PLC0415 - loads the solver, which most checks need not

    scenario, kind = content.get("scenario"), content["proof"].get("objective")
    named = scenario if isinstance(scenario, str) and scenario != BASE else None
    reading = read_for_plan(source, scenario=named)
    if reading.input_hash != content.get("input_hash") and kind in OBJECTIVES:
        return read_for_plan(source, scenario=named, objective=kind)
    return reading


def differences(path: str, written: object, expected: object, *, whole: bool) -> Iterator[str]:
    """Every place where what is written is not what is expected.

    Args:
        path: of both, as keys with dots between them.
        written: what the file holds.
        expected: what was worked out again.
        whole: whether what only one of them has counts too; other versions say other things.
    """
    if isinstance(expected, dict) and isinstance(written, dict):
        for key in [*expected, *(key for key in written if key not in expected)]:
            if key in expected and key in written:
                yield from differences(f"{path}.{key}".lstrip("."), written[key], expected[key], whole=whole)
            elif whole:
                words = "is missing" if key in expected else "is nothing that the planner writes"
                yield f"{path}.{key}: {words}".lstrip(".")
    elif isinstance(expected, list | tuple) and isinstance(written, list):
        if len(expected) != len(written):
            yield f"{path}: {len(written)} entries are written, {len(expected)} worked out again"
            return
        for position, (one, other) in enumerate(zip(written, expected, strict=True)):
            yield from differences(f"{path}.{position}", one, other, whole=whole)
    elif not alike(written, expected):
        yield f"{path}: {shown(written)} is written, {shown(expected)} worked out again"
