"""Figures of a bridge, also called a waterfall: what each step adds, and the bars that show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Text, about, say


@dataclass(frozen=True)
class Step:
    """One bar of a bridge: what it is called, what it adds, and whether it is a level and no change."""

    name: str
    label: Text
    amount: Term
    is_level: bool = False


BARS = {"base": "what the bars stand on", "whole": "balance", "up": "increase", "down": "decrease"}
"""The series of a bridge, from the bottom: the first is not seen."""


def lay_bridge(sheet: Sheet, name: str, title: str, unit: Text, steps: Sequence[Step]) -> None:
    """Lays a bridge: what each step adds, the level after it, and the bars that show it."""
    sheet.heading(title)
    for step in steps:
        sheet.line(Key(name, "adds", step.name), step.label, unit, value=step.amount)
    sheet.heading(about(say(title), "level after each step"))
    before: Term = Literal(0)
    for step in steps:
        own = Spot(Key(name, "adds", step.name))
        sheet.line(Key(name, "level", step.name), step.label, unit, value=own if step.is_level else before + own)
        before = Spot(Key(name, "level", step.name))
    for bar, words in BARS.items():
        sheet.heading(about(say(title), words))
        for number, step in enumerate(steps):
            value = _bar(name, bar, step, steps[number - 1] if number else None)
            sheet.line(Key(name, bar, step.name), step.label, unit, value=value)


def _bar(name: str, bar: str, step: Step, before: Step | None) -> Term:
    """How long one of the four bars of a step is."""
    adds, level = Spot(Key(name, "adds", step.name)), Spot(Key(name, "level", step.name))
    if step.is_level or bar == "whole":
        return level if step.is_level and bar == "whole" else Literal(0)
    if bar == "base":
        return call("MAX", 0, call("MIN", Spot(Key(name, "level", before.name)), level)) if before else Literal(0)
    return call("MAX", 0, adds if bar == "up" else 0 - adds)
