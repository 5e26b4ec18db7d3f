"""Levers on how programmes go together, and on how long what they give can be used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.explain.figure import Figure, Path
from planner.explain.lever import Entry, Ground, Lever
from planner.model.linear import Key, Row
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.constraints.terms import (
    CLAIM_ONCE,
    CLAIMED_STAYS,
    CREDIT_KEPT,
    OVERLAP,
    OVERLAP_EXITS,
    RETENTION,
)
from planner.vocabulary.keys import ExclusiveSet, Investment


def exclusions(ground: Ground) -> Iterator[Lever]:
    """Programmes that exclude each other: whatever row rests on their claims lying on different units gives way."""
    case, coefficients = ground.case, ground.coefficients
    resting = _rows_of_sets(ground.rows)
    for row in ground.rows.get(CLAIM_ONCE, ()):
        investment, names = row.key
        assert isinstance(investment, Investment) and isinstance(names, ExclusiveSet)
        if len(names) < 2:
            continue
        path = ("programmes", next((n for n in names if case.programmes[n].excludes), names[0]), "excludes")
        words = f"{', '.join(names)} exclude each other: a system is claimed under one of them"
        entries = [(row.family, row.key, -1.0)]
        entries += [e for e in resting.get((investment,), []) if _share_two(names, e[1])]
        if investment in coefficients.offers.delivery:
            entries += resting.get((coefficients.offers.vintage[investment], names), [])
        yield Lever(path, words, tuple(entries), (), None, exact=False)


def _rows_of_sets(rows: Mapping[Family, Sequence[Row]]) -> dict[Key, list[Entry]]:
    """Rows that count claims of a whole set: overlaps by investment, what stays and what leaves by vintage and set."""
    found: dict[Key, list[Entry]] = {}
    for family in (OVERLAP, OVERLAP_EXITS):
        for row in rows.get(family, ()):
            found.setdefault(row.key[:1], []).append((family, row.key, 1.0))
    for family in (RETENTION, CLAIMED_STAYS):
        for row in rows.get(family, ()):
            found.setdefault(row.key[:2], []).append((family, row.key, -1.0))
    return found


def _share_two(names: ExclusiveSet, key: Key) -> bool:
    """Whether one of the sets that a row is about holds two of some programmes."""
    return any(len(set(names) & set(one)) > 1 for one in key if isinstance(one, ExclusiveSet))


def earlier_programmes(ground: Ground) -> Iterator[Lever]:
    """What an earlier programme pays is deducted: the two pay for the same units."""
    for family in (OVERLAP, OVERLAP_EXITS):
        for row in ground.rows.get(family, ()):
            later = row.key[1]
            assert isinstance(later, ExclusiveSet)
            for name in later:
                path: Path = ("programmes", name, "after")
                words = f"{name} pays on what {' and '.join(ground.case.programmes[name].after)} leaves of a cost"
                yield Lever(path, words, ((family, row.key, 1.0),), (), None, exact=False)


def credits_kept(ground: Ground) -> Iterator[Lever]:
    """How long a tax credit is kept."""
    coefficients = ground.coefficients
    for name, terms in coefficients.tax.credits.items():
        years, kept = list(terms.years), terms.kept_years
        path: Path = ("programmes", name, "carry_forward")
        how = f"is kept for {ground.case.programmes[name].carry_forward}" if kept else "lapses at the end of its year"
        longer = Figure(path, float(kept), "years", 1, most=float(max(0, len(years) - 1 - kept)))
        for n, first in enumerate(years[1:], 1):  # spans from the first year on say that no more is used than is earned
            for last in years[n:]:
                entries = ((CREDIT_KEPT, (name, first, last), -1.0),)
                periods = coefficients.fiscal_year_periods(last)
                yield Lever(path, f"tax credit of {name} {how}", entries, periods, longer, exact=False)
