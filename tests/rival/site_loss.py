"""Work that must survive the loss of a site: whether the systems of a plan can do it without any one site."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import count
from random import Random

from planner.case.case import Case
from tests.rival.books import Books
from tests.rival.effect import Column
from tests.rival.generator import tiny_fields
from tests.rival.linear import Continuous


def survives(figures: Books, t: int, installed: Mapping[tuple[str, str], int]) -> bool:
    """Whether, whichever site is lost in a period, what stands elsewhere can do all work that must survive."""
    return all(can_go_on(figures, t, without(lost, installed)) for lost in figures.case.sites)


def failover(figures: Books, standing: Mapping[tuple[str, str, int], int]) -> dict[tuple[str | int, ...], float]:
    """What would work elsewhere, by lost site, workload, system, site and period, in a plan that survives."""
    found: dict[tuple[str | int, ...], float] = {}
    for lost in figures.case.sites:
        for t in figures.periods:
            elsewhere = without(lost, {(s, d): units for (s, d, u), units in standing.items() if u == t})
            for (_, *what), amount in (gone_on(figures, t, elsewhere) or {}).items():
                found[(lost, *what, t)] = amount
    return {key: amount for key, amount in found.items() if amount > 0}


def without(lost: str, installed: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """What stands elsewhere, by system and site."""
    return {(system, site): units for (system, site), units in installed.items() if site != lost}


def can_go_on(figures: Books, t: int, installed: Mapping[tuple[str, str], int]) -> bool:
    """Whether these systems can do what must survive of all workloads at the same time."""
    return gone_on(figures, t, installed) is not None


def gone_on(figures: Books, t: int, installed: Mapping[tuple[str, str], int]) -> dict[Column, float] | None:
    """How these systems do it; None where they cannot."""
    works = {name: work for name, work in figures.case.workloads.items() if work.survives_site_loss}
    columns: list[Column] = [
        ("would", name, system, site)
        for name in works
        for system, site in installed
        if figures.serves(name, system, site)
    ]
    problem = Continuous(columns, dict.fromkeys(columns, 0.0))
    for (system, site), units in installed.items():
        here = {column: 1.0 for column in columns if column[2:] == (system, site)}
        problem.add("able", here, figures.case.systems[system].availability * units)
    for name, work in works.items():
        done = {column: -figures.throughput(name, str(column[2])) for column in columns if column[1] == name}
        needed = work.must_serve * figures.amount(name, t)
        if needed and not done:
            return None
        problem.add("needed", done, -needed)
    return problem.best() if columns else {}


@cache
def with_two_sites(number: int) -> int:
    """The number of the case in which two sites stand for the so-manieth time."""
    before = -1 if number == 0 else with_two_sites(number - 1)
    return next(n for n in count(before + 1) if len(tiny_fields(n)["sites"]) == 2)


def surviving_case(number: int) -> Case:
    """The case of a number among those with two sites, in which some work must survive."""
    fields, chance = tiny_fields(with_two_sites(number)), Random(f"site loss {number}")
    works = [*fields["workloads"].values()]
    for work in works[: chance.randint(1, len(works))]:
        work.pop("regions", None)
        work["survives_site_loss"] = True
        work["must_serve"] = work.get("must_serve") or chance.choice([0.1, 0.4, 0.9])
    return Case.model_validate(fields)
