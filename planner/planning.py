"""The story of one run on one screen: read, build, solve, audit."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from planner.audit import audit
from planner.case.case import Case, ObjectiveKind
from planner.case.doing_nothing import doing_nothing
from planner.coefficients import coefficients_of
from planner.defaults import BASE, GAP, TIME_LIMIT
from planner.errors import Fault, InputError, NoPlanError, NoProofError, Place
from planner.model.build import Model, build
from planner.outcome import Audit, DoingNothing, Outcome, Progress, Proof, Provenance, Recorder, WarmStart, versions
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.freezing import with_frozen
from planner.reading.month_option import month_option
from planner.solution import decisions_of
from planner.solving.complete import complete
from planner.solving.solve import Infeasible, Solution, solve
from planner.verification.agreement import require_agreement

UNTIL_EXAMPLE = "2027-03"
"""A month as an option may give it."""
LEAST_SECONDS_OF_REASON = 5.0
"""What finding out why there is no plan may take at least; it stays within what a run may take after its time limit."""


@dataclass(frozen=True)
class StoppedSearch:
    """The best plan that a search had found before it was ended, as its recorder was told of it."""

    values: Any
    bound: float
    why: str
    """Why the search was ended."""
    seconds: float
    """Time that is left to complete it."""


def plan(
    case: Reading,
    *,
    gap: float = GAP,
    time_limit: float = TIME_LIMIT,
    progress: Progress | None = None,
    recorder: Recorder | None = None,
    so_far: StoppedSearch | None = None,
) -> Outcome:
    """Plans a case and proves the plan, as ``plan BUDGET`` does, beside doing nothing; nothing is written.

    Args:
        case: what ``read_case`` gave, or what was made of it.
        gap: relative gap at which the search may stop, such as 0.001.
        time_limit: seconds after which it stops with what it has; nobody ends a search that does not heed it.
        progress: told of the best plan and the bound on long solves, in the unit of the objective.
        recorder: told how far the run has come, for who would end it from another process.
        so_far: where another search left off; then there is none, and its plan is completed and proved.

    Raises:
        NoPlanError: no plan exists; it says which statements of the case contradict each other.
        NoProofError: nothing was found in time.
        AuditError: the plan does not hold, which is a defect of the program.
        ScalingError: the figures of the case span more than the solver can hold.
        InputError: the case was changed in place.
    """
    case.require_as_read()
    outcome = plan_case(
        case.case,
        gap=gap,
        time_limit=time_limit,
        progress=progress,
        scenario=case.scenario,
        input_hash=case.input_hash,
        provenance=case.provenance,
        recorder=recorder,
        so_far=so_far,
    )
    if so_far is not None:  # whatever ended the search may end this one too, and the plan is what counts
        return replace(outcome, no_doing_nothing="what doing nothing comes to was not looked for: the search was ended")
    return with_doing_nothing(outcome, gap=gap, time_limit=time_limit)


def plan_case(
    case: Case,
    *,
    gap: float = GAP,
    time_limit: float = TIME_LIMIT,
    progress: Progress | None = None,
    scenario: str = BASE,
    input_hash: str = "",
    provenance: dict[str, Provenance] | None = None,
    recorder: Recorder | None = None,
    so_far: StoppedSearch | None = None,
    start: WarmStart | None = None,
    reasons: bool = True,
) -> Outcome:
    """Plans the bare figures of a case, as ``plan`` does with all that is known about them.

    What else is known goes into the reports: the scenario, the fingerprint of the input, and where figures come from.
    With a ``start`` the search begins there; without, the plan is a function of the case and the options alone. Without
    ``reasons`` nobody is told why there is no plan, which takes its time.
    """
    ends = time.monotonic() + time_limit
    model = build(coefficients_of(case))
    options = {"gap": f"{gap:g}", "time limit": f"{time_limit:g} s", "objective": case.objective.kind}
    try:
        if so_far is not None:
            solution = complete(model, so_far.values, so_far.bound, gap=gap, seconds=so_far.seconds)
            options["ended early"] = f"{so_far.why}; the best plan found until then"
        else:
            if recorder is not None:
                recorder.stage("search")
            solution = solve(model, gap=gap, time_limit=time_limit, progress=progress, recorder=recorder, start=start)
    except Infeasible as answer:
        if not reasons:
            raise NoPlanError("no plan exists") from answer
        from planner.explain.conflict import SECONDS, no_plan_words  # noqa: PLC0415 - a plan needs none of it

        if recorder is not None:
            recorder.stage("why")
        seconds = min(SECONDS, max(LEAST_SECONDS_OF_REASON, ends - time.monotonic()))
        raise NoPlanError(no_plan_words(case, provenance or {}, seconds)) from answer
    decisions = decisions_of(model, solution.values)
    audited = audit(case, decisions)
    return Outcome(
        case=case,
        scenario=scenario,
        input_hash=input_hash,
        provenance=provenance or {},
        decisions=decisions,
        proof=_verified(case, model, solution, audited),
        audit=audited,
        versions=versions(),
        options=options,
        branches=solution.branches,
    )


def with_doing_nothing(outcome: Outcome, *, gap: float = GAP, time_limit: float = TIME_LIMIT) -> Outcome:
    """The same plan beside the best that can be done without buying anything.

    Where there is no such plan, or none was found in time, the outcome says so.

    Raises:
        AuditError: that plan does not hold, which is a defect of the program.
    """
    case = doing_nothing(outcome.case)
    model = build(coefficients_of(case))
    try:
        solution = solve(model, gap=gap, time_limit=time_limit)
    except Infeasible:
        why = "without buying anything there is no plan: cash, or what is owed, does not allow it"
        return replace(outcome, no_doing_nothing=why)
    except NoProofError:
        return replace(outcome, no_doing_nothing="what doing nothing comes to was not found in time")
    decisions = decisions_of(model, solution.values)
    audited = audit(case, decisions)
    proof = _verified(case, model, solution, audited)
    return replace(outcome, doing_nothing=DoingNothing(case, decisions, proof, audited))


def plan_beside_nothing(case: Case, **options: Any) -> Outcome:  # noqa: ANN401 - those of plan_case
    """Plans a case as ``plan_case`` does, and beside it what can be done without buying anything."""
    outcome = plan_case(case, **options)
    return with_doing_nothing(outcome, gap=options.get("gap", GAP), time_limit=options.get("time_limit", TIME_LIMIT))


def _verified(case: Case, model: Model, solution: Solution, audited: Audit) -> Proof:
    """The proof of a plan that the audit agrees with.

    Raises:
        AuditError: names every limit and every line that does not agree.
    """
    proof = solution.proof
    require_agreement(case, model, solution.values, audited, proof.objective)
    return replace(proof, objective=audited.objective, message=str(proof.gap_words))


def read_for_plan(
    path: Path,
    *,
    scenario: str | None = None,
    objective: ObjectiveKind | None = None,
    freeze: Path | None = None,
    until: str | None = None,
) -> Reading:
    """Reads a case file, or the workbook of an earlier run, with another objective if that is asked for.

    With ``freeze``, what that plan had decided up to the month ``until`` is frozen.

    Raises:
        InputError: holds every fault of the file.
    """
    overrides: dict[str, str] = {}
    if objective == "compute":
        overrides["objective.kind"] = objective
    elif objective is not None:  # the date by which compute counts belongs to that objective alone
        overrides["objective"] = f"{{kind: {objective}}}"
    reading = read_case(path, scenario=scenario, overrides=overrides)
    if freeze is None and until is not None:
        found, remedy = "up to which month what is frozen?", "name the earlier plan: --freeze plan.xlsx"
        raise InputError([Fault(Place("--until"), "", found, "together with --freeze", remedy)])
    if freeze is None:
        return reading
    if until is None:
        found = "is missing: up to which month is what was planned frozen?"
        raise InputError([Fault(Place("--until"), "", found, f"a month such as {UNTIL_EXAMPLE}")])
    return with_frozen(reading, freeze, month_option("--until", until, UNTIL_EXAMPLE))
