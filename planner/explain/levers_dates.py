"""Levers on dates: from when and until when a floor holds, and the windows of programmes and loans.

A month that is moved only does something where a period starts, so only those months are tried.
"""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.programme import Obligation
from planner.case.quantities import Month
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Ground, Lever
from planner.vocabulary.constraints.awards import OBLIGATION


def floors(ground: Ground) -> Iterator[Lever]:
    """A floor may begin in a later period, or end in an earlier one; one period of it always stays."""
    starts, numbered = (
        ground.case.calendar.starts,
        zip(ground.obligations, ground.coefficients.aid.obligations, strict=True),
    )
    for number, ((name, own, duty), terms) in enumerate(numbered, start=1):
        path: Path = ("programmes", name, "obligations", str(own))
        first, last = duty.first, duty.last or Month(ground.case.calendar.end - 1)
        later = tuple(float(starts[t] - first) for t in terms.periods[1:])
        sooner = tuple(float(last - starts[t] + 1) for t in reversed(terms.periods[1:]))
        ends: list[tuple[str, tuple[int, ...], Figure | None]] = [
            ("from", terms.periods[:-1], _moved((*path, "from"), first, 1, later)),
            ("to", terms.periods[1:], _moved((*path, "to"), last, -1, sooner)),
        ]
        for end, held, figure in ends:
            for t in held if figure is not None else ():
                entries = ((OBLIGATION, (name, str(number), t), 1.0),)
                words = _floor_words(name, duty, end)
                yield Lever((*path, end), words, entries, (), figure, exact=False, most=terms.floor)


def _floor_words(name: str, duty: Obligation, end: str) -> str:
    asked = f"{name} asks for {duty.floor:,.6g} {noun_of(duty.floor, duty.metric)}"
    if end == "from":
        return f"{asked} from {duty.first} on"
    return f"{asked} until {duty.last or 'the end of the plan'}"


def windows(ground: Ground) -> Iterator[Lever]:
    """Each date that shuts something out could lie further out, as far as the start of the last period or the first."""
    for shut in ground.shut:
        ways = (shut.loosens * (start - shut.month) for start in ground.case.calendar.starts)
        figure = _moved(shut.path, shut.month, shut.loosens, tuple(sorted(float(way) for way in ways if way > 0)))
        entries = ((shut.row.family, shut.row.key, -1.0),)
        yield Lever(shut.path, f"{shut.words} {shut.month}", entries, (), figure, exact=False)


def _moved(path: Path, month: Month, loosens: int, stops: tuple[float, ...]) -> Figure | None:
    """A month and how far it can be moved; none where it cannot."""
    return Figure(path, float(month), "month", loosens, most=stops[-1], stops=stops) if stops else None
