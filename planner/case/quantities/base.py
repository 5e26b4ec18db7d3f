"""What all quantities share: the error of one wrong field, and how a value is called in a message."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NoReturn

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from planner.case.quantities.oddities import said_of_text, unseen_in

LARGEST_EXACT_INTEGER = 2**53
"""Above this a binary floating-point number no longer holds every whole number."""
_LONGEST_SHOWN = 60
"""Letters of a value that a message shows."""


class Noun(BaseModel):
    """Base of everything that a case file may say: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)

    if not TYPE_CHECKING:  # to type checkers, what is frozen cannot be set anyway

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Refuses what would change a case behind the back of all checks.

            Raises:
                AttributeError: always.
            """
            raise AttributeError(
                f"'{name}' cannot be set to {shown(value)}: a case never changes in place. "
                f"Make another one, which is checked as a whole: case.with_({{'path.of.{name}': value}})"
            )


def refuse(found: str, allowed: str, remedy: str = "") -> PydanticCustomError:
    """The error of one wrong field, in three parts: what was found, what is allowed, the likely fix.

    Read the parts from the error's context: its message is a template, in which braces would be replaced.
    """
    return PydanticCustomError("quantity", "{found}", {"allowed": allowed, "remedy": remedy, "found": found})


def shown(value: object) -> str:
    """A value as an error message shows it: short, on one line, with the name of what nobody sees in it."""
    text = repr(value) if isinstance(value, str) else str(value)
    unseen = unseen_in(value) if isinstance(value, str) else ""
    text = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."
    return f"{text} with a {unseen} in it" if unseen else text


def refuse_negative(value: object, allowed: str) -> None:
    """Refuses a bare number below zero where none can be, so that no unit is proposed for it."""
    if isinstance(value, int | float) and value < 0:
        raise refuse(f"{shown(value)} is negative", allowed)


def refuse_without_unit(value: object, allowed: str, *examples: str) -> PydanticCustomError:
    """The error of a value that should be text with a unit; a bare number is shown with the units that may be meant."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return refuse(f"{kind(value)}; a unit is needed", allowed)
    if not math.isfinite(value):
        return refuse(f"{shown(value)} is not a finite number", allowed)
    if abs(value) >= LARGEST_EXACT_INTEGER:
        return refuse(f"{shown(value)} is too large to be held exactly", allowed, "check the unit; write a larger unit")
    meant = "if that is meant" if len(examples) == 1 else "whichever is meant"
    return refuse(f"{shown(value)} stands without a unit", allowed, f"write {' or '.join(examples)}, {meant}")


def kind(value: object) -> str:
    """What a value is, in the words of someone who writes case files."""
    if value is None:
        return "is missing"
    if isinstance(value, bool):
        return f"is yes/no ({str(value).lower()})"
    if isinstance(value, int | float):
        return f"is the bare number {shown(value)}"
    if isinstance(value, str):
        return said_of_text(value, shown(value))
    if isinstance(value, dict):
        return "is a group of fields"
    return "is a list"
