"""``pool.html``: several operators side by side."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.compare.tables import Chart, Section
from planner.report.page.charts import chart_picture
from planner.report.page.study_page import Study, study_page
from planner.report.voice import Voice
from planner.studies.pool.outcome import PoolOutcome


def pool_page(outcome: PoolOutcome, sections: Sequence[Section], language: str) -> str:
    """The page of a pool as text."""
    voice = Voice(language, outcome.currency)
    pool, first = outcome.pool, sections[0]
    side, head = first.tables[1], first.tables[1].columns
    drawn = []
    for place, unit in ((1, head[1].unit), (2, voice.currency), (4, voice.currency)):
        title = voice("{what} by operator", what=head[place].title)
        chart = Chart("column", title, voice("Bars: {title}", title=title), 1, (place,), 0, "", unit)
        drawn.append(chart_picture(f"operators-{place}", chart, side, voice))
    study = Study(
        stem="pool",
        title=pool.title or pool.name,
        over=f"{pool.name} · {voice('{count} operators', count=len(outcome.members))}",
        input_hash=outcome.input_hash,
        sections=sections,
        pictures={0: [one for one in drawn if one is not None]},
    )
    return study_page(study, voice)
