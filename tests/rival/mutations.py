"""Ways to spoil a plan: each takes a case, a plan and chance, and gives a changed plan, or None where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from planner.case.case import Case
from planner.decisions import Decisions
from tests.decided import laid_flat, with_tables

Mutation = Callable[[Case, Decisions, Random], Decisions | None]


def _entry(some: dict[Any, Any], chance: Random) -> Any:
    return chance.choice(sorted(some)) if some else None


def _with(decisions: Decisions, kind: str, changes: dict[Any, Any]) -> Decisions:
    """The plan with entries of one kind changed; None takes an entry away."""
    entries = {**laid_flat(getattr(decisions, kind)), **changes}
    return with_tables(decisions, **{kind: {key: value for key, value in entries.items() if value is not None}})


def scaled(kind: str, change: Callable[[Any], Any]) -> Mutation:
    """Changes the amount of one entry."""

    def mutate(_case: Case, decisions: Decisions, chance: Random) -> Decisions | None:
        table = laid_flat(getattr(decisions, kind))
        key = _entry(table, chance)
        return None if key is None else _with(decisions, kind, {key: change(table[key])})

    return mutate


def renamed(kind: str, place: int, change: Callable[[Case, Any, Random], Any]) -> Mutation:
    """Changes one part of the key of one entry."""

    def mutate(case: Case, decisions: Decisions, chance: Random) -> Decisions | None:
        table = laid_flat(getattr(decisions, kind))
        key = _entry(table, chance)
        if key is None:
            return None
        other = (*key[:place], change(case, key[place], chance), *key[place + 1 :])
        return None if other == key else _with(decisions, kind, {key: None, other: table[key]})

    return mutate


def spoilt_amounts(kind: str, what: str) -> dict[str, Mutation]:
    """What can be wrong with any amount that need not be whole."""
    return {
        f"one per cent more {what}": scaled(kind, lambda amount: amount * 1.01),
        f"one per cent less {what}": scaled(kind, lambda amount: amount * 0.99),
        f"no {what}": scaled(kind, lambda _amount: None),
        f"negative {what}": scaled(kind, lambda amount: -amount),
        f"{what} that is not a number": scaled(kind, lambda _amount: float("nan")),
    }


def _joined(case: Case, decisions: Decisions, chance: Random) -> Decisions | None:
    """Turns the joining of one programme round."""
    names = sorted(case.programmes)
    if not names:
        return None
    name = chance.choice(names)
    return _with(decisions, "join", {name: not decisions.join.get(name, False)})


def stranger(_case: Case, _name: str, _chance: Random) -> str:
    return "stranger"


def other_site(case: Case, _name: str, chance: Random) -> str:
    return chance.choice(sorted(case.sites))


def later(_case: Case, t: int, _chance: Random) -> int:
    return t + 1


def earlier(_case: Case, t: int, _chance: Random) -> int:
    return t - 1


def before_the_start(_case: Case, _t: int, _chance: Random) -> int:
    """A period that would count from the end where nobody looks."""
    return -1


def after_the_end(case: Case, _t: int, _chance: Random) -> int:
    return case.calendar.periods


def other_arrival(case: Case, _arrival: str, chance: Random) -> str:
    return str(chance.choice(case.calendar.starts))


MUTATIONS: dict[str, Mutation] = {
    "one system more": scaled("order", lambda units: units + 1),
    "one system less": scaled("order", lambda units: units - 1 or None),
    "an order dropped": scaled("order", lambda _units: None),
    "half a system": scaled("order", lambda units: units + 0.5),
    "a negative order": scaled("order", lambda units: -units),
    "an order of another site": renamed("order", 1, other_site),
    "an order a period later": renamed("order", 2, later),
    "an order a period earlier": renamed("order", 2, earlier),
    "an order after the end": renamed("order", 2, after_the_end),
    "an order before the start": renamed("order", 2, before_the_start),
    "an order of a stranger": renamed("order", 0, stranger),
    "an order for an unknown site": renamed("order", 1, stranger),
    "a block dropped": scaled("expand", lambda _units: None),
    "a block more": scaled("expand", lambda units: units + 1),
    "a block a period later": renamed("expand", 1, later),
    "an unknown expansion": renamed("expand", 0, stranger),
    "an exit dropped": scaled("exit", lambda _units: None),
    "an exit doubled": scaled("exit", lambda units: 2 * units),
    "a negative exit": scaled("exit", lambda units: -units),
    "an exit a period later": renamed("exit", 3, later),
    "an exit a period earlier": renamed("exit", 3, earlier),
    "an exit of another vintage": renamed("exit", 2, other_arrival),
    "an exit at another site": renamed("exit", 1, other_site),
    "an exit before the start": renamed("exit", 3, before_the_start),
    "an exit of an unknown system": renamed("exit", 0, stranger),
    **spoilt_amounts("serve", "work"),
    "work a period later": renamed("serve", 3, later),
    "work a period earlier": renamed("serve", 3, earlier),
    "work at another site": renamed("serve", 2, other_site),
    "work before the start": renamed("serve", 3, before_the_start),
    "work at an unknown site": renamed("serve", 2, stranger),
    "unknown work": renamed("serve", 0, stranger),
    "work of an unknown system": renamed("serve", 1, stranger),
    **spoilt_amounts("claim", "claimed"),
    "half a unit more claimed": scaled("claim", lambda units: units + 0.5),
    "a claim on a later order": renamed("claim", 3, later),
    "a claim before the start": renamed("claim", 3, before_the_start),
    "a claim after the end": renamed("claim", 3, after_the_end),
    "a claim of an unknown site": renamed("claim", 2, stranger),
    "a claim on a stranger": renamed("claim", 1, stranger),
    "a claim of another site": renamed("claim", 2, other_site),
    "a claim of an unknown programme": renamed("claim", 0, stranger),
    "a programme joined or left": _joined,
    "an unknown programme joined": lambda _case, plan, _chance: _with(plan, "join", {"stranger": True}),
}
