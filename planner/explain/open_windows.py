"""Dates as rows: coefficients as if every window stood open, and a row for each date that shuts something out.

What lies outside a window has no decision in the model, so nothing could loosen its dates. Here it has one, and a row
that keeps it at zero for each date that is in its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.case.case import Case
from planner.case.offer import Window
from planner.case.quantities import Month
from planner.coefficients import Coefficients, coefficients_of
from planner.explain.figure import Path
from planner.model.linear import Row
from planner.model.variables import Variables
from planner.vocabulary.constraints.terms import CLAIM_BY_DATE, DRAW_BY_DATE


@dataclass(frozen=True)
class Shut:
    """A row that keeps at zero what lies outside a window, and the date that does so."""

    row: Row
    path: Path
    month: Month
    loosens: int
    """1 where a later date lets more in, -1 where an earlier one does."""
    words: str
    """What it says, up to the month."""


def opened(case: Case, coefficients: Coefficients) -> Coefficients:
    """Coefficients in which programmes and loans have no dates; what was possible before keeps its figures."""
    programmes, loans = case.programmes, case.finance.loans
    no_dates = {"order_window": Window(), "in_service_by": None}
    open_programmes = {name: programme.model_copy(update=no_dates) for name, programme in programmes.items()}
    open_loans = {name: loan.model_copy(update={"draw_window": Window()}) for name, loan in loans.items()}
    if open_programmes == programmes and open_loans == loans:
        return coefficients
    finance = case.finance.model_copy(update={"loans": open_loans})
    wider = coefficients_of(case.model_copy(update={"programmes": open_programmes, "finance": finance}))
    now, before = wider.claims, coefficients.claims
    claims = replace(
        now,
        deducted={**now.deducted, **before.deducted},
        clawback_at_end={**now.clawback_at_end, **before.clawback_at_end},
        clawback_spared_at_end={**now.clawback_spared_at_end, **before.clawback_spared_at_end},
    )
    fees = {name: terms.commitment_fee for name, terms in coefficients.loans.items()}
    loans_then = {name: replace(terms, commitment_fee=fees[name]) for name, terms in wider.loans.items()}
    return replace(wider, claims=claims, loans=loans_then)


def shut_out(case: Case, coefficients: Coefficients, decide: Variables) -> Iterator[Shut]:
    """Claims and draws stay at zero, once for each date that shuts them out."""
    starts = case.calendar.starts
    for (name, investment), claim in decide.claim.items():
        programme, path = case.programmes[name], ("programmes", name)
        for end, month, loosens, side in _beyond(programme.order_window, starts[investment.period]):
            row = Row(CLAIM_BY_DATE, (name, investment, end), claim <= 0)
            words = f"{name} counts nothing ordered {side}"
            yield Shut(row, (*path, "order_window", end), month, loosens, words)
        by = programme.in_service_by
        if by is not None and starts[coefficients.units.ready[investment]] > by:
            row = Row(CLAIM_BY_DATE, (name, investment, "in_service_by"), claim <= 0)
            words = f"{name} counts nothing that comes into service after"
            yield Shut(row, (*path, "in_service_by"), by, 1, words)
    for (name, t), draw in decide.draw.items():
        for end, month, loosens, side in _beyond(case.finance.loans[name].draw_window, starts[t]):
            row = Row(DRAW_BY_DATE, (name, t, end), draw <= 0)
            words = f"nothing can be drawn on {name} {side}"
            yield Shut(row, ("finance", "loans", name, "draw_window", end), month, loosens, words)


def _beyond(window: Window, month: Month) -> Iterator[tuple[str, Month, int, str]]:
    """The end of a window that a month lies beyond, if any: its field, its month, which way it loosens, and which side
    of it counts nothing."""
    if window.first is not None and month < window.first:
        yield "from", window.first, -1, "before"
    if window.last is not None and month > window.last:
        yield "to", window.last, 1, "after"
