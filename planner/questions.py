"""What one asks of plans besides the plan: how cases compare, what binds, why not, and what else would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.defaults import GAP, TIME_LIMIT
from planner.explain.answers import asked_why_not, room_to_choose
from planner.explain.prices import priced
from planner.outcome import Outcome, versions
from planner.planning import plan_beside_nothing
from planner.reading.case.file import Reading
from planner.report.files import replace_content
from planner.studies.compare import Comparison, compare_tasks, side_by_side
from planner.studies.tasks import Engine

if TYPE_CHECKING:
    import pandas as pd


def compare(
    case: Reading,
    *others: str | Reading,
    gap: float = GAP,
    time_limit: float = TIME_LIMIT,
    workers: int = 1,
    additionality: bool = False,
) -> Comparison:
    """Plans a case and others beside it, and compares each of them with it; ``tables`` gives the comparison as tables.

    Args:
        case: what the others are compared with.
        others: names of scenarios of the case, or other cases, each with a name of its own such as
            ``case.with_({...}, name="dear")``; without any all scenarios of the case.
        gap: relative gap at which each search may stop.
        time_limit: seconds after which each search stops with what it has.
        workers: plans made at the same time, each in a process of its own where there are several; a script then needs
            its ``if __name__ == "__main__":``.
        additionality: whether each case is planned without each of its programmes as well.

    Raises:
        InputError: there is no such scenario, two cases have one name, or they have no currency in common.
        NoPlanError: there is no plan of the case itself.
        NoProofError: none was found in time.
        RunFailedError: a run failed otherwise.
    """
    for one in (case, *(other for other in others if isinstance(other, Reading))):
        one.require_as_read()
    tasks, titles = side_by_side(case, others, case.in_scenario, base_alone=additionality, file=case.name)
    engine = Engine(
        plan=plan_beside_nothing,
        put=replace_content,
        versions=versions(),
        gap=gap,
        time_limit=time_limit,
        workers=workers,
        apart=workers > 1,
    )
    return compare_tasks(tasks, engine, titles=titles, with_additionality=additionality)


def what_binds(outcome: Outcome) -> pd.DataFrame:
    """The limits without room left, the most valuable first, and what one unit more of each is worth beside the plan.

    Columns: ``path`` of the figure in the case; ``what`` it says; the first months of the first and the last period in
    which it binds; the figure ``now``; the ``change`` of one unit, such as '+1 MW'; ``gain``, in the unit of the
    objective (currency, or PFLOPS-hours), of one such unit, empty where only planning again can tell; ``reach``, the
    units up to which each gains as much; ``loss`` of one unit the other way, and its ``reach_back``.

    Blocks, programmes and tax years are kept as in the plan, and systems may be fractions.
    """
    import pandas as pd  # noqa: PLC0415 - see ``planner.results.every_table``

    found = outcome.prices if outcome.prices is not None else [one.record() for one in priced(outcome)]
    label = outcome.case.calendar.label
    columns = ["path", "what", "first", "last", "now", "change", "gain", "reach", "loss", "reach_back"]
    rows = [
        (
            one.path,
            one.words,
            label(one.periods[0]) if one.periods else None,
            label(one.periods[-1]) if one.periods else None,
            one.value,
            one.unit,
            one.gain,
            one.reach,
            one.loss,
            one.reach_back,
        )
        for one in found
    ]
    return pd.DataFrame(rows, columns=columns)


def why_not(outcome: Outcome, target: str, *, time_limit: float = TIME_LIMIT) -> str:
    """Why something was not bought for a site, in the words of ``plan explain --why-not``.

    Args:
        outcome: the plan.
        target: an offer or a system and a site, such as 'b200-hgx8@tokyo'.
        time_limit: seconds for each of the searches behind the answer.

    Raises:
        InputError: there is no such offer, system or site.
    """
    return "\n".join(asked_why_not(outcome, target, gap=outcome.proof.gap_requested, seconds=time_limit))


def alternatives(outcome: Outcome, *, within: float = 0.01, tag: str | None = None, time_limit: float = 30.0) -> str:
    """Plans almost as good that differ most, and what all good plans have in common, in the words of the command.

    Args:
        outcome: the plan.
        within: how much worse they may be, as a share of the objective.
        tag: the dependence to avoid; without it the one with most spend.
        time_limit: seconds for each of the searches.

    Raises:
        InputError: no offer has that tag.
    """
    return "\n".join(room_to_choose(outcome, within=within, tag=tag, seconds=time_limit))
