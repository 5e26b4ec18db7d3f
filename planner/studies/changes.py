"""What differs between two cases and between two plans: inputs by path, decisions by what, where and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from planner.audit.facts import Facts
from planner.case.case import Case
from planner.outcome import Outcome
from planner.reading.nodes import path_text
from planner.studies.binding import Binding, binding

LEFT_OUT = frozenset({"scenarios", "catalogue", "unusual", "name"})
"""Parts of a case that decide nothing."""
MOST_SHOWN = 60
"""Longest group or list that is written out, in characters."""
NOTHING = "–"
"""Stands for a value that one side does not have."""


@dataclass(frozen=True)
class InputChange:
    """One figure that differs, or a whole group that only one case has."""

    path: str
    base: str
    scenario: str


@dataclass(frozen=True)
class DecisionChange:
    """One decision in both plans, summed over a fiscal year."""

    kind: str
    """What is decided, such as 'order'."""
    name: str
    """Names of the case, such as an offer and a site."""
    year: int | None
    """Fiscal year, where the decision has a date."""
    unit: str
    base: float
    scenario: float
    weight: float
    """What moves by the change, in currency; the largest comes first."""

    @property
    def change(self) -> float:
        """How much more the scenario decides."""
        return self.scenario - self.base


@dataclass(frozen=True)
class BindingChange:
    """A limit that binds in one plan or in both."""

    rule: str
    subject: str
    base: tuple[int, ...] | None
    """Periods in which it binds in the base; None where it does not bind there."""
    scenario: tuple[int, ...] | None


def input_changes(base: Case, scenario: Case) -> list[InputChange]:
    """The inputs that differ, in the order of the case file."""
    one, other = (case.model_dump(mode="json", by_alias=True, exclude=set(LEFT_OUT)) for case in (base, scenario))
    return list(_differences((), one, other))


def _differences(path: tuple[str, ...], base: Any, scenario: Any) -> Iterator[InputChange]:  # noqa: ANN401
    if base == scenario:
        return
    if isinstance(base, dict) and isinstance(scenario, dict):
        for key in dict.fromkeys((*base, *scenario)):
            yield from _differences((*path, key), base.get(key), scenario.get(key))
        return
    yield InputChange(path_text(path), _shown(base), _shown(scenario))


def _shown(value: Any) -> str:  # noqa: ANN401
    """A value in a few words; a group that the other side lacks only by being there."""
    if value is None or value in ([], {}, ""):
        return NOTHING
    if isinstance(value, float):
        return f"{value:.12g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "stated" if isinstance(value, dict | list) and len(text) > MOST_SHOWN else text


def decision_changes(base: Outcome, scenario: Outcome) -> tuple[list[DecisionChange], int]:
    """The decisions that differ, those that move most money first, and the number of those that are alike."""
    one, other = _decided(base), _decided(scenario)
    changed, alike = [], 0
    for key in dict.fromkeys((*one, *other)):
        kind, name, year, unit = key
        (here, here_money), (there, there_money) = one.get(key, (0.0, 0.0)), other.get(key, (0.0, 0.0))
        if abs(there - here) <= 1e-6 * max(1.0, abs(here), abs(there)):
            alike += 1
            continue
        per_unit = max((money / amount for amount, money in ((here, here_money), (there, there_money)) if amount > 0))
        changed.append(DecisionChange(kind, name, year, unit, here, there, abs(there - here) * per_unit))
    changed.sort(key=lambda change: (-change.weight, change.kind, change.name, change.year or 0))
    return changed, alike


Key = tuple[str, str, int | None, str]


def _decided(outcome: Outcome) -> dict[Key, tuple[float, float]]:
    """Amount and money of every decision, by kind, name, fiscal year and unit."""
    found: dict[Key, tuple[float, float]] = {}
    for key, amount, money in _entries(outcome):
        held = found.get(key, (0.0, 0.0))
        found[key] = (held[0] + amount, held[1] + money)
    return found


def _entries(outcome: Outcome) -> Iterator[tuple[Key, float, float]]:
    case, decisions = outcome.case, outcome.decisions
    facts, calendar = Facts(case, decisions), case.calendar
    currency = case.finance.currency

    def year(t: int) -> int:
        return calendar.fiscal_year(calendar.starts[t])

    for (offer, site, t), count in decisions.order.items():
        cost = sum(facts.unit_cost((offer, site, t)).values())
        yield ("order", f"{offer} at {site}", year(t), "systems"), count, count * cost
    for (expansion, t), count in decisions.expand.items():
        cost = sum(facts.unit_cost((expansion, case.expansions[expansion].site, t)).values())
        yield ("build", expansion, year(t), "blocks"), count, count * cost
    for (system, site, _, t), count in decisions.exit.items():
        yield ("leave", f"{system} at {site}", year(t), "systems"), count, count * facts.typical_price(system, t)
    granted, repaid = outcome.audit.quantities.grant, outcome.audit.quantities.grant_repaid
    for (programme, name, site, t), amount in decisions.claim.items():
        grant = granted[programme, name, site, t]
        yield ("claim", f"{name} at {site} under {programme}", year(t), "units"), amount, grant
    for programme in case.programmes:
        all_of_it = sum(money for (name, *_), money in granted.items() if name == programme)
        used = decisions.join.get(programme, False) or any(claim[0] == programme for claim in decisions.claim)
        yield ("take part", programme, None, "yes = 1"), float(used), all_of_it
    for (programme, t), money in repaid.items():
        yield ("give back", programme, year(t), currency), money, money
    for (programme, fiscal_year), money in decisions.credit.items():
        yield ("use tax credit", programme, fiscal_year, currency), money, money
    for (loan, t), money in decisions.draw.items():
        yield ("draw", loan, year(t), currency), money, money
    for (loan, t), money in decisions.repay.items():
        yield ("repay", loan, year(t), currency), money, money


def binding_changes(base: Outcome, scenario: Outcome) -> list[BindingChange]:
    """Limits that bind in either plan: first those that only bind in the scenario, then those no longer, then both."""
    one, other = _by_subject(binding(base)), _by_subject(binding(scenario))
    found = [BindingChange(*key, one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other))]
    return sorted(found, key=lambda change: (change.scenario is None, change.base is not None))


def _by_subject(found: list[Binding]) -> dict[tuple[str, str], tuple[int, ...]]:
    return {(one.rule, one.subject): one.periods for one in found}
