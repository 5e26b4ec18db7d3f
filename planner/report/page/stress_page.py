"""``stress.html``: a plan in many futures: how what it comes to spreads, and what pulls most."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.compare.tables import Section
from planner.report.page.axes import LABEL, below, horizontal, vertical
from planner.report.page.canvas import Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.page.study_page import Study, study_page
from planner.report.stress.sections import SHARES
from planner.report.stress.telling import FIGURES, leading
from planner.report.voice import Voice
from planner.studies.spread import percentile
from planner.studies.stress import Stress

ROW = 34.0
HEIGHT = 230.0
EDGES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Percentiles that a row of spreads shows: a line, a bar, its middle, and the ends again."""


def stress_page(found: Stress, sections: Sequence[Section], language: str) -> str:
    """The page as text."""
    case = found.base.case
    voice = Voice(language, case.finance.currency)
    movers = next((number for number, one in enumerate(sections) if one.name == voice("What moves it")), None)
    pictures: dict[int, Sequence[Picture]] = {
        0: [*_curve(found, voice), *_spreads(found, voice)],
        len(sections) - 1: [],
    }
    if movers is not None:
        pictures[movers] = _tornado(found, voice)
    study = Study(
        stem="stress",
        title=case.title or case.name,
        over=f"{case.name} · {voice('in {number} futures', number=f'{len(found.futures):,}')}",
        input_hash=found.base.input_hash,
        sections=sections,
        pictures=pictures,
    )
    return study_page(study, voice)


def _curve(found: Stress, voice: Voice) -> list[Picture]:
    """The probability that a figure is no more than an amount."""
    name = leading(found)
    values, weights = found.values(name)
    planned = found.planned["figures"].get(name)
    if not values:
        return []
    figure = voice(FIGURES[name][0])
    ranked = sorted(zip(values, weights, strict=True))
    unit = voice.unit_of_money([*values, *([planned] if planned is not None else [])])

    def draw(canvas: Canvas) -> None:
        entries = [("line", "l0", voice("probability of no more than that"))]
        if planned is not None:
            entries.append(("line", "demand", voice("as planned")))
        top = canvas.legend(0, entries)
        scale, left = vertical(canvas, [0.0, 100.0], "%", top, HEIGHT)
        low, high = top + LABEL, top + LABEL + HEIGHT
        shown = [value / unit.size for value, _ in ranked]
        places = [*shown, *([planned / unit.size] if planned is not None else [])]
        across = below(canvas, places, unit.words, (left + 4, canvas.width - 8), (low, high))
        reached, points = 0.0, [(across(shown[0]), scale(0.0))]
        for value, (_, weight) in zip(shown, ranked, strict=True):
            points.append((across(value), scale(100 * reached)))
            reached += weight
            points.append((across(value), scale(100 * min(reached, 1.0))))
        canvas.path(points, "l0")
        if planned is not None:
            x = across(planned / unit.size)
            canvas.line(x, low, x, high, "demand")
        for share in (0.1, 0.5, 0.9):
            value = percentile(values, weights, share)
            x, y = across(value / unit.size), scale(100 * share)
            canvas.mark(x, y, "circle", "m3")
            words = f"P{round(100 * share)} {voice.short(value)}"
            fits = x + 10 + width_of(words) <= canvas.width
            canvas.text(x + 10 if fits else x - 10, y + 4.5 + (8 if fits else -8), words, "", "" if fits else "end")

    points = tuple((f"P{round(100 * share)}", voice.money(percentile(values, weights, share))) for share in SHARES)
    told = "; ".join(f"{name} {amount}" for name, amount in points)
    return [
        Picture(
            "chances",
            voice("How probable which {figure} is", figure=figure),
            voice("A line that climbs from 0 to 100 %: {points}.", points=told),
            draw,
            Grid((voice("percentile"), figure), points),
        )
    ]


def _spreads(found: Stress, voice: Voice) -> list[Picture]:
    """Every figure in money: the middle half and nine tenths of all futures, beside what was planned."""
    rows = []
    for name, (title, unit) in FIGURES.items():
        values, weights = found.values(name)
        if unit == "money" and values:
            edges = [percentile(values, weights, share) for share in EDGES]
            rows.append((voice(title), edges, found.planned["figures"].get(name)))
    amounts = [amount for _, edges, planned in rows for amount in (*edges, *([] if planned is None else [planned]))]
    if not rows:
        return []
    unit_of = voice.unit_of_money(amounts)

    def draw(canvas: Canvas) -> None:
        names = ("from P5 to P95", "from P25 to P75", "P50", "as planned")
        looks = (("line", "outline"), ("area", "a0"), ("square", "m3"), ("diamond", "m1"))
        top = canvas.legend(0, [(look, kind, voice(name)) for (look, kind), name in zip(looks, names, strict=True)])
        left = 0.0 if canvas.is_narrow else max(width_of(title) for title, _, _ in rows) + 12
        height, upper = ROW + (14 if canvas.is_narrow else 0), top + 36
        span = (left + 6, canvas.width - 12)
        shown = [amount / unit_of.size for amount in amounts]
        scale = horizontal(canvas, shown, unit_of.words, span, (upper, upper + height * len(rows)))
        for number, (title, edges, planned) in enumerate(rows):
            y = upper + number * height
            if canvas.is_narrow:
                canvas.text(0, y + 13, title)
            middle = y + (31 if canvas.is_narrow else height / 2)
            if not canvas.is_narrow:
                canvas.text(0, middle + 4.5, title)
            five, quarter, half, three, last = (scale(edge / unit_of.size) for edge in edges)
            canvas.line(five, middle, last, middle, "outline")
            canvas.rect(quarter, middle - 6, max(three - quarter, 1.5), 12, "a0")
            canvas.mark(half, middle, "square", "m3")
            if planned is not None:
                canvas.mark(scale(planned / unit_of.size), middle, "diamond", "m1")

    head = (voice("figure"), *(f"P{round(100 * share)}" for share in EDGES), voice("as planned"))
    table = tuple(
        (title, *(voice.money(edge) for edge in edges), "–" if planned is None else voice.money(planned))
        for title, edges, planned in rows
    )
    words = voice("For each figure a line from P5 to P95 with a bar from P25 to P75, and what was planned.")
    return [Picture("spreads", voice("How far figures spread"), words, draw, Grid(head, table))]


def _tornado(found: Stress, voice: Voice) -> list[Picture]:
    """What each driver alone does, the widest first."""
    name = leading(found)
    planned = found.planned["figures"].get(name)
    rows = []
    for pull in found.pulls:
        low, high = pull.low.figure(name), pull.high.figure(name)
        if low is not None and high is not None:
            said = [voice(drawn.said) for one in (pull.low, pull.high) for drawn in one.future.drawn[:1]]
            rows.append((pull.driver, low, high, said))
    rows.sort(key=lambda row: (-abs(row[2] - row[1]), row[0]))
    if not rows or planned is None:
        return []
    figure = voice(FIGURES[name][0])
    unit = voice.unit_of_money([amount for _, low, high, _ in rows for amount in (low, high, planned)])

    def draw(canvas: Canvas) -> None:
        entries = [("area", "a1", voice("at its low point")), ("area", "a0", voice("at its high point"))]
        top = canvas.legend(0, [*entries, ("line", "demand", voice("as planned"))])
        left = 0.0 if canvas.is_narrow else min(230.0, max(width_of(driver) for driver, *_ in rows) + 12)
        height, upper = 30.0 + (16 if canvas.is_narrow else 0), top + 36
        room = max(width_of(voice.short(amount)) for _, low, high, _ in rows for amount in (low, high)) + 6
        shown = [amount / unit.size for _, low, high, _ in rows for amount in (low, high, planned)]
        rows_of = (upper, upper + height * len(rows))
        scale = horizontal(canvas, shown, unit.words, (left + room, canvas.width - room), rows_of, from_nothing=False)
        middle = scale(planned / unit.size)
        for number, (driver, low, high, _) in enumerate(rows):
            y = upper + number * height
            canvas.text(
                0, y + (13 if canvas.is_narrow else 19.5), cut(driver, canvas.width if canvas.is_narrow else left)
            )
            y += 16 if canvas.is_narrow else 0
            same_side = (low - planned) * (high - planned) > 0
            for place, (amount, kind) in enumerate(((low, "a1"), (high, "a0"))):
                x = scale(amount / unit.size)
                lane, thick = (y + 5 + place * 10, 9) if same_side else (y + 5, 19)
                canvas.rect(min(x, middle), lane, abs(x - middle), thick, kind)
                is_left = amount < planned
                canvas.text(
                    x - 4 if is_left else x + 4,
                    lane + thick / 2 + 4.5,
                    voice.short(amount),
                    "",
                    "end" if is_left else "",
                )
        canvas.line(middle, upper, middle, upper + height * len(rows), "demand")

    head = (voice("what moves"), voice("low"), figure, voice("high"), voice("{figure} there", figure=figure))
    table = tuple(
        (driver, said[0] if said else "–", voice.money(low), said[-1] if said else "–", voice.money(high))
        for driver, low, high, said in rows
    )
    words = voice(
        "Bars on both sides of the plan for each driver alone, the widest first: {drivers}.",
        drivers="; ".join(row[0] for row in rows),
    )
    title = voice("What each driver alone does to {figure}", figure=figure)
    return [Picture("tornado", title, words, draw, Grid(head, table, texts=(1, 3)))]
