"""What pydantic found wrong, in the words and with the lines of the case file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from planner.case.case import Case
from planner.case.quantities import kind, narrowed, shown
from planner.case.words import listed, nearest_first, spelling_hint
from planner.case.words import nearest as nearest_name
from planner.errors import Fault
from planner.reading.case.fields import below, fields_of, is_timeline
from planner.reading.case.smallest import smallest, smallest_field
from planner.reading.tree.nodes import Node, Path, nearest, path_text

Error = Mapping[str, Any]
Words = tuple[str, str, str]
"""What was found, what is allowed, the likely fix."""

_INNER_STEPS = ("one", "steps")
"""How a timeline names its two ways of writing; no key of the file."""


@dataclass(frozen=True)
class Location:
    """Where an error lies: the keys that lead there, as the file has them, and the type of the group around it."""

    path: Path
    group: Any
    type: Any


def locate(loc: Sequence[str | int], top: Any = Case) -> Location:  # noqa: ANN401 - a noun
    """The location of an error of a noun such as ``Case``, without the steps that only pydantic takes."""
    path: list[str] = []
    group: Any = None
    here: Any = top
    for step in loc:
        key = str(step)
        if step == "[key]" or (is_timeline(here) and key in _INNER_STEPS):
            continue
        path.append(key)
        group, here = here, below(here, key)
    return Location(tuple(path), group, here)


def fault_of(error: Error, root: Node, top: Any = Case) -> tuple[Path, Fault]:  # noqa: ANN401 - a noun
    """The path of an error and what to tell about it."""
    location = locate(error["loc"], top)
    found, allowed, remedy = _words(error, location)
    place = nearest(root, location.path).place
    return location.path, Fault(place, path_text(location.path), found, allowed, remedy)


def as_one(errors: Sequence[Error]) -> list[Error]:
    """Errors without those of a field that is missing beside the misspelt name of it: that is one mistake."""
    misspelt = set()
    for error in errors:
        if error["type"] == "extra_forbidden":
            *above, name = error["loc"]
            near = nearest_name(narrowed(str(name)).strip(), fields_of(locate(error["loc"]).group))
            misspelt.add((*above, near))
    return [error for error in errors if error["type"] != "missing" or tuple(error["loc"]) not in misspelt]


def _words(error: Error, location: Location) -> Words:
    if error["type"] == "quantity":
        parts = error["ctx"]
        return parts["found"], parts["allowed"], parts["remedy"]
    if describe := _DESCRIPTIONS.get(error["type"]):
        return describe(error, location)
    field = fields_of(location.group).get(location.path[-1]) if location.path else None
    return f"{kind(error['input'])}, which does not fit here", (field.description or "") if field else "", ""


def _missing(_error: Error, location: Location) -> Words:
    name = location.path[-1]
    field = fields_of(location.group)[name]
    such_as = f", such as `{example}`" if (example := smallest_at(location)) else ""
    return "value missing", "", f"add `{name}:` ({(field.description or '').rstrip('.')}){such_as}"


def smallest_at(location: Location) -> str:
    """The smallest that could stand there; empty where that would be too much for a line."""
    name = location.path[-1] if location.path else ""
    field = fields_of(location.group).get(name)
    if field is not None:
        return smallest_field(name, field)
    return smallest(name, location.type) if location.type is not None else ""


def _unknown(_error: Error, location: Location) -> Words:
    known = fields_of(location.group)
    name = location.path[-1]
    hint = spelling_hint(narrowed(name).strip(), known)
    allowed = listed(nearest_first(name, known), most=6) if hint else listed(known)
    return f"unknown field {shown(name)}", allowed, hint


def _choice(error: Error, location: Location) -> Words:
    choices = [str(choice) for choice in get_args(location.type)]
    value = error["input"]
    return kind(value), listed(choices), spelling_hint(narrowed(value), choices) if isinstance(value, str) else ""


def _wants_group(error: Error, location: Location) -> Words:
    example = smallest_at(location)
    found = f"expected a group of fields, got {_plain_kind(error['input'])}"
    return found, "a group of fields", f"write `{example}` with your own figures" if example else ""


def _wants_list(error: Error, _location: Location) -> Words:
    value = error["input"]
    remedy = f"write [{value}]" if isinstance(value, str | int | float) else ""
    return f"expected a list, got {_plain_kind(value)}", "a list", remedy


def _empty(error: Error, _location: Location) -> Words:
    return "the group is empty", "at least one entry", "write an entry, or remove the field"


def _bound(word: str, key: str) -> Callable[[Error, Location], Words]:
    def describe(error: Error, _location: Location) -> Words:
        limit = f"{error['ctx'][key]:g}"
        return f"{shown(error['input'])} is {word} than {limit}", f"a number that is not {word} than {limit}", ""

    return describe


def _plain_kind(value: object) -> str:
    """What a value is, behind 'got'."""
    if isinstance(value, str):
        return f"the text {shown(value)}"
    if value is None:
        return "nothing"
    return kind(value).removeprefix("is ")


_DESCRIPTIONS: dict[str, Callable[[Error, Location], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _choice,
    "dict_type": _wants_group,
    "model_type": _wants_group,
    "model_attributes_type": _wants_group,
    "tuple_type": _wants_list,
    "list_type": _wants_list,
    "too_short": _empty,
    "greater_than_equal": _bound("less", "ge"),
    "less_than_equal": _bound("more", "le"),
}
