"""What a check of a finished plan found, in words, and whether the plan stands."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_SHOWN = 20
"""Lines of one kind that are shown; whoever has more plans again anyway."""
NEAR = 1e-9
"""How far a figure may be from the one that is worked out, as a share of it; a thousand is the least."""


@dataclass
class Verdict:
    """What was found, in words, and whether the plan stands."""

    holds: bool = True
    """Everything that can be worked out again agrees, every limit is kept, and no input was changed."""
    keeps: bool = True
    """The same, whether or not an input was changed and the plan is still known to be the best."""
    words: list[str] = field(default_factory=list)
    changes: int = 0
    """Inputs that were changed since the plan was made."""
    is_settled: bool = True
    """Whether another search, where one was asked for, came to its end."""
    is_bound_confirmed: bool = False
    """Whether another search has proven the bound as it is written."""

    @property
    def first_line(self) -> str:
        """All of it in one line."""
        if self.holds:
            bound = (
                "and its bound is confirmed" if self.is_bound_confirmed else "its bound was only read, not confirmed"
            )
            return f"the plan holds{',' if self.is_bound_confirmed else ';'} {bound}"
        if self.keeps:
            inputs = "1 input" if self.changes == 1 else f"{self.changes} inputs"
            return f"the plan still keeps every limit, but is no longer known to be the best: {inputs} changed"
        return "the plan does not hold as it stands"

    def against(self, *words: str) -> None:
        """Says what speaks against the plan."""
        self.holds = self.keeps = False
        self.words += words

    def doubt(self, *words: str) -> None:
        """Says why the plan may not be the best any more."""
        self.holds = False
        self.words += words


def first(lines: list[str]) -> list[str]:
    """The first of many lines, and how many more there are."""
    more = len(lines) - MOST_SHOWN
    return lines if more <= 0 else [*lines[:MOST_SHOWN], f"  and {more} more"]


def alike(written: object, expected: object) -> bool:
    """Whether what is written is what was worked out, but for rounding.

    >>> alike(1.0, 1.0 + 1e-12), alike(1, True), alike("1", 1.0), alike("a", "a")
    (True, False, False, True)
    """
    if isinstance(written, bool) or isinstance(expected, bool):
        return written is expected
    if isinstance(written, int | float) and isinstance(expected, int | float):
        return abs(written - expected) <= NEAR * max(1000.0, abs(expected))
    return written == expected
