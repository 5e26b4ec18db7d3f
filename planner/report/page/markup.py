"""HTML and SVG as values: a text is escaped where it enters an element, and only elements are markup."""

from __future__ import annotations

from html import escape

from planner.supervisor.streams import harmless

VOID = frozenset({"meta", "br", "hr", "input"})
"""Elements of HTML that end where they begin."""
CASED = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
"""Attributes of SVG that are not lower case."""


class Markup(str):
    """Text that is markup already; made by ``element`` and ``joined`` alone."""

    __slots__ = ()


Child = Markup | str | None


def element(name: str, /, *children: Child, **attributes: str | float | None) -> Markup:
    """An element; children that are no markup are escaped, attributes without a value are left out.

    An underscore at the end of an attribute keeps it from being a word of Python, one within it is a hyphen.

    >>> element("p", "1 < 2", class_="x", aria_label='"')
    '<p class="x" aria-label="&quot;">1 &lt; 2</p>'
    """
    told = "".join(f' {_named(key)}="{_valued(value)}"' for key, value in attributes.items() if value is not None)
    if name in VOID:
        return Markup(f"<{name}{told}>")
    return Markup(f"<{name}{told}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Markup:
    """Pieces one behind the other, what is no markup escaped."""
    return Markup("".join(_child(child) for child in children if child is not None))


def number(value: float) -> str:
    """A coordinate: to a tenth, without what says nothing.

    >>> number(3.0), number(2.349), number(-0.04)
    ('3', '2.3', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _child(child: Markup | str) -> str:
    return child if isinstance(child, Markup) else escape(harmless(child), quote=False)


def _named(key: str) -> str:
    return CASED.get(key) or key.rstrip("_").replace("_", "-")


def _valued(value: str | float) -> str:
    return escape(harmless(value)) if isinstance(value, str) else number(value)
