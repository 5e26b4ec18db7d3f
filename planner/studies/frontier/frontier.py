"""Finds the values of an input at which the plan turns, each confirmed by planning on both sides of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.case.file import Reading
from planner.studies.changes import DecisionChange, decision_changes
from planner.studies.frontier.events import Event, whole_decisions
from planner.studies.frontier.line import Line
from planner.studies.frontier.parameter import Parameter, Reader
from planner.studies.process_pool import kept_processes
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Task
from planner.vocabulary.message import Message, fiscal_year, say, verbatim

POINTS, LINES, MOST_RUNS = 9, 7, 300
"""Points to begin with on a line; lines of a map; plans after which the search stops."""


@dataclass(frozen=True)
class Breakpoint:
    """A turn of the plan."""

    low: float
    """The plan was planned here, and is still as before."""
    high: float
    """The plan was planned here, and has turned."""
    value: float | None
    """Where both plans are worth the same; None where one of them is no plan on the other side."""
    confirmed: bool
    """Whether nothing is left to tell apart between the two; otherwise the search was stopped before."""
    said_before: Message
    said_after: Message
    said_changes: tuple[Message, ...]
    """The decisions that move most money, in words."""
    alike_from: float
    alike_to: float
    """Between these two values both plans are allowed and as good as each other within the gap: the search may find
    either, so the turn may lie anywhere between them."""
    same_decisions: bool
    """Whether no whole decision changes: a figure passes a mark, the plan does not turn."""
    beyond_the_gap: bool
    """Whether the plans differ by more than the gap on one side before the next turn; else the turn may be no more than
    a choice between plans that are equally good."""

    @property
    def before(self) -> str:
        """What the plan is before it, in English."""
        return str(self.said_before)

    @property
    def after(self) -> str:
        """What the plan is after it, in English."""
        return str(self.said_after)

    @property
    def changes(self) -> tuple[str, ...]:
        """The decisions that move most money, in English."""
        return tuple(map(str, self.said_changes))


@dataclass(frozen=True)
class Point:
    """One plan along the line."""

    value: float
    said: Message
    """What the plan is with regard to the event."""
    outcome: Outcome | None

    @property
    def state(self) -> str:
        """The same in English."""
        return str(self.said)


@dataclass(frozen=True)
class Frontier:
    """The turns of the plan along one input."""

    parameter: Parameter
    event: str
    breakpoints: tuple[Breakpoint, ...]
    points: tuple[Point, ...]
    other: float | None = None
    """Value of the second input, in a map."""


@dataclass(frozen=True)
class Map:
    """Frontiers along one input, for some values of a second one; one frontier without one."""

    lines: tuple[Frontier, ...]
    second: Parameter | None
    base: Reading = field(repr=False)

    @property
    def narrowed_down(self) -> bool:
        """Whether every turn was narrowed down until nothing is left to tell apart."""
        return all(one.confirmed for line in self.lines for one in line.breakpoints)

    @property
    def case(self) -> Case:
        """The case that is varied."""
        return self.base.case


def frontier(
    reader: Reader,
    parameters: Sequence[Parameter],
    event: Event,
    engine: Engine,
    *,
    points: int = POINTS,
    lines: int = LINES,
    most_runs: int = MOST_RUNS,
) -> Map:
    """The values of one input at which the plan turns; with two inputs, for values of the second one.

    Args:
        reader: reads the budget with new values by path.
        parameters: one input or two.
        event: what counts as a turn.
        engine: how the runs are made.
        points: plans to begin with on every line, its ends among them.
        lines: values of the second input.
        most_runs: plans after which the search stops; turns that are not narrowed down by then say so.
    """
    first, second = parameters[0], parameters[1] if len(parameters) > 1 else None
    others = [None] if second is None else _values(second, lines)
    base = reader({})
    drawn = [Line(first, event, _task_at(reader, base, first, second, other), other) for other in others]
    wanted = [(line, position) for line in drawn for position in line.ends]
    rounds, made = 0, 0
    with kept_processes(engine) as kept:
        while wanted and made < most_runs:
            wanted = wanted[: most_runs - made]
            tasks = [line.task(position) for line, position in wanted]
            for (line, position), run in zip(wanted, run_all(tasks, _told_in_all(kept, made)), strict=True):
                line.runs[position] = run
            made += len(wanted)
            if rounds == 0:
                wanted = [(line, position) for line in drawn for position in line.between_ends(points)]
            if rounds or not wanted:
                wanted = [(line, position) for line in drawn for position in line.next_positions(rounds % 2 == 1)]
            rounds += 1
    return Map(tuple(_frontier(line) for line in drawn), second, base)


def _told_in_all(engine: Engine, made: int) -> Engine:
    """The same engine, whose progress counts the plans that were made before."""
    told = engine.told
    return engine if told is None else replace(engine, told=lambda done, of, name: told(made + done, made + of, name))


def _values(second: Parameter, lines: int) -> list[float | None]:
    positions = sorted({round(second.steps * place / max(1, lines - 1)) for place in range(lines)})
    return [second.value(position) for position in positions]


def _task_at(
    reader: Reader, base: Reading, first: Parameter, second: Parameter | None, other: float | None
) -> Callable[[float], Task]:
    held = {} if second is None or other is None else {second.path: second.text(other)}
    beside = "".join(f", {path} {text}" for path, text in held.items())

    def task_at(value: float) -> Task:
        text = first.text(value)
        return Task.of(reader({**held, first.path: text}), f"{base.scenario}, {first.path} {text}{beside}")

    return task_at


def _frontier(line: Line) -> Frontier:
    turns = line.turns
    edges = [0, *(high for _, high in turns)], [*(low for low, _ in turns), line.parameter.steps]
    return Frontier(
        parameter=line.parameter,
        event=line.event.text,
        breakpoints=tuple(
            _breakpoint(line, turn, (edges[0][number], edges[1][number + 1])) for number, turn in enumerate(turns)
        ),
        points=tuple(
            Point(line.parameter.value(position), line.event.words(run), run.outcome)
            for position, run in sorted(line.runs.items())
        ),
        other=line.other,
    )


def _breakpoint(line: Line, turn: tuple[int, int], stretch: tuple[int, int]) -> Breakpoint:
    """A turn, with how far on both sides, up to the next turns, both plans are equally good."""
    parameter, (low, high) = line.parameter, turn
    at_low, at_high = parameter.value(low), parameter.value(high)
    before, after = line.runs[low], line.runs[high]
    pair = line.pair(low, high)
    first, last = (parameter.value(edge) for edge in stretch)
    alike_from, alike_to = at_low, at_high
    value, changes = None, list[DecisionChange]()
    same = pair is not None and whole_decisions(pair.below) == whole_decisions(pair.above)
    if pair is not None and not same:
        value = pair.crossing()
        alike_from = pair.equally_good_until(at_low, first)
        alike_to = pair.equally_good_until(at_high, last)
        changes, _ = decision_changes(pair.below, pair.above)
    return Breakpoint(
        low=at_low,
        high=at_high,
        value=value,
        confirmed=high - low == 1,
        said_before=line.event.words(before),
        said_after=line.event.words(after),
        said_changes=tuple(map(_words, changes[:4])),
        alike_from=alike_from,
        alike_to=alike_to,
        same_decisions=same,
        beyond_the_gap=pair is None or same or alike_from != first or alike_to != last,
    )


def _words(one: DecisionChange) -> Message:
    here, there = (
        say("beyond its horizon") if amount is None else verbatim(f"{amount:,.6g}")
        for amount in (one.base, one.scenario)
    )
    parts = {"kind": say(one.kind), "name": one.words, "before": here, "after": there}
    if one.year is None:
        return say("{kind} {name}: {before} to {after}", **parts)
    return say("{kind} {name}, {year}: {before} to {after}", year=fiscal_year(one.year.number), **parts)
