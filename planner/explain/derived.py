"""Levers of the limits that a case states as figures, made from the records of their families alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from planner.case.case import Case
from planner.case.programme import ProgrammeKind
from planner.case.quantities import Duration, Money
from planner.case.site import RESOURCE_UNITS
from planner.case.timeline import Timeline
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path, noun_of, said_at, step_at
from planner.explain.lever import Ground, Lever
from planner.model.linear import Row
from planner.vocabulary.constraints.family import Family, RightSide

RATES = ("kW", "Gbps")
"""Units in which a resource is written; others are plain numbers of what is counted."""
LONGEST = 12.0 * 30
"""Months by which a length of time is stretched at most."""
GIVES: dict[ProgrammeKind, tuple[str, str]] = {
    "grant": ("pays at most", ""),
    "tax_credit": ("takes at most", " off tax"),
    "special_depreciation": ("lets at most", " be written off at once"),
}


def derived(ground: Ground, families: Iterable[Family]) -> list[Lever]:
    """The levers of the figures on the right-hand side of some families.

    What is exact is one lever for each figure, on all of its rows. Otherwise each row has a lever of its own: how far
    it has to give says nothing of the others.
    """
    exchange = Exchange(ground.case, 1.0)
    found: dict[object, Lever] = {}
    for family in families:
        for right in family.right:
            for row in sorted(ground.rows.get(family, ()), key=lambda row: ground.place(row.family, row.key)):
                for lever in _lever(ground, exchange, family, right, row):
                    key = (lever.figure, lever.words) if right.exact else len(found)
                    found[key] = _together(found[key], lever) if key in found else lever
    return list(found.values())


def _together(one: Lever, other: Lever) -> Lever:
    periods = tuple(sorted({*one.periods, *other.periods}))
    return replace(one, entries=(*one.entries, *other.entries), periods=periods)


def _lever(ground: Ground, exchange: Exchange, family: Family, right: RightSide, row: Row) -> Iterator[Lever]:
    """The lever of one row; none where the figure limits nothing in it."""
    case, figures = ground.case, ground.figures
    named = _named(case, family, row)
    t: int | None = None if right.at_start else named.get("period")
    year = named.get("fiscal_year")
    path = tuple(key.format_map(named) for key in right.path)
    where, said = path, said_at(case, path)
    if isinstance(said, Timeline):
        where, said = step_at(said, path, case.calendar.starts[t or 0], case.calendar.start)
    if right.idle is not None and said == right.idle:
        return
    if right.path[0] == "sites" and case.calendar.starts[t or 0] < case.sites[path[1]].opens:
        return  # that nothing stands there yet is another statement
    figure = _figure(right, where, said, named)
    years_periods = figures.fiscal_year_periods(year) if year else ()
    factor, scale = 1.0, 1.0
    if figure.kind == "money":
        factor, scale = exchange.rate(figure.currency, years_periods[0] if year else t or 0), figures.money_unit
    elif right.times:
        times = figures.amount if right.times == "amount" else figures.may_go_unserved
        factor = times[row.key if right.times == "amount" else row.key[0]]
    yield Lever(
        statement=path,
        words=right.words.format_map(named | _words(figure, said)),
        entries=((family, row.key, factor * right.loosens * (1 if right.lowers else -1)),),
        periods=(t,) if t is not None else () if "{fiscal_year}" in right.words else years_periods,
        figure=figure,
        scale=scale,
        exact=right.exact,
        most=figure.value / scale if right.exact and right.loosens < 0 else math.inf,
        priced_anew=right.priced_anew,
    )


def _named(case: Case, family: Family, row: Row) -> dict[str, Any]:
    """The index of a row by name, and what paths and words say of it besides."""
    named: dict[str, Any] = dict(zip(family.by, row.key, strict=True))
    if "offer" in named:
        named["system"] = case.offers[named["offer"]].system
    if "resource" in named:
        blocks = [x for x, expansion in case.expansions.items() if expansion.site == named["site"]]
        thing = named["resource"].replace("_", " ")
        named["of_resource"] = f" of {thing}" if RESOURCE_UNITS[named["resource"]] in RATES else ""
        named["enlarged"] = f", enlarged only by {' and '.join(blocks)}" if blocks else ""
    if "loan" in named:
        in_parts = case.finance.loans[named["loan"]].repayment == "equal_parts"
        named["repaid"] = "in equal parts over" if in_parts else "at the end of"
    if "workload" in named:
        named["metric"] = case.workloads[named["workload"]].metric
    if "programme" in named:
        named["gives"], named["how"] = GIVES[case.programmes[named["programme"]].kind]
    if "number" in named:
        said = [(n, duty) for one in case.programmes.values() for n, duty in enumerate(one.obligations)]
        named["own_number"], duty = said[int(named["number"]) - 1]
        named["metric"] = duty.metric
    credits = any(programme.kind == "tax_credit" for programme in case.programmes.values())
    named["public_money"] = "grants and tax credits" if credits else "grants"
    return named


def _figure(right: RightSide, where: Path, said: Any, named: Mapping[str, Any]) -> Figure:  # noqa: ANN401
    kind, noun = right.kind, right.noun.format_map(named)
    if kind == "resource":
        unit = RESOURCE_UNITS[named["resource"]]
        kind, noun = (unit, "") if unit in RATES else ("amount", unit)
    value = said.amount if isinstance(said, Money) else said.months if isinstance(said, Duration) else said
    value, currency = float(value or 0), said.currency if isinstance(said, Money) else ""
    most = value if right.loosens < 0 else {"share": 1 - value, "months": LONGEST}.get(kind, math.inf)
    return Figure(where, value, kind, right.loosens, currency, most, noun)


def _words(figure: Figure, said: Any) -> dict[str, Any]:  # noqa: ANN401
    """How words may tell a value: as it is, as a case file writes it, with what it counts, or rounded."""
    value = said if isinstance(said, int | float) else 0
    nouns = noun_of(figure.value, figure.noun)
    counted = f"{figure.value:,.6g} {nouns}"
    return {
        "value": value,
        "nouns": nouns,
        "counted": counted,
        "text": figure.text(figure.value),
        "amount": counted if figure.noun else figure.text(figure.value),
        "written": said.words if isinstance(said, Money) else str(said),
    }
