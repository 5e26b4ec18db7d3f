"""A case file becomes a Case, with where every figure comes from and a fingerprint of what was planned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from planner.case.case import Case
from planner.case.quantities import normal_name
from planner.defaults import BASE
from planner.errors import Fault, InputError, Place
from planner.outcome import Provenance
from planner.reading.case.catalogue import with_catalogue
from planner.reading.case.names import with_normal_names
from planner.reading.case.overrides import Override, applied, labelled
from planner.reading.case.provenance import provenance_of
from planner.reading.case.scenarios import case_of, faults_of_paths, faults_of_values, with_scenario
from planner.reading.case.unusual import reasons_that_lead_nowhere
from planner.reading.files import read_text
from planner.reading.tree.nodes import Node
from planner.reading.tree.parse import parse_tree, parse_value


@dataclass(frozen=True)
class Reading:
    """A case, as read from its file."""

    case: Case
    scenario: str
    """Name of the scenario that is applied, 'base' for the case as it stands."""
    provenance: dict[str, Provenance]
    """Where each value comes from, by its dotted path in the case file; values left to their defaults are not in it."""
    input_hash: str
    """Fingerprint of the problem."""
    language: str | None = None
    """Of the workbook that it was read from; other files have none."""


@dataclass(frozen=True)
class Source:
    """A case that was read once, with its catalogue, for its base and for each of its scenarios."""

    root: Node
    catalogue_names: frozenset[str] | None
    faults: tuple[Fault, ...]
    """Of the file, its catalogue, and the paths of all scenarios."""

    @classmethod
    def of(cls, root: Node, faults: list[Fault], folder: Path) -> Self:
        """The source of a case that is a tree already; ``folder`` is where its catalogue is looked for."""
        root, doubled = with_normal_names(root)
        root, catalogue_names, found = with_catalogue(root, folder)
        found += [*reasons_that_lead_nowhere(root), *faults_of_paths(root)]
        return cls(root, catalogue_names, (*faults, *doubled, *found))

    def reading(
        self, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
    ) -> Reading:
        """The reading with a scenario and then overrides (new values as YAML text, by dotted path).

        Args:
            scenario: name of a scenario; the base case without one.
            overrides: what is changed further.
            whole: the cases that the scenarios make are checked as well, all of them.

        Raises:
            InputError: holds every fault of the file, its catalogue, the scenarios and the overrides.
        """
        others = faults_of_values(self.root, self.catalogue_names, self.faults) if whole else []
        try:
            reading = self._reading(BASE if scenario is None else normal_name(scenario), overrides or {})
        except InputError as error:
            raise InputError([*error.faults, *others]) from error
        if others:
            raise InputError(others)
        return reading

    def _reading(self, chosen: str, overrides: Mapping[str, str]) -> Reading:
        root, faults = with_scenario(self.root, chosen)
        faults += self.faults
        root, found = applied(root, _overrides_of_command(overrides, faults))
        root, case = case_of(self.root, root, self.catalogue_names, faults + found)
        if chosen != BASE:
            case = case.model_copy(update={"scenarios": {}})  # its other scenarios change the base case, not this one
        return Reading(case, chosen, provenance_of(_used_part(root, case)), input_hash(case))


def read_source(path: Path) -> Source:
    """Reads a case file once, whatever is asked of it later.

    Raises:
        InputError: it cannot be read to its end, or is a pool.
    """
    root, faults = parse_tree(read_text(path), str(path))
    if "operators" in root.group:
        place, found = root.group["operators"].place, "this file describes a pool of several operators, not one case"
        raise InputError([Fault(place, "operators", found, "", f"plan it with: plan pool {path}")])
    return Source.of(root, faults, path.parent)


def read_case(
    path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None, *, whole: bool = False
) -> Reading:
    """Reads a case file, applies a scenario of it and then overrides (new values as YAML text, by dotted path).

    With ``whole`` the cases of all scenarios are checked as well. Raises InputError with every fault that the file, its
    catalogue, the scenarios and the overrides have.
    """
    return read_source(path).reading(scenario, overrides, whole=whole)


def reading_of(
    root: Node,
    faults: list[Fault],
    folder: Path,
    scenario: str | None = None,
    overrides: Mapping[str, str] | None = None,
    *,
    whole: bool = False,
) -> Reading:
    """The reading of a case that is a tree already; ``folder`` is where its catalogue is looked for."""
    return Source.of(root, faults, folder).reading(scenario, overrides, whole=whole)


def input_hash(case: Case) -> str:
    """SHA-256 over what the case says, whatever its order, comments and units; scenarios and catalogue do not count.

    A scenario that is not applied does not change the plan, nor does the reason for an unusual figure, and results of
    runs are found again by this hash. Of the catalogue the systems count that the case uses, not the name of the file:
    written out, the case is the same one.
    """
    said = case.model_dump(mode="json", by_alias=True, exclude={"scenarios", "catalogue", "unusual"})
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _overrides_of_command(texts: Mapping[str, str], faults: list[Fault]) -> list[Override]:
    """Overrides given outside of the file; what cannot be read is added to the faults."""
    overrides = []
    for target, text in texts.items():
        label = f"override {target}"
        try:
            value = parse_value(text, label)
        except InputError as error:
            faults += [Fault(Place(label), target, fault.found, fault.allowed, fault.remedy) for fault in error.faults]
            continue
        overrides.append(Override(target, labelled(value, "override"), target))
    return overrides


def _used_part(root: Node, case: Case) -> Node:
    """The tree without what the case does not use: systems of the catalogue, and prices that nobody could convert."""
    systems = root.group.get("systems")
    if systems is None:
        return root
    kept = {
        name: node if case.systems[name].price.typical is not None else _without(node, "price", "typical")
        for name, node in systems.group.items()
        if name in case.systems
    }
    return Node({**root.group, "systems": Node(kept, systems.place, systems.source)}, root.place)


def _without(node: Node, group: str, field: str) -> Node:
    """An entry without one field of one of its groups."""
    inner = node.child(group)
    if inner is None:
        return node
    fields = {key: child for key, child in inner.group.items() if key != field}
    return Node({**node.group, group: Node(fields, inner.place, inner.source)}, node.place, node.source)
