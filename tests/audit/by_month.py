"""A year of quarters in which a busy cube earns a million yen a day, and what its accounts say month by month."""

from __future__ import annotations

from typing import Any

from planner.audit import audit
from planner.case.case import Case
from planner.decisions import Decisions
from planner.outcome import Audit
from tests.audit.cubes import millions
from tests.cases.toy import toy, yearly


def quarters(**changes: Any) -> Case:
    """The toy with a cube of 100 over the four quarters of 2025."""
    return toy(
        **{
            "calendar__period": "quarter",
            "calendar__periods": 4,
            "workloads__training": {"metric": "accelerators", "amount": 1, "price": yearly(365)},
            **changes,
        }
    )


def monthly(audited: Audit, line: str) -> list[float]:
    """A line by month, in millions."""
    return millions(audited.accounts.by_month[line])


def paid(audited: Audit, line: str) -> dict[int, float]:
    """What of a line moves in which month, counted from 1, in millions; the entries say the same, and the period."""
    found: dict[int, float] = {}
    for entry in audited.accounts.entries:
        if entry.line == line:
            assert entry.month is not None and entry.period == entry.month // 3
            found[entry.month + 1] = found.get(entry.month + 1, 0.0) + entry.amount
    by_month = {m + 1: amount for m, amount in enumerate(audited.accounts.by_month[line]) if amount}
    assert found == by_month
    return dict(zip(found, millions(found.values()), strict=True))


def tight(case: Case, decisions: Decisions) -> list[str]:
    """What is broken, in words."""
    return [limit.subject for limit in audit(case, decisions).broken]
