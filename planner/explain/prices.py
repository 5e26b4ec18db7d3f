"""Shadow prices of limits beside a plan: every binding limit of the case, in units that people plan in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from planner.case.case import Case
from planner.coefficients import Coefficients, CoverTerms, coefficients_of
from planner.explain.figure import Figure, changed
from planner.explain.lever import Ground, Lever, by_family
from planner.explain.levers import PRICED, levers
from planner.explain.priced import Priced
from planner.model.build import Model, build
from planner.outcome import DEBT_SERVICE, OPERATING_COSTS, REVENUES, TAXES, Outcome
from planner.solving.elastic import ElasticVariable
from planner.solving.fixed_mip import FixedMip
from planner.vocabulary.cash_lines import CASH_LINES
from planner.vocabulary.constraints.awards import JOIN, OPERATOR_CAP, TOTAL_CAP
from planner.vocabulary.constraints.family import Family
from planner.vocabulary.keys import CapKey, CapKind, Payout

SHARE_UNIT = 0.01
"""Shares are priced by the percentage point."""
WORTHLESS = 1e-9
"""A gain below this share of the objective is rounding."""
MOST_NON_ZEROS = 100_000
"""A report waits for the prices of a model up to this size; those of larger ones take minutes, and have to be asked
for."""


def fixed_values(model: Model, outcome: Outcome) -> dict[int, float]:
    """Columns for what the plan decides once and for all: blocks, programmes, and which way the tax of a year goes."""
    decide, coefficients, decisions = model.decide, model.coefficients, outcome.decisions
    values = {column.index: float(decisions.expand.get(key, 0)) for key, column in decide.expand.items()}
    for (x, t), column in decide.built.items():
        values[column.index] = float(sum(n for (name, u), n in decisions.expand.items() if name == x and u <= t))
    values |= {column.index: float(decisions.join.get(j, False)) for (j,), column in decide.join.items()}
    before = coefficients.tax.opening_loss * coefficients.money_unit
    for year in coefficients.tax.years:
        audited = outcome.audit.accounts.books.years[year.name]
        usable = coefficients.tax.loss_use_limit * max(0.0, audited.profit)
        values[decide.profitable[year.name,].index] = float(audited.profit > 0)
        values[decide.exhausted[year.name,].index] = float(before <= usable * (1 + 1e-9))
        before = audited.loss_carried
        if (year.name,) in decide.lapses:
            values[decide.lapses[year.name,].index] = float(audited.loss_lapsed > 0)
    for cover in coefficients.covers:
        values[decide.serves_debt[cover.name,].index] = float(_may_serve_debt(outcome, cover))
    for end in coefficients.year_ends:
        if (end.name,) in decide.owes:
            values[decide.owes[end.name,].index] = float(_may_owe(outcome, end.last))
    for (paid_for,), column in decide.pays_owners.items():
        values[column.index] = float(decisions.dividend.get(Payout(paid_for), 0.0) > 0)
    return values


def _may_owe(outcome: Outcome, t: int) -> bool:
    """Whether a plan owes anything at the end of a fiscal year, or may since the books have equity."""
    accounts, books = outcome.audit.accounts, outcome.audit.accounts.books
    debt = accounts.debt_at(t)
    assets = accounts.cash[t] + books.receivables[t] + books.advances[t] + books.fixed_assets[t]
    return debt >= 1.0 or assets > books.payables[t] + books.prepayments[t] + books.unpaid[t] + books.tax_payable[t]


def _may_serve_debt(outcome: Outcome, year: CoverTerms) -> bool:
    """Whether a fiscal year of a plan keeps the covenant on debt service whether it has any."""
    accounts = outcome.audit.accounts
    cash = sum(accounts.lines[line][t] for line in REVENUES for t in year.periods)
    cash -= sum(accounts.lines[line][t] for line in (*OPERATING_COSTS, *TAXES) for t in year.periods)
    service = sum(-CASH_LINES[line].sign * accounts.lines[line][t] for line in DEBT_SERVICE for t in year.periods)
    service += sum(scheduled[t] for scheduled in accounts.books.scheduled.values() for t in year.periods)
    return year.least is None or cash >= year.least * service - 1.0


def in_fractions(case: Case) -> Model:
    """The model of a case in which an order may be a fraction of a system, and so exists where not even one fits."""
    coefficients = coefficients_of(case)
    limits = {key: max(1, most) for key, most in coefficients.sites.order_limit.items()}
    return build(replace(coefficients, sites=replace(coefficients.sites, order_limit=limits)))


@dataclass(frozen=True)
class Beside:
    """The linear programme beside a plan, which all questions about the plan begin at."""

    outcome: Outcome
    model: Model
    fixed: dict[int, float]
    """What the plan decides once and for all, by index of the column."""
    fixed_mip: FixedMip

    @classmethod
    def of(cls, outcome: Outcome) -> Beside:
        """Solves it."""
        model = in_fractions(outcome.case)
        fixed = fixed_values(model, outcome)
        return cls(outcome, model, fixed, FixedMip(model, fixed, ()))


def with_prices(outcome: Outcome, most_non_zeros: float = MOST_NON_ZEROS) -> Outcome:
    """The same plan with the prices of its binding limits; without, where that would take long or no time is left."""
    if outcome.proof.non_zeros > most_non_zeros or not outcome.proof.within_gap:
        return outcome
    return with_prices_of(outcome, Beside.of(outcome))


def with_prices_of(outcome: Outcome, beside: Beside) -> Outcome:
    """The same plan with the prices of its binding limits."""
    return replace(outcome, prices=tuple(one.record() for one in priced(outcome, beside)))


def priced(outcome: Outcome, beside: Beside | None = None) -> tuple[Priced, ...]:
    """The binding limits of a plan that have a price, the most valuable first; none where none can be priced."""
    beside = beside or Beside.of(outcome)
    model = beside.model
    by_figure = _by_figure(priced_levers(model, outcome))
    index = {(row.family, row.key): position for position, row in enumerate(model.rows)}
    slacks = [
        ElasticVariable({index[family, key]: weight for family, key, weight in lever.entries if (family, key) in index})
        for lever in by_figure
    ]
    fixed_mip = FixedMip(model, beside.fixed, slacks, beside.fixed_mip)
    if not fixed_mip.found:
        return ()
    found = []
    for number, lever in enumerate(by_figure):
        if slacks[number].entries and fixed_mip.at_limit(slacks[number]):
            price = _price(fixed_mip, number, lever, beside)
            if price is not None:
                found.append(price)
    return tuple(sorted(found, key=lambda price: -price.stake))


def priced_levers(model: Model, outcome: Outcome) -> list[Lever]:
    """Levers of limits that a user can change, with programmes as they were joined; what is physical before money."""
    joined = outcome.decisions.join
    ground = Ground(outcome.case, model.coefficients, model.sums, by_family(model.rows))
    found = [
        _with_join(lever, model.coefficients)
        for lever in levers(ground, PRICED)
        if lever.exact or lever.priced_anew
        if lever.statement[0] != "programmes" or joined.get(lever.statement[1], True)
    ]
    return sorted(found, key=lambda lever: lever.statement[0] in ("programmes", "finance"))


def _by_figure(levers: Iterable[Lever]) -> list[Lever]:
    """One lever for each figure; what a figure does to several rows is one change."""
    found: dict[Figure | None, Lever] = {}
    for lever in levers:
        same = found.get(lever.figure)
        entries = lever.entries if same is None else (*same.entries, *lever.entries)
        periods = tuple(sorted({*lever.periods, *(() if same is None else same.periods)}))
        found[lever.figure] = replace(lever, entries=entries, periods=periods)
    return list(found.values())


def _with_join(lever: Lever, coefficients: Coefficients) -> Lever:
    """A cap that is the smallest one also stands in the row that ties grants to joining."""
    family, key, weight = lever.entries[0]
    caps: dict[Family, CapKind] = {TOTAL_CAP: "total", OPERATOR_CAP: "operator"}
    programme, aid = str(key[0]), coefficients.aid
    if family not in caps or aid.caps[CapKey(programme, caps[family])] != aid.grant_limit.get(programme):
        return lever
    return replace(lever, entries=(*lever.entries, (JOIN, (programme,), weight)))


def _price(fixed_mip: FixedMip, number: int, lever: Lever, beside: Beside) -> Priced | None:
    figure, outcome = lever.figure, beside.outcome
    if figure is None or (figure.kind in ("years", "months", "month") and not lever.priced_anew):
        return None
    objective_unit = 1.0 if outcome.proof.kind == "compute" else fixed_mip.model.coefficients.money_unit
    if lever.statement[0] == "expansions":
        return _unpriced(lever, figure, outcome)
    if not lever.exact:
        return _measured(beside, lever, figure, objective_unit)
    toward = -1.0 if lever.statement[-1] == "amount" else 1.0  # more demand is what one hopes for
    guess = natural_unit(figure, figure.value or lever.scale)
    price = fixed_mip.price(number, toward, guess / lever.scale)
    back = fixed_mip.price(number, -toward, guess / lever.scale)
    slope, slope_back = price.slope - toward * lever.put_in, back.slope + toward * lever.put_in
    reach = min(price.reach * lever.scale, figure.most if toward > 0 else math.inf)
    if slope / lever.scale * min(reach, figure.value or reach, 1e18) * objective_unit <= _noise(outcome):
        return None
    unit = natural_unit(figure, min(reach, abs(figure.value) or reach))
    return Priced(
        lever=lever,
        figure=figure,
        raises=(figure.loosens * toward) > 0,
        unit=unit,
        gain=slope / lever.scale * unit * objective_unit,
        reach=reach / unit,
        loss=-slope_back / lever.scale * unit * objective_unit,
        reach_back=back.reach * lever.scale / unit,
    )


def _noise(outcome: Outcome) -> float:
    return WORTHLESS * max(1.0, abs(outcome.proof.objective))


def _unpriced(lever: Lever, figure: Figure, outcome: Outcome) -> Priced | None:
    built = sum(n for (name, _), n in outcome.decisions.expand.items() if name == lever.statement[1])
    if built < figure.value:
        return None
    return Priced(lever, figure, True, 1.0, None, 0.0, None, 0.0)


def _measured(beside: Beside, lever: Lever, figure: Figure, objective_unit: float) -> Priced | None:
    """The price of one percentage point, of one day, or of one month, from the linear programme of the changed case."""
    point, outcome = min(natural_unit(figure, figure.value), figure.most), beside.outcome
    if point <= 0:
        return None
    other = in_fractions(changed(outcome.case, {figure.path: figure.yaml(point)}))
    there = FixedMip(other, fixed_values(other, outcome), (), beside.fixed_mip)
    if not there.found:
        return None
    gain = (there.signed_objective() - beside.fixed_mip.signed_objective()) * objective_unit
    if gain <= _noise(outcome):
        return None
    return Priced(lever, figure, figure.loosens > 0, point, gain, 1.0, None, 0.0)


def natural_unit(figure: Figure, size: float) -> float:
    """The power of ten in which people would count a change of about some size; shares and covers by the hundredth."""
    if figure.kind == "share" or figure.noun == "times":
        return SHARE_UNIT
    if figure.kind in ("count", "days", "months") or not 0 < size < math.inf:
        return 1.0
    return 10.0 ** math.floor(math.log10(size) + 1e-9)
