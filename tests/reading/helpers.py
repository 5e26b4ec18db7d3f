"""The tiny case with a few words changed, and what the reader says about it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from planner.errors import Fault, InputError
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from tests.places import TINY


def tiny_with(*changes: tuple[str, str]) -> str:
    """The text of the tiny case with each first text replaced by the second; each has to stand there exactly once."""
    text = TINY.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {TINY.name}"
        text = text.replace(old, new)
    return text


def line_of(text: str, words: str) -> int:
    """The line on which some words stand first."""
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


def read_text(
    folder: Path, text: str | bytes, scenario: str | None = None, overrides: Mapping[str, str] | None = None
) -> Reading:
    """Reads a text as a case file."""
    path = folder / "case.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_case(path, scenario, overrides)


def faults_of(
    folder: Path, text: str | bytes, scenario: str | None = None, overrides: Mapping[str, str] | None = None
) -> tuple[Fault, ...]:
    """The faults of a text that has to be refused."""
    with pytest.raises(InputError) as caught:
        read_text(folder, text, scenario, overrides)
    return caught.value.faults


def said(fault: Fault) -> str:
    """Everything that a fault says but its place."""
    return " | ".join((fault.field, fault.found, fault.allowed, fault.remedy))
