"""What the plan of a pool rests on: each operator's case, programmes and offers with their sources, and versions."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from planner.case.quantities import Month
from planner.outcome import Outcome, Provenance
from planner.report.compare.tables import Cell, Column, Section, Table, columns
from planner.report.run_table import run_table
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import InputFigure, input_figures
from planner.studies.pool.outcome import PoolOutcome

_SECTIONS = ("Programmes", "Offers")
"""Figures of a case that operators share, or that each may have its own of; all others stand in its own workbook."""
_DAY_NOUGHT = datetime.date(1899, 12, 30)
"""The day from which workbooks count days."""

type _Row = tuple[str, Cell, str, str, str]
"""A figure: what it is called, its value, its unit, its source, and where it stands."""


def assumptions(outcome: PoolOutcome, voice: Voice) -> Section:
    """Cases, figures and versions; no date of the run, since the same pool gives the same bytes."""
    words = (
        voice("The pool as a whole has the input hash {hash}.", hash=outcome.input_hash),
        voice("All other figures of an operator, with their sources, stand on the sheet Inputs of its own workbook."),
    )
    tables = (_cases(outcome, voice), _figures(outcome, voice), run_table(outcome.versions, outcome.options, voice))
    return Section(voice("Assumptions"), voice("What the plan rests on"), words, tables)


def _cases(outcome: PoolOutcome, voice: Voice) -> Table:
    rows = []
    for name, member in outcome.members.items():
        plan = member.outcome
        rows.append((name, plan.case.name, plan.case.title, plan.input_hash, f"{name}/plan.xlsx"))
    head = columns("text", *map(voice, ("operator", "case", "title", "input hash", "workbook")))
    return Table(voice("Cases of the operators"), head, tuple(rows), wide=True)


def _figures(outcome: PoolOutcome, voice: Voice) -> Table:
    """Each figure once with whom it holds for, that of most operators first; who has its own has a row below it."""
    found: dict[str, dict[_Row, list[str]]] = {}
    for name, member in outcome.members.items():
        for row in _rows(member.outcome, voice):
            found.setdefault(row[0], {}).setdefault(row, []).append(name)
    rows: list[tuple[Cell, ...]] = []
    for same in found.values():
        for (label, value, unit, source, place), names in sorted(same.items(), key=lambda one: -len(one[1])):
            whose = voice("all operators") if len(names) == len(outcome.members) else ", ".join(names)
            rows.append((label, value, unit, whose, source, place))
    named = (Column(voice("figure")), Column(voice("value"), "number"), Column(voice("unit"), "unit"))
    head = (*named, *columns("text", *map(voice, ("holds for", "source", "file and line"))))
    remark = voice("A figure without a file was left to its default.")
    return Table(voice("Programmes and offers, with their sources"), head, tuple(rows), remark, wide=True)


def _rows(plan: Outcome, voice: Voice) -> Iterator[_Row]:
    by_section = input_figures(plan.case, {path: one.source for path, one in plan.provenance.items()})
    for figure in (figure for section in _SECTIONS for figure in by_section[section]):
        own = plan.provenance.get(figure.path)
        for start, value in _steps(plan, figure):
            written = own if start is None else _step_written(plan, figure.path, start) or own
            source = written.source if written is not None and written.source else figure.source
            place = f"{written.file}:{written.line}" if written is not None else ""
            label = voice(figure.label)
            if start is not None:
                label = voice("{what}, from {month}", what=label, month=str(start))
            unit = "" if figure.unit == "date" else str(figure.unit)
            yield label, _shown(value, figure.unit == "date"), unit, source, place


def _steps(plan: Outcome, figure: InputFigure) -> Iterator[tuple[Month | None, float]]:
    """The values of a figure, each with the month from which it holds where it changes with time."""
    if not isinstance(figure.value, tuple):
        yield None, figure.value
        return
    before: float | None = None
    for start, value in zip(plan.case.calendar.starts, figure.value, strict=True):
        if value is not None and value != before:
            yield start, value
        before = value


def _step_written(plan: Outcome, path: str, start: Month) -> Provenance | None:
    """Where the value that holds in a month was written: under the last month up to it."""
    months = (key.removeprefix(f"{path}.") for key in plan.provenance if key.startswith(f"{path}."))
    last = max((month for month in months if month <= str(start)), default=None)
    return None if last is None else plan.provenance[f"{path}.{last}"]


def _shown(value: float, is_month: bool) -> Cell:
    """A month in words; everything else as the number it is."""
    if not is_month:
        return value
    return (_DAY_NOUGHT + datetime.timedelta(days=int(value))).strftime("%Y-%m")
