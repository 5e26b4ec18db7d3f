"""Axes of amounts: marks with round numbers, lines behind the picture, the unit above."""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.amounts import digits
from planner.report.page.canvas import Canvas, Scale, scale_of, width_of

LABEL = 20.0
"""Height of the line that names the unit."""


def vertical(
    canvas: Canvas,
    values: Sequence[float],
    unit: str,
    top: float,
    height: float,
    *,
    ticks: int = 5,
    from_nothing: bool = True,
) -> tuple[Scale, float]:
    """Draws an axis of amounts on the left, with lines to the right edge; for points alone it need not hold nothing.

    Returns:
        Where an amount stands, and where the picture begins beside the marks.
    """
    upper, lower = top + LABEL, top + LABEL + height
    scale = scale_of(values, lower, upper, ticks=ticks, from_nothing=from_nothing)
    names = [digits(tick) for tick in scale.ticks]
    left = max(map(width_of, names)) + 8
    canvas.text(0, top + 12, unit, "soft")
    for tick, name in zip(scale.ticks, names, strict=True):
        y = scale(tick)
        canvas.line(left, y, canvas.width - 4, y, "axis" if tick == 0 else "grid")
        canvas.text(left - 6, y + 4.5, name, "soft", "end")
    return scale, left


def horizontal(
    canvas: Canvas,
    values: Sequence[float],
    unit: str,
    span: tuple[float, float],
    rows: tuple[float, float],
    *,
    from_nothing: bool = True,
) -> Scale:
    """Draws an axis of amounts above some rows, with lines through them; returns where an amount stands.

    Args:
        canvas: where it is drawn.
        values: what it has to hold.
        unit: what it counts in.
        span: where it begins and ends.
        rows: the upper and the lower end of the rows.
        from_nothing: whether nothing stands on it as well.
    """
    scale = scale_of(values, *span, ticks=4 if canvas.is_narrow else 6, from_nothing=from_nothing)
    upper, lower = rows
    _named_ticks(canvas, scale, upper - 5, (upper, lower))
    canvas.text(span[0], upper - 20, unit, "soft")
    return scale


def below(
    canvas: Canvas, values: Sequence[float], unit: str, span: tuple[float, float], rows: tuple[float, float]
) -> Scale:
    """The same with its marks below; nothing stands on it only where values do."""
    scale = scale_of(values, *span, ticks=4 if canvas.is_narrow else 6, from_nothing=False)
    _named_ticks(canvas, scale, rows[1] + 15, rows)
    canvas.text(span[1], rows[1] + 32, unit, "soft", "end")
    return scale


def _named_ticks(canvas: Canvas, scale: Scale, height: float, rows: tuple[float, float]) -> None:
    free = 0.0
    for tick in scale.ticks:
        x, name = scale(tick), digits(tick)
        canvas.line(x, rows[0], x, rows[1], "axis" if tick == 0 else "grid")
        first = min(max(x - width_of(name) / 2, 0.0), canvas.width - width_of(name))
        if first >= free:
            canvas.text(first + width_of(name) / 2, height, name, "soft", "middle")
            free = first + width_of(name) + 4
