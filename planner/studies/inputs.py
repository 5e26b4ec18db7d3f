"""What differs between two cases: every figure by its path, in groups and lists as well."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from planner.case.case import Case
from planner.reading.tree.nodes import path_text

LEFT_OUT = frozenset({"scenarios", "futures", "catalogue", "unusual", "name"})
"""Parts of a case that decide nothing."""
NOTHING = "–"
"""Stands for a value that one side does not have."""


@dataclass(frozen=True)
class InputChange:
    """One figure that differs."""

    path: str
    base: str
    scenario: str


def input_changes(base: Case, scenario: Case) -> list[InputChange]:
    """The inputs that differ, in the order of the case file."""
    one, other = (case.model_dump(mode="json", by_alias=True, exclude=set(LEFT_OUT)) for case in (base, scenario))
    return list(_differences((), one, other))


def _differences(path: tuple[str, ...], base: Any, scenario: Any) -> Iterator[InputChange]:  # noqa: ANN401
    if base == scenario:
        return
    if isinstance(base, dict) and isinstance(scenario, dict):
        for key in dict.fromkeys((*base, *scenario)):
            yield from _differences((*path, key), base.get(key), scenario.get(key))
    elif isinstance(base, list) and isinstance(scenario, list):
        for number, here, there in _side_by_side(base, scenario):
            yield from _differences((*path, str(number)), here, there)
    elif isinstance(base, dict | list) or isinstance(scenario, dict | list):
        for value, is_base in ((base, True), (scenario, False)):
            for where, text in _figures(path, value):
                yield InputChange(path_text(where), *((text, NOTHING) if is_base else (NOTHING, text)))
    else:
        yield InputChange(path_text(path), _shown(base), _shown(scenario))


def _side_by_side(base: Sequence[Any], scenario: Sequence[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Entries of two lists with their numbers: one that was taken out or put in does not move all behind it."""
    one, other = ([json.dumps(item, sort_keys=True) for item in items] for items in (base, scenario))
    for kind, start, end, start_there, end_there in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for number in range(max(end - start, end_there - start_there)):
            here = base[start + number] if start + number < end else None
            there = scenario[start_there + number] if start_there + number < end_there else None
            yield (start if here is not None else start_there) + number, here, there


def _figures(path: tuple[str, ...], value: Any) -> Iterator[tuple[tuple[str, ...], str]]:  # noqa: ANN401
    """Every figure of a value that only one side has; what is left out in it stays out."""
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _figures((*path, str(key)), inner)
    elif _shown(value) != NOTHING:
        yield path, _shown(value)


def _shown(value: Any) -> str:  # noqa: ANN401
    if value is None or value == "":
        return NOTHING
    if isinstance(value, float):
        return f"{value:.12g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
