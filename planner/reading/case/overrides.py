"""Scenarios and overrides: new values by dotted path, put into the tree before anything is checked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.case.case import Case
from planner.case.quantities import LONGEST_TEXT, normal_name
from planner.case.words import listed, nearest, spelling_hint
from planner.errors import Fault, Place
from planner.reading.case.fields import Type, below, fields_of, is_group, is_timeline
from planner.reading.tree.nodes import Node, Path


@dataclass(frozen=True)
class Override:
    """One new value; a value of nothing removes the field."""

    target: str
    """The path as it was written."""
    value: Node
    field: str
    """How messages name it."""


class NoSuchPathError(Exception):
    """A path that leads nowhere: what was found, what is allowed, the likely fix."""

    def __init__(self, found: str, allowed: str = "", remedy: str = "") -> None:
        super().__init__(found)
        self.words = (found, allowed, remedy)


class MissingSectionError(NoSuchPathError):
    """A path into a section that is missing or misspelt, which is told already."""


def applied(root: Node, overrides: list[Override]) -> tuple[Node, list[Fault]]:
    """The tree with the overrides in it; the tree that was given stays as it is.

    All paths mean the tree as it was given: the item of a list that is removed moves no other item, and the order of
    the overrides means nothing. Two that speak of the same figure contradict each other, whatever they say.
    """
    faults: list[Fault] = []
    changes = _Changes()
    for override in overrides:
        try:
            path = path_of(root, override.target, must_exist=override.value.value is None)
            _refuse_what_no_cell_holds(override.value)
            changes.add(path, override)
        except MissingSectionError:
            continue
        except NoSuchPathError as error:
            faults.append(Fault(override.value.place, override.field, *error.words))
    return (_changed(root, changes.values) or root, faults) if changes.at else (root, faults)


class _Changes:
    """Overrides by the path of what they change, of which no two speak of the same figure."""

    def __init__(self) -> None:
        self.at: dict[Path, Override] = {}
        self.inside: dict[Path, Override] = {}
        """For every group around a change, the first one in it."""

    @property
    def values(self) -> dict[Path, Node]:
        """The new values, in one order whatever the order of the overrides was."""
        return {path: override.value for path, override in sorted(self.at.items(), key=lambda change: change[0])}

    def add(self, path: Path, override: Override) -> None:
        """Takes in one more.

        Raises:
            NoSuchPathError: another one names the same path, or one above or below of it.
        """
        above = (self.at[path[:length]] for length in range(len(path) + 1) if path[:length] in self.at)
        other = next(above, None) or self.inside.get(path)
        if other is not None:
            raise _contradiction(override, other, is_whole=path in self.inside, is_same=path in self.at)
        self.at[path] = override
        for length in range(len(path)):
            self.inside.setdefault(path[:length], override)


def _contradiction(override: Override, other: Override, *, is_whole: bool, is_same: bool) -> NoSuchPathError:
    """Two overrides that speak of the same figure, with the lines of both."""
    where = _where(other.value.place, override.value.place)
    verb = "removes" if other.value.value is None else "sets"
    if is_same:
        found = f"{where} {verb} '{other.target}' already"
    elif is_whole:
        found = f"'{other.target}' is a part of it, which {where} {verb}"
    else:
        found = f"it is a part of '{other.target}', which {where} {verb} as a whole"
    remedy = "remove one of the two, or write all new values into the one of the whole"
    return NoSuchPathError(found, "every figure set once", remedy)


def _where(place: Place, beside: Place) -> str:
    """Where the other of two overrides stands."""
    return f"line {place.line}" if place.line and place.file == beside.file else str(place)


def _refuse_what_no_cell_holds(node: Node) -> None:
    """Refuses numbers that are none, and endless texts: the workbook could not carry them for a scenario."""
    for _, child in node.children():
        _refuse_what_no_cell_holds(child)
    if isinstance(node.value, str) and len(node.value) > LONGEST_TEXT:
        allowed = f"at most {LONGEST_TEXT:,} letters"
        raise NoSuchPathError(f"the new value has {len(node.value):,} letters", allowed, "shorten it")
    if isinstance(node.value, float) and not math.isfinite(node.value):
        raise NoSuchPathError(f"{node.value} is not a finite number", "a figure of the field that is changed")


def labelled(node: Node, source: str) -> Node:
    """A tree in which every value without a comment names its override as its source."""
    if isinstance(node.value, dict):
        return Node({key: labelled(child, source) for key, child in node.value.items()}, node.place, node.source)
    if isinstance(node.value, list):
        # A list of plain values stands on one line, whose comment speaks for all of them.
        plain = not any(isinstance(child.value, dict | list) for child in node.value)
        return Node(
            [labelled(child, node.source or source) for child in node.value],
            node.place,
            node.source or (source if plain else ""),
        )
    return Node(node.value, node.place, node.source or source)


def path_of(root: Node, target: str, *, must_exist: bool) -> Path:
    """The keys of a dotted path. Names may hold dots, so known names are matched longest first.

    Raises:
        NoSuchPathError: the path cannot lead to a field, or ``must_exist`` and there is none of that name.
    """
    words = normal_name(target).split(".")
    if words[0] in ("scenarios", "catalogue"):
        raise NoSuchPathError(f"'{words[0]}' cannot be changed by a scenario")
    path: list[str] = []
    here: Type = Case
    node: Node | None = root
    while words:
        key = ".".join(words) if path == ["unusual"] else _next_key(words, here, node)
        words = words[key.count(".") + 1 :]
        path.append(key)
        if node is None and len(path) > 1 and _is_told_missing(root, path[0]):
            raise MissingSectionError(f"'{path[0]}' is missing")
        try:
            _check_step(path, bool(words) or must_exist, here, node)
        except NoSuchPathError as error:
            if _is_told_empty(root, path):
                raise MissingSectionError(f"'{path[0]}' is empty") from error
            raise
        here = below(here, key)
        node = node.child(key) if node is not None else None
    return tuple(path)


def _is_told_missing(root: Node, section: str) -> bool:
    """Whether a section that the file lacks has to be there, or is there under a name that is none."""
    known = fields_of(Case)
    misspelt = (nearest(name, known) for name in root.group if name not in known)
    return section not in root.group and (known[section].is_required() or section in misspelt)


def _is_told_empty(root: Node, path: Sequence[str]) -> bool:
    """Whether a path leads into a section with no value behind it, or without entries where there have to be some."""
    section = root.child(path[0])
    if len(path) < 2 or section is None:
        return False
    return section.value is None or (section.value == {} and fields_of(Case)[path[0]].is_required())


def _next_key(words: list[str], here: Type, node: Node | None) -> str:
    """The next key of a path: the longest that is there already, else one word."""
    if node is not None and not is_group(here):
        for length in range(len(words), 1, -1):
            if node.child(key := ".".join(words[:length])) is not None:
                return key
    return words[0]


def _check_step(path: list[str], must_exist: bool, here: Type, node: Node | None) -> None:
    """Refuses a key that cannot stand where a path puts it."""
    *above, key = path
    where = f"'{'.'.join(above)}'" if above else "the case"
    if is_group(here):
        known = fields_of(here)
        if key not in known:
            raise NoSuchPathError(f"{where} has no field '{key}'", listed(known), spelling_hint(key, known))
        if node is not None and isinstance(node.value, list):
            remedy = "write its fields without dashes"
            raise NoSuchPathError(f"{where} is a list in the file", "a group of fields", remedy)
        return
    if is_timeline(here) and (node is None or not node.group):
        remedy = f"set {'.'.join(above)} as a whole, such as {{2024-04: first, {key}: second}}"
        raise NoSuchPathError(f"{where} is not given by month", "", remedy)
    if below(here, key) is None:
        allowed = "a month such as 2024-04" if is_timeline(here) else "a field of the case"
        raise NoSuchPathError(f"nothing named '{key}' can stand in {where}", allowed)
    is_item = node is not None and isinstance(node.value, list)
    if (must_exist or is_item) and (node is None or node.child(key) is None):
        names = [name for name, _ in node.children()] if node is not None else []
        hint = spelling_hint(key, names) if names else f"describe '{key}' there, or leave this out"
        raise NoSuchPathError(f"{where} has no '{key}'", listed(names), hint)


def replaced(root: Node, path: Path, value: Node) -> Node:
    """A copy of the tree with the value at the end of a path."""
    return _changed(root, {path: value}) or root


def _changed(node: Node | None, changes: Mapping[Path, Node]) -> Node | None:
    """A copy of the tree with new values at their paths; groups that were left out are added.

    There is nothing where the new value is nothing. Items of a list keep their numbers until all of it is changed.
    """
    if () in changes:
        return None if changes[()].value is None else changes[()]
    below: dict[str, dict[Path, Node]] = {}
    for path, value in changes.items():
        below.setdefault(path[0], {})[path[1:]] = value
    node = node if node is not None else Node({}, next(iter(changes.values())).place)
    new = {key: _changed(node.child(key), inner) for key, inner in below.items()}
    if isinstance(node.value, list):
        items = [new.get(str(number), item) for number, item in enumerate(node.value)]
        return Node([item for item in items if item is not None], node.place, node.source)
    entries = {**node.group, **new}
    return Node({key: child for key, child in entries.items() if child is not None}, node.place, node.source)
