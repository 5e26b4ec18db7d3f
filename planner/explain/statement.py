"""A statement of the case in a contradiction: where it stands and what it says, from the levers that loosen it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from planner.explain.figure import Path
from planner.explain.lever import Lever
from planner.solving.infeasible_set import IrreducibleSet

MOST_APART = 8
"""Statements of a contradiction beyond which it is not one limit that is in the way."""


@dataclass(frozen=True)
class Statement:
    """One statement of the case in a contradiction."""

    path: Path
    """Where it stands: the step that matters, where only one does."""
    group: Path
    """Where all of it stands: the steps of a figure by month are one statement."""
    words: str
    periods: tuple[int, ...]
    levers: tuple[int, ...]


def statements_of(
    levers: Sequence[Lever], groups: Mapping[Path, Sequence[int]], one: IrreducibleSet[Path]
) -> Iterator[Statement]:
    """The statements of a contradiction: one for each that the case makes, or more where its steps say other things.

    ``groups`` holds the numbers of the levers of each statement.
    """
    for group in one.groups:
        numbers = [n for n in groups[group] if n in one.slacks] or list(groups[group])
        where = _only([figure.path for n in numbers if (figure := levers[n].figure)]) or levers[numbers[0]].statement
        periods = _periods(levers, numbers)
        for words in dict.fromkeys(levers[n].words for n in numbers):
            held = tuple(n for n in numbers if levers[n].words == words)
            path = _only([figure.path for n in held if (figure := levers[n].figure)]) or where
            yield Statement(path, group, words, _periods(levers, held) or periods, held)


def _only(paths: Sequence[Path]) -> Path | None:
    """The path that all of these are; None where they differ, or there are none."""
    return paths[0] if len(set(paths)) == 1 else None


def _periods(levers: Sequence[Lever], numbers: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({t for n in numbers for t in levers[n].periods}))


def let_go(statements: Sequence[Statement]) -> set[Path]:
    """What is let go before a further contradiction is sought: the limit; all limits where there are many.

    A long list is about how money, room and time hang together; with one of them let go, what is found next would be
    another side of the same.
    """
    if len(statements) <= MOST_APART:
        return {most_limiting(statements)}
    return {one.group for one in statements if not _asks(one)}


def most_limiting(statements: Sequence[Statement]) -> Path:
    """The group of the statement that limits most plainly: a limit rather than what asks for more than it allows."""
    return min(statements, key=lambda one: (_asks(one), one.group)).group


def _asks(statement: Statement) -> bool:
    """Whether it asks for something, rather than limits it."""
    return statement.path[0] == "workloads"
