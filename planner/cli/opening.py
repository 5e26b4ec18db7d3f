"""The verb that shows a page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

PAGES = ("plan.html", "pool.html", "compare.html", "frontier.html", "stress.html", "robust.html")
"""Pages that the verbs write."""
BESIDE = {".xlsx", ".json"}
"""How files end beside which a page of the same name stands."""


def open_page(
    path: Annotated[
        Path | None,
        typer.Argument(
            help="A page, a file beside it, or the folder that holds one; without it the newest below outputs.",
            metavar="[PATH]",
        ),
    ] = None,
) -> None:
    """Show a page that a run has written in the browser; where there is no screen, say where it stands."""
    import webbrowser  # noqa: PLC0415

    page = _page(path).absolute()
    typer.echo(str(page))
    if not _has_screen():
        typer.echo("there is no screen here: open it with a browser", err=True)
    elif not webbrowser.open(page.as_uri()):
        typer.echo("no browser was found: open it with one", err=True)


def _page(path: Path | None) -> Path:
    """The page that is meant.

    Raises:
        InputError: there is none.
    """
    from planner.errors import Fault, InputError, Place  # noqa: PLC0415

    asked = Path("outputs") if path is None else path
    remedy = "write one with `plan BUDGET`, or name the folder of its results"
    if path is None or asked.is_dir():
        below = asked.rglob("*.html") if path is None else asked.glob("*.html")
        found = [one for one in below if one.name in PAGES]
        if found:
            return max(found, key=lambda one: (one.stat().st_mtime_ns, str(one)))
        raise InputError([Fault(Place(str(asked)), "", "no page stands there", f"one of {', '.join(PAGES)}", remedy)])
    page = asked.with_suffix(".html") if asked.suffix in BESIDE else asked
    if page.suffix != ".html":
        raise InputError([Fault(Place(str(asked)), "", "is no page", "a file that ends in .html", remedy)])
    if not page.is_file():
        raise InputError([Fault(Place(str(page)), "", "is not there", "", remedy)])
    return page


def _has_screen() -> bool:
    """Whether a browser could show anything."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
