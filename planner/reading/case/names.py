"""Names in one form: whatever letters a name is written in, the same name is the same text from here on.

An editor may hold a letter with its mark as one character or as two, and an input method that was left on writes
letters in full width. Names and the paths of scenarios are brought into the one form that ``normal_name`` gives.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, get_args

from pydantic.fields import FieldInfo

from planner.case.case import Case
from planner.case.quantities import Name, normal_name, parse_file_name, parse_name, shown
from planner.errors import Fault
from planner.reading.case.fields import bare, fields_of, is_group, origin_of
from planner.reading.tree.nodes import Node, Path, path_text

Hint = Any
"""The annotation of a field, with what is wrapped around it."""


def with_normal_names(root: Node, hint: Hint = Case) -> tuple[Node, list[Fault]]:
    """The tree with all its names in their normal form, and the names that thereby stand twice."""
    faults: list[Fault] = []
    return _normal(root, hint, (), faults), faults


def with_normal_names_of_pool(root: Node, pool: Hint) -> tuple[Node, list[Fault]]:
    """The same for the file of a pool: cases stand under ``common`` and under the name of each operator."""
    faults: list[Fault] = []
    hints = _hints(Case) | _hints(pool) | {"common": Case, "operators": dict[Name, Case]}
    return _fields(root, hints, (), faults), faults


@cache
def _hints(noun: Hint) -> dict[str, Hint]:
    """The full annotations of the fields of a noun that can hold names, by what a file calls the fields."""
    hints = {name: _whole(field) for name, field in fields_of(noun).items()}
    return {name: hint for name, hint in hints.items() if _can_hold_names(hint)}


def _can_hold_names(hint: Hint) -> bool:
    """Whether there can be a name in a field, however deep; most fields are figures, and need not be gone through."""
    inner = bare(hint)
    if is_group(inner):
        return bool(_hints(inner))
    if origin_of(inner) is dict:
        keys, values = get_args(inner)
        return _has_names(keys) or _can_hold_names(values)
    if origin_of(inner) is tuple:
        return _can_hold_names(get_args(inner)[0])
    return _is_name(hint)


def _has_names(keys: Hint) -> bool:
    """Whether entries go by names, or by plain text: that is a path, which is made of names."""
    return keys is str or _is_name(keys)


def _whole(field: FieldInfo) -> Hint:
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _is_name(hint: Hint) -> bool:
    marks = get_args(hint)[1:] if origin_of(hint) is Annotated else ()
    return any(getattr(mark, "func", None) in (parse_name, parse_file_name) for mark in marks)


def _normal(node: Node, hint: Hint, path: Path, faults: list[Fault]) -> Node:
    if _is_name(hint):
        return _with_value(node, normal_name(node.value)) if isinstance(node.value, str) else node
    inner = bare(hint)
    if is_group(inner):
        return _fields(node, _hints(inner), path, faults)
    if origin_of(inner) is dict and isinstance(node.value, dict):
        keys, values = get_args(inner)
        return _entries(node, keys, values, path, faults)
    if origin_of(inner) is tuple and isinstance(node.value, list):
        item = get_args(inner)[0]
        items = [_normal(one, item, (*path, str(number)), faults) for number, one in enumerate(node.value)]
        return _with_value(node, items)
    return node


def _fields(node: Node, hints: dict[str, Hint], path: Path, faults: list[Fault]) -> Node:
    if not isinstance(node.value, dict):
        return node
    fields = {
        key: _normal(child, hints[key], (*path, key), faults) if key in hints else child
        for key, child in node.value.items()
    }
    return _with_value(node, fields)


def _entries(node: Node, keys: Hint, values: Hint, path: Path, faults: list[Fault]) -> Node:
    """Entries by name."""
    entries: dict[str, Node] = {}
    written: dict[str, str] = {}
    for key, child in node.group.items():
        name = normal_name(key) if _has_names(keys) else key
        if name in entries:
            what, remedy = ("path", "remove one of them") if keys is str else ("name", "rename one of them")
            found = f"{shown(key)} is the same {what} as {shown(written[name])} at line {entries[name].place.line}"
            faults.append(Fault(child.place, path_text((*path, name)), found, f"every {what} once", remedy))
        entries[name] = _normal(child, values, (*path, name), faults)
        written.setdefault(name, key)
    return _with_value(node, entries)


def _with_value(node: Node, value: Any) -> Node:  # noqa: ANN401
    return Node(value, node.place, node.source)
