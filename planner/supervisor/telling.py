"""From an error to its message and exit status: one message, and a traceback only for those who ask."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable

from planner.errors import EXIT_ANSWER_IS_NO, EXIT_CANNOT_WRITE, EXIT_NO_PROOF, PlannerError
from planner.supervisor import streams
from planner.supervisor.surroundings import lacking


def tell(error: Exception, *, debug: bool) -> int:
    """Says on stderr what went wrong; returns the exit status."""
    if isinstance(error, PlannerError):
        sys.stderr.write(f"{error}\n")
        return error.exit_status
    if debug:
        traceback.print_exception(error)
    if isinstance(error, OSError) and error.filename is None and _is_of_the_screen(error):
        sys.stderr.write(f"the screen (stdout): could not be written: {error.strerror}\n")
        return EXIT_CANNOT_WRITE
    if lacked := lacking(error):
        sys.stderr.write(f"{lacked}\n")
        return EXIT_NO_PROOF
    sys.stderr.write(
        f"a defect of this program: {type(error).__name__}: {error}\n"
        "Nothing was reported as a plan. Run again with --debug for the details, and report them with the case.\n"
    )
    return EXIT_ANSWER_IS_NO


def told(work: Callable[[], int], *, debug: bool) -> int:
    """Does work whose errors are told; returns its exit status, or theirs."""
    try:
        return work()
    except Exception as error:
        return tell(error, debug=debug)


def _is_of_the_screen(error: OSError) -> bool:
    """Whether the error comes from printing; files are written in one place, which says so itself."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(frame.name == "write" and frame.filename == streams.__file__ for frame in frames)
