"""The new plan and the way to it, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from planner.outcome import Outcome
from planner.outcome.variance import Variance
from planner.report.amounts import money
from planner.report.lines import line_words
from planner.report.terminal import proof_line

MOST_LINES = 12
"""Lines of the bridge that are told one by one; the workbook has all of them."""


def replanned_lines(outcome: Outcome) -> Iterator[str]:
    """What happened, the values on the way, and the lines that moved most."""
    way, currency = outcome.variance, outcome.case.finance.currency
    assert way is not None
    yield f"{outcome.case.name}, planned anew as of {way.as_of}"
    yield str(proof_line(outcome))
    if way.told:
        yield "Otherwise than planned:"
        yield from (f"  {words}" for words in way.told)
    else:
        yield "All came as planned."
    for one in way.differences:
        yield f"  {one.words}: {_signed(one.amount, currency)} of cash in {one.month}"
    yield f"earlier plan: {money(way.planned, currency)}"
    yield f"after what happened: {money(way.after_what_happened, currency)}"
    yield f"with the figures as they now are: {money(way.now, currency)}"
    if way.differences:
        yield f"with the cash that came besides: {money(way.with_differences, currency)}"
    yield from _bridge(way, currency)
    yield from _changes(way)
    yield "The rest of the earlier plan stands." if way.is_kept else "The rest is planned otherwise than before."


def _changes(way: Variance) -> Iterator[str]:
    if way.changes:
        yield "What is decided otherwise than before:"
    for one in way.changes[:MOST_LINES]:
        yield f"  {one.kind} {one.name}, {one.year}: {one.now:,.6g} {one.unit} instead of {one.planned:,.6g}"
    if len(way.changes) > MOST_LINES:
        yield f"  and {len(way.changes) - MOST_LINES} more; the sheet Variance of plan.xlsx has all of them"


def _bridge(way: Variance, currency: str) -> Iterator[str]:
    moved = [one for one in way.lines if abs(one.now - one.planned) >= 1.0]
    moved.sort(key=lambda one: -abs(one.now - one.planned))
    if moved:
        yield "What moved, at present value:"
    for one in moved[:MOST_LINES]:
        price = one.happened.figures + one.changed.figures
        volume = one.happened.decisions + one.changed.decisions
        timing = one.now - one.planned - price - volume
        parts = (("price", price), ("volume", volume), ("timing", timing))
        said = ", ".join(f"{name} {_signed(part, currency)}" for name, part in parts if abs(part) >= 1.0)
        yield f"  {line_words(one.line)}: {_signed(one.now - one.planned, currency)} ({said})"
    if len(moved) > MOST_LINES:
        yield f"  and {len(moved) - MOST_LINES} more; the sheet Variance of plan.xlsx has all of them"


def _signed(amount: float, currency: str) -> str:
    return f"{'+' if amount >= 0 else '−'}{money(abs(amount), currency)}"
