"""The scenarios of a file: named changes of its case, each of which makes a whole case of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from planner.case.case import Case
from planner.case.quantities import normal_name
from planner.case.words import listed, spelling_hint
from planner.defaults import BASE
from planner.errors import Fault, InputError, Place
from planner.reading.case.moved_figures import paths_that_lead_nowhere
from planner.reading.case.names import with_normal_names
from planner.reading.case.overrides import Override, applied, labelled
from planner.reading.case.per_period import counts_of_another_period, for_its_periods
from planner.reading.case.validation import used_systems, validated
from planner.reading.tree.nodes import Node

MOST_SCENARIOS = 1_000
"""Scenarios of one file: each is a case of its own, to check and to plan."""
MOST_CHANGES = 2_000
"""Figures that one scenario may change; each of them is put into a copy of what it changes."""
_MOST_CAUSES = 20
"""Changes of a scenario that are left out one by one, to see which of them makes a mistake."""
_MOST_FAULTS = 200
"""Faults after which no further scenario is looked at."""


def scenarios_of(root: Node) -> dict[str, Node]:
    """The scenarios of a file by name."""
    return root.entries("scenarios")


def faults_of_paths(root: Node) -> list[Fault]:
    """The faults of the paths of all scenarios, whichever of them is chosen."""
    faults: list[Fault] = []
    scenarios = scenarios_of(root)
    if len(scenarios) > MOST_SCENARIOS:
        found, allowed = f"{len(scenarios):,} scenarios", f"at most {MOST_SCENARIOS:,} in one file"
        return [Fault(root.group["scenarios"].place, "scenarios", found, allowed, "split them into several files")]
    for name, node in scenarios.items():
        if name == BASE:
            remedy = "give the scenario another name"
            found = f"'{BASE}' is the name of the case without a scenario"
            faults.append(Fault(node.place, f"scenarios.{name}", found, "", remedy))
        elif len((node.child("set") or node).group) > MOST_CHANGES:
            found = f"the scenario changes more than {MOST_CHANGES:,} figures"
            remedy = "set a group as a whole, such as a figure with all its months"
            faults.append(Fault(node.place, f"scenarios.{name}", found, f"at most {MOST_CHANGES:,}", remedy))
        else:
            faults += applied(root, _overrides(name, node))[1]
    return faults


def with_scenario(root: Node, chosen: str) -> tuple[Node, list[Fault]]:
    """The tree with a scenario in it, and the faults of its paths."""
    scenarios, chosen = scenarios_of(root), normal_name(chosen)
    if chosen == BASE:
        return root, []
    if chosen in scenarios:
        return applied(root, _overrides(chosen, scenarios[chosen]))
    place = root.group["scenarios"].place if "scenarios" in root.group else root.place
    allowed = listed([BASE, *scenarios])
    found = f"there is no scenario '{chosen}'"
    return root, [Fault(place, "scenarios", found, allowed, spelling_hint(chosen, scenarios))]


def faults_of_values(root: Node, catalogue_names: Collection[str] | None, earlier: Collection[Fault]) -> list[Fault]:
    """What is wrong in the case that each scenario makes, and not in the base case, with its line in the scenario.

    ``earlier`` are the faults of the file that are told already.
    """
    if len(scenarios_of(root)) > MOST_SCENARIOS:
        return []  # refused already
    known = set(_faults(root, root, catalogue_names, earlier))
    told = {(fault.field, fault.found) for fault in known}
    found: list[Fault] = []
    for name, node in scenarios_of(root).items():
        overrides = _overrides(name, node)
        if name == BASE or not overrides or len(found) >= _MOST_FAULTS:
            continue
        faults = _faults(root, applied(root, overrides)[0], catalogue_names, earlier)
        new = [fault for fault in faults if (fault.field, fault.found) not in told]
        lines = set(_places(node)) if new else set()
        without: dict[str, set[tuple[str, str]]] = {}
        for fault in new:
            if fault.place in lines:
                found.append(fault)
                continue
            if not without and len(overrides) > 1:
                without = _told_without(root, overrides, catalogue_names, earlier)
            cause = _cause(fault, overrides, without)
            place = node.place if cause is None else cause.value.place
            found.append(_told_of(fault, f"scenarios.{name}", place, cause))
    return found


def _overrides(name: str, node: Node) -> list[Override]:
    new_values = node.child("set")
    if new_values is None or len(new_values.group) > MOST_CHANGES:
        return []  # so many are a fault, which is told
    return [
        Override(target, labelled(value, f"scenario {name}"), f"scenarios.{name}.set.{target}")
        for target, value in new_values.group.items()
    ]


def case_of(
    base: Node, root: Node, catalogue_names: Collection[str] | None, faults: Collection[Fault]
) -> tuple[Node, Case]:
    """A tree with its names in one form and its counts for its own periods, and the case that it makes.

    ``base`` is the tree of the file, which scenarios and overrides have made ``root`` of.

    Raises:
        InputError: holds every fault, those that were found already among them.
    """
    found = counts_of_another_period(base, root)
    if catalogue_names is not None and root is not base:
        found += paths_that_lead_nowhere(root, used_systems(root), base)
    root, doubled = with_normal_names(root)
    root, uneven = for_its_periods(root)
    return root, validated(root, catalogue_names, [*faults, *found, *doubled, *uneven])


def _faults(
    base: Node, root: Node, catalogue_names: Collection[str] | None, earlier: Collection[Fault]
) -> tuple[Fault, ...]:
    """The faults of a tree as a case, those that are told already included."""
    try:
        case_of(base, root, catalogue_names, earlier)
    except InputError as error:
        return error.faults
    return ()


def _places(node: Node) -> Iterator[Place]:
    """Where a tree stands."""
    yield node.place
    for _, child in node.children():
        yield from _places(child)


def _told_without(
    root: Node, overrides: list[Override], catalogue_names: Collection[str] | None, earlier: Collection[Fault]
) -> dict[str, set[tuple[str, str]]]:
    """What is told of a scenario without each of its changes, by the path of the change."""
    told = {}
    for override in overrides[:_MOST_CAUSES]:
        others = [other for other in overrides if other is not override]
        faults = _faults(root, applied(root, others)[0], catalogue_names, earlier)
        told[override.target] = {(fault.field, fault.found) for fault in faults}
    return told


def _cause(fault: Fault, overrides: list[Override], without: dict[str, set[tuple[str, str]]]) -> Override | None:
    """The change of a scenario without which a mistake would not be there; None where it takes several."""
    if len(overrides) == 1:
        return overrides[0]
    for override in overrides[:_MOST_CAUSES]:
        if (fault.field, fault.found) not in without[override.target]:
            return override
    return None


def _told_of(fault: Fault, scenario: str, place: Place, cause: Override | None) -> Fault:
    """A mistake in a figure of the base case that only a scenario makes one."""
    if cause is not None and f"{fault.field}.".startswith(f"{cause.target}."):
        remedy = "leave the line out, so that it stays as it is in the base case"
        return replace(fault, place=place, field=cause.field, remedy=remedy)
    where = f"{fault.field} at line {fault.place.line}" if fault.place.line else f"{fault.field} at {fault.place}"
    found = f"with {'it' if cause is not None else 'this scenario'}, {where} goes wrong: {fault.found}"
    remedy = f"set {fault.field} in this scenario as well" + (f" ({fault.remedy})" if fault.remedy else "")
    return replace(fault, place=place, field=scenario if cause is None else cause.field, found=found, remedy=remedy)
