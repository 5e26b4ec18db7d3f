"""Why a case has no plan: the contradictions among its statements, each proved."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from planner.case.case import Case
from planner.coefficients import Coefficients, coefficients_of
from planner.errors import NoProofError
from planner.explain.figure import Path
from planner.explain.lever import Lever
from planner.explain.wide import Wide, wide_model
from planner.solving.certificate import Certificate, certificate
from planner.solving.conflict import Contradiction, contradiction
from planner.solving.elastic import Elastic

MOST_CONFLICTS = 4
"""Contradictions that are looked for in one case."""
MOST_APART = 8
"""Statements of a contradiction beyond which it is not one limit that is in the way."""
MOST_ROWS_IN_WHOLE = 1000
"""In larger models only the first contradiction is also sought in whole numbers, where each look takes long; whether a
change is enough is found out by planning anyway."""
SHARE_OF_NAMING = 0.5
"""Share of the time for naming statements; the rest is for changes that help, which a reader needs no less."""
Whole = Literal["", "joins", "blocks", "systems"]
"""What must be whole before there is no plan: nothing, programmes joined or not, blocks besides, all whole numbers."""
ASKING = ("must_serve", "amount")
"""Fields that ask for something; the limits that forbid it are let go first when a further contradiction is sought."""


@dataclass(frozen=True)
class Statement:
    """One statement of the case in a contradiction."""

    path: Path
    """Where it stands: the step that matters, where only one does."""
    group: str
    words: str
    periods: tuple[int, ...]
    levers: tuple[int, ...]


@dataclass(frozen=True)
class Conflict:
    """Statements that contradict each other; without any one of them there would be a plan."""

    statements: tuple[Statement, ...]
    needs: Whole
    """What must be whole before they contradict each other; nothing where they do so in fractions."""
    proof: Certificate | None
    smallest: bool = True
    """Whether each statement is known to be needed; otherwise no time was left to find out which are not."""
    branches: int = 1
    """Branches that were closed one by one in the proof, where whole numbers are in the way."""

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are in the way."""
        return bool(self.needs)


@dataclass
class Impossible:
    """A case without a plan, taken apart."""

    case: Case
    figures: Coefficients
    wide: Wide
    elastic: Elastic
    groups: dict[str, list[int]]
    deadline: float
    conflicts: list[Conflict] = field(default_factory=list)
    complete: bool = True
    """Whether all contradictions were looked for; otherwise no time was left."""
    stage: Whole = ""
    """What is taken for whole while the next contradiction is sought."""

    @property
    def is_large(self) -> bool:
        """Whether each look in whole numbers takes long."""
        return len(self.wide.rows) > MOST_ROWS_IN_WHOLE

    def take_for_whole(self, stage: Whole) -> None:
        """From now on plans have this whole, and all else in fractions; systems are left to whoever asks for them."""
        branch_on(self.elastic, self.wide, stage)
        self.stage = stage

    def lever(self, number: int) -> Lever:
        """A lever by its number."""
        return self.wide.levers[number]


def branch_on(elastic: Elastic, wide: Wide, stage: Whole) -> None:
    """Plans in fractions have these whole from now on, though not single systems."""
    joins = [one.index for one in wide.columns if one.kind == "join" and stage in ("joins", "blocks")]
    blocks = [one.index for one in wide.columns if one.kind == "built" and stage == "blocks"]
    elastic.branch_on(joins, blocks)


def taken_apart(case: Case, seconds: float) -> Impossible:
    """The contradictions of a case that has no plan.

    After each one, what limits most plainly in it is let go, and if there is still no plan the next is sought: so two
    mistakes that have nothing to do with each other are both reported.
    """
    figures = coefficients_of(case)
    wide = wide_model(case, figures)
    began = time.monotonic()
    elastic = Elastic(wide.columns, wide.rows, wide.slacks, began + SHARE_OF_NAMING * seconds)
    groups: dict[str, list[int]] = {}
    for number, lever in enumerate(wide.levers):
        groups.setdefault(".".join(lever.statement), []).append(number)
    found = Impossible(case, figures, wide, elastic, groups, began + seconds)
    loose: set[int] = set()
    try:
        while len(found.conflicts) < MOST_CONFLICTS:
            one = _narrowest(found, loose)
            if one is None:
                break
            statements, branches = _statements(found, one), elastic.branches
            found.conflicts.append(Conflict(statements, found.stage, _proof(found, one), one.smallest, branches))
            loose |= {number for group in let_go(found.conflicts[-1].statements) for number in groups[group]}
    except NoProofError:
        found.complete = False
    elastic.deadline = found.deadline
    return found


def _proof(found: Impossible, one: Contradiction) -> Certificate | None:
    """The contradiction in exact fractions; None where only whole numbers are in the way, or where that fails.

    Statements whose loosening is bounded by a sum of decisions, such as tax, have a row of their own in the search,
    which the model does not have. Where the solver rests its proof on such a row, it is asked again with those
    statements shut.
    """
    if found.stage:
        return None
    proof = _in_fractions(found)
    if proof is None:
        free = {n for n, slack in enumerate(found.wide.slacks) if slack.within is None and n not in one.slacks}
        try:
            possible = found.elastic.possible(free, anew=True)
        except NoProofError:  # the contradiction stands, without a proof that could be repeated
            found.complete = False
            return None
        proof = None if possible else _in_fractions(found)
    return proof


def _in_fractions(found: Impossible) -> Certificate | None:
    ray, wide = found.elastic.ray(), found.wide
    return None if ray is None else certificate(wide.columns, wide.rows, [float(weight) for weight in ray])


def _narrowest(found: Impossible, loose: set[int]) -> Contradiction | None:
    """A smallest contradiction: first of whole statements, then of their steps and figures."""
    coarse = _coarse(found, loose)
    if coarse is None:
        return None
    try:
        return _in_detail(found, loose, coarse)
    except NoProofError:  # what is known of it stands, though it may say more than it needs to
        return replace(coarse, smallest=False)


def _in_detail(found: Impossible, loose: set[int], coarse: Contradiction) -> Contradiction:
    """The same with the ends of floors in it, and only the steps and figures of statements that matter."""
    coarse, held = _with_ends(found, loose, coarse)
    fine: dict[str, list[int]] = {}
    for group in coarse.groups:
        for number in found.groups[group]:
            figure = found.lever(number).figure
            name = group if figure is None else f"{group}|{'.'.join(figure.path)}|{found.lever(number).words}"
            fine.setdefault(name, []).append(number)
    away = loose | _numbers(found, set(found.groups) - held - {*coarse.groups})
    narrow = contradiction(found.elastic, fine, away, list(fine))
    if narrow is None:
        return coarse
    narrow = replace(narrow, smallest=coarse.smallest and narrow.smallest)
    groups = tuple(dict.fromkeys(name.partition("|")[0] for name in narrow.groups))
    kept = frozenset(n for name in narrow.groups for n in fine[name])
    return replace(narrow, groups=groups, slacks=narrow.slacks or kept)


def _coarse(found: Impossible, loose: set[int]) -> Contradiction | None:
    """A smallest contradiction of whole statements: in fractions; with programmes, then blocks whole; all whole.

    The first ones are soon answered. Systems in whole numbers take long, and are seldom what is in the way.
    """
    groups = {name: numbers for name, numbers in found.groups.items() if not _is_end(name)}
    kinds = {column.kind for column in found.wide.columns}
    stages: list[Whole] = [""]
    if "join" in kinds:
        stages.append("joins")
    if "built" in kinds:
        stages.append("blocks")
    for stage in stages:
        found.take_for_whole(stage)
        one = contradiction(found.elastic, groups, loose, list(groups), in_whole=False)
        if one is not None:
            return one
    found.take_for_whole("systems")
    in_whole = not found.is_large or not loose
    return contradiction(found.elastic, groups, loose, list(groups), in_whole=in_whole)


def _with_ends(found: Impossible, loose: set[int], one: Contradiction) -> tuple[Contradiction, set[str]]:
    """The contradiction with the ends of floors in it, and the dates of floors that are kept to find it.

    A floor whose beginning and end are both let go is no floor any more, and one of the two would be named whenever the
    floor is. So the end is sought only where the beginning is not in the way, and the beginning is then kept.
    """
    floors = [name.removesuffix(".floor") for name in one.groups if name.endswith(".floor")]
    ends = [f"{floor}.to" for floor in floors if f"{floor}.from" not in one.groups and f"{floor}.to" in found.groups]
    held = {name for name in found.groups if _is_end(name)}
    if not ends:
        return one, held
    held = held - {*ends} | {end.removesuffix("to") + "from" for end in ends}
    names = [*ends, *one.groups]
    away = loose | _numbers(found, set(found.groups) - held - {*names})
    again = contradiction(found.elastic, {name: found.groups[name] for name in names}, away, names)
    return again or one, held


def _is_end(group: str) -> bool:
    """Whether a group is about the last month of a floor."""
    return ".obligations." in group and group.endswith(".to")


def _numbers(found: Impossible, groups: set[str]) -> set[int]:
    return {number for group in groups for number in found.groups[group]}


def most_limiting(statements: Sequence[Statement]) -> str:
    """The group of the statement that limits most plainly: a limit rather than what asks for more than it allows."""
    return min(statements, key=lambda one: (_asks(one), one.group)).group


def let_go(statements: Sequence[Statement]) -> set[str]:
    """What is let go before a further contradiction is sought: the limit; all limits where there are many.

    A long list is about how money, room and time hang together; with one of them let go, what is found next would be
    another side of the same.
    """
    if len(statements) <= MOST_APART:
        return {most_limiting(statements)}
    return {one.group for one in statements if not _asks(one)}


def _asks(statement: Statement) -> bool:
    return statement.path[-1] in ASKING or statement.path[0] == "workloads"


def _statements(found: Impossible, one: Contradiction) -> tuple[Statement, ...]:
    statements = []
    for group in one.groups:
        numbers = tuple(n for n in found.groups[group] if n in one.slacks) or tuple(found.groups[group])
        levers = [found.lever(n) for n in numbers]
        paths = {lever.figure.path for lever in levers if lever.figure is not None}
        path = paths.pop() if len(paths) == 1 else levers[0].statement
        periods = sorted({t for lever in levers for t in lever.periods})
        for words in dict.fromkeys(lever.words for lever in levers):
            held = tuple(n for n in numbers if found.lever(n).words == words)
            own = tuple(sorted({t for n in held for t in found.lever(n).periods}))
            figures = {figure.path for n in held if (figure := found.lever(n).figure) is not None}
            where = figures.pop() if len(figures) == 1 else path
            statements.append(Statement(where, group, words, own or tuple(periods), held))
    return tuple(statements)
