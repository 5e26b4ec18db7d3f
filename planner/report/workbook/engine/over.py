"""Whether all of a period has happened, so that nothing is asked of it any more."""

from __future__ import annotations

from planner.case.case import Case
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.references import Now
from planner.report.workbook.engine.terms import Term, call

OVER = Key("frozen", "over")
"""The row of the sheet Fleet and placement that tells it."""


def over(case: Case) -> Term | None:
    """1 in the column of a period that is over, else 0; None where no period can be."""
    return Now(OVER) if case.frozen is not None and case.frozen.complete else None


def still_asked(case: Case, series: Term) -> Term:
    """What is left of what is asked for; nothing in periods that are over."""
    found = over(case)
    return series if found is None else call("IF", found.compare("=", 1), 0, series)
