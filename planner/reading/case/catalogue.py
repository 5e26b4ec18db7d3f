"""The hardware catalogue: found beside the case file or in the program, and laid under the case's own systems."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from planner.case.quantities import is_device, shown
from planner.case.system import System
from planner.case.words import listed, spelling_hint
from planner.errors import Fault, InputError
from planner.reading.case.names import with_normal_names
from planner.reading.files import read_text
from planner.reading.packaged import CATALOGUE, packaged
from planner.reading.tree.nodes import Node, merged, path_text, plain
from planner.reading.tree.parse import parse_tree

_BUILT_IN_LABEL = f"{CATALOGUE} (built in)"
_LONGEST_NAME, _MOST_BYTES = 80, 200
"""Letters and bytes of the name of a catalogue: far longer ones are more than a file system can look up."""
_FIELDS = ("title", "notes", "systems")


def with_catalogue(root: Node, folder: Path) -> tuple[Node, frozenset[str] | None, list[Fault]]:
    """The case's tree with its systems laid over those of the catalogue, the catalogue's names, and faults.

    There are no names, not even none, where the catalogue cannot be read: nobody knows what it would have held.
    """
    faults: list[Fault] = []
    catalogue = _read(root, folder, faults)
    if catalogue is None:
        return root, None if faults else frozenset(), faults
    known = catalogue.group.get("systems")
    own = root.group.get("systems")
    if known is None:
        return root, frozenset(), faults
    systems = merged(known, own) if own is not None else known
    return Node({**root.group, "systems": systems}, root.place), frozenset(known.group), faults


@cache
def packaged_systems() -> dict[str, System]:
    """The systems of the catalogue that comes with the program."""
    root, _ = parse_tree(read_text(packaged(CATALOGUE)), _BUILT_IN_LABEL)
    entries = plain(root.group["systems"])
    return {name: System.model_validate(entry, by_alias=True, by_name=False) for name, entry in entries.items()}


def _read(root: Node, folder: Path, faults: list[Fault]) -> Node | None:
    """The tree of the catalogue that the case names; None where it names none, or one that cannot be read."""
    field = root.group.get("catalogue")
    name = field.value if field is not None else CATALOGUE
    if not isinstance(name, str) or not name:
        return None  # an empty name says that the case describes its systems itself
    place = field.place if field is not None else root.place
    is_long = len(name) > _LONGEST_NAME or len(name.encode("utf-8", "replace")) > _MOST_BYTES
    if "/" in name or "\\" in name or is_long:
        remedy = "put the catalogue into the folder of the case file"
        faults.append(Fault(place, "catalogue", f"{shown(name)} is not the name of a file", "a file name", remedy))
        return None
    if is_device(name):
        found = f"{shown(name)} is the name of a device on Windows"
        faults.append(Fault(place, "catalogue", found, "a file name", "choose another name for the file"))
        return None
    path, label = folder / name, str(folder / name)
    if name == CATALOGUE and not path.exists():
        path, label = packaged(CATALOGUE), _BUILT_IN_LABEL
    if not path.exists():
        remedy = "check the name, or leave the field out for the catalogue that comes with the program"
        faults.append(Fault(place, "catalogue", f"there is no file {shown(name)} beside the case file", "", remedy))
        return None
    return _parsed(path, label, faults)


def _parsed(path: Path, label: str, faults: list[Fault]) -> Node | None:
    try:
        root, found = parse_tree(read_text(path), label)
    except InputError as error:
        faults.extend(error.faults)
        return None
    faults.extend(found)
    root, doubled = with_normal_names(root)
    faults.extend(doubled)
    for name, node in root.group.items():
        if name not in _FIELDS:
            allowed, remedy = listed(_FIELDS), spelling_hint(name, _FIELDS)
            faults.append(
                Fault(node.place, path_text((name,)), f"unknown field {shown(name)} of a catalogue", allowed, remedy)
            )
    return root
