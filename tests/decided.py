"""Decisions as tests write them: keys laid flat, arrivals and fiscal years as texts or numbers."""

from __future__ import annotations

import re
from typing import Any

from planner.decisions import Decisions
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Arrival, FiscalYear, Month, Vintage, flat, key_of

_ARRIVAL = re.compile(r"(\d{4}-\d{2})(?: (\S+))?")
_KEYS = STORED


def arrival(text: str) -> Arrival:
    """Such as '2024-10 maker', or '2024-10' for what came without an order."""
    match = _ARRIVAL.fullmatch(text)
    assert match is not None
    return Arrival(Month.parse(match[1]), match[2] or "")


def vintage(system: str, site: str, text: str) -> Vintage:
    return Vintage(system, site, arrival(text))


def keyed(kind: str, key: Any) -> Any:
    """The key of a decision from its names in the order in which plan.json has them; one that is typed stays so."""
    parts = [key] if isinstance(key, str) else [*flat(key)]
    typed = [_typed(field, part) for field, part in zip(_KEYS[kind].fields, parts, strict=True)]
    return key_of(_KEYS[kind].key, typed)


def _typed(field: str, part: Any) -> Any:
    if field == "cohort" and isinstance(part, str):
        return arrival(part)
    return FiscalYear(part) if field == "fiscal_year" and isinstance(part, int) else part


def decided(**tables: dict[Any, Any]) -> Decisions:
    """A plan with these tables, whose keys are laid flat or typed."""
    return Decisions(**{
        kind: {keyed(kind, key): amount for key, amount in table.items()} for kind, table in tables.items()
    })  # fmt: skip


def with_tables(plan: Decisions, **tables: dict[Any, Any]) -> Decisions:
    """The same plan with other tables."""
    return decided(**{**vars(plan), **tables})


def laid_flat(table: dict[Any, Any]) -> dict[tuple[Any, ...], Any]:
    """A table of decisions with its keys as tests write them."""
    return {
        key if isinstance(key, str) else tuple(_plain(part) for part in flat(key)): amount
        for key, amount in table.items()
    }


def plan_laid_flat(plan: Decisions) -> Decisions:
    """The same plan with all keys laid flat, as the witness has them."""
    return Decisions(**{kind: laid_flat(table) for kind, table in vars(plan).items()})


def _plain(part: Any) -> Any:
    if isinstance(part, FiscalYear):
        return part.number
    return part if isinstance(part, int) else str(part)
