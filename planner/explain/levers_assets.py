"""Levers on what systems take and leave over their lives: maintenance, and what used ones fetch."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.system import System
from planner.coefficients.maintenance import maintenance_of
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path
from planner.explain.lever import Ground, Lever
from planner.explain.levers_cash import cash_at_end, in_equal_months
from planner.finance.resale import share_then
from planner.model.linear import LinearExpression


def maintenance(ground: Ground) -> Iterator[Lever]:
    """What systems cost to maintain: less spares at most all that is paid; tax on what is spared is left aside."""
    exchange = Exchange(ground.case, ground.coefficients.money_unit)
    for name, system in ground.case.systems.items():
        path: Path = ("systems", name)
        for t in ground.coefficients.periods if system.maintenance_per_year else ():
            standing = _standing(ground, name, t)
            if not standing.terms:
                continue
            once = maintenance_of(ground.case, exchange, name, t)
            for figure, words in _of_maintenance(path, name, system):
                most = max([1.0, *(step.factor for step in system.maintenance_by_age)])
                entries, paid = (in_equal_months(ground, t),), standing * (once * most)
                yield Lever(figure.path, words, entries, (t,), figure, exact=False, within=paid)


def _of_maintenance(path: Path, name: str, system: System) -> Iterator[tuple[Figure, str]]:
    """The yearly share, and the factor of each age on it."""
    share = system.maintenance_per_year
    figure = Figure((*path, "maintenance_per_year"), share, "share", -1, most=share)
    yield figure, f"{name} cost {figure.text(share)} of their price in maintenance a year"
    for number, step in enumerate(system.maintenance_by_age):
        if step.factor:
            where = (*path, "maintenance_by_age", str(number), "factor")
            words = f"maintenance of {name} is {step.factor:g} times as much from an age of {step.age} on"
            yield Figure(where, step.factor, "amount", -1, most=step.factor), words


def _standing(ground: Ground, system: str, t: int) -> LinearExpression:
    """All systems of a kind that stand in a period."""
    found = LinearExpression()
    for key, column in ground.sums.decide.installed.items():
        if (key.system, key.period) == (system, t):
            found.add_term(column, 1.0)
    return found


def resale(ground: Ground) -> Iterator[Lever]:
    """What used systems fetch: a point of a curve could be higher, up to the whole price, where systems may leave.

    Tax on what is fetched is left aside.
    """
    case, calendar = ground.case, ground.case.calendar
    by_point: dict[tuple[Path, int], LinearExpression] = {}
    for (vintage, t), column in ground.sums.decide.exit.items():
        system = case.systems[vintage.system]
        points = system.resale or case.finance.resale
        factor = system.resale_factor or case.finance.resale_factor
        age, times = calendar.starts[t] - vintage.arrival.month, 1.0
        if factor is not None:
            times = factor.at(calendar.starts[t]) or 0.0
        share = share_then([(point.age.months, point.share) for point in points], age, times)
        if not 0 < share < 1:
            continue
        fetched = ground.coefficients.vintages.resale[vintage.system, vintage.arrival, t]
        path: Path = ("systems", vintage.system, "resale") if system.resale else ("finance", "resale")
        for number in _beside([point.age.months for point in points], age):
            own = (*path, str(number), "share")
            month = calendar.months_of(t)[0]
            by_point.setdefault((own, month), LinearExpression()).add_term(column, fetched * (1 - share) / share)
    for (own, month), more in by_point.items():
        number, of = int(own[-2]), case.systems[own[1]].resale if own[0] == "systems" else case.finance.resale
        point = of[number]
        figure = Figure(own, point.share, "share", 1, most=1 - point.share)
        words = f"used systems fetch {figure.text(point.share)} at an age of {point.age}"
        about = (calendar.period_of(month),)
        yield Lever(own, words, (cash_at_end(ground, month, -1.0),), about, figure, exact=False, within=more)


def _beside(ages: list[int], age: int) -> Iterator[int]:
    """The points of a curve between which an age lies, by their places in the case."""
    before = [n for n, one in enumerate(ages) if one <= age]
    after = [n for n, one in enumerate(ages) if one > age]
    if before:
        yield max(before, key=lambda n: ages[n])
    if after and (not before or age > max(ages[n] for n in before)):
        yield min(after, key=lambda n: ages[n])
