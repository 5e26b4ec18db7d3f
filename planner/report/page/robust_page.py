"""``robust.html``: one first stage for many futures."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.compare.tables import Section
from planner.report.page.study_page import Study, study_page
from planner.report.voice import Voice
from planner.studies.robust.outcome import RobustOutcome


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
