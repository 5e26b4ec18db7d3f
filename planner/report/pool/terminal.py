"""The progress of a pool on the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console


@contextmanager
def live_words(console: Console) -> Iterator[Callable[[str], None]]:
    """A live line with what is worked on; silent where nobody looks on."""
    if not console.is_terminal:
        yield lambda _words: None
        return
    with console.status("planning …") as status:
        yield lambda words: status.update(f"planning … {words}")
