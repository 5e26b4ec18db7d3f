"""Whether all of a period has happened, so that nothing is asked of it any more."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.quantities import FiscalYear
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


def year_is_over(case: Case, year: FiscalYear) -> bool:
    """Whether all periods of a fiscal year have happened."""
    frozen, calendar = case.frozen, case.calendar
    past = frozen is not None and frozen.complete
    return past and all(calendar.starts[t] <= frozen.until for t in calendar.periods_of(year))  # type: ignore[union-attr]
