"""Slips of a unit that leave a case without a plan: kW for MW, k for mn, months for weeks, accelerators for systems.

A slip is a figure that is off by what lies between two units: with it set right there is a plan, and a part of the way
is not enough. That is far more than the least change, so it is looked for first and told as what it most likely is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from planner.case.case import Case
from planner.case.quantities import Duration
from planner.errors import NoProofError
from planner.explain.figure import Figure, Path, changed
from planner.explain.impossible import Conflict, Impossible, out_of_the_way, taken_apart
from planner.explain.trials import has_plan

MOST_SLIPS = 12
"""Figures that are looked at; whoever slipped more often has one unit wrong everywhere."""
MOST_ROUNDS = 4
"""How often it is asked which contradictions are left, each time with the slips found so far set right."""
PART = 1 / 3
"""A figure that would be right after a third of the way, counted in factors, is not off by a unit: for kW and MW ten
times of it."""
SHARE_OF_TIME = 0.5
"""Share of the time in which slips are looked for; the rest is for the smallest changes."""
_KINDS = ("count", "amount", "months", "years", "money", "Gbps", "kW")
"""Kinds of figures in the order in which they are cleared of suspicion, power last: kW for MW is the usual slip."""


@dataclass(frozen=True)
class Slip:
    """A figure as it stands and as it was most likely meant."""

    figure: Figure
    meant: str
    """As a case file would say it."""
    partly: str
    """The figure after a third of the way."""

    @property
    def words(self) -> str:
        """The question."""
        return f"did you mean {self.meant}, and not {self.figure.text(self.figure.value)}?"


@dataclass(frozen=True)
class Slips:
    """Slips that together explain why there is no plan, or why some of the statements contradict each other."""

    slips: tuple[Slip, ...]
    left: Impossible | None = field(default=None, compare=False)
    """What contradicts itself all the same once they are set right; nothing where there is a plan then."""

    @property
    def texts(self) -> dict[Path, str]:
        """New values by path."""
        return {slip.figure.path: slip.meant for slip in self.slips}


def slips(found: Impossible) -> Slips | None:
    """The slips behind the contradictions of a case; None where none explains them, or time runs out."""
    try:
        return _slips(found, time.monotonic() + SHARE_OF_TIME * (found.deadline - time.monotonic()))
    except NoProofError:
        return None


def _slips(found: Impossible, ends: float) -> Slips | None:
    suspects: dict[Path, Slip] = {}
    left: Impossible | None = found
    for _ in range(MOST_ROUNDS):
        if left is None:
            break
        new = {
            slip.figure.path: slip for conflict in left.conflicts for slip in _candidates(found.case, left, conflict)
        }
        new = {path: slip for path, slip in new.items() if path not in suspects}
        if not new or len(suspects) + len(new) > MOST_SLIPS:
            break
        after = _taken_apart(changed(found.case, _texts(suspects | new)), ends)
        stay = {_groups(conflict) for conflict in after.conflicts} if after is not None else set()
        helped = [conflict for conflict in left.conflicts if _groups(conflict) not in stay]
        kept = {slip.figure.path for conflict in helped for slip in _candidates(found.case, left, conflict)}
        if not kept.intersection(new):
            break
        suspects |= {path: slip for path, slip in new.items() if path in kept}
        left = (
            after if len(helped) == len(left.conflicts) else _taken_apart(changed(found.case, _texts(suspects)), ends)
        )
    if not suspects:
        return None
    base = found.case if left is None else out_of_the_way(found.case, left, left.conflicts)
    proven = _proven(base, suspects, ends)
    return Slips(tuple(proven.values()), left) if proven else None


def _taken_apart(case: Case, ends: float) -> Impossible | None:
    """The contradictions of a changed case; None where it has a plan.

    Raises:
        NoProofError: they could not be found out in time.
    """
    if has_plan(case, ends):
        return None
    found = taken_apart(case, PART * (ends - time.monotonic()))
    if not found.conflicts or not found.complete:
        raise NoProofError("no time was left to take a changed case apart")
    return found


def _groups(conflict: Conflict) -> frozenset[Path]:
    """What tells a contradiction: the statements in it, whatever they now say."""
    return frozenset(statement.group for statement in conflict.statements)


def _proven(case: Case, suspects: Mapping[Path, Slip], ends: float) -> dict[Path, Slip]:
    """The suspects without which there is no plan, and of which a part of the way is not enough; none where others
    than slips would be needed."""
    there = dict(suspects)
    while there and has_plan(changed(case, _texts(there)), ends):
        needed = dict(there)
        for path in sorted(there, key=lambda path: _KINDS.index(there[path].figure.kind)):
            others = {other: slip for other, slip in needed.items() if other != path}
            if has_plan(changed(case, _texts(others)), ends):
                needed = others
        innocent = [p for p in needed if has_plan(changed(case, _texts(needed) | {p: needed[p].partly}), ends)]
        if not innocent:
            return needed
        there = {path: slip for path, slip in there.items() if path not in innocent}
    return {}


def _texts(suspects: Mapping[Path, Slip]) -> dict[Path, str]:
    return {path: slip.meant for path, slip in suspects.items()}


def _candidates(case: Case, found: Impossible, conflict: Conflict) -> Iterator[Slip]:
    """What the figures of a contradiction may have been meant to say."""
    for statement in conflict.statements:
        for number in statement.levers:
            figure = found.lever(number).figure
            if figure is not None and figure.value > 0 and figure.kind in _KINDS:
                yield from _meant(case, figure)


def _meant(case: Case, figure: Figure) -> Iterator[Slip]:
    """The figure in the unit that would loosen it most plausibly."""
    factor, words = 1.0, ""
    if figure.kind in ("kW", "Gbps", "money") or (figure.kind == "amount" and figure.noun.endswith("pflops")):
        factor = 1000.0**figure.loosens
    elif figure.kind == "months" and (meant := _in_another_unit(case, figure)):
        factor, words = meant.months / figure.value, str(meant)
    elif figure.kind == "count" and figure.path[-1] == "quantity" and figure.loosens < 0:
        system = case.systems[str(_at(case, (*figure.path[:-1], "system")))]
        factor = 1 / max(1, system.accelerators)
    value = figure.value * factor
    if factor != 1 and (words or not figure.whole or value == round(value)):
        part = figure.value * factor**PART
        yield Slip(figure, words or figure.text(value), figure.text(float(round(part)) if figure.whole else part))


def _in_another_unit(case: Case, figure: Figure) -> Duration | None:
    """A length of time, had its number been meant in the next unit; None where there is no such unit."""
    written = _at(case, figure.path)
    if not isinstance(written, str):
        return None
    length, units = Duration.parse(written), ("day", "week", "month", "year")
    place = units.index(length.unit) + figure.loosens
    return Duration(value=length.value, unit=units[place]) if 0 <= place < len(units) else None


def _at(case: Case, path: Path) -> object:
    """What a case says at a path, as its file would."""
    here: object = case.model_dump(mode="json", by_alias=True)
    for key in path:
        if isinstance(here, list):
            here = here[int(key)]
        elif isinstance(here, dict):
            here = here.get(key)
    return here
