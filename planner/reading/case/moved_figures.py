"""Paths of futures: each leads to one figure that the file states, and that can change in the way that is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from planner.case.case import Case
from planner.case.consistency.unknown import as_far_as_known
from planner.case.futures import ChangeKind, Driver, Event, Futures
from planner.case.quantities import Duration, Money, Month, Rate
from planner.case.words import listed
from planner.errors import Fault
from planner.reading.case.fields import Type, below, fields_of, is_group, is_timeline
from planner.reading.case.overrides import MissingSectionError, NoSuchPathError, path_of
from planner.reading.tree.nodes import Node, Path, nearest, path_text

_SECTION = "futures"
_FIXED = ("calendar", "objective", "name", "title", "unusual", "frozen", _SECTION)
_NO_FIGURES = (*_FIXED, "catalogue", "scenarios")
"""Sections that hold no figures that turn out in one way or another; scenarios change none of the last two either."""
_NUMBERS = (Money, Rate, Duration, float, int)


class PerhapsMisspeltError(NoSuchPathError):
    """Nothing is stated where a path leads, and beside it stands a field that nobody knows, which is told already."""


@dataclass(frozen=True)
class MovedFigure:
    """A figure that a path leads to."""

    path: Path
    type: Type
    """Of the figure, or of each of its steps."""
    by_month: bool
    """Whether it may change with time."""

    @property
    def is_month(self) -> bool:
        """Whether it is a month of the calendar, such as that in which a site opens."""
        return self.type is Month

    @property
    def is_number(self) -> bool:
        """Whether it can be multiplied."""
        return self.type in _NUMBERS


def moved_figure(root: Node, target: str) -> MovedFigure:
    """The figure at the end of a path.

    Raises:
        NoSuchPathError: there is no such field, nothing is stated there, or a whole group is meant.
    """
    if target.split(".", maxsplit=1)[0] in _FIXED:
        allowed = f"a figure of {listed(one for one in Case.model_fields if one not in _NO_FIGURES)}"
        raise NoSuchPathError(f"'{target}' does not turn out in one way or another", allowed)
    path = path_of(root, target, must_exist=False)
    node: Node | None = root
    here: Type = Case
    by_month = is_perhaps_misspelt = False
    for depth, key in enumerate(path):
        if is_timeline(here):
            figure = ".".join(path[:depth])
            remedy = f"write {figure}; from which month on it varies is said by `from`"
            raise NoSuchPathError(f"'{target}' is one step of a figure", f"the whole figure: {figure}", remedy)
        if node is not None and node.child(key) is None:
            is_perhaps_misspelt = is_group(here) and not fields_of(here).keys() >= node.group.keys()
        node = node.child(key) if node is not None else None
        here = below(here, key)
    if node is None and is_perhaps_misspelt:
        raise PerhapsMisspeltError(f"'{target}' may be misspelt")
    if node is None or node.value is None:
        remedy = "state the figure there, so that there is something to move, or name the one that is read instead"
        raise NoSuchPathError(f"nothing is stated at '{target}'", "the path of a figure that is stated", remedy)
    if is_timeline(here):
        by_month, month = True, "2024-04"
        here = below(here, month)
    elif node.group or isinstance(node.value, list):
        inside = listed([f"{target}.{key}" for key, _ in node.children()], most=4)
        found = f"'{target}' is a group of figures"
        raise NoSuchPathError(found, f"the path of one figure: {inside}", "name the figure")
    return MovedFigure(path, here, by_month)


def paths_that_lead_nowhere(root: Node, used: Collection[str], before: Node | None = None) -> list[Fault]:
    """The faults of the paths of futures; ``used`` are the systems that the case uses.

    Of a changed tree only paths are told that were not there ``before``: a scenario may remove what the others move.
    """
    faults = []
    told = set() if before is None else {id(node) for _, node in _targets(before.child(_SECTION))}
    for field, node in _targets(root.child(_SECTION)):
        if id(node) in told:
            continue
        try:
            _refuse_unused(moved_figure(root, str(node.value)).path, used)
        except (PerhapsMisspeltError, MissingSectionError):
            continue
        except NoSuchPathError as error:
            faults.append(Fault(node.place, path_text((_SECTION, *field)), *error.words))
    return faults


def _refuse_unused(path: Path, used: Collection[str]) -> None:
    if path[0] == "systems" and path[1] not in used:
        found = f"the case does not use the system '{path[1]}', so that nothing of it can move"
        raise NoSuchPathError(found, f"a system that is used: {listed(sorted(used))}")


def _targets(futures: Node | None) -> Iterator[tuple[Path, Node]]:
    """Where each path of the futures of a file stands."""
    if futures is None:
        return
    for name, driver in futures.below("drivers"):
        yield from _targets_of(("drivers", name), driver)
    for name, event in futures.below("events"):
        for number, effect in event.below("effects"):
            yield from _targets_of(("events", name, "effects", number), effect)


def _targets_of(path: Path, one: Node) -> Iterator[tuple[Path, Node]]:
    if (single := one.child("path")) is not None and isinstance(single.value, str):
        yield (*path, "path"), single
    for number, item in one.below("paths"):
        if isinstance(item.value, str):
            yield (*path, "paths", number), item


def changes_that_cannot_be(futures: Futures | None, root: Node) -> list[Fault]:
    """Figures that are there, and cannot change in the way that their driver or event says."""
    faults: list[Fault] = []
    if futures is None:
        return faults
    with as_far_as_known():
        for name, driver in futures.drivers.items():
            with as_far_as_known():
                for target in driver.targets:
                    faults += _fault(root, ("drivers", name), target, driver.kind, driver)
        for name, event in futures.events.items():
            with as_far_as_known():
                for number, effect in enumerate(event.effects):
                    for target in effect.targets:
                        path = ("events", name, "effects", str(number))
                        faults += _fault(root, path, target, effect.change[0], None)
    return faults


def _fault(root: Node, path: Path, target: str, kind: ChangeKind, driver: Driver | None) -> list[Fault]:
    try:
        figure = moved_figure(root, target)
    except NoSuchPathError:
        return []  # told already, or removed by a scenario
    words = _what_cannot_be(figure, target, kind, driver)
    if words is None:
        return []
    stands = nearest(root, (_SECTION, *path))
    place = next((node.place for _, node in _targets_of(path, stands) if node.value == target), stands.place)
    return [Fault(place, path_text((_SECTION, *path)), *words)]


def _what_cannot_be(
    figure: MovedFigure, target: str, kind: ChangeKind, driver: Driver | None
) -> tuple[str, str, str] | None:
    """What was found, what is allowed, the likely fix; None where the change can be."""
    if kind == "factor" and figure.is_month:
        remedy = "write `kind: addition` and months" if driver is not None else "write `addition: 3 months`"
        return f"'{target}' is a month, which cannot be multiplied", "an addition in months, or a value", remedy
    if kind != "value" and not (figure.is_number or figure.is_month):
        found = f"'{target}' is no number, and takes no {kind}"
        return found, "a value in its place", "write `kind: value`" if driver else "write `value:`"
    if driver is None or figure.by_month:
        return None
    if driver.walk is not None:
        remedy = "take a distribution that is drawn once, such as `lognormal: {spread: 20 %}`"
        return f"'{target}' does not change with time, and cannot follow a walk", "a figure by month", remedy
    if driver.first is not None:
        found = f"'{target}' does not change with time, and cannot vary from {driver.first} on"
        return found, "a figure by month, or no `from`", "leave `from` out"
    return None


def futures_that_stand(futures: Futures | None, root: Node, systems: Collection[str]) -> Futures | None:
    """The futures without what is not in this case: scenarios remove entries, and unused systems are left out."""
    if futures is None:
        return None
    gone = {target for target in set(futures.targets()) if not _stands(root, target, systems)}
    if not gone:
        return futures
    drivers = {name: _without(driver, gone) for name, driver in futures.drivers.items()}
    events = {name: _event_without(event, gone) for name, event in futures.events.items()}
    kept = {name: driver for name, driver in drivers.items() if driver.targets}
    events = {name: event for name, event in events.items() if event.effects}
    correlations = tuple(one for one in futures.correlations if {*one.between} <= {*kept, *events})
    return futures.model_copy(update={"drivers": kept, "events": events, "correlations": correlations})


def _stands(root: Node, target: str, systems: Collection[str]) -> bool:
    try:
        _refuse_unused(moved_figure(root, target).path, systems)
    except NoSuchPathError:
        return False
    return True


def _without[T: Driver](one: T, gone: Collection[str]) -> T:
    paths = tuple(target for target in one.targets if target not in gone)
    return one if len(paths) == len(one.targets) else one.model_copy(update={"path": "", "paths": paths})


def _event_without(event: Event, gone: Collection[str]) -> Event:
    effects = tuple(
        effect.model_copy(update={"path": "", "paths": kept}) if len(kept) < len(effect.targets) else effect
        for effect in event.effects
        if (kept := tuple(target for target in effect.targets if target not in gone))
    )
    return event.model_copy(update={"effects": effects})
