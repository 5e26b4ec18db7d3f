"""A bridge, also called a waterfall: bars that hang from where the one before ended."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planner.outcome import Outcome
from planner.report.lines import line_words
from planner.report.page.axes import horizontal
from planner.report.page.canvas import Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.steps import Step, edges
from planner.report.voice import Voice
from planner.studies.bridge import END_TAX, LOAN_COSTS, OPEN, SHIELD, TERMINAL, UNPAID, values_of
from planner.vocabulary.cash_lines import CASH_LINES, Group

ROW, NAMED = 24.0, 38.0
"""Height of a row with its name beside it, and below it."""
LEAST, MOST_LINES = 0.5, 9
"""Units of currency that a step moves at least, and lines that are steps of their own."""
STEPS: dict[str, tuple[tuple[Group, ...], tuple[str, ...]]] = {
    "sales": (("revenue",), ()),
    "running costs": (("operating",), ()),
    "systems and halls": (("investment",), (UNPAID,)),
    "grants, less what goes back": (("aid", "clawback"), ()),
    "resale and end value": (("resale",), (TERMINAL,)),
    "tax": (("tax",), (END_TAX,)),
    "paid later or in advance": (("working_capital", "consumption_tax"), (OPEN,)),
    "loans, less the tax they save": ((), (SHIELD, LOAN_COSTS)),
}
"""Steps of the way from doing nothing to a plan: groups of lines of the cash flow, and what counts beside them."""


def plan_bridge(outcome: Outcome, voice: Voice) -> Picture:
    """From doing nothing further to the plan, in present values; from nothing where that is not known."""
    nothing = outcome.doing_nothing
    plan = values_of(outcome.audit.accounts)
    idle = values_of(nothing.audit.accounts) if nothing is not None else {}
    moved = {line: plan.get(line, (0.0, 0.0))[1] - idle.get(line, (0.0, 0.0))[1] for line in {**plan, **idle}}
    steps = []
    if nothing is not None and outcome.something_stands:
        steps.append(Step(voice("doing nothing further"), nothing.audit.accounts.npv, is_level=True))
    for name, (groups, beside) in STEPS.items():
        amount = math.fsum(
            value
            for line, value in moved.items()
            if line in beside or (line in CASH_LINES and CASH_LINES[line].group in groups)
        )
        if abs(amount) >= LEAST:
            steps.append(Step(voice(name), amount))
    steps.append(Step(voice("the plan"), outcome.npv, is_level=True))
    note = voice("Present values at the start of the plan; what the plan changes in each of them.")
    if nothing is None:
        note = voice("Present values at the start of the plan; what doing nothing comes to is not known.")
    return bridge_picture("bridge", voice("From doing nothing to the plan"), steps, voice, note)


def variance_bridge(outcome: Outcome, voice: Voice) -> Picture | None:
    """From an earlier plan to this one, line by line; None where this one was not made anew after another."""
    way = outcome.variance
    if way is None:
        return None
    moved = [(one.line, one.now - one.planned) for one in way.lines if abs(one.now - one.planned) >= LEAST]
    moved.sort(key=lambda one: -abs(one[1]))
    steps = [Step(voice("the earlier plan"), way.planned, is_level=True)]
    steps += [Step(voice(line_words(line)), amount) for line, amount in moved[:MOST_LINES]]
    if rest := math.fsum(amount for _, amount in moved[MOST_LINES:]):
        steps.append(Step(voice("{count} other lines", count=len(moved) - MOST_LINES), rest))
    if way.differences:
        steps.append(Step(voice("cash that came besides"), way.with_differences - way.now))
    steps.append(Step(voice("the plan as of {month}", month=str(way.as_of)), way.with_differences, is_level=True))
    note = voice("Present values; what happened, what has changed since, and what is decided anew.")
    return bridge_picture("variance", voice("From the earlier plan to this one"), steps, voice, note)


def bridge_picture(key: str, title: str, steps: Sequence[Step], voice: Voice, note: str = "") -> Picture:
    """A bridge with its figures."""
    told = "; ".join(f"{step.name} {voice.short(step.amount)}" for step in steps)
    rows = tuple(
        (step.name, voice.money(step.amount), voice.money(after))
        for step, (_, after) in zip(steps, edges(steps), strict=True)
    )
    head = (voice("step"), voice("what it adds"), voice("level after it"))
    words = voice("Bars that hang from one another: {steps}.", steps=told)
    return Picture(key, title, words, lambda canvas: draw_bridge(canvas, steps, voice), Grid(head, rows), note)


def draw_bridge(
    canvas: Canvas, steps: Sequence[Step], voice: Voice, *, span: Sequence[float] = (), top: float = 0.0
) -> None:
    """Draws a bridge from above to below.

    Args:
        canvas: where it is drawn.
        steps: its bars.
        voice: says amounts.
        span: further amounts that its axis holds, so that several bridges have one axis.
        top: where it begins.
    """
    levels = edges(steps)
    amounts = [*(edge for both in levels for edge in both), *span]
    unit = voice.unit_of_money(amounts)
    shown = [_signed(voice, step) for step in steps]
    room = max(map(width_of, shown)) + 8
    left = 0.0 if canvas.is_narrow else min(240.0, max(width_of(step.name) for step in steps) + 12)
    height = NAMED if canvas.is_narrow else ROW
    upper = top + 36
    scale = horizontal(
        canvas,
        [amount / unit.size for amount in amounts],
        unit.words,
        (left + (room if min(amounts) < 0 else 2), canvas.width - room),
        (upper, upper + height * len(steps)),
    )
    for number, (step, (before, after), words) in enumerate(zip(steps, levels, shown, strict=True)):
        y = upper + number * height
        name_y, bar_y = (y + 13, y + 18) if canvas.is_narrow else (y + 16.5, y + 4)
        canvas.text(
            0, name_y, cut(step.name, canvas.width if canvas.is_narrow else left), "strong" if step.is_level else ""
        )
        one, other = sorted((scale(before / unit.size), scale(after / unit.size)))
        kind = "a0" if step.is_level else "a2" if step.amount >= 0 else "a1"
        canvas.rect(one, bar_y, max(other - one, 1.5), 16, kind)
        is_left = step.is_level and step.amount < 0
        canvas.text(one - 5 if is_left else other + 5, bar_y + 12.5, words, "", "end" if is_left else "")
        if number + 1 < len(steps):
            x = scale(after / unit.size)
            canvas.line(x, bar_y + 16, x, bar_y + height, "link")


def _signed(voice: Voice, step: Step) -> str:
    words = voice.short(step.amount)
    return words if step.is_level or step.amount < 0 else f"+{words}"
