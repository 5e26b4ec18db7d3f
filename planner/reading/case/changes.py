"""New values from Python, by dotted path: texts are read as a case file has them, all else is taken as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral, Real

from planner.case.quantities import shown
from planner.errors import Fault, InputError, Place
from planner.reading.case.overrides import Override, labelled
from planner.reading.tree.nodes import Node, Scalar
from planner.reading.tree.parse import parse_value

PLACE = Place("with_")
"""Where a value stands that was handed over in Python."""
SOURCE = "changed in Python"
"""The source of such a value, unless a comment in its text names another."""


def overrides_of(changes: Mapping[str, object], faults: list[Fault]) -> list[Override]:
    """The changes of ``Reading.with_``; what cannot be read is added to the faults, by its path."""
    overrides = []
    for target, value in changes.items():
        path = str(target)
        try:
            node = _node(value)
        except InputError as error:
            faults += [Fault(PLACE, path, fault.found, fault.allowed, fault.remedy) for fault in error.faults]
            continue
        overrides.append(Override(path, labelled(node, SOURCE), path))
    return overrides


def _node(value: object) -> Node:
    """A value as a tree.

    Raises:
        InputError: it is of a type that no case file has, or a text that cannot be read.
    """
    if isinstance(value, str):
        return _without_lines(parse_value(value, PLACE.file))
    if isinstance(value, Mapping):
        return Node({str(key): _node(inner) for key, inner in value.items()}, PLACE)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return Node([_node(inner) for inner in value], PLACE)
    return Node(_scalar(value), PLACE)


def _scalar(value: object) -> Scalar:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Integral):  # numbers of numpy are such as well
        return int(value)
    if isinstance(value, Real):
        return float(value)
    found = f"{shown(str(value))} is a {type(value).__name__}"
    allowed = "a text as in a case file, such as '20 bn JPY', a number, True or False, None, a list or a dict"
    raise InputError([Fault(PLACE, "", found, allowed, f"write it as a text, such as {str(value)!r}")])


def _without_lines(node: Node) -> Node:
    """The tree of a text at the place of what is handed over in Python, which has no lines."""
    if isinstance(node.value, dict):
        return Node({key: _without_lines(child) for key, child in node.value.items()}, PLACE, node.source)
    if isinstance(node.value, list):
        return Node([_without_lines(child) for child in node.value], PLACE, node.source)
    return Node(node.value, PLACE, node.source)
