"""What each programme gives by fiscal year, beside its caps."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from planner.outcome import Outcome
from planner.report.page.axes import LABEL, vertical
from planner.report.page.canvas import Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.voice import Voice
from planner.vocabulary.keys import Credit
from planner.vocabulary.message import fiscal_year

HEIGHT = 130.0
FAR = 4.0
"""A cap so many times as high as what is given would leave no room for that; it is told by its figure."""
TOTALS = ("total_cap", "operator_cap")
"""Caps on all that a programme gives; the smaller one counts."""


@dataclass(frozen=True)
class Award:
    """What a programme gives."""

    programme: str
    title: str
    by_year: dict[int, tuple[float, float | None]]
    """By the number of the fiscal year: what it gives then, and the most that it may."""
    given: float
    cap: float | None
    """The most that it may give in all; None where it states none."""


def awards_picture(outcome: Outcome, voice: Voice) -> Picture | None:
    """The picture with its figures; None where no programme gives anything."""
    found = [*_awards(outcome, voice)]
    if not found:
        return None
    rows = []
    for one in found:
        for year, (amount, cap) in one.by_year.items():
            left = "" if cap is None else voice.money(cap - amount)
            cells = (voice.money(amount), "–" if cap is None else voice.money(cap), left)
            rows.append((one.programme, voice(fiscal_year(year)), *cells))
        left = "" if one.cap is None else voice.money(one.cap - one.given)
        cells = (voice.money(one.given), "–" if one.cap is None else voice.money(one.cap), left)
        rows.append((one.programme, voice("in all"), *cells))
    head = (voice("programme"), voice("fiscal year"), voice("given"), voice("cap"), voice("room left"))
    return Picture(
        "awards",
        voice("What programmes give, and their caps"),
        voice(
            "Columns by fiscal year for each programme, with its cap as a line: {awards}.",
            awards="; ".join(one.title for one in found),
        ),
        lambda canvas: _draw(canvas, found, voice),
        Grid(head, tuple(rows), texts=(1,)),
        voice("Grants in the year in which they are paid; tax credits in the year in which they are used."),
    )


def _awards(outcome: Outcome, voice: Voice) -> Iterator[Award]:
    case, quantities = outcome.case, outcome.audit.quantities
    limits = [limit for limit in outcome.audit.limits if limit.rule == "programme_cap"]
    for name, rules in case.programmes.items():
        given = sum(amount for claim, amount in quantities.grant.items() if claim.programme == name)
        if given <= 0:
            continue
        by_year: dict[int, tuple[float, float | None]] = {}
        for year, periods in case.calendar.fiscal_years.items():
            if rules.aid.is_off_tax:
                amount = outcome.decisions.credit.get(Credit(name, year), 0.0)
            else:
                amount = sum(quantities.grant_paid.get((name, t), 0.0) for t in periods)
            by_year[year.number] = (amount, None)
        for limit in limits:
            if limit.about.names[0] == name and limit.about.year is not None:
                by_year[limit.about.year.number] = (limit.left, limit.right)
        caps = [limit.right for limit in limits if limit.about.names[0] == name and limit.about.names[1] in TOTALS]
        cap = min(caps, default=None)
        title = voice("{programme}: {given}", programme=name, given=voice.money(given))
        if cap is not None:
            most = voice.money(cap)
            title = voice("{programme}: {given} of {cap}", programme=name, given=voice.money(given), cap=most)
        yield Award(name, title, by_year, given, cap)


def _draw(canvas: Canvas, found: list[Award], voice: Voice) -> None:
    entries = [("area", "a2", voice("given")), ("line", "limit", voice("cap of the year"))]
    has_caps = any(cap is not None for one in found for _, cap in one.by_year.values())
    top = canvas.legend(0, entries if has_caps else entries[:1])
    for one in found:
        canvas.text(0, top + 13, cut(one.title, canvas.width), "strong")
        top += 24
        largest = FAR * max(amount for amount, _ in one.by_year.values())
        caps = [cap for _, cap in one.by_year.values() if cap is not None and (cap <= largest or not largest)]
        amounts = [*(amount for amount, _ in one.by_year.values()), *caps]
        unit = voice.unit_of_money(amounts)
        scale, left = vertical(canvas, [amount / unit.size for amount in amounts], unit.words, top, HEIGHT, ticks=3)
        room = (canvas.width - 4 - left) / len(one.by_year)
        bottom = top + LABEL + HEIGHT
        for number, (year, (amount, cap)) in enumerate(one.by_year.items()):
            x, wide = left + room * (number + 0.18), room * 0.64
            y = scale(amount / unit.size)
            canvas.rect(x, y, wide, scale(0.0) - y, "a2")
            if cap is not None and cap not in caps:
                told = f"↑ {voice.digits(cap / unit.size)}"
                told = told if width_of(told) <= room else "↑"
                canvas.text(x + wide / 2, top + LABEL + 12, told, "soft small", "middle")
            elif cap is not None:
                height = scale(cap / unit.size)
                canvas.line(x - room * 0.1, height, x + wide + room * 0.1, height, "limit")
            words = voice(fiscal_year(year))
            if number % max(1, math.ceil((width_of(words) + 4) / room)) == 0:
                half = width_of(words) / 2
                middle = max(min(x + wide / 2, canvas.width - half), left + half)
                canvas.text(middle, bottom + 14, words, "soft", "middle")
        top = bottom + 30
