"""A frontier as tables: the breakpoints, and the plans that were made on the way; with two inputs, the map."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from planner.report.compare.figures import figures_of
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.compare.varied import Varied
from planner.report.files import json_text
from planner.report.input_words import InputWords
from planner.report.voice import Voice
from planner.studies.frontier.frontier import Breakpoint, Frontier, Map
from planner.vocabulary.message import Message, joined, say, verbatim

FORMAT = 1
"""Version of the layout of ``frontier.json``."""


def sections(found: Map, voice: Voice) -> list[Section]:
    """The breakpoints of all lines, then the plans of each line."""
    first, *others = inputs = varied(found, voice)
    title = voice("Where the plan turns: {input}", input=first.name)
    if others:
        title = voice("Where the plan turns: {input} and {other}", input=first.name, other=others[0].name)
    tables = [_breakpoints(found, inputs, voice)]
    charts: list[Chart] = []
    if found.second is not None:
        tables.append(_map(found, inputs, voice))
        words = voice("Points: values of both inputs at which the plan turns")
        charts.append(Chart("scatter", voice("Turns"), words, 1, (1,), 0, first.axis, others[0].name))
    lines = [_line(found, line, inputs, voice) for line in found.lines]
    where = (voice("In the case file: {path}.", path=joined([one.parameter.path for one in inputs], ", ")),)
    return [Section(voice("Frontier"), title, (_summary(found, voice), *where), tuple(tables), tuple(charts)), *lines]


def varied(found: Map, voice: Voice) -> list[Varied]:
    """The input along each line, and the one that tells the lines apart."""
    words = InputWords(voice, found.case)
    return [Varied(one, words) for one in (found.lines[0].parameter, found.second) if one is not None]


def _summary(found: Map, voice: Voice) -> str:
    count = sum(len(line.breakpoints) for line in found.lines)
    plans = sum(len(line.points) for line in found.lines)
    event = found.lines[0].event
    turns = say("1 turn") if count == 1 else say("{count} turns", count=count)
    words = voice(
        "{turns} of '{event}', from {plans} plans. Between two of the first plans that agree nothing was looked for.",
        turns=turns,
        event=event,
        plans=plans,
    )
    varied = [line.parameter.path for line in found.lines[:1]] + ([found.second.path] if found.second else [])
    if any(path.startswith("calendar.") for path in varied):
        calendar = voice(
            "The calendar itself is varied: decisions are told apart by their months, while present values and sums "
            "are of each plan's own start and months."
        )
        return voice.sentences(words, calendar)
    return words


def _breakpoints(found: Map, inputs: Sequence[Varied], voice: Voice) -> Table:
    planned = ("planned at, still before", "planned at, already after", "both equally good within the gap")
    others = ("plan before", "plan after", *planned, "what changes most", "how sure")
    head = columns("text", *(one.name for one in reversed(inputs)), *map(voice, others))
    rows = [_row(inputs, line, one, voice) for line in found.lines for one in line.breakpoints]
    remark = "" if rows else voice("The plan does not turn between the two ends.")
    return Table(voice("Breakpoints"), head, tuple(rows), remark, whole=True)


def _row(inputs: Sequence[Varied], line: Frontier, one: Breakpoint, voice: Voice) -> tuple[Cell, ...]:
    first, *others = inputs
    words = first.value
    held = () if line.other is None else tuple(other.value(line.other) for other in others)
    return (
        *held,
        voice(breakpoint_words(line, one, words)),
        voice(one.said_before),
        voice(one.said_after),
        words(one.low),
        words(one.high),
        voice("{first} to {last}", first=words(one.alike_from), last=words(one.alike_to)),
        voice(verbatim(joined(one.said_changes, "; "))),
        voice(certainty(one)),
    )


def breakpoint_words(line: Frontier, one: Breakpoint, words: Callable[[float], str]) -> Message:
    """Where the plan turns: the value at which both plans are worth the same, or the two values around the turn; with
    values as ``words`` writes them."""
    if one.confirmed and one.value is not None and not line.parameter.is_month:
        return verbatim(words(one.value))
    return say("{first} to {last}", first=words(one.low), last=words(one.high))


def certainty(one: Breakpoint) -> str:
    """What is known about a turn."""
    if not one.confirmed:
        return "not narrowed down: the search was stopped"
    if one.same_decisions:
        return "confirmed on both sides; no whole decision changes there"
    if not one.beyond_the_gap:
        return "no more than a choice: both plans are equally good within the gap on both sides"
    return "confirmed on both sides"


def _map(found: Map, inputs: Sequence[Varied], voice: Voice) -> Table:
    rows = [
        (_middle(one), line.other, voice(one.said_before), voice(one.said_after))
        for line in found.lines
        for one in line.breakpoints
    ]
    head = (
        *columns("value", *(one.axis for one in inputs)),
        *columns("text", *map(voice, ("plan before", "plan after"))),
    )
    return Table(voice("Map of the turns, as numbers"), head, tuple(rows), wide=True)


def _middle(one: Breakpoint) -> float:
    return one.value if one.value is not None else (one.low + one.high) / 2


def _line(found: Map, line: Frontier, inputs: Sequence[Varied], voice: Voice) -> Section:
    currency = found.case.finance.currency
    first, *others = inputs
    held = "" if line.other is None or not others else f"{others[0].name} {others[0].value(line.other)}"
    rows = []
    for point in line.points:
        figures = {} if point.outcome is None else figures_of(point.outcome)
        shown = tuple(figures.get(name) for name in ("npv", "grants", "capex", "lowest_cash"))
        rows.append((point.value, *shown, figures.get("accelerators_ordered"), figures.get("gap"), voice(point.said)))
    head = (
        Column(first.axis, "value"),
        *columns("money", *map(voice, ("net present value", "grants", "capital expenditure", "lowest cash"))),
        Column(voice("accelerators ordered"), "count"),
        Column(voice("gap"), "share"),
        Column(voice("plan")),
    )
    words = voice("Points: net present value over {input}", input=first.name)
    chart = Chart("scatter", voice("Net present value"), words, 0, (1,), 0, first.axis, currency)
    table = Table(voice("Plans that were made"), head, tuple(rows))
    return Section(held or voice("Plans"), held or voice("Plans along the input"), (), (table,), (chart,))


def frontier_text(found: Map) -> str:
    """``frontier.json``: the same for other programs; the same input gives the same bytes."""
    base = found.base
    content = {
        "format": FORMAT,
        "case": found.case.name,
        "scenario": base.scenario,
        "input_hash": base.input_hash,
        "currency": found.case.finance.currency,
        "event": found.lines[0].event,
        "inputs": [
            {"path": one.path, "from": one.text(one.low), "to": one.text(one.high), "unit": one.unit}
            for one in (found.lines[0].parameter, found.second)
            if one is not None
        ],
        "lines": [_json_line(found, line) for line in found.lines],
    }
    return json_text(content)


def _json_turn(one: Breakpoint) -> dict[str, Any]:
    names = (field.name.removeprefix("said_") for field in dataclasses.fields(one))  # what is said, in English
    return {name: getattr(one, name) for name in names}


def _json_line(found: Map, line: Frontier) -> dict[str, Any]:
    text = line.parameter.text
    return {
        "other": None if found.second is None or line.other is None else found.second.text(line.other),
        "breakpoints": [
            {
                **_json_turn(one),
                "at": str(breakpoint_words(line, one, line.parameter.words)),
                "certainty": certainty(one),
                "planned_before": text(one.low),
                "planned_after": text(one.high),
            }
            for one in line.breakpoints
        ],
        "points": [
            {
                "value": point.value,
                "text": text(point.value),
                "state": point.state,
                "npv": None if point.outcome is None else point.outcome.audit.accounts.npv,
                "relative_gap": None if point.outcome is None else min(1.0, point.outcome.proof.relative_gap),
            }
            for point in line.points
        ],
    }
