"""Whether all of a period has happened, so that nothing is asked of it any more."""

from __future__ import annotations

from planner.case.case import Case
from planner.report.workbook.engine.references import Now, Spot, month_number
from planner.report.workbook.engine.terms import Term, call


def over(case: Case) -> Term | None:
    """1 in the column of a period that is over, else 0; None where no period can be."""
    if case.frozen is None or not case.frozen.complete:
        return None
    past = Now("time.month").compare("<=", month_number(Spot("frozen.until")))
    return past * Spot("frozen.complete")


def still_asked(case: Case, series: Term) -> Term:
    """What is left of what is asked for; nothing in periods that are over."""
    found = over(case)
    return series if found is None else call("IF", found.compare("=", 1), 0, series)
