"""Figures of a bridge, also called a waterfall: what each step adds, and bars on either side of nothing.

A bar may hang above nothing, below it, or across: what stands above and what below are two columns on one base each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.report.workbook.engine.grid import SUBJECT
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.vocabulary.message import Text, about, message_of, say, verbatim


@dataclass(frozen=True)
class Step:
    """One bar of a bridge: what it is called, what it adds, and whether it is a level and no change."""

    name: str
    label: Text
    amount: Term
    is_level: bool = False


BASES = {"base": "what the bars stand on", "base below": "what the bars below nothing hang from"}
"""Series that are not seen, above and below nothing."""
BARS = {"whole": "balance", "up": "increase", "down": "decrease"}
"""Series of a bridge that are seen; each has a part below nothing as well."""
BELOW = " below"


def lay_bridge(ledger: Ledger, sheet: Sheet, name: str, title: str, unit: Text, steps: Sequence[Step]) -> None:
    """Lays a bridge: what each step adds, the level after it, and the bars that show it.

    Its subjects are what the chart calls the bars: the step and its amount, as it is shown.
    """
    shown = ledger.scale.one_shown(unit)
    label = say("{title}: one of the unit shown, in whole units", title=say(title))
    sheet.heading(title)
    sheet.line(Key(name, "shown"), label, unit, value=shown, kind="constant")
    digits = 0 if shown > 1 else 1

    def rows(part: str, words: str, term_of: dict[str, Term]) -> None:
        if words:
            sheet.heading(about(say(title), words))
        for step in steps:
            row = sheet.next_row
            sheet.line(Key(name, part, step.name), step.label, unit, value=term_of[step.name])
            amount = call("FIXED", Spot(Key(name, "rounded", step.name)), digits)
            sheet.put(row, SUBJECT, Literal(say("{step} ", step=message_of(step.label))).joined(amount), "label")

    def spot(part: str, step: Step) -> Spot:
        return Spot(Key(name, part, step.name))

    rows("adds", "", {step.name: step.amount for step in steps})
    sheet.heading(about(say(title), "rounded, in the unit shown"))
    unit_shown = verbatim(ledger.scale.shown_unit(unit, False))
    for step in steps:
        rounded = call("ROUND", spot("adds", step) / Spot(Key(name, "shown")), digits) + 0  # never -0
        sheet.line(Key(name, "rounded", step.name), step.label, unit_shown, value=rounded)
    levels: dict[str, Term] = {}
    edges: dict[str, tuple[Term, Term]] = {}
    before: Term = Literal(0)
    for step in steps:
        levels[step.name] = spot("adds", step) if step.is_level else before + spot("adds", step)
        edges[step.name] = (Literal(0) if step.is_level else before, spot("level", step))
        before = spot("level", step)
    rows("level", "level after each step", levels)
    rows("lower", "lower end of each bar", {key: call("MIN", *both) for key, both in edges.items()})
    rows("upper", "upper end of each bar", {key: call("MAX", *both) for key, both in edges.items()})
    rows("base", BASES["base"], {step.name: call("MAX", 0, spot("lower", step)) for step in steps})
    rows("base below", BASES["base below"], {step.name: call("MIN", 0, spot("upper", step)) for step in steps})
    for bar, words in BARS.items():
        for part, clip, end, base in ((bar, "MAX", "upper", "base"), (bar + BELOW, "MIN", "lower", "base below")):
            lengths = {step.name: call(clip, 0, spot(end, step)) - spot(base, step) for step in steps}
            parts = {step.name: lengths[step.name] * _is(bar, step, spot("adds", step)) for step in steps}
            rows(part, words if part == bar else f"{words}, below nothing", parts)


def _is(bar: str, step: Step, adds: Term) -> Term:
    """Whether a step is such a bar: 1 or 0."""
    if step.is_level or bar == "whole":
        return Literal(int(step.is_level and bar == "whole"))
    return adds.compare(">=" if bar == "up" else "<", 0)
