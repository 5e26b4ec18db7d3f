"""How sheets go onto paper."""

from __future__ import annotations

from typing import NamedTuple

from planner.language import Speaker
from planner.report.xlsx.book import Page
from planner.vocabulary.message import say

A3, A4 = 8, 9


class Margins(NamedTuple):
    """What of a page stays empty, in inches."""

    side: float
    top: float
    bottom: float


def lay_out(
    page: Page,
    footer: str,
    *,
    paper: int = A4,
    margins: Margins | None = None,
    wide: int = 1,
    tall: int = 0,
    portrait: bool = False,
) -> None:
    """Landscape, one page wide unless told otherwise, as many pages long as it takes."""
    if not portrait:
        page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(wide, tall)
    if margins is not None:
        page.set_margins(left=margins.side, right=margins.side, top=margins.top, bottom=margins.bottom)
    page.set_footer(footer, {"scale_with_doc": False})


def page_text(speaker: Speaker, file_name: str, run_id: str) -> str:
    """The footer: file, sheet, page and run."""
    page = speaker.say("&A · page &P of &N")
    run = speaker.say(say("run {hash}", hash=run_id))
    return f"&L&9{file_name.replace('&', '&&')}&C&9{page}&R&9{run}"
