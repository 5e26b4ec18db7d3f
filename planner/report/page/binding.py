"""The limits that bind, and what one unit more of each is worth."""

from __future__ import annotations

import math
from collections.abc import Mapping

from planner.outcome import LimitPrice, Outcome
from planner.report.page.document import Grid, paragraphs, table
from planner.report.page.markup import Markup, element, joined
from planner.report.served import with_metrics
from planner.report.voice import Voice
from planner.report.workbook.engine.input_figures import input_figures
from planner.vocabulary.message import Message

MOST = 8
"""Limits that stand there at once; the others are behind a line that opens them."""
MOST_IN_ALL = 100
"""Limits that a page holds; the sheet What binds holds all."""


def binding(outcome: Outcome, voice: Voice) -> Markup:
    """The limits as a table, the most valuable first."""
    prices = outcome.prices
    if prices is None:
        return paragraphs(voice("Not worked out in this run."))
    if not prices:
        return paragraphs(voice("Nothing that binds is worth anything."))
    names = {} if voice.is_english else _names(outcome)
    rows = tuple(_row(price, outcome, names, voice) for price in prices[:MOST_IN_ALL])
    head = (
        voice("Limit"),
        voice("In periods"),
        voice("Change"),
        voice("Worth of one change"),
        voice("Changes it holds for"),
    )
    texts = (1, 2)
    note = voice("Local prices: blocks, programmes and tax years as in the plan; systems may be fractions.")
    title = voice("Limits without room left")
    more = None
    if len(rows) > MOST:
        words = voice("{count} more", count=len(rows) - MOST)
        more = element("details", element("summary", words), table(Grid(head, rows[MOST:], texts), words))
    return joined(paragraphs(note, kind="soft"), table(Grid(head, rows[:MOST], texts), title), more)


def _row(price: LimitPrice, outcome: Outcome, names: Mapping[str, Message], voice: Voice) -> tuple[str, ...]:
    span = " – ".join(price.span(outcome.case.calendar)) or voice("all")
    gain = "–" if price.gain is None else voice.amount(price.gain, outcome.proof.unit)
    reach = "–"
    if math.isinf(price.reach):
        reach = voice("without end")
    elif price.reach > 0:
        reach = voice.digits(price.reach)
    return _named(price, names, voice), span, with_metrics(price.unit), gain, reach


def _names(outcome: Outcome) -> dict[str, Message]:
    """What Inputs calls each figure, by its path."""
    return {one.path: one.label for figures in input_figures(outcome.case, {}).values() for one in figures}


def _named(price: LimitPrice, names: Mapping[str, Message], voice: Voice) -> str:
    """What the limit says; its sentences are English, so that in another language it is told as Inputs calls it."""
    if voice.is_english:
        return with_metrics(price.words)
    told = names.get(price.path)
    if told is not None:
        return voice("{what}: {value}", what=told, value=with_metrics(price.value))
    *path, last = price.keys
    told = names.get(".".join(path))
    if told is not None:
        return voice("{what} from {month}: {value}", what=told, month=last, value=with_metrics(price.value))
    return f"{' › '.join(key.replace('_', ' ') for key in price.keys)}: {with_metrics(price.value)}"
