"""What was published, from ``inputs/facts.csv``, and the same figures of a plan, for the reference cases."""

from __future__ import annotations

import csv
import re
from functools import cache

from planner import planning
from planner.case.quantities import Month
from planner.outcome import INVESTMENTS, OPERATING_COSTS, Outcome
from planner.reading.budget import read_case
from tests.places import INPUTS

NOT_CASES = ("hardware.yaml", "meti-pool.yaml")
"""The catalogue, and the pool of several operators, which has tests of its own."""
GAPS = {"sakura-2024": 0.05}
GAP = 0.01
"""Wide enough to be found soon; every fact below leaves more room than that."""
MARK = re.compile(r"\b(?:S[01]|SK|FX|[A-Z])-\d\d\b")
"""How a comment names a row of the facts."""


@cache
def facts() -> dict[str, dict[str, str]]:
    """The rows of ``facts.csv`` by their mark."""
    with (INPUTS / "facts.csv").open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def fact(mark: str) -> float:
    """The value of a row."""
    return float(facts()[mark]["value"])


def date(mark: str) -> Month:
    """The month of a row whose value is a date."""
    return Month.parse(facts()[mark]["value"][:7])


def cases() -> list[str]:
    """Names of all cases in ``inputs/``."""
    return sorted(path.stem for path in INPUTS.glob("*.yaml") if path.name not in NOT_CASES)


def plan(name: str, scenario: str | None = None) -> Outcome:
    """The verified plan of a case: a plan that the audit does not confirm raises."""
    outcome = planning.plan(read_case(INPUTS / f"{name}.yaml", scenario), gap=GAPS.get(name, GAP))
    assert outcome.proof.within_gap, outcome.proof.message
    assert not outcome.audit.broken
    return outcome


def total(outcome: Outcome, *lines: str) -> float:
    """Lines of the cash flow, added up over the horizon."""
    return sum(sum(outcome.audit.accounts.lines[line]) for line in lines)


def invested(outcome: Outcome) -> float:
    """Capital expenditure before grants."""
    return total(outcome, *INVESTMENTS)


def run(outcome: Outcome) -> float:
    """Cost of running the fleet."""
    return total(outcome, *OPERATING_COSTS)


def paid_by(outcome: Outcome, programme: str) -> float:
    """What a programme pays within the plan, in whole units of currency."""
    return round(sum(amount for (name, _), amount in outcome.audit.quantities.grant_paid.items() if name == programme))


def standing(outcome: Outcome, month: str, *, site: str = "", system: str = "", metric: str = "accelerators") -> float:
    """What is installed in the period of a month: accelerators, or dense BF16 PFLOPS."""
    t = outcome.case.calendar.period_containing(Month.parse(month))
    amount = 0.0
    for (name, where, at), units in outcome.audit.quantities.installed.items():
        if at == t and where.startswith(site) and name.startswith(system):
            one = outcome.case.systems[name]
            amount += units * (one.accelerators if metric == "accelerators" else one.pflops("bf16") or 0.0)
    return amount


def first(outcome: Outcome, system: str) -> Month | None:
    """The start of the first period in which a system stands somewhere."""
    periods = [t for (name, _, t), units in outcome.audit.quantities.installed.items() if name == system and units]
    return outcome.case.calendar.starts[min(periods)] if periods else None
