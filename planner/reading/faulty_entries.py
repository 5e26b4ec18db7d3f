"""Names in entries that are wrong elsewhere: whoever mends the one mistake should not meet the next one only then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.references import undeclared
from planner.reading.nodes import Node

_REFERENCES = (
    # entries of, what leads to the name in an entry (a star is any item, KEY the key itself), what the name is of
    ("offers", ("system",), "systems"),
    ("sites", ("fleet", "*", "system"), "systems"),
    ("expansions", ("site",), "sites"),
    ("workloads", ("price_by_system", "KEY"), "systems"),
    ("workloads", ("efficiency", "KEY"), "systems"),
    ("programmes", ("systems", "*"), "systems"),
    ("programmes", ("sites", "*"), "sites"),
    ("programmes", ("excludes", "*"), "programmes"),
)


def undeclared_names(root: Node, draft: Draft) -> Iterator[Finding]:
    """Names that nothing has, in the entries that are too faulty to be in the draft."""
    for section, way, kind in _REFERENCES:
        whole: Mapping[str, Any] = getattr(draft, section)
        entries = root.group[section].group if section in root.group else {}
        for entry in (name for name in entries if name not in whole):
            for path, name in _names_at(entries[entry], (section, entry), way):
                if name not in draft.names(kind):
                    yield undeclared(path, name, kind, draft.names(kind))


def _names_at(node: Node, path: Path, way: Path) -> Iterator[tuple[Path, str]]:
    """The names to which a way leads, with where each stands."""
    if not way:
        if isinstance(node.value, str):
            yield path, node.value
        return
    step, rest = way[0], way[1:]
    for key, child in node.children():
        if step == "KEY":
            yield (*path, key), key
        elif step in ("*", key):
            yield from _names_at(child, (*path, key), rest)
