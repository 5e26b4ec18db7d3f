"""A finished plan is checked; where its bound is to be proven, watched like a run. Nothing is written."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.defaults import TIME_LIMIT
from planner.errors import EXIT_ANSWER_IS_NO, EXIT_NO_PROOF, EXIT_PLAN, visible
from planner.session.session import UNWATCHED, all_or_nothing
from planner.session.timetable import SEARCH, StepTimetable
from planner.supervisor.supervisor import Link

if TYPE_CHECKING:
    from planner.verification.finished import Verdict
    from planner.verification.finished.weighing import Prover


@dataclass(frozen=True)
class Check:
    """What is to be checked, and how."""

    plan: Path
    case: Path | None = None
    """Of a summary file; without it the workbook beside it has the case."""
    prove: bool = False
    time_limit: float = TIME_LIMIT
    debug: bool = False


def run(check: Check) -> int:
    """Checks a plan; returns the exit status of the command."""
    if not check.prove:
        return _checked(UNWATCHED, check)
    words = "what was to be proven is open, and nothing was written"
    return all_or_nothing(_checked, check, StepTimetable(check.time_limit), check.time_limit, words)


def _checked(link: Link, check: Check) -> int:
    from planner.report.live import live  # noqa: PLC0415
    from planner.report.screen import screen  # noqa: PLC0415

    with live(screen(stderr=True), "reading and working out again") as line:
        prover: Prover | None = None
        if check.prove:
            from planner.verification.finished.proving import Search  # noqa: PLC0415

            prover = Search(check.time_limit, lambda: link.stage(SEARCH), line.found)
        verdict = _verdict(check, prover)
    return _said(verdict)


def _verdict(check: Check, prover: Prover | None) -> Verdict:
    from planner.verification.finished import verify_summary, verify_workbook  # noqa: PLC0415

    if check.plan.suffix.lower() == ".json":
        return verify_summary(check.plan, check.case, prover)
    return verify_workbook(check.plan, prover)


def _said(verdict: Verdict) -> int:
    sys.stdout.write("".join(f"{visible(line)}\n" for line in verdict.words))
    sys.stdout.flush()
    if not verdict.holds:
        return EXIT_ANSWER_IS_NO
    return EXIT_PLAN if verdict.is_settled else EXIT_NO_PROOF
