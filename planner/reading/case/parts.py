"""The parts of a case as attributes of what holds it, so that ``case.finance`` needs no second ``case``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from planner.case.case import Case


class HoldsCase(Protocol):
    """What has a case."""

    @property
    def case(self) -> Case:
        """The case."""
        ...


class _Part[T]:
    """One part of the case."""

    def __init__(self, of: Callable[[Case], T]) -> None:
        self._of = of

    def __get__(self, holder: HoldsCase, owner: type) -> T:
        return self._of(holder.case)


def _entries[T](of: Callable[[Case], dict[str, T]]) -> _Part[Mapping[str, T]]:
    """A part that is a dictionary, to be read and not to be changed."""
    return _Part(lambda case: MappingProxyType(of(case)))


class Parts:
    """The parts of a case, each as the case file names it."""

    name = _Part(lambda case: case.name)
    title = _Part(lambda case: case.title)
    calendar = _Part(lambda case: case.calendar)
    finance = _Part(lambda case: case.finance)
    systems = _entries(lambda case: case.systems)
    offers = _entries(lambda case: case.offers)
    sites = _entries(lambda case: case.sites)
    expansions = _entries(lambda case: case.expansions)
    workloads = _entries(lambda case: case.workloads)
    programmes = _entries(lambda case: case.programmes)
    supply_chain_limits = _entries(lambda case: case.supply_chain_limits)
    objective = _Part(lambda case: case.objective)
    scenarios = _entries(lambda case: case.scenarios)
    futures = _Part(lambda case: case.futures)
