"""The base case beside its scenarios: planned, compared, and explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from planner.case.quantities import normal_name
from planner.case.words import listed, spelling_hint
from planner.defaults import BASE
from planner.errors import Fault, InputError, NoPlanError, NoProofError, Place
from planner.outcome import Outcome
from planner.reading.budget import budget_to_ask
from planner.reading.case.file import Reading
from planner.studies.additionality import Additionality, additionality, task_without
from planner.studies.bridge import Bridge, bridge_of
from planner.studies.changes import (
    BindingChange,
    DecisionChange,
    binding_changes,
    decision_changes,
)
from planner.studies.dates import not_lined_up
from planner.studies.inputs import InputChange, input_changes
from planner.studies.runs import run_all
from planner.studies.tasks import Engine, Run, Task
from planner.studies.tie import Likeness, likeness
from planner.vocabulary.message import Message


@dataclass(frozen=True)
class Difference:
    """What differs between the plan of a scenario and that of the base."""

    decisions: tuple[DecisionChange, ...]
    decisions_alike: int
    """Decisions that are the same in both."""
    limits: tuple[BindingChange, ...]
    bridge: Bridge
    likeness: Likeness


@dataclass(frozen=True)
class Compared:
    """One scenario beside the base."""

    run: Run
    title: str
    """What the scenario asks."""
    inputs: tuple[InputChange, ...]
    difference: Difference | None
    """None where the scenario has no plan."""
    additionality: tuple[Additionality, ...] = ()
    not_lined_up: tuple[Message, ...] = ()
    """What is not of the same dates as in the base, in sentences."""

    @property
    def name(self) -> str:
        """Name of the scenario."""
        return self.run.task.name


@dataclass(frozen=True)
class Comparison:
    """A base and its scenarios."""

    base: Outcome
    scenarios: tuple[Compared, ...]
    base_additionality: tuple[Additionality, ...] = ()
    options: dict[str, str] = field(default_factory=dict)

    @property
    def all_proven(self) -> bool:
        """Whether every scenario has an answer that is as sure as was asked for."""
        runs = [one.run for one in self.scenarios]
        answered = all(run.proven if run.outcome is None else run.outcome.proof.within_gap for run in runs)
        return answered and self.base.proof.within_gap

    @property
    def plans(self) -> list[tuple[str, Outcome]]:
        """Every plan that there is, by name, the base first."""
        others = [(one.name, one.run.outcome) for one in self.scenarios if one.run.outcome is not None]
        return [(BASE, self.base), *others]


class AllRead(NamedTuple):
    """What there is to compare."""

    tasks: list[Task]
    """Those of the base and of its scenarios."""
    titles: dict[str, str]
    """Of the scenarios."""
    language: str | None
    """That of the workbook that was read, if it was one."""


def read_all(path: Path, names: Sequence[str], *, base_alone: bool = False) -> AllRead:
    """The tasks of a budget's base and its scenarios, those named or all of them.

    Raises:
        InputError: the file has faults, or there is no such scenario.
    """
    read = budget_to_ask(path)
    base = read()
    return AllRead(*side_by_side(base, names, read, base_alone=base_alone, file=str(path)), base.language)


def side_by_side(
    base: Reading, asked: Sequence[str | Reading], read: Callable[[str], Reading], *, base_alone: bool, file: str
) -> tuple[list[Task], dict[str, str]]:
    """The tasks of a base and of what is to stand beside it, and the titles of the scenarios.

    A case without scenarios is refused where nothing stands beside it, unless the base alone has something to tell.

    Args:
        base: the case as it stands.
        asked: names of scenarios of the base, or other cases, each with a name of its own; all scenarios without any.
        read: reads the base in a scenario.
        base_alone: whether the base alone has something to tell.
        file: names the base in messages where its provenance does not.

    Raises:
        InputError: there is no such scenario, two cases have one name, or their figures are in another currency.
    """
    asked = [one if isinstance(one, Reading) else normal_name(one) for one in asked]
    asked = [one for number, one in enumerate(asked) if one != BASE and one not in asked[:number]]  # it is always there
    scenarios = base.case.scenarios
    place = base.provenance.get("name")
    where = Place(place.file) if place else Place(file)
    faults = [
        Fault(where, "scenarios", f"there is no scenario '{name}'", listed(scenarios), spelling_hint(name, scenarios))
        for name in asked
        if isinstance(name, str) and name not in scenarios
    ]
    if not scenarios and not (base_alone and not asked) and not any(isinstance(one, Reading) for one in asked):
        faults = [Fault(where, "scenarios", "the file has no scenarios", "", "add some under `scenarios:`")]
    if faults:
        raise InputError(faults)
    chosen = [one if isinstance(one, Reading) else read(one) for one in asked or scenarios]
    currency = base.case.finance.currency
    faults = [
        Fault(
            where,
            f"scenarios.{one.scenario}",
            f"its figures are in {one.case.finance.currency}, those of the base in {currency}: they have no difference",
            f"scenarios in {currency}",
            "change the exchange rate instead of the currency",
        )
        for one in chosen
        if one.case.finance.currency != currency
    ]
    names = [*{BASE, base.scenario}, *(one.scenario for one in chosen)]
    remedy = "name it: case.with_({...}, name='another')"
    faults += [
        Fault(where, "", f"two cases to compare are called '{name}'", "a name for each", remedy)
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    if faults:
        raise InputError(faults)
    titles = {name: scenario.title for name, scenario in scenarios.items()}
    return [Task.of(one) for one in (base, *chosen)], titles


def compare_tasks(
    tasks: Sequence[Task],
    engine: Engine,
    *,
    titles: Mapping[str, str] | None = None,
    with_additionality: bool = False,
) -> Comparison:
    """Plans a base, the first of the tasks, and scenarios of it, and compares each with the base.

    Raises:
        NoPlanError, NoProofError: there is no plan of the base.
    """
    removals = [(task, programme) for task in tasks for programme in task.case.programmes] if with_additionality else []
    runs = run_all([*tasks, *(task_without(task, programme) for task, programme in removals)], engine)
    first, *others = runs[: len(tasks)]
    if first.outcome is None:
        raise (NoPlanError if first.proven else NoProofError)(first.message)
    outcomes = {run.task.name: run.outcome for run in runs[: len(tasks)]}
    found: dict[str, list[Additionality]] = {task.name: [] for task in tasks}
    for (task, programme), run_without in zip(removals, runs[len(tasks) :], strict=True):
        outcome = outcomes[task.name]
        if outcome is not None:
            found[task.name].append(additionality(programme, outcome, run_without))
    return Comparison(
        base=first.outcome,
        scenarios=tuple(
            _compared(first.outcome, run, (titles or {}).get(run.task.name, ""), found[run.task.name]) for run in others
        ),
        base_additionality=tuple(found[first.task.name]),
        options={"gap": f"{engine.gap:g}", "time limit": f"{engine.time_limit:g} s"},
    )


def _compared(base: Outcome, run: Run, title: str, found: Sequence[Additionality]) -> Compared:
    inputs = tuple(input_changes(base.case, run.task.case))
    if run.outcome is None:
        return Compared(run, title, inputs, None)
    apart = not_lined_up(base.case.calendar, run.outcome.case.calendar)
    decisions, alike = decision_changes(base, run.outcome)
    difference = Difference(
        decisions=tuple(decisions),
        decisions_alike=alike,
        limits=tuple(binding_changes(base, run.outcome)),
        bridge=bridge_of(base, run.outcome),
        likeness=likeness(base, run.outcome),
    )
    return Compared(run, title, inputs, difference, tuple(found), apart)
