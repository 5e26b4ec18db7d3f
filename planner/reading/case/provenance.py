"""Where every value of a case stands and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePath

from planner.outcome import Provenance
from planner.reading.case.fields import runs_over_months
from planner.reading.tree.nodes import Node, Path, path_text

_LEFT_OUT = frozenset({"scenarios"})
"""Sections that hold no figures of the plan."""


def provenance_of(root: Node) -> dict[str, Provenance]:
    """By dotted path as written in the file; items of lists are numbered from 0. Groups are listed as well.

    A value's source is the comment on its own line; else the ``source`` of the nearest group around it that stands in
    the same file, so that a figure of the case never borrows the source of the catalogue's figure that it replaces.
    """
    found: dict[str, Provenance] = {}
    for key, node in root.group.items():
        if key not in _LEFT_OUT:
            _visit(node, (key,), {}, found)
    return found


def written_nearest(path: Path, provenance: Mapping[str, Provenance]) -> Provenance | None:
    """Where a figure stands, or the innermost group around it that stands in the file; None where nothing does."""
    written = (provenance.get(path_text(path[:length])) for length in range(len(path), 0, -1))
    return next((place for place in written if place is not None), None)


def _visit(node: Node, path: Path, inherited: dict[str, str], found: dict[str, Provenance]) -> None:
    """Notes a node and all below it; ``inherited`` holds the nearest source by file."""
    own = _own_source(node)
    if own is not None:
        inherited = {**inherited, own[0]: own[1]}
    comment = node.source if not node.group else ""
    source = comment or inherited.get(node.place.file, "")
    found[path_text(path)] = Provenance(_name_of(node.place.file), node.place.line, source)
    for key, child in node.children():
        beside = node.group.get(f"{key}_source")
        named = {beside.place.file: str(beside.value)} if beside is not None else {}
        _visit(child, (*path, key), {**inherited, **named} if named else inherited, found)


@lru_cache(maxsize=8)
def _name_of(file: str) -> str:
    return PurePath(file).name


def _own_source(node: Node) -> tuple[str, str] | None:
    """The file and text of the source that a group states for all that stands in it."""
    stated = node.group.get("source")
    if stated is not None and isinstance(stated.value, str) and stated.value:
        return stated.place.file, stated.value
    # A figure by month has no fields of its own: there the comment on its heading speaks for all months.
    if node.source and runs_over_months(node.group):
        return node.place.file, node.source
    return None
