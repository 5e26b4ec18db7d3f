"""Levers on how cost is written off: lives of systems, of additions to them, of facilities, and of single expansions.

Methods are words and no figures: none is nearer to another, so no lever moves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.case.quantities import Duration
from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.money import DEBT_TO_EQUITY, LOAN_TO_VALUE, PROFIT

SHORTEST_LIFE = 12.0
"""No life is shortened below so many months."""
LONGEST_LIFE = 180
"""Nor is one of systems made longer than this, in months."""
LONGEST_OF_FACILITIES = 600
"""Nor one of facilities longer than this."""
WHOLE_YEARS = 12
WITH_A_LIFE = ("straight_line", "declining_balance")
"""Methods that ask for a life; a table says itself how long it is."""


@dataclass(frozen=True)
class _Written:
    """A life that the case states, and what is written off over it."""

    path: Path
    life: Duration
    method: str
    words: str
    longest: int
    blocks: tuple[str, ...] = ()
    """Expansions whose blocks it is about; none: all that stands in the books, so no less than the systems."""

    def stops(self, first: int, last: int) -> tuple[float, ...]:
        """By how many months it may change: by statutory rates of whole years, where the method has those."""
        return tuple(map(float, range(first, last, WHOLE_YEARS))) if self.method == "declining_balance" else ()


def lives(ground: Ground) -> Iterator[Lever]:
    """The lives over which cost is written off: with a shorter one a year may charge all that is left, and the next as
    much less."""
    for one in _written(ground) if ground.case.finance.tax is not None else ():
        if one.life.months <= SHORTEST_LIFE:
            continue
        stops = one.stops(WHOLE_YEARS, one.life.months - WHOLE_YEARS)  # two years at least
        declines = one.method == "declining_balance"
        most = (stops[-1] if stops else 0.0) if declines else one.life.months - SHORTEST_LIFE
        figure = Figure(one.path, float(one.life.months), "months", -1, most=most, stops=stops)
        years = ground.coefficients.tax.years
        for number, year in enumerate(years):
            if year.due and year.rate and most > 0:
                left = _left(ground, one, year.periods[-1])
                if not left.terms:
                    continue
                entries: list[Entry] = [(PROFIT, (year.name,), 1.0)]
                entries += [(PROFIT, (after.name,), -1.0) for after in years[number + 1 : number + 2]]
                yield Lever(one.path, one.words, tuple(entries), year.periods, figure, exact=False, within=left)


def longer_lives(ground: Ground) -> Iterator[Lever]:
    """The lives over which cost is written off: with a longer one less of what was charged so far would be, and the
    assets and the equity that lenders look at are so much higher. Tax on that is left aside."""
    for one in _written(ground):
        if one.life.months >= one.longest:
            continue
        stops = one.stops(WHOLE_YEARS, one.longest + 1 - one.life.months)
        declines = one.method == "declining_balance"
        most = (stops[-1] if stops else 0.0) if declines else float(one.longest - one.life.months)
        figure = Figure(one.path, float(one.life.months), "months", 1, most=most, stops=stops)
        for year in ground.coefficients.year_ends:
            asked = ((LOAN_TO_VALUE, year.loan_to_value), (DEBT_TO_EQUITY, year.debt_to_equity))
            entries = tuple((family, (year.name,), -times) for family, times in asked if times is not None)
            if not entries or most <= 0:  # a case whose lenders ask for nothing of the balance sheet keeps no books
                continue
            charged = _charged(ground, one, year.last)
            if charged.terms:
                yield Lever(one.path, one.words, entries, (year.last,), figure, exact=False, within=charged)


def _written(ground: Ground) -> Iterator[_Written]:
    """Every life of the books by which the plan goes: those of tax, where it has books of its own."""
    case = ground.case
    said, tax = case.finance.tax_depreciation, case.finance.tax
    apart = tax is not None and tax.depreciation is not None
    path: Path = ("finance", "tax", "depreciation") if apart else ("finance", "depreciation")
    if said.systems_method in WITH_A_LIFE:
        words = f"systems are written off over {said.systems}"
        yield _Written((*path, "systems"), said.systems, said.systems_method, words, LONGEST_LIFE)
    method = said.of("additions").method
    if said.additions is not None and method in WITH_A_LIFE:
        words = f"network, storage and installation are written off over {said.additions}"
        yield _Written((*path, "additions"), said.additions, method, words, LONGEST_LIFE)
    if said.facility_method not in WITH_A_LIFE:
        return
    usual = tuple(name for name, one in case.expansions.items() if one.depreciation_life is None)
    longest = LONGEST_LIFE + WHOLE_YEARS * 5 if said.facility_method == "declining_balance" else LONGEST_OF_FACILITIES
    if usual:
        words = f"facilities are written off over {said.facility}"
        yield _Written((*path, "facility"), said.facility, said.facility_method, words, longest, usual)
    for name, expansion in case.expansions.items():
        if (life := expansion.depreciation_life) is not None:
            words, own = f"blocks of {name} are written off over {life}", ("expansions", name, "depreciation_life")
            yield _Written(own, life, said.facility_method, words, longest, (name,))


def _left(ground: Ground, one: _Written, t: int) -> LinearExpression:
    """What is left at the end of a period, at most, of what is written off over a life."""
    if not one.blocks:
        return ground.sums.books.worth_after(t)
    found, books = LinearExpression(), ground.coefficients.books.block_written_off
    for start, written in books.items():
        if start.expansion in one.blocks and ground.coefficients.blocks.ready[start] <= t:
            cost = ground.coefficients.units.cost[ground.coefficients.blocks.investment(start)]
            found.add_term(ground.sums.decide.expand[start], cost * (1 - written[t + 1]))
    return found


def _charged(ground: Ground, one: _Written, last: int) -> LinearExpression:
    """What has been charged by the end of a period, at most, of what is written off over a life."""
    if not one.blocks:
        return ground.sums.books.charges(tuple(range(last + 1)))
    found, books = LinearExpression(), ground.coefficients.books.block_written_off
    for start, written in books.items():
        if start.expansion in one.blocks:
            cost = ground.coefficients.units.cost[ground.coefficients.blocks.investment(start)]
            found.add_term(ground.sums.decide.expand[start], cost * written[last + 1])
    return found
