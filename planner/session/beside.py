"""What is found out beside the plan of a run, by further plans: what one figure alone does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from planner.defaults import BRIDGE_RATE
from planner.holding import hold_plan
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.reading.case.file import Reading
from planner.report.stress.figures import future_figures
from planner.session.options import Options
from planner.session.timetable import BESIDE, REPORT
from planner.studies.sensitivity import Ways, sensitivity
from planner.supervisor.supervisor import Link


def with_sensitivity(
    outcome: Outcome, reading: Reading, options: Options, link: Link, tell: Callable[[str], None]
) -> Outcome:
    """The plan of a run with what each lever alone does to it, held or made anew as well.

    Raises:
        AuditError: the audit does not agree with a plan, which is a defect of the program.
    """

    def replan(there: Reading) -> Outcome:
        return plan_case(
            there.case,
            gap=options.gap,
            time_limit=options.time_limit,
            scenario=there.scenario,
            input_hash=there.input_hash,
            provenance=there.provenance,
            start=outcome.warm_start,
            reasons=False,
        )

    def stage(lever: str) -> None:
        link.stage(BESIDE)
        tell(f"sensitivity to {lever}")

    ways = Ways(
        hold=hold_plan,
        figures=future_figures,
        bridge_rate=BRIDGE_RATE,
        time_limit=options.time_limit,
        replan=replan if options.sensitivity == "all" else None,
        stage=stage,
    )
    found = sensitivity(reading, outcome, ways)
    link.stage(REPORT)
    tell("checking and writing")
    return replace(outcome, sensitivity=found)
