"""The tree becomes a Case, or every fault that keeps it from being one: no wrong entry hides another."""

from __future__ import annotations

import re
from collections.abc import Collection, Set
from contextlib import nullcontext, suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from pydantic import ValidationError

from planner.case.case import Case
from planner.case.consistency import Draft, Finding, findings
from planner.case.consistency.draft import EXAMPLE
from planner.case.consistency.typical_price import without_idle_prices
from planner.case.quantities import examples_in
from planner.errors import Fault, InputError
from planner.reading.case.faulty_entries import undeclared_names
from planner.reading.case.fields import fields_of
from planner.reading.case.known_parts import Wrong, known_parts
from planner.reading.case.messages import as_one, fault_of, locate, smallest_at
from planner.reading.case.moved_figures import changes_that_cannot_be, futures_that_stand
from planner.reading.case.overrides import NoSuchPathError, path_of
from planner.reading.case.unusual import reasons_that_stand
from planner.reading.tree.nodes import Node, Path, nearest, path_text, plain
from planner.reading.tree.parse import EMPTY_FIELD

_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
MOST_FAULTS = 200
"""Faults of one kind that are told at once; whoever has more will read the file again anyway."""


def validated(root: Node, catalogue_names: Collection[str] | None, earlier: list[Fault]) -> Case:
    """The case that a tree holds. Raises InputError with the earlier faults and all that are found here.

    Messages take their examples in the currency of the case.
    """
    finance = root.group.get("finance")
    currency = finance.child("currency") if finance is not None else None
    code = currency.value if currency is not None else None
    with examples_in(code) if isinstance(code, str) and _CODE.fullmatch(code) else nullcontext():
        return _validated(root, catalogue_names, earlier)


def _validated(root: Node, catalogue_names: Collection[str] | None, earlier: list[Fault]) -> Case:
    used = used_systems(root)
    names = {section: frozenset(node.group) for section, node in root.group.items()}
    raw = _raw(root, used, catalogue_names)
    case, errors = _parsed(raw)
    if catalogue_names is None:  # systems that a readable catalogue might have held are not called unknown
        names["systems"] = names.get("systems", frozenset()) | used
    draft = Draft.of(case) if case is not None and not earlier else known_parts(raw, _wrong(root, errors, earlier))
    draft = draft.knowing(names)
    found = [_fault(finding, root) for finding in islice(findings(draft), MOST_FAULTS)]
    found += changes_that_cannot_be(draft.futures, root)
    faults = (
        _without_echoes(
            [_with_example(fault, root) for fault in earlier],
            [fault_of(error, root) for error in as_one(errors)[:MOST_FAULTS]],
        )
        + found
    )
    if case is None:
        told = {fault.field for fault in faults}
        late = (_fault(finding, root) for finding in islice(undeclared_names(root, draft), MOST_FAULTS))
        faults += [fault for fault in late if fault.field not in told]
    if case is None or faults:
        raise InputError(faults)
    systems = {name: system for name, system in without_idle_prices(case).items() if name in used}
    reasons = reasons_that_stand(case.unusual, root, systems)
    futures = futures_that_stand(case.futures, root, systems)
    return case.model_copy(update={"systems": systems, "unusual": reasons, "futures": futures})


def _raw(root: Node, used: Collection[str], catalogue_names: Collection[str] | None) -> dict[str, Any]:
    """What is validated: of the catalogue only the systems that are used, of the case's own systems all.

    An entry of the case that is neither used nor in the catalogue may be a misspelt name, so it has to be complete.
    """
    raw: dict[str, Any] = plain(root)
    if catalogue_names is None:
        raw.pop("systems", None)
    elif isinstance(raw.get("systems"), dict):
        systems = raw["systems"].items()
        raw["systems"] = {name: system for name, system in systems if name in used or name not in catalogue_names}
    return raw


def used_systems(root: Node) -> Set[str]:
    """The systems that offers, fleets, prices and programmes name, as far as they can be read.

    A case keeps all of them: without one that is only named, its text would name a system that it does not describe.
    """
    named = [offer.child("system") for _, offer in root.below("offers")]
    for _, site in root.below("sites"):
        named += [item.child("system") for _, item in site.below("fleet")]
    for _, programme in root.below("programmes"):
        named += [item for _, item in programme.below("systems")]
    keys: set[str] = set()
    for _, workload in root.below("workloads"):
        for field in ("price_by_system", "efficiency"):
            keys |= set(workload.entries(field))
    return keys | frozenset(node.value for node in named if node is not None and isinstance(node.value, str))


def _parsed(raw: dict[str, Any]) -> tuple[Case | None, list[Any]]:
    """The case, or pydantic's errors. Fields go by the one name that the file format has."""
    try:
        return Case.model_validate(raw, by_alias=True, by_name=False), []
    except ValidationError as error:
        return None, list(error.errors(include_url=False))


def _wrong(root: Node, errors: list[Any], earlier: list[Fault]) -> Wrong:
    """Where something is wrong that is told already, by pydantic or by an earlier reader."""
    wrong = Wrong()
    for error in errors:
        wrong.add(error["loc"])
    for fault in earlier:
        with suppress(NoSuchPathError):  # it is about the file, a scenario or the catalogue, and no figure of the case
            wrong.add(path_of(root, fault.field, must_exist=False))
    return wrong


def _with_example(fault: Fault, root: Node) -> Fault:
    """A fault of a field with nothing behind it, with the smallest that could stand there."""
    if fault.remedy != EMPTY_FIELD:
        return fault
    with suppress(NoSuchPathError):
        location = locate(path_of(root, fault.field, must_exist=False))
        if example := smallest_at(location):
            field = fields_of(location.group).get(location.path[-1])
            removed = "" if field is not None and field.is_required() else ", or remove the field"
            return replace(fault, remedy=f"write `{example}` with your own figures{removed}")
    return fault


def _without_echoes(earlier: list[Fault], later: list[tuple[Path, Fault]]) -> list[Fault]:
    """All faults, without those that only say again what is wrong with a value that is missing or doubled."""
    told = {fault.field for fault in earlier if fault.field}
    heads = ((path, fault) for path, fault in later)
    return earlier + [
        fault for path, fault in heads if not any(path_text(path[:n]) in told for n in range(1, len(path) + 1))
    ]


def _fault(finding: Finding, root: Node) -> Fault:
    place, remedy = nearest(root, finding.path).place, finding.remedy
    if EXAMPLE in remedy:
        remedy = remedy.replace(EXAMPLE, smallest_at(locate(finding.path)))
    return Fault(place, path_text(finding.path), finding.found, finding.allowed, remedy)
