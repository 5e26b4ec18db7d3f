"""Room left at every site, resource by resource: the darker, the less."""

from __future__ import annotations

from dataclasses import dataclass

from planner.outcome import Outcome
from planner.report.page.canvas import Canvas, cut, width_of
from planner.report.page.document import Grid, Picture
from planner.report.voice import Voice
from planner.vocabulary.message import fiscal_year

LEVELS = (0.01, 0.05, 0.2, 0.5)
"""Shares of room below which a cell is of the first four levels; the fifth has more."""
MOST_COLUMNS = {False: 40, True: 12}
"""Columns for which there is room, on a phone or not; with more periods a column is a fiscal year, at its tightest."""
MOST_ROWS = 30
ROW, HEAD = 21.0, 16.0
LEAST_CELL, MOST_FIGURES, LEAST_TOLD = 18.0, 600, 0.995
"""Width of a field that has room for its figure, fields with figures (of more, the table has them), and the share of
room from which none is told."""


@dataclass(frozen=True)
class Row:
    """A resource of a site: its share of room by period; None where there is nothing to use."""

    name: str
    left: tuple[float | None, ...]


def room_picture(outcome: Outcome, voice: Voice) -> Picture | None:
    """The picture with its figures; None where no site limits anything."""
    calendar = outcome.case.calendar
    shares: dict[tuple[str, str], list[float | None]] = {}
    for limit in outcome.audit.limits:
        if limit.rule == "site_resource" and limit.period is not None:
            site, resource = limit.about.names
            of = shares.setdefault((site, resource), [None] * calendar.periods)
            of[limit.period] = max(0.0, limit.slack / limit.right) if limit.right > 0 else None
    rows = [
        Row(voice("{site}: {resource}", site=site, resource=voice(resource.replace("_", " "))), tuple(of))
        for (site, resource), of in shares.items()
        if any(share is not None for share in of)
    ]
    if not rows:
        return None
    rows.sort(key=lambda row: min(share for share in row.left if share is not None))  # the tightest first
    columns = _columns(outcome, voice, MOST_COLUMNS[False])
    table = []
    for row in rows[:MOST_ROWS]:
        least = (_least(row, periods) for _, periods in columns)
        table.append((row.name, *("–" if share is None else voice.percent(share) for share in least)))
    tight = sum(any(share is not None and share < LEVELS[0] for share in row.left) for row in rows)
    note = voice(
        "Per cent of what the site and its ready halls offer; the tightest first, empty where there is nothing yet."
    )
    if len(columns) < calendar.periods:
        note += " " + voice("A fiscal year shows its tightest period.")
    if len(rows) > MOST_ROWS:
        note += " " + voice(
            "{count} more with more room are on the sheet Power and space.", count=len(rows) - MOST_ROWS
        )
    return Picture(
        "room",
        voice("Room left at sites"),
        voice(
            "A field for each resource and period, darker with less room: {tight} of {all} resources are used up at "
            "some time.",
            tight=tight,
            all=len(rows),
        ),
        lambda canvas: _draw(canvas, rows[:MOST_ROWS], outcome, voice),
        Grid((voice("resource"), *(name for name, _ in columns)), tuple(table)),
        note,
    )


def _columns(outcome: Outcome, voice: Voice, most: int) -> list[tuple[str, tuple[int, ...]]]:
    """Periods by their names; fiscal years where there are more periods than there is room for."""
    calendar = outcome.case.calendar
    if calendar.periods <= most:
        return [(calendar.label(t), (t,)) for t in range(calendar.periods)]
    return [(voice(fiscal_year(year.number)), periods) for year, periods in calendar.fiscal_years.items()]


def _least(row: Row, periods: tuple[int, ...]) -> float | None:
    """The least room in some periods; None where there is nothing to use in any."""
    return min((share for t in periods if (share := row.left[t]) is not None), default=None)


def _draw(canvas: Canvas, rows: list[Row], outcome: Outcome, voice: Voice) -> None:
    names = ("under 1 %", "under 5 %", "under 20 %", "under 50 %", "50 % and more")
    top = canvas.legend(0, [("area", f"lv{level}", voice(name)) for level, name in enumerate(names)])
    columns = _columns(outcome, voice, MOST_COLUMNS[canvas.is_narrow])
    left = 0.0 if canvas.is_narrow else min(260.0, max(width_of(row.name) for row in rows) + 8)
    wide = (canvas.width - left) / len(columns)
    free = left
    for number, (name, _) in enumerate(columns):
        x = left + number * wide
        if x >= free and x + width_of(name) * 0.9 <= canvas.width:
            canvas.text(x + 1, top + 11, name, "soft small")
            free = x + width_of(name) + 2
    y = top + HEAD
    corners: dict[str, list[tuple[float, float]]] = {}
    has_figures = wide >= LEAST_CELL and len(rows) * len(columns) <= MOST_FIGURES
    figures: list[tuple[float, float, str, str]] = []
    for row in rows:
        if canvas.is_narrow:
            canvas.text(0, y + 13, cut(row.name, canvas.width))
            y += 17
        else:
            canvas.text(0, y + 15, cut(row.name, left - 6))
        for number, (_, periods) in enumerate(columns):
            x, least = left + number * wide, _least(row, periods)
            level = len(LEVELS)
            if least is not None:
                level = next((place for place, most in enumerate(LEVELS) if least < most), level)
                if least < LEAST_TOLD:
                    figures.append((x + wide / 2, y + 15, f"{100 * least:.0f}", f"small lt lt{level}"))
            corners.setdefault("none" if least is None else f"lv{level}", []).append((x + 0.5, y + 1))
        y += ROW
    for kind, of in sorted(corners.items()):
        canvas.fields(of, wide - 1, ROW - 2, kind)
    for x, height, words, kind in figures if has_figures else ():
        canvas.text(x, height, words, kind, "middle")
    canvas.height = max(canvas.height, y + 4)
