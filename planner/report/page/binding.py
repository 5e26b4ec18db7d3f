"""The limits that bind, and what one change of each is worth."""

from __future__ import annotations

from collections.abc import Mapping

from planner.language import LANGUAGES
from planner.outcome import BESIDE_THE_PLAN, LimitPrice, Outcome
from planner.report.limits_told import PLAN_AGAIN, amount_told, limit_told, periods_told, reach_told
from planner.report.page.document import Grid, paragraphs, table
from planner.report.page.markup import Markup, element, joined
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import figures_by_path
from planner.vocabulary.message import Message

MOST = 8
"""Limits that stand there at once; the others are behind a line that opens them."""
MOST_IN_ALL = 100
"""Limits that a page holds; the sheet What binds holds all."""
HEAD = ("Limit", "If changed by", "One such change is worth", "Worth as much each, up to so many changes", "Binds in")


def binding(outcome: Outcome, voice: Voice) -> Markup:
    """The limits as a table, the most valuable first."""
    prices = outcome.prices
    if prices is None:
        return paragraphs(voice("Not worked out in this run."))
    if not prices:
        return paragraphs(voice("Nothing that binds is worth anything."))
    names = {} if voice.language == LANGUAGES[0] else _names(outcome)
    rows = tuple(_row(price, outcome, names, voice) for price in prices[:MOST_IN_ALL])
    head, texts = tuple(voice(title) for title in HEAD), (1, 4)
    title = voice("Limits without room left")
    more = None
    if len(rows) > MOST:
        words = voice("{count} more", count=len(rows) - MOST)
        more = element("details", element("summary", words), table(Grid(head, rows[MOST:], texts, stacks=True), words))
    shown = table(Grid(head, rows[:MOST], texts, stacks=True), title)
    return joined(paragraphs(voice(BESIDE_THE_PLAN), kind="soft"), shown, more)


def _row(price: LimitPrice, outcome: Outcome, names: Mapping[str, Message], voice: Voice) -> tuple[str, ...]:
    gain = voice(PLAN_AGAIN) if price.gain is None else voice.amount(price.gain, outcome.proof.unit)
    reach = "" if price.gain is None else voice(reach_told(price.reach))
    change = voice(amount_told(price.unit, voice.language))
    return (
        voice(limit_told(price, names, voice.language)),
        change,
        gain,
        reach,
        voice(periods_told(price, outcome.case)),
    )


def _names(outcome: Outcome) -> dict[str, Message]:
    """What Inputs calls each figure, by its path."""
    return {path: figure.label for path, figure in figures_by_path(outcome.case).items()}
