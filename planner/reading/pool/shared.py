"""The tree of one operator's case, laid together from what is shared, what is common and what is its own."""

from __future__ import annotations

from collections.abc import Collection

from planner.reading.tree.nodes import Node, merged

COPIED = ("calendar", "catalogue")
"""Sections that every operator takes over as they are."""
SHARED = ("systems", "offers", "programmes", "unusual")
"""Sections at the top of a pool file; an operator may add to them and change figures of them for itself."""
COMMON = ("finance", "sites", "expansions", "workloads", "supply_chain_limits")
"""Sections that stand under ``common`` or under an operator: each operator has its own."""


def for_operator(root: Node, name: str) -> Node:
    """The tree of the case of an operator that has the whole pool to itself."""
    own = root.group["operators"].group[name]
    common = root.group.get("common")
    sections = {key: root.group[key] for key in (*COPIED, *SHARED) if key in root.group}
    tree = Node(sections, own.place)
    for over in (common, own):
        if over is not None:
            tree = merged(tree, Node({k: n for k, n in over.group.items() if k in (*SHARED, *COMMON)}, own.place))
    entries = dict(tree.group)
    entries["name"] = Node(f"{_text(root, 'name')}-{name}", own.place)
    entries["title"] = own.group.get("title") or Node(f"{name} in {_text(root, 'name')}", own.place)
    return _with_programmes_of_its_regions(Node(entries, own.place), root)


def without_shared_programmes(tree: Node, shared: Collection[str]) -> Node:
    """The same case without the programmes of the pool; the operator's own programmes stay."""
    section = tree.group.get("programmes")
    return tree if section is None else _with_programmes(tree, section, {n for n in section.group if n not in shared})


def _with_programmes_of_its_regions(tree: Node, root: Node) -> Node:
    """A shared programme for regions in which the operator has no site is none of its programmes.

    Regions that no operator has stay, so that a misspelt one is told.
    """
    section = tree.group.get("programmes")
    if section is None:
        return tree
    known = regions_of_all(root)
    kept, changed = set(), dict(section.group)
    for name, programme in section.group.items():
        listed = programme.child("regions")
        if listed is None or not isinstance(listed.value, list) or not listed.value:
            kept.add(name)
            continue
        own = regions_of(tree)
        items = [item for item in listed.value if item.value in own or item.value not in known]
        if items:
            kept.add(name)
            regions = Node(items, listed.place, listed.source)
            changed[name] = Node({**programme.group, "regions": regions}, programme.place, programme.source)
    return _with_programmes(tree, Node(changed, section.place, section.source), kept)


def _with_programmes(tree: Node, section: Node, kept: Collection[str]) -> Node:
    """The tree with some of its programmes; those that are left out are no longer named by the others."""
    entries = {}
    for name in (name for name in section.group if name in kept):
        programme = section.group[name]
        fields = dict(programme.group)
        for field in ("excludes", "after"):
            listed = fields.get(field)
            if listed is not None and isinstance(listed.value, list):
                gone = [item for item in listed.value if item.value in section.group and item.value not in kept]
                items = [item for item in listed.value if item not in gone]
                fields[field] = Node(items, listed.place, listed.source)
        entries[name] = Node(fields, programme.place, programme.source) if programme.group else programme
    sections = {**tree.group, "programmes": Node(entries, section.place, section.source)}
    unusual = tree.group.get("unusual")
    if unusual is not None and unusual.group:
        left_out = tuple(f"programmes.{name}." for name in section.group if name not in kept)
        reasons = {path: reason for path, reason in unusual.group.items() if not f"{path}.".startswith(left_out)}
        sections["unusual"] = Node(dict(reasons), unusual.place, unusual.source)
    return Node(sections, tree.place)


def regions_of(tree: Node) -> set[str]:
    """The regions of the sites in a tree."""
    found = [site.child("region") for site in tree.entries("sites").values()]
    return {str(node.value) for node in found if node is not None}


def regions_of_all(root: Node) -> set[str]:
    """The regions of the sites of all operators."""
    operators = root.group["operators"].group.values()
    common = [root.group["common"]] if "common" in root.group else []
    return set().union(*(regions_of(node) for node in (*operators, *common)))


def _text(root: Node, field: str) -> str:
    node = root.group.get(field)
    return str(node.value) if node is not None else "pool"
