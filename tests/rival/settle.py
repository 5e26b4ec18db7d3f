"""The best completion of a whole-number plan.

Tax is neither convex nor concave where losses are carried: the linear programme may spread losses over years as it
likes. Where that pays, the years are settled one by one: each has either a loss, or a gain that uses all losses that
are carried, or a gain that uses them up to the limit.
"""

from __future__ import annotations

from tests.rival.continuous import TAX, Asked, Rest
from tests.rival.credits import within_tax
from tests.rival.effect import Column
from tests.rival.linear import Row

Pattern = tuple[int | Asked, str]
"""A fiscal year, or what lenders ask about it, and how it goes."""
PATTERNS = ("loss", "all", "limit")
WAYS = ("kept", "free")
"""How a year can go about which lenders ask: it keeps a covenant, or has no debt service."""
PAYING = ("none", "kept", "free")
"""How a year can go for which owners may be paid: they are not, or it keeps a lock-up, or it has no debt service."""


def complete(rest: Rest, above: float) -> dict[Column, float] | None:
    """The best choice of everything that is not whole, with its tax; None where none is worth more than so much."""
    best: dict[Column, float] | None = None
    value, waiting = above, [()]
    while waiting:
        settled: tuple[Pattern, ...] = waiting.pop()
        zero, equal = _terms(rest, settled)
        further = tuple(row for asked, way in settled if isinstance(asked, tuple) for row in rest.way_rows(asked, way))
        chosen = rest.programme.best(zero=zero, equal=equal, further=further)
        if chosen is None:
            continue
        promise = rest.programme.objective(chosen)
        scale = max([abs(promise), 1e-3, *(1e-3 * size for size in rest.programme.units.values())])
        noise = 1e-10 * scale
        if promise <= value + noise:
            continue
        taxed = rest.with_tax(within_tax(rest.figures, rest.with_tax(chosen)))
        if rest.programme.objective(taxed) > value and not rest.broken(taxed):
            best, value = taxed, rest.programme.objective(taxed)
        if promise <= value + noise:
            continue
        known = {year for year, _pattern in settled}
        short = [asked for asked in [*rest.short_of(chosen), *rest.short_of(taxed)] if asked not in known]
        if short:
            ways = PAYING if short[0][1] == "dividend" else WAYS
            waiting += [(*settled, (short[0], way)) for way in ways]
            continue
        years = [y for y in range(len(rest.figures.years)) if y not in known]
        if not years:
            # What is left is the tolerance of the linear programme.
            assert promise <= value + 1e-4 * scale, f"every year is settled, and {promise} is still not {value}"
            continue
        off = {y: max(abs(chosen[kind, y] - taxed[kind, y]) for kind in TAX) for y in years}
        next_year = max(years, key=lambda y: off[y])
        waiting += [(*settled, (next_year, pattern)) for pattern in PATTERNS]
    return best


def _terms(rest: Rest, settled: tuple[Pattern, ...]) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Columns that are zero and equations that hold where years are settled."""
    zero: list[Column] = []
    equal: list[Row] = []
    for y, pattern in settled:
        if isinstance(y, tuple):
            continue
        zero += [("gain", y), ("used", y)] if pattern == "loss" else [("loss", y)]
        if pattern == "all":
            carried = {(kind, u): a for u in range(y) for kind, a in (("used", 1.0), ("loss", -1.0), ("lapsed", 1.0))}
            equal.append(("all", {**carried, ("used", y): 1.0}, rest.figures.opening_loss))
        if pattern == "limit":
            equal.append(("limit", {("used", y): 1.0, ("gain", y): -rest.figures.loss_use_limit}, 0.0))
    return tuple(zero), tuple(equal)
