"""A ``plan.json`` as plain values; whatever it holds, reading it is bounded in time and memory."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NoReturn

from planner.case.quantities import shown
from planner.errors import Fault, InputError, Place
from planner.reading.claims import Claims, number, text
from planner.reading.files import read_bytes

LARGEST_BYTES = 10_000_000
"""The file of a plan of a hundred sites has a tenth of that."""
DEEPEST = 20
"""Brackets within brackets; the planner writes five."""
WANTED = "a plan.json that this program wrote"
_REMEDY = "take an unchanged copy, or plan again"
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
TEXTS = {"label": "label", "solver": "solver", "kind": "objective"}
NUMBERS = {
    name: name
    for name in ("bound", "gap", "relative_gap", "gap_requested", "checked_bound", "rows", "columns", "non_zeros")
} | {"objective": "value"}
"""What a claim is called in the part 'proof'."""


def summary_of(path: Path) -> dict[str, Any]:
    """The content of a plan.json.

    Raises:
        InputError: it is none, is damaged, too large or too deep, or says something twice.
    """
    content = read_bytes(path, LARGEST_BYTES)
    _refuse_depth(path, content)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for n, key in enumerate(keys) if key in keys[:n])
            _refuse(path, f"{shown(twice)} is said twice in one group", "each once")
        return found

    def no_number(word: str) -> NoReturn:
        _refuse(path, f"{word} stands for a number", "a number")

    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
    except (ValueError, RecursionError) as error:  # a damaged text, or a number of thousands of digits
        _refuse(path, f"cannot be read: {error}", WANTED)
    if not isinstance(found, dict) or not isinstance(found.get("proof"), dict):
        _refuse(path, "is no summary of a plan", WANTED)
    return found


def claims_of_summary(summary: dict[str, Any]) -> Claims:
    """What it says of its proof and its run."""
    proof: dict[str, Any] = summary["proof"]
    checked = proof.get("bound_checked")
    figures: dict[str, Any] = {name: number(proof.get(key)) for name, key in NUMBERS.items()}
    words: dict[str, Any] = {name: text(proof.get(key)) for name, key in TEXTS.items()}
    return Claims(
        **figures,
        **words,
        places={name: f"proof.{key}" for name, key in {**TEXTS, **NUMBERS, "bound_check": "bound_checked"}.items()}
        | {"input_hash": "input_hash", "scenario": "scenario"},
        input_hash=text(summary.get("input_hash")),
        scenario=text(summary.get("scenario")),
        versions=_texts(summary.get("versions")),
        options=_texts(summary.get("options")),
        bound_is_checked=checked if isinstance(checked, bool) else None,
    )


def _texts(group: object) -> dict[str, str]:
    return {str(key): str(value) for key, value in group.items()} if isinstance(group, dict) else {}


def _refuse_depth(path: Path, content: bytes) -> None:
    """Refuses brackets within brackets before the parser counts them."""
    depth = 0
    for match in _BRACKETS.finditer(content):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(match[0], 0)
        if depth > DEEPEST:
            _refuse(path, f"has more than {DEEPEST} groups within each other", WANTED)


def _refuse(path: Path, found: str, allowed: str) -> NoReturn:
    raise InputError([Fault(Place(str(path)), "", found, allowed, _REMEDY)])
