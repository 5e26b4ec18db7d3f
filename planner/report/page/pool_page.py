"""``pool.html`` and ``robust.html``: several operators, and one first stage for many futures."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.compare.tables import Chart, Section
from planner.report.page.charts import chart_picture
from planner.report.page.study_page import Study, study_page
from planner.report.page.voice import Voice
from planner.studies.pool.outcome import PoolOutcome
from planner.studies.robust.outcome import RobustOutcome


def pool_page(outcome: PoolOutcome, sections: Sequence[Section], language: str) -> str:
    """The page of a pool as text."""
    voice = Voice(language, outcome.currency)
    pool, first = outcome.pool, sections[0]
    side, head = first.tables[1], first.tables[1].columns
    drawn = [
        chart_picture(
            f"operators-{place}",
            Chart(
                "column",
                head[place].title,
                voice("Bars: {title} by operator", title=head[place].title),
                1,
                (place,),
                0,
                "",
                unit,
            ),
            side,
            voice,
        )
        for place, unit in ((1, head[1].unit), (2, voice.currency), (4, voice.currency))
    ]
    study = Study(
        stem="pool",
        title=pool.title or pool.name,
        over=f"{pool.name} · {voice('{count} operators', count=len(outcome.members))}",
        input_hash=outcome.input_hash,
        sections=sections,
        pictures={0: [one for one in drawn if one is not None]},
    )
    return study_page(study, voice)


def robust_page(outcome: RobustOutcome, sections: Sequence[Section], language: str) -> str:
    """The page of a robust plan as text."""
    case = outcome.base.case
    voice = Voice(language, outcome.currency)
    study = Study(
        stem="robust",
        title=case.title or case.name,
        over=f"{case.name} · {voice('one first stage for {number} futures', number=len(outcome.futures))}",
        input_hash=outcome.base.input_hash,
        sections=sections,
    )
    return study_page(study, voice)
