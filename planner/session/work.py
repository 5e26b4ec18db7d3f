"""What the worker of a run does: plan and report, or report the best plan that an earlier worker had found."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import Any

from planner.cautions import cautions_of
from planner.errors import EXIT_NO_PROOF, EXIT_PLAN, WarnedError, warnings_words
from planner.explain.nothing_bought import why_nothing
from planner.explain.prices import with_prices
from planner.language import LANGUAGES
from planner.outcome import Outcome
from planner.planning import StoppedSearch, plan, read_for_plan
from planner.reading.case.file import Reading
from planner.report import terminal
from planner.report.files import earlier_results, require_room, results_folder, tell_left
from planner.report.live import live
from planner.report.screen import screen
from planner.report.summary_file import summary_text
from planner.results.form import require_format
from planner.session.beside import with_sensitivity
from planner.session.earlier import likely_folder
from planner.session.options import Options
from planner.session.timetable import REPORT
from planner.supervisor.streams import put_out
from planner.supervisor.supervisor import Link
from planner.supervisor.surroundings import lacking
from planner.supervisor.telling import tell
from planner.writing import NAMES, write_files

FOLDER, CASE, PLAN, BOUND = "folder", "case", "plan", "bound"
"""What a worker puts away: where its results go, what it read, and the best plan so far with the bound on all plans."""


SHARE_OF_COMPLETING = 0.6
"""Share of the time that is left for making a plan whole; the rest is for audit and files."""


class _Recorder:
    """Puts the best plan so far away, with the process that watches."""

    def __init__(self, link: Link, reading: Reading) -> None:
        self._link = link
        self._reading: Reading | None = reading

    def stage(self, name: str) -> None:
        self._link.stage(name)

    def incumbent_found(self, values: Any, bound: float) -> None:  # noqa: ANN401 - an array
        if self._reading is not None:  # only now is it needed by anybody
            self._link.keep(CASE, pickle.dumps(self._reading))
            self._reading = None
        self.bound(bound)
        self._link.keep(PLAN, pickle.dumps(values))

    def bound(self, bound: float) -> None:
        self._link.keep(BOUND, pickle.dumps(bound))


def plan_and_report(link: Link, options: Options) -> int:
    """Plans and writes; every error is told, with what stands there from earlier runs."""
    folder: Path | None = None
    written: list[Path] = []
    try:
        require_format(options.tables)
        reading = read_for_plan(
            options.budget,
            scenario=options.scenario,
            objective=options.objective,
            freeze=options.freeze,
            until=options.until,
        )
        _warn(reading, options)
        folder = results_folder(options.output, reading.case.name, reading.scenario)
        link.keep(FOLDER, str(folder).encode("utf-8", "surrogateescape"))
        require_room(folder, NAMES if options.html else NAMES[:2])
        with live(screen(stderr=True, quiet=options.quiet), "solving") as line:
            outcome = plan(
                reading,
                gap=options.gap,
                time_limit=options.time_limit,
                progress=line.found if line.is_seen else None,
                recorder=_Recorder(link, reading),
            )
            link.stage(REPORT)
            line.tell("checking and writing")
            outcome = with_prices(outcome)
            if options.sensitivity is not None:
                outcome = with_sensitivity(outcome, reading, options, link, line.tell)
            written = _write(outcome, options, reading.language)
        _show(outcome, options, written)
    except Exception as error:
        lacked = None if written else lacking(error)
        if lacked is not None and link.lacks(lacked):
            return EXIT_NO_PROOF
        return _told(error, options, folder or likely_folder(options), written)
    return EXIT_PLAN if outcome.proof.within_gap else EXIT_NO_PROOF


def _warn(reading: Reading, options: Options) -> None:
    """Says what is most likely not meant.

    Raises:
        WarnedError: there is something, and the command was asked to refuse that.
    """
    cautions = cautions_of(reading, options.budget)
    if cautions and options.strict:
        raise WarnedError(cautions)
    if cautions and not options.quiet:
        sys.stderr.write(f"{warnings_words(cautions)}\n")
        sys.stderr.flush()


def report_incumbent(link: Link, options: Options, kept: dict[str, bytes], why: str, seconds: float) -> int:
    """Completes and writes the best plan that another worker had put away.

    Args:
        link: the line to the process that watches.
        options: the command line.
        kept: what the other worker put away.
        why: why it did not end by itself.
        seconds: time that is left.
    """
    reading: Reading = pickle.loads(kept[CASE])
    written: list[Path] = []
    try:
        outcome = plan(
            reading,
            gap=options.gap,
            time_limit=options.time_limit,
            so_far=StoppedSearch(
                pickle.loads(kept[PLAN]), pickle.loads(kept[BOUND]), why, SHARE_OF_COMPLETING * seconds
            ),
        )
        written = _write(outcome, options, reading.language)
        _show(outcome, options, written)
    except Exception as error:
        return _told(error, options, results_folder(options.output, reading.case.name, reading.scenario), written)
    return EXIT_NO_PROOF


def _told(error: Exception, options: Options, folder: Path | None, written: list[Path]) -> int:
    """Says what went wrong, and what stands in the files: the plan, where only the screen failed, or an earlier one."""
    status = tell(error, debug=options.debug)
    if written:
        sys.stderr.write(f"the plan itself is written: {' and '.join(str(path) for path in written)}\n")
    elif folder is not None and (earlier := earlier_results(folder)):
        sys.stderr.write(f"{earlier}\n")
    return status


def _write(outcome: Outcome, options: Options, language: str | None) -> list[Path]:
    """Writes the files, all or none; says where the workbook that was planned from is kept.

    Without a language of its own the workbook is in that of the one that was planned from.
    """
    chosen = options.language or language or LANGUAGES[0]
    written = write_files(outcome, options.output, chosen, options.budget, html=options.html, tables=options.tables)
    if written.kept is not None and not options.quiet:
        sys.stderr.write(f"kept {written.kept}: the workbook that was planned from\n")
    if not options.html:
        tell_left(written.files[0].with_suffix(".html"), quiet=options.quiet)
    return written.files


def _show(outcome: Outcome, options: Options, written: list[Path]) -> None:
    if options.json:
        put_out(summary_text(outcome))
    elif not options.quiet:
        terminal.show(outcome, written, screen(), why_nothing(outcome))
    sys.stdout.flush()
