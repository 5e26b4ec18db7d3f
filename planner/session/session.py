"""The process that watches a run: it loads nothing heavy, hears every request to end, and brings home what is there."""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path
from typing import Any

from planner.errors import EXIT_ANSWER_IS_NO, EXIT_NO_PROOF
from planner.session.options import Options
from planner.session.timetable import REPORT, WHY, RunTimetable
from planner.supervisor import stops, streams
from planner.supervisor.stops import Stops
from planner.supervisor.supervisor import Ending, Link, Timetable, Work, supervise
from planner.supervisor.surroundings import Lack, memory_limit_mb


def run(options: Options) -> int:
    """Plans a case in a process of its own; returns the exit status of the command."""
    if streams.captured():
        return _plan_and_report(UNWATCHED, options)
    with Stops() as asked:
        timetable = RunTimetable(options.time_limit)
        ending = supervise(_plan_and_report, (options,), timetable, asked, debug=options.debug)
        if ending.cause == "done" and ending.lack is None:
            return _status(ending.status, asked)
        why = reason(ending, asked, options.time_limit)
        if "plan" in ending.kept and ending.stage != REPORT and not asked.at_once:
            say(f"{why}; the best plan found until then:")
            rest = timetable.resumed()
            handed = options, ending.kept, why, rest.seconds
            brought = supervise(_report_incumbent, handed, rest, asked, debug=options.debug)
            if brought.cause == "done":
                return _status(brought.status, asked)
            again = reason(brought, asked, options.time_limit)
            say(f"{why}; the best plan found until then could not be completed ({again}), and nothing was written")
        else:
            say(_words_without_plan(why, ending))
        say(_earlier(ending, options))
        return _status(EXIT_ANSWER_IS_NO if ending.stage == WHY else EXIT_NO_PROOF, asked)


def all_or_nothing(work: Work, subject: Any, timetable: Timetable, limit: float, words: str) -> int:  # noqa: ANN401
    """Watches work that leaves nothing behind where it does not come to its end; returns its exit status.

    Args:
        work: takes a link and ``subject``.
        subject: what the work is about, and whether the details of a defect are wanted.
        timetable: its deadlines.
        limit: seconds that were asked for, to tell.
        words: what an end before the end means.
    """
    if streams.captured():
        return _told(UNWATCHED, work, subject)
    with Stops() as asked:
        ending = supervise(_told, (work, subject), timetable, asked, debug=subject.debug)
        if ending.cause == "done":
            return _status(ending.status, asked)
        say(f"{reason(ending, asked, limit)}; {words}")
        return _status(EXIT_NO_PROOF, asked)


def _told(link: Link, work: Work, subject: Any) -> int:  # noqa: ANN401
    """Does work of which every error is told where it is done."""
    from planner.supervisor.telling import tell  # noqa: PLC0415

    try:
        return work(link, subject)
    except Exception as error:
        return tell(error, debug=subject.debug)


def reason(ending: Ending, asked: Stops, time_limit: float) -> str:
    """Why work did not come to its end by itself."""
    after = f"after {ending.seconds:,.0f} s"
    if ending.lack is not None:
        return f"{ending.lack.found} ({ending.lack.remedy})"
    if ending.cause == "stopped":
        return f"stopped by {stops.words(asked.number)} {after}"
    if ending.cause == "late":
        return f"not ready {after}, which is too long after the time limit of {time_limit:g} s, and ended"
    if ending.status == -getattr(signal, "SIGKILL", 9):
        return (
            f"the process that planned was killed from outside {after}, most likely for want of memory "
            "(close other programs, plan on a larger machine, or take longer periods)"
        )
    name = signal.Signals(-ending.status).name if ending.status < 0 else f"status {ending.status}"
    limit = memory_limit_mb()
    if limit is not None:  # libraries that are refused memory end their process in any way
        return (
            f"the process that planned broke down {after} with {name}, most likely for want of memory, of which it may "
            f"take {limit:,} MB (let it have more, such as by `ulimit -v unlimited`, or take longer periods)"
        )
    return f"the process that planned broke down {after} with {name}, which is a defect: report it with the case"


def _words_without_plan(why: str, ending: Ending) -> str:
    if ending.stage == WHY:
        return f"No plan exists; that is proven. Which statements of the case contradict each other is not known: {why}"
    if ending.stage == REPORT:
        return f"{why}, while the results were written; none was put in place"
    if "plan" in ending.kept:
        return f"{why}; a plan had been found, but was not completed, and nothing was written"
    return f"{why}; no plan had been found, and nothing was written"


def _status(status: int, asked: Stops) -> int:
    """The exit status: a request to end counts, even where a plan was brought home."""
    return stops.exit_status(asked.number) if asked.number else status


def _earlier(ending: Ending, options: Options) -> str:
    """What stands there from an earlier run."""
    from planner.report.files import earlier_results  # noqa: PLC0415
    from planner.session.earlier import likely_folder  # noqa: PLC0415

    if "folder" not in ending.kept:  # it was ended before the case was read
        folder = likely_folder(options)
    else:
        folder = Path(ending.kept["folder"].decode("utf-8", "surrogateescape"))
    return "" if folder is None else earlier_results(folder)


def say(text: str) -> None:
    """Tells whoever looks on, if anybody does."""
    if text:
        sys.stderr.write(f"{text}\n")
        with contextlib.suppress(OSError):
            sys.stderr.flush()


def _plan_and_report(link: Link, options: Options) -> int:
    """Loads what is heavy only in the worker."""
    from planner.session.work import plan_and_report  # noqa: PLC0415

    return plan_and_report(link, options)


def _report_incumbent(link: Link, *arguments: Any) -> int:  # noqa: ANN401 - handed on as they are
    from planner.session.work import report_incumbent  # noqa: PLC0415

    return report_incumbent(link, *arguments)


class _Unwatched(Link):
    """A line to nobody: the work is done within this process."""

    def __init__(self) -> None:
        pass

    def stage(self, name: str) -> None:
        """Nobody keeps the time."""

    def keep(self, name: str, content: bytes) -> None:
        """Nobody would go on from here."""

    def lacks(self, lack: Lack) -> bool:
        """Nobody hears it."""
        return False


UNWATCHED = _Unwatched()
