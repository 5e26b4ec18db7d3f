"""Levers of the limits that a case states as figures, made from the records of their families alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from planner.case.quantities import Duration, Money
from planner.case.timeline import Timeline
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path, noun_of, said_at, step_path
from planner.explain.lever import Ground, Lever
from planner.model.linear import Row
from planner.vocabulary.constraints.family import Family, RightSide
from planner.vocabulary.keys import Demand, flat
from planner.vocabulary.resources import RESOURCES

REPAID = {
    "at_end": "at the end of", "equal_parts": "in equal parts over", "level_payment": "in level payments over"
}  # fmt: skip
LONGEST = 12.0 * 30
"""Months by which a length of time is stretched at most."""


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
                lever = _lever(ground, exchange, right, row)
                if lever is not None:
                    key = (lever.figure, lever.words) if lever.exact else len(found)
                    found[key] = _together(found[key], lever) if key in found else lever
    return list(found.values())


def _together(one: Lever, other: Lever) -> Lever:
    periods = tuple(sorted({*one.periods, *other.periods}))
    return replace(one, entries=(*one.entries, *other.entries), periods=periods)


def _lever(ground: Ground, exchange: Exchange, right: RightSide, row: Row) -> Lever | None:
    """The lever of one row; none where the figure limits nothing in it."""
    case, coefficients, named = ground.case, ground.coefficients, _named(ground, row)
    t: int | None = None if right.at_start else named.get("period")
    if "moment" in named:
        t = case.calendar.period_containing(named["moment"].month)
    of_year: tuple[int, ...] = coefficients.fiscal_year_periods(named["fiscal_year"]) if "fiscal_year" in named else ()
    path = tuple(key.format_map(named) for key in right.path)
    where, said = path, said_at(case, path)
    if isinstance(said, Timeline):
        start = case.calendar.starts[t or 0]
        where, said = step_path(said, path, start, case.calendar.start), said.at(start)
    if said is None and right.kind == "money":  # left out: none of it
        said = Money(amount=0, currency=case.finance.currency)
    is_shut = "resource" in named and case.calendar.starts[t or 0] < case.sites[named["site"]].opens
    if is_shut or (right.idle is not None and said == right.idle):  # that a site opens later is another statement
        return None
    figure, is_exact = _figure(right, where, said, named), right.effect == "exact" and not _has_a_fee(ground, named)
    scale, counts = 1.0, 1.0
    if figure.kind == "money":
        at = of_year[0] if of_year and not right.at_start else t or 0
        scale, counts = coefficients.money_unit, exchange.rate(figure.currency, at)
    elif right.times == "amount":
        counts = coefficients.demand.amount[Demand(named["workload"], named["period"])]
    elif right.times == "may_go_unserved":
        counts = coefficients.demand.may_go_unserved[named["workload"]]
    elif right.times == "protected_share":
        counts = coefficients.demand.protected_share[named["workload"]]
    return Lever(
        statement=path,
        words=right.words.format_map(named | _words(figure, said)),
        entries=((row.family, row.key, counts * right.loosens * (1 if right.lowers else -1)),),
        periods=(t,) if t is not None else () if "{fiscal_year}" in right.words else of_year,
        figure=figure,
        scale=scale,
        exact=is_exact,
        most=figure.value / scale if is_exact and right.loosens < 0 else math.inf,
        priced_anew=right.effect == "anew",
    )


def _has_a_fee(ground: Ground, named: Mapping[str, Any]) -> bool:
    """Whether more of a limit costs something even if nobody uses it, which the row of the limit does not say."""
    return "loan" in named and any(ground.coefficients.loans[named["loan"]].commitment_fee)


def _named(ground: Ground, row: Row) -> dict[str, Any]:
    """The index of a row by name, and what paths and words say of it besides."""
    case = ground.case
    named: dict[str, Any] = dict(zip(row.family.by, flat(row.key), strict=True))
    if "offer" in named:
        named["system"] = case.offers[named["offer"]].system
    if "resource" in named:
        blocks = [x for x, expansion in case.expansions.items() if expansion.site == named["site"]]
        record = RESOURCES[named["resource"]]
        named["of_resource"] = "" if record.named_by_unit else f" of {record.label}"
        named["enlarged"] = f", enlarged only by {' and '.join(blocks)}" if blocks else ""
    if "loan" in named:
        named["repaid"] = REPAID[case.finance.loans[named["loan"]].repayment]
    if "workload" in named:
        named["metric"] = case.workloads[named["workload"]].metric
    if "programme" in named:
        aid = case.programmes[named["programme"]].aid
        named["gives"], named["how"] = aid.gives, aid.how
    if "number" in named:
        _, named["own_number"], duty = ground.obligations[int(named["number"]) - 1]
        named["metric"] = duty.metric
    credits = any(programme.aid.is_off_tax for programme in case.programmes.values())
    named["public_money"] = "grants and tax credits" if credits else "grants"
    return named


def _figure(right: RightSide, where: Path, said: Any, named: Mapping[str, Any]) -> Figure:  # noqa: ANN401
    kind, noun = right.kind, right.noun.format_map(named)
    if kind == "resource":
        record = RESOURCES[named["resource"]]
        kind, noun = record.kind, record.unit if record.kind == "amount" else ""
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
