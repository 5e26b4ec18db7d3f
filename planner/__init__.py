"""GPU compute-capacity planner: from a budget file to a verified plan in a workbook.

What stands in ``__all__`` is the door for Python, and loads what it needs when it is asked for; see docs/python.md.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from planner.version import __version__

if TYPE_CHECKING:
    from planner.case.case import Case
    from planner.errors import (
        AuditError,
        Fault,
        InputError,
        NoPlanError,
        NoProofError,
        PlannerError,
        ScalingError,
        WriteError,
    )
    from planner.outcome import Outcome
    from planner.planning import plan
    from planner.questions import alternatives, compare, what_binds, why_not
    from planner.reading.budget import read_case
    from planner.reading.case.file import Reading
    from planner.results.every_table import tables
    from planner.studies.compare import Comparison
    from planner.studies.tasks import RunFailedError
    from planner.writing import write

__all__ = [
    "AuditError",
    "Case",
    "Comparison",
    "Fault",
    "InputError",
    "NoPlanError",
    "NoProofError",
    "Outcome",
    "PlannerError",
    "Reading",
    "RunFailedError",
    "ScalingError",
    "WriteError",
    "__version__",
    "alternatives",
    "compare",
    "plan",
    "read_case",
    "tables",
    "what_binds",
    "why_not",
    "write",
]

_HOMES = {
    "Case": "case.case",
    "Comparison": "studies.compare",
    "Outcome": "outcome",
    "Reading": "reading.case.file",
    "RunFailedError": "studies.tasks",
    "alternatives": "questions",
    "compare": "questions",
    "plan": "planning",
    "read_case": "reading.budget",
    "tables": "results.every_table",
    "what_binds": "questions",
    "why_not": "questions",
    "write": "writing",
}
"""Where a name of the door is at home; the others are errors."""

if not TYPE_CHECKING:  # type checkers know the names from above, and refuse all others

    def __getattr__(name: str) -> object:
        """Loads a name of the door when it is first asked for."""
        if name not in __all__:
            raise AttributeError(f"module 'planner' has no attribute '{name}'")
        found = getattr(import_module(f"planner.{_HOMES.get(name, 'errors')}"), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        """The names of the door, also those that are not loaded yet."""
        return sorted({*globals(), *__all__})
