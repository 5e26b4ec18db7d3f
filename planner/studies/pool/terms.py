"""What ties the operators of a pool together, in the figures of the model."""

from __future__ import annotations

from collections.abc import Mapping

from planner.case.case import Case
from planner.coefficients import coefficients_of
from planner.coefficients.demand import metric_of
from planner.model.build import build
from planner.model.pool import Aim, Floor, PoolModel, Terms
from planner.reading.pool.file import PoolReading


def terms_of(reading: PoolReading, least_npv: Mapping[str, float]) -> Terms:
    """The terms of a pool; operators take part if they come to no less than ``least_npv``."""
    pool, cases = reading.pool, {name: member.reading.case for name, member in reading.members.items()}
    first = next(iter(cases.values()))
    by, target = pool.objective.installed_by, None
    if pool.target is not None and pool.target.must_hold:
        value = {
            operator: {name: metric_of(system, pool.target.metric) or 0.0 for name, system in case.systems.items()}
            for operator, case in cases.items()
        }
        target = Floor(first.calendar.period_containing(pool.target.by), pool.target.floor, value)
    return Terms(
        currency=first.finance.currency,
        offers=reading.offers,
        programmes=reading.programmes,
        public=frozenset(
            name
            for name in reading.programmes
            if any(name in case.programmes and case.programmes[name].aid.is_public_money for case in cases.values())
        ),
        target=target,
        least_npv=least_npv,
        installed_in=None if by is None else first.calendar.period_containing(by),
        least_compute=pool.objective.least,
    )


def model_of(cases: Mapping[str, Case], terms: Terms, aim: Aim) -> PoolModel:
    """The models of some cases side by side."""
    return PoolModel({name: build(coefficients_of(case)) for name, case in sorted(cases.items())}, terms, aim)
