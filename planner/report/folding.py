"""Lines of text on a screen of any width: they end between words, and never between a figure and its scale or unit."""

from __future__ import annotations

import re

from rich.cells import cell_len

_SCALE = "tn|bn|mn"
_UNIT = rf"{_SCALE}|%|kW|MW|GW|Gbps|TFLOPS|PFLOPS|EFLOPS|PFLOPS-hours?|s|times|[a-z0-9]+_pflops|[A-Z]{{3}}"
_AFTER_FIGURE = re.compile(rf"(?<=\d) (?=(?:{_UNIT})(?![\w-]))")
_AFTER_SCALE = re.compile(rf"(?<=\d[ \u00a0](?:{_SCALE})) (?=[A-Z]{{3}}(?!\w))")
JOINT = "\u00a0"
"""Stands between what stays together until a line is printed."""
HANGING = 2
"""Further lines of a paragraph begin so much to the right of the first."""


def pieces(text: str) -> list[str]:
    """What a line may end after: words, and figures with their scale and unit.

    >>> pieces("worth 252.8 mn JPY, up to 1.11 times that")
    ['worth', '252.8 mn JPY,', 'up', 'to', '1.11 times', 'that']
    """
    joined = _AFTER_SCALE.sub(JOINT, _AFTER_FIGURE.sub(JOINT, text))
    return [piece.replace(JOINT, " ") for piece in joined.split(" ") if piece]


def folded(text: str, width: int) -> list[str]:
    """A paragraph as lines of a width; a piece that is wider than that has a line of its own, whole.

    Leading spaces are kept, and further lines stand a little to the right of the first.

    >>> folded("  cash 1.55 bn JPY at the end", 20)
    ['  cash 1.55 bn JPY', '    at the end']
    """
    indent = len(text) - len(text.lstrip(" "))
    hanging = indent + HANGING if indent else 0
    if hanging > width // 2:
        indent = hanging = 0
    lines, line, used = list[str](), " " * indent, 0
    for piece in pieces(text):
        if used and cell_len(line) + 1 + cell_len(piece) > width:
            lines.append(line)
            line, used = " " * hanging, 0
        line += f" {piece}" if used else piece
        used += 1
    return [*lines, line.rstrip()]
