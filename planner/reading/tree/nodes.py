"""The tree of an input file: values that know where they stand and where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.case.quantities import shown
from planner.errors import Place

Scalar = str | int | float | bool | None
_ITEM = re.compile(r"0|[1-9]\d{0,8}", re.ASCII)
Path = tuple[str, ...]
"""The keys that lead to a node; the items of a list are numbered from 0."""


@dataclass(slots=True)
class Node:
    """A value with the place where it stands. A group or a list stands where its key does."""

    value: dict[str, Node] | list[Node] | Scalar
    place: Place
    source: str = ""
    """The comment on its own line (on the heading line, for a group): where the figure comes from."""

    @property
    def group(self) -> dict[str, Node]:
        """The entries of a group; nothing for any other value."""
        return self.value if isinstance(self.value, dict) else {}

    def children(self) -> Iterator[tuple[str, Node]]:
        """The entries of a group or of a list, with their keys."""
        if isinstance(self.value, dict):
            yield from self.value.items()
        elif isinstance(self.value, list):
            yield from ((str(number), item) for number, item in enumerate(self.value))

    def child(self, key: str) -> Node | None:
        """The entry of a group or of a list; None where there is none."""
        if isinstance(self.value, dict):
            return self.value.get(key)
        if isinstance(self.value, list) and (number := item_number(key)) is not None and number < len(self.value):
            return self.value[number]
        return None

    def below(self, key: str) -> list[tuple[str, Node]]:
        """The entries of the group or list at a key, with their own keys; nothing where there is none."""
        child = self.child(key)
        return [] if child is None else list(child.children())

    def entries(self, key: str) -> dict[str, Node]:
        """The entries of the group at a key; nothing where there is none."""
        return self.group[key].group if key in self.group else {}

    def text_at(self, path: Path) -> str:
        """The text that stands at a path; empty where there is none."""
        node: Node | None = self
        for key in path:
            node = node.child(key) if node is not None else None
        return node.value if node is not None and isinstance(node.value, str) else ""


def item_number(key: str) -> int | None:
    """The number of an item of a list, as a path has it; None for any other key.

    >>> item_number("12"), item_number("01"), item_number("x")
    (12, None, None)
    """
    return int(key) if _ITEM.fullmatch(key) else None


def plain(node: Node) -> Any:  # noqa: ANN401
    """The tree as plain dicts, lists and scalars."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def tree_of(said: object, place: Place) -> Node:
    """Plain values as a tree, all of it at one place.

    >>> plain(tree_of({"order": {"systems": 2, "sites": ["east"]}}, Place("actuals.xlsx")))
    {'order': {'systems': 2, 'sites': ['east']}}
    """
    if isinstance(said, dict):
        return Node({str(key): tree_of(value, place) for key, value in said.items()}, place)
    if isinstance(said, list):
        return Node([tree_of(value, place) for value in said], place)
    assert said is None or isinstance(said, str | int | float | bool)
    return Node(said, place)


def letters_of_list(node: Node) -> int:
    """Letters of a list of plain values on one line; nothing for a list of groups, which takes several lines."""
    items = [child for _, child in node.children()]
    if items and all(item.group for item in items):
        return 0
    return sum(letters_of_list(item) if isinstance(item.value, list) else len(str(item.value)) + 4 for item in items)


def path_text(path: Path) -> str:
    """A path as messages and reports show it, on one line whatever the keys hold."""
    return ".".join(key if key.isprintable() and len(key) <= 64 else shown(key) for key in path)


def nearest(root: Node, path: Path) -> Node:
    """The node at a path, or the innermost group above it that is there."""
    node = root
    for key in path:
        below = node.child(key)
        if below is None:
            break
        node = below
    return node


def merged(under: Node, over: Node) -> Node:
    """One tree laid over another, group by group; every node keeps its own place."""
    if not (isinstance(under.value, dict) and isinstance(over.value, dict)):
        return over
    entries = dict(under.value)
    for key, node in over.value.items():
        entries[key] = merged(entries[key], node) if key in entries else node
    return Node(entries, over.place, over.source)
