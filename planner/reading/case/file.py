"""A case file becomes a Case, with where every figure comes from and a fingerprint of what was planned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from pydantic_core import PydanticCustomError

from planner.case.case import Case
from planner.case.quantities import normal_name, parse_file_name
from planner.defaults import BASE
from planner.errors import Fault, InputError, Place
from planner.outcome import Provenance
from planner.reading.case.catalogue import with_catalogue
from planner.reading.case.changes import PLACE, overrides_of
from planner.reading.case.moved_figures import paths_that_lead_nowhere
from planner.reading.case.names import with_normal_names
from planner.reading.case.overrides import Override, applied, labelled
from planner.reading.case.parts import Parts
from planner.reading.case.provenance import provenance_of
from planner.reading.case.scenarios import case_of, faults_of_paths, faults_of_values, with_scenario
from planner.reading.case.unusual import reasons_that_lead_nowhere
from planner.reading.case.validation import used_systems
from planner.reading.files import read_text
from planner.reading.tree.nodes import Node
from planner.reading.tree.parse import parse_tree, parse_value


@dataclass(frozen=True)
class Reading(Parts):
    """A case as read from its file: its figures, where each comes from, and what changed versions of it are made of.

    The parts of the case are attributes, such as ``reading.finance.opening_cash`` or ``reading.offers["maker"].price``.
    It never changes: ``with_`` and ``in_scenario`` make other cases of it.
    """

    case: Case
    """All that the case says."""
    scenario: str
    """Name of the scenario that is applied, 'base' for the case as it stands."""
    provenance: dict[str, Provenance]
    """Where each value comes from, by its dotted path in the case file; values left to their defaults are not in it."""
    input_hash: str
    """Fingerprint of the problem."""
    source: Source = field(repr=False, compare=False)
    """What it was made of."""
    language: str | None = None
    """Of the workbook that it was read from; other files have none."""

    def with_(self, changes: Mapping[str, object], *, name: str | None = None) -> Reading:
        """The same case with other figures, checked as a whole as a scenario is.

        The provenance of what is not changed stays; that of a changed figure is the comment in its text, such as
        ``"12 bn JPY  # board, 3 May"``, else that it was changed in Python.

        Args:
            changes: new values by dotted path, as scenarios have them, such as ``{"programmes.grant.rate": "1/3"}``. A
                text is read as the case file would read it; numbers, truth values, lists and dicts are taken as they
                are; None removes the field.
            name: what the changed case is called in results, as a scenario is; it keeps its name without one.

        Raises:
            InputError: holds every fault of the changes and of the case that they make, each with its path.
        """
        faults: list[Fault] = []
        overrides = overrides_of(changes, faults)
        called = self.scenario if name is None else _scenario_name(name, faults)
        return overridden(self, overrides, called, faults)

    def in_scenario(self, name: str) -> Reading:
        """The case that a scenario of its file makes of it.

        Raises:
            InputError: there is no such scenario, or the case that it makes has faults.
        """
        return replace(self.source.reading(name), language=self.language)

    def require_as_read(self) -> None:
        """Refuses a case whose figures were changed in place: nobody checked them, and nothing would tell of them.

        Raises:
            InputError: its figures are no longer those that were read.
        """
        if input_hash(self.case) != self.input_hash:
            found = "the case was changed in place, so that its figures are not those that were read and checked"
            raise InputError([Fault(Place(self.name), "", found, "", "make another case: case.with_({path: value})")])


def overridden(reading: Reading, overrides: list[Override], called: str, faults: Sequence[Fault] = ()) -> Reading:
    """The same case with new values in its tree, checked as a whole.

    Raises:
        InputError: holds every fault of the overrides and of the case that they make, behind those known before.
    """
    root, found = applied(reading.source.root, overrides)
    return replace(reading.source.read_as(called, root, [*faults, *found]), language=reading.language)


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
        found += paths_that_lead_nowhere(root, used_systems(root)) if catalogue_names is not None else []
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
        return self.read_as(chosen, root, faults + found)

    def read_as(self, name: str, changed: Node, faults: list[Fault]) -> Reading:
        """The reading of a tree that was made of this one, as the scenario of a name.

        Raises:
            InputError: holds the faults that were found already, and every fault of the case.
        """
        root, case = case_of(self.root, changed, self.catalogue_names, faults)
        if name != BASE:  # its other scenarios change the base case, not this one
            case = case.model_copy(update={"scenarios": {}})
            groups = {key: node for key, node in changed.group.items() if key != "scenarios"}
            changed = Node(groups, changed.place, changed.source)
        source = Source(changed, self.catalogue_names, ())
        return Reading(case, name, provenance_of(_used_part(root, case)), input_hash(case), source)


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


def _scenario_name(name: str, faults: list[Fault]) -> str:
    """A name that a scenario can have; what is wrong with it is added to the faults."""
    try:
        return parse_file_name(name)
    except PydanticCustomError as error:
        words = error.context or {}
        faults.append(Fault(PLACE, "name", words["found"], words["allowed"], words["remedy"]))
        return name


def input_hash(case: Case) -> str:
    """SHA-256 over what the case says of a plan, whatever its order, comments and units.

    A scenario that is not applied does not change the plan, nor do futures, nor the reason for an unusual figure, and
    results of runs are found again by this hash: none of these counts. Of the catalogue the systems count that the case
    uses, not the name of the file: written out, the case is the same one.
    """
    unsaid = {"scenarios", "futures", "catalogue", "unusual", *({"frozen"} if case.frozen is None else ())}
    said = case.model_dump(mode="json", by_alias=True, exclude=unsaid)
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
