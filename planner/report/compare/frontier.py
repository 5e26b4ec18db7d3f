"""A frontier as tables: the breakpoints, and the plans that were made on the way; with two inputs, the map."""

from __future__ import annotations

import dataclasses
from typing import Any

from planner.report.compare.figures import figures_of
from planner.report.compare.tables import Cell, Chart, Column, Section, Table, columns
from planner.report.files import json_text
from planner.studies.frontier.frontier import Breakpoint, Frontier, Map

FORMAT = 1
"""Version of the layout of ``frontier.json``."""


def sections(found: Map) -> list[Section]:
    """The breakpoints of all lines, then the plans of each line."""
    first = found.lines[0].parameter
    title = f"Where the plan turns: {first.path}" + (f" and {found.second.path}" if found.second else "")
    tables = [_breakpoints(found)]
    charts: list[Chart] = []
    if found.second is not None:
        tables.append(_map(found))
        words = "Points: values of both inputs at which the plan turns"
        charts.append(Chart("scatter", "Turns", words, 1, (1,), 0, _axis(first.path, first.unit), found.second.path))
    lines = [_line(found, line) for line in found.lines]
    return [Section("Frontier", title, (_summary(found),), tuple(tables), tuple(charts)), *lines]


def _axis(path: str, unit: str) -> str:
    return f"{path}, {unit}" if unit else path


def _summary(found: Map) -> str:
    count = sum(len(line.breakpoints) for line in found.lines)
    plans = sum(len(line.points) for line in found.lines)
    event = found.lines[0].event
    turns = "1 turn" if count == 1 else f"{count} turns"
    words = f"{turns} of '{event}', from {plans} plans. "
    words += "Between two of the first plans that agree nothing was looked for"
    varied = [line.parameter.path for line in found.lines[:1]] + ([found.second.path] if found.second else [])
    if any(path.startswith("calendar.") for path in varied):
        words += (
            ". The calendar itself is varied: decisions are told apart by their months, while present values and sums "
            "are of each plan's own start and months"
        )
    return f"{words}."


def _breakpoints(found: Map) -> Table:
    paths = [*([] if found.second is None else [found.second.path]), found.lines[0].parameter.path]
    planned = ("planned at, still before", "planned at, already after", "both equally good within the gap")
    head = columns("text", *paths, "before", "after", *planned, "what changes most", "how sure")
    rows = [_row(found, line, one) for line in found.lines for one in line.breakpoints]
    remark = "" if rows else "The plan does not turn between the two ends."
    return Table("Breakpoints", head, tuple(rows), remark, whole=True)


def _row(found: Map, line: Frontier, one: Breakpoint) -> tuple[Cell, ...]:
    words = line.parameter.words
    held: tuple[Cell, ...] = ()
    if found.second is not None and line.other is not None:
        held = (found.second.words(line.other),)
    return (
        *held,
        breakpoint_words(line, one),
        one.before,
        one.after,
        words(one.low),
        words(one.high),
        f"{words(one.alike_from)} to {words(one.alike_to)}",
        "; ".join(one.changes),
        certainty(one),
    )


def breakpoint_words(line: Frontier, one: Breakpoint) -> str:
    """Where the plan turns: the value at which both plans are worth the same, or the two values around the turn."""
    words = line.parameter.words
    if one.confirmed and one.value is not None and not line.parameter.is_month:
        return words(one.value)
    return f"{words(one.low)} to {words(one.high)}"


def certainty(one: Breakpoint) -> str:
    """What is known about a turn."""
    if not one.confirmed:
        return "not narrowed down: the search was stopped"
    if one.same_decisions:
        return "confirmed on both sides; no whole decision changes there"
    if not one.beyond_the_gap:
        return "no more than a choice: both plans are equally good within the gap on both sides"
    return "confirmed on both sides"


def _map(found: Map) -> Table:
    second = found.second
    assert second is not None
    rows = [(_middle(one), line.other, one.before, one.after) for line in found.lines for one in line.breakpoints]
    first = found.lines[0].parameter
    axes = columns("value", _axis(first.path, first.unit), _axis(second.path, second.unit))
    head = (*axes, *columns("text", "before", "after"))
    return Table("Map of the turns, as numbers", head, tuple(rows), wide=True)


def _middle(one: Breakpoint) -> float:
    return one.value if one.value is not None else (one.low + one.high) / 2


def _line(found: Map, line: Frontier) -> Section:
    currency = found.case.finance.currency
    parameter = line.parameter
    held = "" if found.second is None or line.other is None else f"{found.second.path} {found.second.words(line.other)}"
    rows = []
    for point in line.points:
        figures = {} if point.outcome is None else figures_of(point.outcome)
        shown = tuple(figures.get(name) for name in ("npv", "grants", "capex", "lowest_cash"))
        rows.append((point.value, *shown, figures.get("accelerators_ordered"), figures.get("gap"), point.state))
    axis = _axis(parameter.path, parameter.unit)
    head = (
        Column(axis, "value"),
        *columns("money", "net present value", "grants", "capital expenditure", "lowest cash"),
        Column("accelerators ordered", "count"),
        Column("gap", "share"),
        Column("plan"),
    )
    words = f"Points: net present value over {parameter.path}"
    chart = Chart("scatter", "Net present value", words, 0, (1,), 0, axis, currency)
    table = Table("Plans that were made", head, tuple(rows))
    return Section(held or "Plans", held or "Plans along the input", (), (table,), (chart,))


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


def _json_line(found: Map, line: Frontier) -> dict[str, Any]:
    text = line.parameter.text
    return {
        "other": None if found.second is None or line.other is None else found.second.text(line.other),
        "breakpoints": [
            {
                **dataclasses.asdict(one),
                "at": breakpoint_words(line, one),
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
