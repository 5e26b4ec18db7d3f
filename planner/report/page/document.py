"""A page as a whole: its head with the content policy, sections, pictures with their tables."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from planner.report.page.canvas import NARROW, WIDE, Canvas
from planner.report.page.markup import Child, Markup, element, joined
from planner.report.voice import Voice

PATTERNS = {
    1: "M0,6L6,0M-1,1L1,-1M5,7L7,5",
    2: "M0,1.5H6M0,4.5H6",
    3: "M0,0L6,6M-1,5L1,7M5,-1L7,1",
    4: "M1.5,0V6",
    5: "M0,3H6M3,0V6",
}
"""Lines over the colour of an area, so that areas differ where there is no colour."""


MOST_BYTES = 300_000
"""A page is sent by mail and opened on a phone."""
LONG, LONGER = 40, 100
"""Letters of a text that a column of a table keeps some room for, and much."""
ROWS = (400, 100, 25)
"""Rows of a table that a page holds, and how many where it would be too large with them."""


@dataclass(frozen=True)
class Grid:
    """A table of texts; the first column names a row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = ()
    """Further columns that hold words and no figures."""
    stacks: bool = False
    """Whether a row stands as a block of lines on a narrow screen, each with the title of its column, so that none is
    hidden; for tables of few rows that are read one by one."""


@dataclass(frozen=True)
class Picture:
    """One picture: what it shows in words, how it is drawn at any width, and its figures."""

    key: str
    title: str
    words: str
    """What whoever cannot see it is told."""
    draw: Callable[[Canvas], object]
    grid: Grid
    note: str = ""


@dataclass(frozen=True)
class Part:
    """A section of a page."""

    key: str
    title: str
    content: Markup
    short: str = ""
    """What the contents call it, where that is shorter."""


@dataclass(frozen=True)
class Page:
    """Everything that stands on a page."""

    title: str
    over: str
    """A line above the title."""
    lead: Markup
    """What stands above the contents."""
    parts: Sequence[Part]
    foot: Markup
    script: str = field(default="", repr=False)
    """Its own script; none may come from elsewhere."""


def page_text(page: Page, voice: Voice) -> str:
    """The file as text; the same page gives the same bytes."""
    style = _style()
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    if page.script:
        policy += f"; script-src {_hash(page.script)}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", page.title),
        Markup(f"<style>{style}</style>"),
    )
    links = [element("li", element("a", part.short or part.title, href=f"#{part.key}")) for part in page.parts]
    body = element(
        "body",
        element("a", voice("To the content"), class_="skip", href="#content"),
        _pens(),
        element(
            "header",
            element("p", page.over, class_="over"),
            element("h1", page.title),
            page.lead,
            element("nav", element("ul", *links), aria_label=voice("Contents")),
        ),
        element("main", *(_part(part) for part in page.parts), id="content"),
        element("footer", page.foot),
        Markup(f"<script>{page.script}</script>") if page.script else None,
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=voice.language)}\n"


def fitted(text_of: Callable[[int], str]) -> str:
    """The text of a page with as many rows in each table as keep it small enough."""
    text = ""
    for rows in ROWS:
        text = text_of(rows)
        if len(text.encode()) <= MOST_BYTES:
            break
    return text


def picture(one: Picture, voice: Voice, rows: int) -> Markup:
    """A picture at both widths, with its figures, some rows of them at most, behind a line that opens them."""
    drawn = []
    for width in (WIDE, NARROW):
        canvas = Canvas(width)
        one.draw(canvas)
        drawn.append(canvas.svg(one.key, one.title, one.words))
    return element(
        "figure",
        element("figcaption", element("h3", one.title), element("p", one.note) if one.note else None),
        *drawn,
        element(
            "details",
            element("summary", voice("{title}: the figures", title=one.title)),
            table(Grid(one.grid.head, one.grid.rows[:rows], one.grid.texts), one.title),
            _left_out(len(one.grid.rows) - rows, voice),
        ),
        id=one.key,
    )


def _left_out(count: int, voice: Voice) -> Markup | None:
    words = voice("{count} more rows are in the workbook.", count=f"{count:,}")
    return element("p", words, class_="soft") if count > 0 else None


def table(grid: Grid, title: str) -> Markup:
    """A table that is as wide as it is, within what scrolls."""
    worded = (0, *grid.texts)
    longest = [max((len(row[place]) for row in grid.rows), default=0) for place in range(len(grid.head))]
    kinds = [_kind(longest[place]) if place in worded else None for place in range(len(grid.head))]
    head = [element("th", words, scope="col", class_=kind) for words, kind in zip(grid.head, kinds, strict=True)]
    rows = []
    for first, *others in grid.rows:
        titles = grid.head[1:] if grid.stacks else ((None,) * len(others))
        cells = [
            element("td", words, class_=kind, data_title=title)
            for words, kind, title in zip(others, kinds[1:], titles, strict=True)
        ]
        rows.append(element("tr", element("th", first, scope="row"), *cells))
    kind = "stacks" if grid.stacks else None
    whole = element("table", element("thead", element("tr", *head)), element("tbody", *rows), class_=kind)
    return element("div", whole, class_="scroll", tabindex="0", role="region", aria_label=title)


def _kind(letters: int) -> str:
    """How a column of texts looks, by its longest one."""
    return "w" + (" longer" if letters > LONGER else " long" if letters > LONG else "")


def paragraphs(*texts: Child, kind: str = "") -> Markup:
    """Each text as a paragraph; nothing for one that is empty."""
    return joined(*(element("p", text, class_=kind or None) for text in texts if text))


def _part(part: Part) -> Markup:
    heading = element("h2", part.title, id=f"{part.key}-title")
    return element("section", heading, part.content, id=part.key, aria_labelledby=f"{part.key}-title")


@cache
def _style() -> str:
    return files("planner.report.page").joinpath("page.css").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _pens() -> Markup:
    """The patterns that areas are filled with."""
    drawn = [
        element(
            "pattern",
            Markup(f'<rect width="6" height="6" class="k{number}"/>'),
            Markup(f'<path d="{lines}" class="g"/>'),
            id=f"p{number}",
            width=6,
            height=6,
            **{"patternUnits": "userSpaceOnUse"},
        )
        for number, lines in PATTERNS.items()
    ]
    return element("svg", element("defs", *drawn), class_="pens", aria_hidden="true", focusable="false")
