"""A page of a study: its sections as they are in its workbook, with pictures in front of their tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.report.compare.tables import Section, Table, shown_rows
from planner.report.page.charts import chart_picture
from planner.report.page.document import Grid, Page, Part, Picture, fitted, page_text, paragraphs, picture, table
from planner.report.page.markup import Markup, element, joined
from planner.report.voice import Voice

MOST_AT_ONCE = 14
"""Rows of a table that stand there at once; a longer or wide one is behind a line that opens it."""


@dataclass(frozen=True)
class Study:
    """What a page of a study shows."""

    stem: str
    """What its files are called."""
    title: str
    over: str
    input_hash: str
    sections: Sequence[Section]
    pictures: Mapping[int, Sequence[Picture]] = field(default_factory=dict)
    """By the number of the section that they stand in, in place of its own charts."""
    before: Mapping[int, Markup] = field(default_factory=dict)
    """By the number of the section: what stands behind its pictures and in front of its tables."""
    script: str = ""


def study_page(study: Study, voice: Voice) -> str:
    """The page as text; the same study gives the same bytes."""
    return fitted(lambda rows: page_text(_page(study, voice, rows), voice))


def _page(study: Study, voice: Voice, rows: int) -> Page:
    first, *_ = study.sections
    book, text = (element("a", f"{study.stem}.{end}", href=f"{study.stem}.{end}") for end in ("xlsx", "json"))
    parts = [_part(number, section, study, voice, rows) for number, section in enumerate(study.sections)]
    return Page(
        title=study.title,
        over=study.over,
        lead=element("div", paragraphs(*first.words), class_="story") if first.words else Markup(""),
        parts=parts,
        foot=joined(
            element("p", voice("As a workbook:"), " ", book),
            element("p", voice("For other programs:"), " ", text),
            element("p", voice("run {hash}", hash=study.input_hash[:12]), class_="hash"),
        ),
        script=study.script,
    )


def _part(number: int, section: Section, study: Study, voice: Voice, rows: int) -> Part:
    key = f"part-{number + 1}"
    pictures = study.pictures.get(number)
    if pictures is None:
        drawn = [
            chart_picture(f"{key}-{place + 1}", chart, section.tables[chart.table], voice)
            for place, chart in enumerate(section.charts)
        ]
        pictures = [one for one in drawn if one is not None]
    words = section.words if number else ()
    tables = [_table(one, voice, rows, section.name) for one in section.tables]
    content = joined(
        paragraphs(*words), *(picture(one, voice, rows) for one in pictures), study.before.get(number), *tables
    )
    return Part(key, section.title if number else section.name, content, section.name)


def _table(one: Table, voice: Voice, rows: int, within: str) -> Markup:
    """A table with its title and its remark."""
    cells, totals = shown_rows(one, voice)
    texts = tuple(
        place
        for place, column in enumerate(one.columns)
        if column.unit in ("text", "unit") or all(isinstance(row[place], str) for row in one.rows)
    )
    shown = tuple(tuple(row) for row in [*cells[:rows], *totals])
    grid = Grid(tuple(column.title for column in one.columns), shown, texts)
    left = len(cells) - rows
    more = voice("{count} more rows are in the workbook.", count=f"{left:,}") if left > 0 else ""
    whole = joined(table(grid, f"{within}: {one.title}"), paragraphs(one.remark, more, kind="soft"))
    if one.wide or len(one.rows) > MOST_AT_ONCE:
        return element("details", element("summary", one.title), whole)
    return joined(element("h3", one.title), whole)
