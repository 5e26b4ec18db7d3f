"""A case file becomes a Case, with where every figure comes from and a fingerprint of what was planned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from planner.case.case import Case
from planner.case.words import listed, spelling_hint
from planner.defaults import BASE
from planner.errors import Fault, InputError, Place
from planner.outcome import Provenance
from planner.reading.catalogue import with_catalogue
from planner.reading.files import read_text
from planner.reading.nodes import Node
from planner.reading.overrides import Override, applied, labelled
from planner.reading.provenance import provenance_of
from planner.reading.tree import parse_tree, parse_value
from planner.reading.unusual import reasons_that_lead_nowhere
from planner.reading.validation import validated

MOST_CHANGES = 2_000
"""Figures that one scenario may change; each of them is put into a copy of what it changes."""


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
        root, catalogue_names, found = with_catalogue(root, folder)
        return cls(
            root, catalogue_names, (*faults, *found, *reasons_that_lead_nowhere(root), *_faults_of_scenarios(root))
        )

    def reading(self, scenario: str | None = None, overrides: Mapping[str, str] | None = None) -> Reading:
        """The reading with a scenario and then overrides (new values as YAML text, by dotted path).

        Raises:
            InputError: holds every fault of the file, its catalogue, the scenarios and the overrides.
        """
        chosen = BASE if scenario is None else scenario
        root, faults = _with_scenario(self.root, chosen)
        faults += self.faults
        root, found = applied(root, _overrides_of_command(overrides or {}, faults))
        case = validated(root, self.catalogue_names, faults + found)
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


def read_case(path: Path, scenario: str | None = None, overrides: Mapping[str, str] | None = None) -> Reading:
    """Reads a case file, applies a scenario of it and then overrides (new values as YAML text, by dotted path).

    Raises InputError with every fault that the file, its catalogue, the scenario and the overrides have.
    """
    return read_source(path).reading(scenario, overrides)


def reading_of(
    root: Node,
    faults: list[Fault],
    folder: Path,
    scenario: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Reading:
    """The reading of a case that is a tree already; ``folder`` is where its catalogue is looked for."""
    return Source.of(root, faults, folder).reading(scenario, overrides)


def input_hash(case: Case) -> str:
    """SHA-256 over what the case says, whatever its order, comments and units; scenarios and catalogue do not count.

    A scenario that is not applied does not change the plan, nor does the reason for an unusual figure, and results of
    runs are found again by this hash. Of the catalogue the systems count that the case uses, not the name of the file:
    written out, the case is the same one.
    """
    said = case.model_dump(mode="json", by_alias=True, exclude={"scenarios", "catalogue", "unusual"})
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _scenarios(root: Node) -> dict[str, Node]:
    section = root.group.get("scenarios")
    return section.group if section is not None else {}


def _faults_of_scenarios(root: Node) -> list[Fault]:
    """The faults of the paths of all scenarios, whichever of them is chosen."""
    faults: list[Fault] = []
    for name, node in _scenarios(root).items():
        if name == BASE:
            remedy = "give the scenario another name"
            found = f"'{BASE}' is the name of the case without a scenario"
            faults.append(Fault(node.place, f"scenarios.{name}", found, "", remedy))
        elif len((node.child("set") or node).group) > MOST_CHANGES:
            found = f"the scenario changes more than {MOST_CHANGES:,} figures"
            remedy = "set a group as a whole, such as a figure with all its months"
            faults.append(Fault(node.place, f"scenarios.{name}", found, f"at most {MOST_CHANGES:,}", remedy))
        else:
            faults += applied(root, _overrides_of_scenario(name, node))[1]
    return faults


def _with_scenario(root: Node, chosen: str) -> tuple[Node, list[Fault]]:
    """The tree with a scenario in it."""
    scenarios = _scenarios(root)
    if chosen == BASE:
        return root, []
    if chosen in scenarios:
        return applied(root, _overrides_of_scenario(chosen, scenarios[chosen]))[0], []
    place = root.group["scenarios"].place if "scenarios" in root.group else root.place
    allowed = listed([BASE, *scenarios])
    found = f"there is no scenario '{chosen}'"
    return root, [Fault(place, "scenarios", found, allowed, spelling_hint(chosen, scenarios))]


def _overrides_of_scenario(name: str, node: Node) -> list[Override]:
    new_values = node.child("set")
    if new_values is None or len(new_values.group) > MOST_CHANGES:
        return []  # so many are a fault, which is told
    return [
        Override(target, labelled(value, f"scenario {name}"), f"scenarios.{name}.set.{target}")
        for target, value in new_values.group.items()
    ]


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
    """The tree without the systems of the catalogue that the case does not use."""
    systems = root.group.get("systems")
    if systems is None:
        return root
    kept = {name: node for name, node in systems.group.items() if name in case.systems}
    return Node({**root.group, "systems": Node(kept, systems.place, systems.source)}, root.place)
