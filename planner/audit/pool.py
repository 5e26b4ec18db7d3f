"""What holds between operators, worked out again from the cases and the decisions of all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from planner.audit.dates import period_in_use
from planner.audit.hosting import metric_value
from planner.case.case import Case
from planner.case.pool import Pool
from planner.decisions import Decisions, summed
from planner.outcome import About, Audit, Limit
from planner.vocabulary.keys import FiscalYear
from planner.vocabulary.message import fiscal_year, say

ROUNDING = 1e-8
"""How far sums of money over a whole plan may be off, as a share."""
QUANTITY_TOLERANCE = 1e-6
"""How far sums of quantities may be off, as a share."""


@dataclass(frozen=True)
class Operator:
    """One operator's part of a plan, with the audit of that part."""

    case: Case
    decisions: Decisions
    audit: Audit


@dataclass(frozen=True)
class PoolAudit:
    """The plan of a pool, worked out again."""

    limits: tuple[Limit, ...]
    """What holds between the operators."""
    compute: float
    """Dense-BF16 compute as the objective counts it: PFLOPS in a month, or PFLOPS-hours."""
    public_money: dict[str, float]
    """What shared programmes pay, by operator, in currency; special depreciation is no such money."""
    npv: float
    """Net present value of all operators together."""
    currency: str
    standing: float | None
    """What stands of the target, in its metric; None without a target."""

    @property
    def broken(self) -> tuple[Limit, ...]:
        """Limits that the decisions break."""
        return tuple(limit for limit in self.limits if not limit.holds)


def audit_pool(
    pool: Pool,
    operators: Mapping[str, Operator],
    *,
    offers: frozenset[str],
    programmes: frozenset[str],
    least_npv: Mapping[str, float],
) -> PoolAudit:
    """Works out what the operators share and what they bring about together.

    Args:
        pool: what the pool file says of all operators together.
        operators: their cases, decisions and audits, by name.
        offers: offers whose supply is shared.
        programmes: programmes whose caps are shared.
        least_npv: what operators must at least be worth for them to take part.
    """
    standing = None if pool.target is None else _standing(pool, operators)
    limits = [
        *_supply(operators, offers),
        *_caps(operators, programmes),
        *_participation(operators, least_npv),
        *_floors(pool, operators, standing),
    ]
    return PoolAudit(
        limits=tuple(limits),
        compute=compute_of(pool, operators),
        public_money={name: public_money_of(one, programmes) for name, one in operators.items()},
        npv=sum(one.audit.accounts.npv for one in operators.values()),
        currency=next(iter(operators.values())).case.finance.currency,
        standing=standing,
    )


def _supply(operators: Mapping[str, Operator], offers: frozenset[str]) -> Iterator[Limit]:
    first = next(iter(operators.values())).case
    starts = first.calendar.starts
    for offer in sorted(offers & set(first.offers)):
        terms, so_far = first.offers[offer], 0
        for t, start in enumerate(starts):
            ordered = sum(
                count
                for one in operators.values()
                for (name, _, u), count in one.decisions.order.items()
                if name == offer and u == t
            )
            so_far += ordered
            label = first.calendar.label(t)
            for field, limit, when, left in (
                ("available", terms.available, ", {month}", ordered),
                ("allocation", terms.allocation, ", up to {month}", so_far),
            ):
                if limit is not None:
                    most = limit.at(start) or 0
                    words = say("{offer}{when}: ordered by all operators", offer=offer, when=say(when, month=label))
                    about = About((offer, field), words)
                    yield Limit("shared_supply", about, left, "<=", most, "systems", QUANTITY_TOLERANCE, t)


def _caps(operators: Mapping[str, Operator], programmes: frozenset[str]) -> Iterator[Limit]:
    for name in sorted(programmes):
        members = [one for one in operators.values() if name in one.case.programmes]
        if not members:
            continue
        terms, tolerance = members[0].case.programmes[name], _money_tolerance(operators)
        currency = members[0].case.finance.currency
        if terms.total_cap is not None:
            total = sum(sum(_by_year(one, name, whole=True).values()) for one in members)
            about = About((name, "total_cap"), say("{programme}: to all operators", programme=name))
            most = terms.total_cap.amount
            yield Limit("shared_cap", about, total, "<=", most, currency, max(tolerance, ROUNDING * most))
        for year, cap in terms.fiscal_year_caps.items():
            if members[0].case.calendar.periods_of(year):
                paid = sum(_by_year(one, name).get(year, 0.0) for one in members)
                words = say("{programme}: to all operators in {year}", programme=name, year=fiscal_year(year.number))
                about, most = About((name, str(year)), words, year), cap.amount
                yield Limit("shared_cap", about, paid, "<=", most, currency, max(tolerance, ROUNDING * most))


def _by_year(one: Operator, programme: str, *, whole: bool = False) -> dict[FiscalYear, float]:
    """What a programme gives one operator by fiscal year: money when it is paid, all else when systems are in use."""
    calendar, quantities = one.case.calendar, one.audit.quantities
    if one.case.programmes[programme].aid.counts == "when paid" and not whole:
        dated = [(t, paid) for (name, t), paid in quantities.grant_paid.items() if name == programme]
    else:
        dated = [
            (period_in_use(one.case, claim.investment), amount)
            for claim, amount in quantities.grant.items()
            if claim.programme == programme
        ]
    return summed((calendar.fiscal_year(calendar.starts[t]), amount) for t, amount in dated)


def public_money_of(one: Operator, programmes: Collection[str]) -> float:
    """What some programmes give one operator, in currency, as far as it is public money."""
    rules = one.case.programmes
    return sum(
        amount
        for (name, *_), amount in one.audit.quantities.grant.items()
        if name in programmes and rules[name].aid.is_public_money
    )


def _participation(operators: Mapping[str, Operator], least_npv: Mapping[str, float]) -> Iterator[Limit]:
    for name, least in least_npv.items():
        accounts, currency = operators[name].audit.accounts, operators[name].case.finance.currency
        tolerance = max(_money_tolerance(operators), ROUNDING * abs(least))
        about = About(
            (name,), say("{operator}: net present value, beside none of the shared programmes", operator=name)
        )
        yield Limit("participation", about, accounts.npv, ">=", least, currency, tolerance)


def _floors(pool: Pool, operators: Mapping[str, Operator], standing: float | None) -> Iterator[Limit]:
    target, objective = pool.target, pool.objective
    if target is not None and target.must_hold and standing is not None:
        words = say("all operators: installed {metric} in {month}", metric=say(target.metric), month=str(target.by))
        about = About((), words)
        tolerance = QUANTITY_TOLERANCE * max(1.0, target.floor)
        yield Limit("pool_target", about, standing, ">=", target.floor, target.metric, tolerance)
    if objective.least is not None:
        tolerance = QUANTITY_TOLERANCE * max(1.0, objective.least)
        left, unit = compute_of(pool, operators), compute_unit(pool)
        about = About((), say("all operators: compute"))
        yield Limit("least_compute", about, left, ">=", objective.least, unit, tolerance)


def _standing(pool: Pool, operators: Mapping[str, Operator]) -> float:
    assert pool.target is not None
    return sum(
        count * (metric_value(one.case.systems[system], pool.target.metric) or 0.0)
        for one in operators.values()
        for (system, _, t), count in one.audit.quantities.installed.items()
        if t == one.case.calendar.period_containing(pool.target.by)
    )


def compute_of(pool: Pool, operators: Mapping[str, Operator]) -> float:
    """Dense-BF16 compute of some operators, as the objective of the pool counts it."""
    return sum(operator_compute(pool, one) for one in operators.values())


def operator_compute(pool: Pool, one: Operator) -> float:
    """The same of one operator."""
    calendar, by = one.case.calendar, pool.objective.installed_by
    if by is None:
        return sum(
            amount * calendar.hours[t] * (metric_value(one.case.systems[system], "bf16_pflops") or 0.0)
            for (_, system, _, t), amount in one.decisions.serve.items()
        )
    return sum(
        count * (metric_value(one.case.systems[system], "bf16_pflops") or 0.0)
        for (system, _, t), count in one.audit.quantities.installed.items()
        if t == calendar.period_containing(by)
    )


def compute_unit(pool: Pool) -> str:
    """What compute is counted in."""
    return "PFLOPS-hours" if pool.objective.installed_by is None else "PFLOPS"


def _money_tolerance(operators: Mapping[str, Operator]) -> float:
    """How far an amount of money of all operators together may be off."""
    return sum(
        max((limit.tolerance for limit in one.audit.limits if limit.unit == one.case.finance.currency), default=1.0)
        for one in operators.values()
    )
