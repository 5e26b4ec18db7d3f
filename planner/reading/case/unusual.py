"""Reasons for unusual figures. Each names a figure that the file states: a misspelt path would let nothing through."""

from __future__ import annotations

from collections.abc import Collection

from planner.case.words import listed
from planner.errors import Fault
from planner.reading.case.overrides import NoSuchPathError, path_of
from planner.reading.tree.nodes import Node, Path, path_text

_SECTION = "unusual"


def reasons_that_lead_nowhere(root: Node) -> list[Fault]:
    """The faults of paths under ``unusual`` at which the file and its catalogue state nothing."""
    faults = []
    for target, node in root.entries(_SECTION).items():
        try:
            _figure_at(root, target)
        except NoSuchPathError as error:
            faults.append(Fault(node.place, path_text((_SECTION, target)), *error.words))
    return faults


def reasons_that_stand(reasons: dict[str, str], root: Node, systems: Collection[str]) -> dict[str, str]:
    """The reasons for what is still in the case: scenarios remove entries, and unused systems are left out."""
    return {target: reason for target, reason in reasons.items() if _is_there(root, target, systems)}


def _is_there(root: Node, target: str, systems: Collection[str]) -> bool:
    try:
        path = _figure_at(root, target)
    except NoSuchPathError:
        return False
    return path[0] != "systems" or path[1] in systems


def _figure_at(root: Node, target: str) -> Path:
    """The path of one figure.

    Raises:
        NoSuchPathError: there is no such field, nothing is stated there, or a whole group is meant.
    """
    path = path_of(root, target, must_exist=True)
    node: Node | None = root
    for key in path:
        node = node.child(key) if node is not None else None
    if node is None:
        raise NoSuchPathError(f"'{target}' is not stated in this file", "", "correct the path, or remove the reason")
    groups = [key for key, child in node.children() if not key[:4].isdecimal() or child.group]
    if groups:
        below = listed([f"{target}.{key}" for key, _ in node.children()], most=4)
        raise NoSuchPathError(
            f"'{target}' is a group of figures", f"the path of one figure: {below}", "name the figure"
        )
    return path
