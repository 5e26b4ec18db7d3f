"""``compare.html``: a base beside its scenarios, each with the bridge from one to the other."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.compare.tables import Section
from planner.report.page.bridge import draw_bridge
from planner.report.page.canvas import Canvas, cut
from planner.report.page.charts import chart_picture
from planner.report.page.document import Grid, Picture
from planner.report.page.study_page import Study, study_page
from planner.report.steps import Step, edges
from planner.report.voice import Voice
from planner.studies.compare import Comparison

BETWEEN = 24.0
"""Pixels between two bridges that stand beside each other."""
Ways = Sequence[tuple[str, Sequence[Step]]]


def compare_page(comparison: Comparison, sections: Sequence[Section], language: str) -> str:
    """The page as text."""
    base = comparison.base
    voice = Voice(language, base.case.finance.currency)
    overview = sections[0]
    worth = chart_picture("worth", overview.charts[0], overview.tables[overview.charts[0].table], voice)
    pictures: dict[int, list[Picture]] = {0: [worth] if worth else []}
    for number, section in enumerate(sections):
        if section.ways:
            ways = [(way.steps[-1].name, way.steps) for way in section.ways]
            pictures[number] = [_side_by_side(ways, voice)]
    study = Study(
        stem="compare",
        title=base.case.title or base.case.name,
        over=f"{base.case.name} · {voice('compared')}",
        input_hash=base.input_hash,
        sections=sections,
        pictures=pictures,
    )
    return study_page(study, voice)


def _side_by_side(ways: Ways, voice: Voice) -> Picture:
    """All bridges on one axis."""
    rows = [(name, step.name, voice.money(step.amount)) for name, steps in ways for step in steps]
    levels = [after for _, steps in ways for _, after in edges(steps)]

    def draw(canvas: Canvas) -> None:
        columns = 1 if canvas.is_narrow else 2
        wide = (canvas.width - BETWEEN * (columns - 1)) / columns
        y = 0.0
        for begin in range(0, len(ways), columns):
            heights = []
            for place, (name, steps) in enumerate(ways[begin : begin + columns]):
                own = Canvas(wide)
                own.text(0, 13, cut(name, wide), "strong")
                draw_bridge(own, steps, voice, span=levels, top=14)
                canvas.place(own, place * (wide + BETWEEN), y)
                heights.append(own.height)
            y += max(heights) + 14

    told = "; ".join(f"{name} {voice.short(steps[-1].amount - steps[0].amount)}" for name, steps in ways)
    return Picture(
        "bridges",
        voice("From the base to each scenario"),
        voice("Bridges in net present value, one a scenario; the differences: {differences}.", differences=told),
        draw,
        Grid((voice("scenario"), voice("step"), voice("amount")), tuple(rows), texts=(1,)),
        voice("Present values; the axes of all are alike."),
    )
