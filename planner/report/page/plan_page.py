"""``plan.html``: what a board, a bank and a newcomer look at; the same plan gives the same bytes."""

from __future__ import annotations

from pathlib import Path

from planner.defaults import BASE
from planner.language import LANGUAGES
from planner.outcome import Outcome
from planner.report.files import replace_content
from planner.report.headline import headline
from planner.report.page.awards import awards_picture
from planner.report.page.binding import binding
from planner.report.page.bridge import plan_bridge, variance_bridge
from planner.report.page.cash import CashPicture
from planner.report.page.compute import compute_pictures
from planner.report.page.document import Page, Part, Picture, fitted, page_text, paragraphs, picture
from planner.report.page.markup import Markup, element, joined
from planner.report.page.proof import checks, proof_lead
from planner.report.page.room import room_picture
from planner.report.page.story import story
from planner.report.page.tiles import tiles
from planner.report.page.timetable import Timetable
from planner.report.voice import Voice


def plan_page(outcome: Outcome, language: str = LANGUAGES[0]) -> str:
    """The page of a plan as text."""
    voice = Voice(language, outcome.case.finance.currency)
    return fitted(lambda rows: page_text(_page(outcome, voice, rows), voice))


def write_plan_page(outcome: Outcome, path: Path, language: str = LANGUAGES[0]) -> None:
    """Writes the page of a plan.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    replace_content(path, plan_page(outcome, language).encode())


def _page(outcome: Outcome, voice: Voice, rows: int) -> Page:
    case, facts = outcome.case, headline(outcome)
    over = [case.name, *(() if outcome.scenario == BASE else (voice("scenario {name}", name=outcome.scenario),))]
    last = str(case.calendar.end.plus(-1))
    over.append(voice("from {first} to {last}", first=case.calendar.label(0), last=last))
    over.append(voice.speaker.unit(case.finance.currency))
    lead = joined(proof_lead(outcome, voice), element("div", paragraphs(*story(outcome, facts, voice)), class_="story"))
    timetable = Timetable(outcome, voice)
    pictures: dict[str, list[Picture | None]] = {
        "worth": [plan_bridge(outcome, voice), variance_bridge(outcome, voice)],
        "dates": [timetable.picture() if timetable.groups else None],
        "money": [CashPicture(outcome, voice).picture(), awards_picture(outcome, voice)],
        "capacity": [*compute_pictures(outcome, voice), room_picture(outcome, voice)],
    }
    drawn = {key: joined(*(picture(one, voice, rows) for one in of if one is not None)) for key, of in pictures.items()}
    return Page(
        title=case.title or case.name,
        over=" · ".join(over),
        lead=lead,
        parts=[
            Part("figures", voice("Headline figures"), joined(tiles(outcome, facts, voice), drawn["worth"])),
            Part("binding", voice("Limits that bind"), binding(outcome, voice)),
            Part("dates", voice("What happens when"), drawn["dates"] or paragraphs(voice("Nothing is bought."))),
            Part("money", voice("Cash and programmes"), drawn["money"]),
            Part("capacity", voice("Capacity and room"), drawn["capacity"]),
            Part("checks", voice("Checks, proof and hashes"), checks(outcome, voice)),
        ],
        foot=_foot(outcome, voice),
    )


def _foot(outcome: Outcome, voice: Voice) -> Markup:
    """Where the same stands in full, and which run this is."""
    book = element("a", "plan.xlsx", href="plan.xlsx")
    text = element("a", "plan.json", href="plan.json")
    return joined(
        element("p", voice("In full, with live formulas:"), " ", book),
        element("p", voice("For other programs:"), " ", text),
        element("p", voice("run {hash}", hash=outcome.input_hash[:12]), class_="hash"),
    )
