"""Inputs that a scenario changes: each figure by what Inputs calls it, before and after."""

from __future__ import annotations

from planner.case.case import Case
from planner.report.compare.tables import Table, columns
from planner.report.input_words import InputWords
from planner.report.voice import Voice
from planner.studies.compare import Compared


def changed_inputs(one: Compared, base: Case, voice: Voice) -> Table:
    """What is called how, before and after, and where it stands in the case file."""
    words = InputWords(voice, base, one.run.task.case)
    rows = tuple(
        (words.name(path), words.value(path, change.base), words.value(path, change.scenario), path)
        for change in one.inputs
        for path in (change.path,)
    )
    head = columns("text", *map(voice, ("input", "base", "scenario", "path in the case file")))
    return Table(voice("Changed inputs"), head, rows, "" if rows else voice("none"))
