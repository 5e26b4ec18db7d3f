"""A pool file becomes one ordinary case for each operator, and what ties them together.

The case of an operator is laid together from three trees: what is shared (``offers``, ``programmes``, ``systems``),
what is ``common`` (said once, as if it stood under every operator), and what stands under the operator's own name.
Every figure keeps its line, so that mistakes and sources are told where they stand in the pool file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from planner.case.pool import Pool
from planner.case.words import spelling_hint
from planner.errors import Fault, InputError
from planner.reading.case.file import Reading, reading_of
from planner.reading.case.messages import fault_of
from planner.reading.case.names import with_normal_names_of_pool
from planner.reading.files import read_text
from planner.reading.pool.checks import faults_between, faults_of_form
from planner.reading.pool.shared import COPIED, for_operator, without_shared_programmes
from planner.reading.tree.nodes import Node, path_text, plain
from planner.reading.tree.parse import parse_tree

_OWN_FIELDS = ("name", "title", "objective", "target", "participation")


@dataclass(frozen=True)
class Member:
    """One operator of a pool."""

    reading: Reading
    """Its case, as if it had the whole pool to itself."""
    alone: Reading
    """The same without the shared programmes."""


@dataclass(frozen=True)
class PoolReading:
    """A pool, as read from its file."""

    pool: Pool
    members: dict[str, Member]
    offers: frozenset[str]
    """Offers whose supply all operators share."""
    programmes: frozenset[str]
    """Programmes whose caps all operators share."""
    input_hash: str
    """Fingerprint of the problem."""


def read_pool(path: Path) -> PoolReading:
    """Reads a pool file.

    Raises:
        InputError: holds every fault of the pool, of its catalogue, and of every operator.
    """
    root, faults = parse_tree(read_text(path), str(path))
    root, doubled = with_normal_names_of_pool(root, Pool)
    faults = [*faults, *doubled, *faults_of_form(root)]
    pool = _pool(root, faults)
    if faults and not root.entries("operators"):
        raise InputError(faults)
    operators = root.group["operators"].group
    # What is no group was told as that; all that such an operator lacks would only follow from it.
    groups = [name for name, node in operators.items() if node.value is None or isinstance(node.value, dict)]
    members = {name: _member(root, name, path.parent, faults) for name in groups}
    whole = {name: member for name, member in members.items() if member is not None}
    if pool is not None:
        faults += faults_between(root, pool, {name: member.reading.case for name, member in whole.items()})
    if faults or pool is None:
        raise InputError(faults)
    shared = (frozenset(root.entries("offers")), frozenset(root.entries("programmes")))
    return PoolReading(pool, whole, *shared, _input_hash(pool, whole))


def _pool(root: Node, faults: list[Fault]) -> Pool | None:
    fields = {key: root.group[key] for key in _OWN_FIELDS if key in root.group}
    try:
        return Pool.model_validate(plain(Node(dict(fields), root.place)), by_alias=True, by_name=False)
    except ValidationError as error:
        faults += [fault_of(one, root, Pool)[1] for one in error.errors(include_url=False)]
        return None


def _member(root: Node, name: str, folder: Path, faults: list[Fault]) -> Member | None:
    tree = for_operator(root, name)
    try:
        reading = reading_of(tree, [], folder)
    except InputError as error:
        # The name of its case is made of two others, each of which is told by itself.
        own = [_meant_for_a_shared_one(fault, root, name) for fault in error.faults if fault.field != "name"]
        faults += [_told_where_it_stands(fault, root, name) for fault in own]
        return None
    alone = reading_of(without_shared_programmes(tree, root.entries("programmes")), [], folder)
    return Member(reading, alone)


def _meant_for_a_shared_one(fault: Fault, root: Node, operator: str) -> Fault:
    """The fault of an entry of the operator's own, with the shared entry that its name may have been meant for.

    A name that nobody shares begins an entry of its own, of which nearly everything is missing.
    """
    section, name, *_ = (*fault.field.split("."), "", "")
    ways = (root, root.group.get("common", root))
    shared = {known for way in ways for known in way.entries(section)}
    if name not in root.group["operators"].group[operator].entries(section) or name in shared:
        return fault
    hint = spelling_hint(name, shared)
    return replace(fault, remedy="; else ".join(filter(None, (hint, fault.remedy)))) if hint else fault


def _told_where_it_stands(fault: Fault, root: Node, operator: str) -> Fault:
    """The fault of an operator's case with the field as the pool file has it."""
    steps = tuple(fault.field.split("."))
    if not fault.field or steps[0] in COPIED or fault.place.file.startswith("override "):
        return fault
    ways: dict[tuple[str, ...], Node | None] = {
        ("operators", operator): root.group["operators"].group[operator],
        ("common",): root.group.get("common"),
        (): root,
    }
    # the longest way that is there; the operator's own where several are as long
    best = max(ways, key=lambda way: (_length(ways[way], steps), len(way)))
    return replace(fault, field=path_text((*best, *steps)))


def _length(node: Node | None, steps: tuple[str, ...]) -> int:
    """How many of the steps lead somewhere."""
    count = 0
    for step in steps:
        node = node.child(step) if node is not None else None
        if node is None:
            break
        count += 1
    return count


def _input_hash(pool: Pool, members: dict[str, Member]) -> str:
    said = [pool.model_dump_json(by_alias=True)]
    said += [f"{name} {member.reading.input_hash}" for name, member in sorted(members.items())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
