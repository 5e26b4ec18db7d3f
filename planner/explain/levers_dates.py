"""Levers on dates: from when and until when a floor holds, and the windows of programmes and loans.

A month that is moved only does something where a period starts, so only those months are tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.offer import Window
from planner.case.programme import Obligation
from planner.case.quantities import Month
from planner.coefficients import Coefficients
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Lever
from planner.explain.open_windows import CLAIM, DRAW
from planner.model.linear import Row


def date_levers(case: Case, figures: Coefficients, rows: list[Row]) -> Iterator[Lever]:
    """Floors that hold later or shorter, and windows that stand open longer."""
    yield from _floors(case, figures)
    yield from _windows(case, rows)


def _floors(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """A floor may begin in a later period, or end in an earlier one; one period of it always stays."""
    starts = case.calendar.starts
    said = [(name, n, duty) for name, one in case.programmes.items() for n, duty in enumerate(one.obligations)]
    for number, ((name, own, duty), terms) in enumerate(zip(said, figures.obligations, strict=True), start=1):
        path: Path = ("programmes", name, "obligations", str(own))
        first, last = duty.first, duty.last or Month(case.calendar.end - 1)
        later = tuple(float(starts[t] - first) for t in terms.periods[1:])
        sooner = tuple(float(last - starts[t] + 1) for t in reversed(terms.periods[1:]))
        ends: list[tuple[str, tuple[int, ...], Figure | None]] = [
            ("from", terms.periods[:-1], _moved((*path, "from"), first, 1, later)),
            ("to", terms.periods[1:], _moved((*path, "to"), last, -1, sooner)),
        ]
        for end, held, figure in ends:
            for t in held if figure is not None else ():
                entries = (("obligation", (name, str(number), t), 1.0),)
                words = _floor_words(name, duty, end)
                yield Lever((*path, end), words, entries, (), figure, exact=False, most=terms.floor)


def _floor_words(name: str, duty: Obligation, end: str) -> str:
    asked = f"{name} asks for {duty.floor:,.6g} {noun_of(duty.floor, duty.metric)}"
    if end == "from":
        return f"{asked} from {duty.first} on"
    return f"{asked} until {duty.last or 'the end of the plan'}"


def _windows(case: Case, rows: list[Row]) -> Iterator[Lever]:
    """Each date that shuts something out could lie further out, as far as the start of the last period or the first."""
    starts = case.calendar.starts
    for row in rows:
        if row.rule in (CLAIM, DRAW):
            path, month, words = _date(case, row)
            loosens = -1 if path[-1] == "from" else 1
            stops = sorted(float(loosens * (start - month)) for start in starts if loosens * (start - month) > 0)
            figure = _moved(path, month, loosens, tuple(stops))
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), figure, exact=False)


def _date(case: Case, row: Row) -> tuple[Path, Month, str]:
    """Path of the date that a row stands for, the date, and what it says."""
    name, field = str(row.key[0]), str(row.key[-1])
    side = "before" if field == "from" else "after"
    path: Path
    if row.rule == DRAW:
        path, window = ("finance", "loans", name, "draw_window", field), case.finance.loans[name].draw_window
        says = f"nothing can be drawn on {name} {side}"
    elif field == "in_service_by":
        by = case.programmes[name].in_service_by
        path, window = ("programmes", name, field), Window(last=by)
        says = f"{name} counts nothing that comes into service after"
    else:
        path, window = ("programmes", name, "order_window", field), case.programmes[name].order_window
        says = f"{name} counts nothing ordered {side}"
    month = window.first if field == "from" else window.last
    assert month is not None, "only a date that is there shuts something out"
    return path, month, f"{says} {month}"


def _moved(path: Path, month: Month, loosens: int, stops: tuple[float, ...]) -> Figure | None:
    """A month and how far it can be moved; none where it cannot."""
    return Figure(path, float(month), "month", loosens, most=stops[-1], stops=stops) if stops else None
