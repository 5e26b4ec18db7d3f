"""Levers on what work leaves of its revenue."""

from __future__ import annotations

from collections.abc import Iterator

from planner.explain.figure import Figure, Path, step_path
from planner.explain.lever import Entry, Ground, Lever
from planner.model.linear import LinearExpression
from planner.vocabulary.constraints.demand import SITE_LOSS
from planner.vocabulary.constraints.money import CASH_BALANCE, RUNNING
from planner.vocabulary.keys import CashPoint


def selling_costs(ground: Ground) -> Iterator[Lever]:
    """What fees and commissions take of revenue: a lower share spares at most what it takes of the work that is done.

    Tax on what is spared is left aside.
    """
    calendar, demand, decide = ground.case.calendar, ground.coefficients.demand, ground.sums.decide
    for name, workload in ground.case.workloads.items():
        path: Path = ("workloads", name, "selling_costs")
        if workload.selling_costs is None:
            continue
        for t, start in enumerate(calendar.starts):
            share, paid = workload.selling_costs.at(start), LinearExpression()
            for (w, s, _, u), column in decide.serve.items():
                if (w, u) == (name, t) and (w, s, t) in demand.selling_costs:
                    paid.add_term(column, demand.selling_costs[w, s, t])
            if share and paid.terms:
                where = step_path(workload.selling_costs, path, start, calendar.starts[0])
                figure = Figure(where, share, "share", -1, most=share)
                words = f"selling {name} takes {figure.text(share)} of its revenue"
                yield Lever(path, words, (_with_hours(ground, t),), (t,), figure, exact=False, within=paid)


def survivals(ground: Ground) -> Iterator[Lever]:
    """That work must survive the loss of any one site: without that the rows of its loss fall away."""
    for name, workload in ground.case.workloads.items():
        if workload.survives_site_loss:
            path: Path = ("workloads", name, "survives_site_loss")
            words = f"{workload.must_serve * 100:.4g} % of the demand for {name} must survive the loss of any one site"
            for row in ground.rows.get(SITE_LOSS, ()):
                _, of, t = row.key
                if of == name:
                    yield Lever(path, words, ((row.family, row.key, 1.0),), (int(str(t)),), None, exact=False)


def _with_hours(ground: Ground, t: int) -> Entry:
    """The row to which what comes with the hours of a period adds."""
    calendar = ground.case.calendar
    if ground.sums.decide.hourly:
        return RUNNING, (t, "hours"), -1.0
    month = calendar.months[calendar.months_of(t)[-1]]
    return CASH_BALANCE, (CashPoint(month, at_end=True),), -1.0
