"""What a file says of its proof. It is read, not believed: whoever holds it against the plan decides."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.language import LANGUAGES


@dataclass(frozen=True)
class Claims:
    """The proof and the record of the run as they are written; None for what is missing or of the wrong kind."""

    places: Mapping[str, str] = field(default_factory=dict)
    """Where each claim stands, by its name here."""
    input_hash: str | None = None
    scenario: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    label: str | None = None
    message: str | None = None
    """What stands behind the label, in words; a summary file says no such words."""
    solver: str | None = None
    kind: str | None = None
    """Which objective was optimised."""
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    relative_gap: float | None = None
    gap_requested: float | None = None
    bound_check: str | None = None
    """Whether exact arithmetic proves the bound, in words: 'checked', or why not."""
    bound_is_checked: bool | None = None
    """The same, yes or no."""
    checked_bound: float | None = None
    """The bound that it proves."""
    rows: float | None = None
    columns: float | None = None
    non_zeros: float | None = None

    language: str = LANGUAGES[0]
    """In which the texts are written."""

    def place(self, claim: str) -> str:
        """Where a claim stands, or should."""
        return self.places.get(claim, claim.replace("_", " "))


def number(value: object) -> float | None:
    """A finite number; None for everything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def text(value: object) -> str | None:
    """A text; None for everything else."""
    return value if isinstance(value, str) else None
