"""Inputs that a scenario changes: each figure by what Inputs calls it, before and after."""

from __future__ import annotations

from planner.case.case import Case
from planner.reading.workbook.figures import SHARES
from planner.report.compare.tables import Table, columns
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import InputFigure, figures_by_path, label_at
from planner.studies.compare import Compared


def changed_inputs(one: Compared, base: Case, voice: Voice) -> Table:
    """What is called how, before and after, and where it stands in the case file."""
    known = figures_by_path(base) | figures_by_path(one.run.task.case)
    labels = {path: figure.label for path, figure in known.items()}
    rows = []
    for change in one.inputs:
        figure = known.get(change.path)
        values = (_shown(value, figure, voice) for value in (change.base, change.scenario))
        rows.append((voice(label_at(change.path, labels)), *values, change.path))
    head = columns("text", *map(voice, ("input", "base", "scenario", "path in the case file")))
    return Table(voice("Changed inputs"), head, tuple(rows), "" if rows else voice("none"))


def _shown(value: str, figure: InputFigure | None, voice: Voice) -> str:
    """A value as people read it: a share in per cent, a large number in groups of three digits."""
    if figure is not None and str(figure.unit) in SHARES:
        try:
            return voice.percent(float(value))
        except ValueError:  # a share that changes by month, or none
            return value
    number, space, unit = value.partition(" ")
    plain = number.removeprefix("-").replace("_", "")
    if "_" in number and plain.isdigit():
        return f"{int(number):,}{space}{unit}"
    return value
