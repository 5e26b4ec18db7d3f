"""What all quantities share: the error of one wrong field, and how a value is called in a message."""

from __future__ import annotations

import math
import re

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

LARGEST_EXACT_INTEGER = 2**53
"""Above this a binary floating-point number no longer holds every whole number."""


class Noun(BaseModel):
    """Base of everything that a case file may say: frozen, and closed to unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, use_attribute_docstrings=True)


def refuse(found: str, allowed: str, remedy: str = "") -> PydanticCustomError:
    """The error of one wrong field, in three parts: what was found, what is allowed, the likely fix.

    Read the parts from the error's context: its message is a template, in which braces would be replaced.
    """
    return PydanticCustomError("quantity", "{found}", {"allowed": allowed, "remedy": remedy, "found": found})


def shown(value: object) -> str:
    """A value as an error message shows it: short, on one line."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def refuse_without_unit(value: object, allowed: str, example: str) -> PydanticCustomError:
    """The error of a value that should be text with a unit; a bare number is shown with the unit that may be meant."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return refuse(f"{kind(value)}; a unit is needed", allowed)
    if not math.isfinite(value):
        return refuse(f"{shown(value)} is not a finite number", allowed)
    return refuse(f"{shown(value)} stands without a unit", allowed, f"write {example}, if that is meant")


def kind(value: object) -> str:
    """What a value is, in the words of someone who writes case files."""
    if value is None:
        return "is missing"
    if isinstance(value, bool):
        return f"is yes/no ({str(value).lower()})"
    if isinstance(value, int | float):
        return f"is the bare number {shown(value)}"
    if isinstance(value, str):
        word = "date" if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value, re.ASCII) else "text"
        return f"is the {word} {shown(value)}"
    if isinstance(value, dict):
        return "is a group of fields"
    return "is a list"
