"""Dates as rows: coefficients as if every window stood open, and a row for each date that shuts something out.

What lies outside a window has no decision in the model, so nothing could loosen its dates. Here it has one, and a row
that keeps it at zero for each date that is in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from planner.case.case import Case
from planner.case.offer import Window
from planner.case.quantities import Month
from planner.coefficients import Coefficients, coefficients_of
from planner.model.linear import Row
from planner.model.variables import Variables

CLAIM, DRAW = "claim_by_date", "draw_by_date"
"""Rules of the rows that hold what lies outside a window."""


def opened(case: Case, figures: Coefficients) -> Coefficients:
    """Coefficients in which programmes and loans have no dates; what was possible before keeps its figures."""
    programmes, loans = case.programmes, case.finance.loans
    no_dates = {"order_window": Window(), "in_service_by": None}
    open_programmes = {name: programme.model_copy(update=no_dates) for name, programme in programmes.items()}
    open_loans = {name: loan.model_copy(update={"draw_window": Window()}) for name, loan in loans.items()}
    if open_programmes == programmes and open_loans == loans:
        return figures
    finance = case.finance.model_copy(update={"loans": open_loans})
    wider = coefficients_of(case.model_copy(update={"programmes": open_programmes, "finance": finance}))
    return replace(
        wider,
        deducted=wider.deducted | figures.deducted,
        repaid_at_end=wider.repaid_at_end | figures.repaid_at_end,
        spared_at_end=wider.spared_at_end | figures.spared_at_end,
    )


def date_rows(case: Case, figures: Coefficients, decide: Variables) -> Iterator[Row]:
    """Claims and draws stay at zero, once for each date that shuts them out."""
    starts = case.calendar.starts
    for (name, investment), claim in decide.claim.items():
        programme = case.programmes[name]
        for end in _shut_out(programme.order_window, starts[investment.period]):
            yield Row(CLAIM, (name, *investment, "order_window", end), claim <= 0)
        by = programme.in_service_by
        if by is not None and starts[figures.ready_period(investment)] > by:
            yield Row(CLAIM, (name, *investment, "in_service_by"), claim <= 0)
    for (name, t), draw in decide.draw.items():
        for end in _shut_out(case.finance.loans[name].draw_window, starts[t]):
            yield Row(DRAW, (name, t, "draw_window", end), draw <= 0)


def _shut_out(window: Window, month: Month) -> Iterator[str]:
    """The end of a window that a month lies beyond, if any, by its name in the case file."""
    if window.first is not None and month < window.first:
        yield "from"
    if window.last is not None and month > window.last:
        yield "to"
