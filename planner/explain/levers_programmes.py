"""Levers on subsidy programmes: what they pay at most, what they ask for, and how they go together."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.case import Case
from planner.coefficients import Coefficients
from planner.coefficients.money import Exchange
from planner.explain.figure import Figure, Path, noun_of
from planner.explain.lever import Entry, Lever
from planner.explain.levers_money import money_figure
from planner.model.linear import Key, Row


def programme_levers(case: Case, figures: Coefficients, rows: list[Row]) -> Iterator[Lever]:
    """Caps, floors, minima and retention of programmes, and how much public money one investment may take."""
    yield from _caps(case, figures)
    yield from _duties(case, figures)
    yield from _terms(case, rows)
    yield from _apart(case, figures, rows)
    yield from _after(case, rows)
    yield from _credits(case, figures)


def _caps(case: Case, figures: Coefficients) -> Iterator[Lever]:
    exchange, home = Exchange(case, 1.0), case.finance.currency
    for name, cap in figures.caps:
        programme, is_year = case.programmes[name], cap.startswith("FY")
        path: Path = ("programmes", name, *(("fiscal_year_caps", cap) if is_year else (f"{cap}_cap",)))
        yearly = programme.fiscal_year_caps[cap] if is_year else None
        money = yearly or (programme.total_cap if cap == "total" else programme.operator_cap)
        assert money is not None
        rate = exchange.rate(money.currency, figures.fiscal_year_periods(cap)[0] if is_year else 0)
        words = programme.aid.at_most.format(name, money.words) + (f" in {cap}" if is_year else "")
        entries = (("programme_cap", (name, cap), -rate),)
        yield Lever(path, words, entries, (), money_figure(path, money, home, 1), figures.money_unit)


def _duties(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """What is asked for in return."""
    exchange, home = Exchange(case, 1.0), case.finance.currency
    for duty in figures.obligations:
        numbers = [str(n) for n, other in enumerate(figures.obligations, start=1) if other is duty]
        own = [other for other in figures.obligations if other.programme == duty.programme]
        path: Path = ("programmes", duty.programme, "obligations", str(own.index(duty)), "floor")
        floors: tuple[Entry, ...] = tuple(("obligation", (duty.programme, numbers[0], t), 1.0) for t in duty.periods)
        words = f"{duty.programme} asks for {duty.floor:,.6g} {noun_of(duty.floor, duty.metric)}"
        figure = Figure(path, duty.floor, "amount", -1, most=duty.floor, noun=duty.metric)
        yield Lever(path, words, floors, tuple(duty.periods), figure, most=duty.floor)
    for name in figures.minimum:
        path = ("programmes", name, "minimum_investment")
        least = case.programmes[name].minimum_investment
        assert least is not None
        rate = exchange.rate(least.currency, 0)
        words = f"{name} asks for {least.words} of eligible cost"
        figure = money_figure(path, least, home, -1)
        most = figure.value / figures.money_unit
        yield Lever(path, words, (("minimum_investment", (name,), rate),), (), figure, figures.money_unit, most=most)


def _terms(case: Case, rows: list[Row]) -> Iterator[Lever]:
    """Terms of programmes that no single figure of the model stands for."""
    ceiling = case.finance.public_money_ceiling
    credits = any(programme.aid.is_off_tax for programme in case.programmes.values())
    for row in rows:
        if row.rule == "public_share":
            path: Path = ("finance", "public_money_ceiling")
            money = "grants and tax credits" if credits else "grants"
            words = f"{money} pay at most {ceiling:.0%} of the cost of an investment"
            figure = Figure(path, ceiling, "share", 1, most=1 - ceiling)
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), figure, exact=False)
        elif row.rule == "retention":
            name = str(row.key[-1])
            path, term = ("programmes", name, "retention"), case.programmes[name].retention
            words = f"what {name} paid for stays for {term}"
            figure = Figure(path, float(term.months), "months", -1, most=float(term.months))
            yield Lever(path, words, ((row.rule, row.key, -1.0),), (), figure, exact=False)
        elif row.rule == "useful_life" and row.comparison.sense == "=":
            path = ("systems", str(row.key[0]), "useful_life")
            life = case.systems[str(row.key[0])].useful_life
            figure = Figure(path, float(life.months), "months", 1, most=12.0 * 30)
            words = f"{row.key[0]} serve for {life}"
            yield Lever(path, words, ((row.rule, row.key, 1.0),), (), figure, exact=False)


def _apart(case: Case, figures: Coefficients, rows: list[Row]) -> Iterator[Lever]:
    """Programmes that exclude each other: whatever row rests on their claims lying on different units gives way."""
    resting = _rows_of_sets(rows)
    for row in rows:
        names = str(row.key[-1]).split("+")
        if row.rule != "claim_once" or len(names) < 2:
            continue
        investment: Key = row.key[:-1]
        path = ("programmes", next((n for n in names if case.programmes[n].excludes), names[0]), "excludes")
        words = f"{', '.join(names)} exclude each other: a system is claimed under one of them"
        entries = [(row.rule, row.key, -1.0)]
        entries += [e for e in resting.get(investment, []) if _share_two(names, e[1][len(investment) :])]
        order = (str(investment[0]), str(investment[1]), int(str(investment[2])))
        if order in figures.delivery:
            cohort = (
                figures.system_of[order[0]], order[1], figures.cohort(order[0], figures.delivery[order]), row.key[-1],
            )  # fmt: skip
            entries += resting.get(cohort, [])
        yield Lever(path, words, tuple(entries), (), None, exact=False)


def _rows_of_sets(rows: list[Row]) -> dict[Key, list[Entry]]:
    """Rows that count claims of a whole set: overlaps by investment, what stays and what leaves by lot and set."""
    found: dict[Key, list[Entry]] = {}
    for row in rows:
        if row.rule == "remainder" and row.comparison.sense == ">=":
            found.setdefault(row.key[:3], []).append((row.rule, row.key, 1.0))
        elif row.rule == "retention" or (row.rule == "leave_with_grant" and row.key[-1] == "stay"):
            found.setdefault(row.key[:4], []).append((row.rule, row.key, -1.0))
    return found


def _share_two(names: list[str], sets: Key) -> bool:
    """Whether one of the sets that a row is about holds two of some programmes."""
    return any(len(set(names) & set(str(one).split("+"))) > 1 for one in sets)


def _after(case: Case, rows: list[Row]) -> Iterator[Lever]:
    """What an earlier programme pays is deducted: the two pay for the same units."""
    for row in rows:
        if row.rule != "remainder" or row.comparison.sense != ">=":
            continue
        for name in str(row.key[3]).split("+"):
            path: Path = ("programmes", name, "after")
            words = f"{name} pays on what {' and '.join(case.programmes[name].after)} leaves of a cost"
            yield Lever(path, words, ((row.rule, row.key, 1.0),), (), None, exact=False)


def _credits(case: Case, figures: Coefficients) -> Iterator[Lever]:
    """How much of a year's tax a credit may take, and how long it is kept."""
    for name, terms in figures.credits.items():
        programme, years = case.programmes[name], list(terms.years)
        held = {year: figures.fiscal_year_periods(year) for year in years}
        if terms.limit < 1:
            path: Path = ("programmes", name, "tax_limit")
            figure = Figure(path, terms.limit, "share", 1, most=1 - terms.limit)
            words = f"{name} takes at most {figure.text(terms.limit)} off a year's tax"
            for year in years:
                entries = (("tax_credit", (name, year, "limit"), -1.0),)
                yield Lever(path, words, entries, held[year], figure, exact=False)
        path = ("programmes", name, "carry_forward")
        kept = f"is kept for {programme.carry_forward}" if terms.kept_years else "lapses at the end of its year"
        longer = Figure(
            path, float(terms.kept_years), "years", 1, most=float(max(0, len(years) - 1 - terms.kept_years))
        )
        for n, first in enumerate(years[1:], 1):  # spans from the first year on say that no more is used than is earned
            for last in years[n:]:
                entries = (("tax_credit", (name, first, last), -1.0),)
                yield Lever(path, f"tax credit of {name} {kept}", entries, held[last], longer, exact=False)
