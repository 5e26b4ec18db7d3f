"""Parts of a whole: what is paid in parts is paid as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.case.consistency.draft import Finding, Path

WHOLE = 1e-9
"""How far shares may be from the whole that they make up: a third cannot be written down exactly."""


def parts_are_a_whole(path: Path, shares: Iterable[float], one: str) -> Iterator[Finding]:
    """The shares of a list, at its path, are 100 % together; ``one`` is what an entry of it is called."""
    total = sum(shares)
    if abs(total - 1) > WHOLE:
        missing = f"{abs(1 - total) * 100:.10g} %"
        found = f"the shares of the {path[-1]} add up to {total * 100:.10g} %"
        remedy = f"add {one} of {missing}" if total < 1 else f"take {missing} off one of them"
        yield Finding(path, found, "100 % together", remedy)
