"""Names in entries that are wrong elsewhere: whoever mends the one mistake should not meet the next one only then."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.references import none_of, undeclared
from planner.case.consistency.unknown import as_far_as_known
from planner.reading.tree.nodes import Node

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
    ("programmes", ("after", "*"), "programmes"),
)


def undeclared_names(root: Node, draft: Draft) -> Iterator[Finding]:
    """Names that nothing has, in all entries: some are too faulty for a check to find the names in them."""
    nowhere: dict[str, list[tuple[Path, str]]] = {}
    for section, way, kind in _REFERENCES:
        for entry, node in root.entries(section).items():
            for path, name in _names_at(node, (section, entry), way):
                with as_far_as_known():
                    if not draft.names(kind):
                        nowhere.setdefault(kind, []).append((path, name))
                    elif name not in draft.names(kind):
                        yield undeclared(path, name, kind, draft.names(kind), draft)
    for kind, places in nowhere.items():
        if kind != "sites":  # without any, that is told by itself
            yield none_of(kind, (kind,), places, draft)


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
