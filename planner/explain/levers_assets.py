"""Levers on what systems take and leave over their lives: maintenance, what used ones fetch, and lives for tax."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.case.quantities import Duration
from planner.case.system import System
from planner.coefficients.maintenance import maintenance_of
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.explain.levers_cash import cash_at_end, in_equal_months
from planner.finance.resale import share_then
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.money import DEBT_TO_EQUITY, LOAN_TO_VALUE, PROFIT

SHORTEST_LIFE = 12.0
"""No life for tax is shortened below so many months."""
LONGEST_LIFE = 180
"""Nor is one made longer than this, in months."""
WHOLE_YEARS = 12
WITH_A_LIFE = ("straight_line", "declining_balance")
"""Methods that ask for a life; a table says itself how long it is."""


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


def lives(ground: Ground) -> Iterator[Lever]:
    """The life over which systems are written off: with a shorter one a year may charge all that is left, and the next
    as much less."""
    said = ground.case.finance.tax_depreciation
    life, path = said.systems, _path_of_life(ground.case)
    if ground.case.finance.tax is None or said.systems_method not in WITH_A_LIFE or life.months <= SHORTEST_LIFE:
        return
    stops: tuple[float, ...] = ()
    if said.systems_method == "declining_balance":  # by statutory rates of whole years, two at least
        stops = tuple(float(months) for months in range(WHOLE_YEARS, life.months - WHOLE_YEARS, WHOLE_YEARS))
    most = stops[-1] if stops else life.months - SHORTEST_LIFE
    figure = Figure(path, float(life.months), "months", -1, most=most, stops=stops)
    words = _words_of_life(life)
    years = ground.coefficients.tax.years
    for number, year in enumerate(years):
        if year.due and year.rate and most > 0:
            left = ground.sums.books.worth_after(year.periods[-1])
            entries: list[Entry] = [(PROFIT, (year.name,), 1.0)]
            entries += [(PROFIT, (after.name,), -1.0) for after in years[number + 1 : number + 2]]
            yield Lever(path, words, tuple(entries), year.periods, figure, exact=False, within=left)


def longer_lives(ground: Ground) -> Iterator[Lever]:
    """The life over which systems are written off: with a longer one less of what was charged so far would be, and the
    assets and the equity that lenders look at are so much higher. Tax on that is left aside."""
    said = ground.case.finance.tax_depreciation
    life, path = said.systems, _path_of_life(ground.case)
    if said.systems_method not in WITH_A_LIFE or life.months >= LONGEST_LIFE:
        return
    stops: tuple[float, ...] = ()
    if said.systems_method == "declining_balance":
        stops = tuple(float(months) for months in range(WHOLE_YEARS, LONGEST_LIFE + 1 - life.months, WHOLE_YEARS))
    most = stops[-1] if stops else float(LONGEST_LIFE - life.months)
    figure = Figure(path, float(life.months), "months", 1, most=most, stops=stops)
    for year in ground.coefficients.year_ends:
        asked = ((LOAN_TO_VALUE, year.loan_to_value), (DEBT_TO_EQUITY, year.debt_to_equity))
        entries = tuple((family, (year.name,), -times) for family, times in asked if times is not None)
        charged = ground.sums.books.charges(tuple(range(year.last + 1)))
        if entries and most > 0:
            yield Lever(path, _words_of_life(life), entries, (year.last,), figure, exact=False, within=charged)


def _path_of_life(case: Case) -> Path:
    """Where the life of systems stands by which the plan goes: that of tax, where it has books of its own."""
    apart = case.finance.tax is not None and case.finance.tax.depreciation is not None
    return ("finance", "tax", "depreciation", "systems") if apart else ("finance", "depreciation", "systems")


def _words_of_life(life: Duration) -> str:
    return f"systems are written off over {life}"
