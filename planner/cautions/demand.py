"""Demand that nothing can serve, and orders that nothing can pay for."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.words import listed
from planner.case.workload import Workload
from planner.cautions.subject import Doubt, Subject
from planner.coefficients.demand import metric_of, serves


def workloads_can_be_served(subject: Subject) -> Iterator[Doubt]:
    """Some system that stands or is offered can serve a workload, at a site in its regions."""
    case, coefficients = subject.case, subject.coefficients
    there = dict.fromkeys(
        [*coefficients.offers.system_of.values(), *(system for system, _, _ in coefficients.vintages.fleet)]
    )
    placed = {system for system, _, _ in coefficients.sites.use}
    machines = [system for system in there if system in placed]
    can = {workload for workload, system, _ in coefficients.demand.suits if system in there}
    for name, workload in case.workloads.items():
        if machines and name not in can and any(workload.amount.values()):
            field, why = next(_reasons(subject, machines, workload))
            remedy = "correct the demand, or offer a system that can serve it"
            yield Doubt(("workloads", name, field), "nothing can serve this demand", why, remedy)


def _reasons(subject: Subject, machines: list[str], workload: Workload) -> Iterator[tuple[str, str]]:
    """The field by which the last system is left out that could have served a workload, and the reason in words."""
    systems = subject.case.systems
    counted = [s for s in machines if metric_of(systems[s], workload.metric) * workload.efficiency.get(s, 1.0) > 0]
    if not counted:
        yield "metric", f"no system that stands or is on offer has a figure for {workload.metric}"
    large = [s for s in counted if serves(systems[s], workload)]
    if not large:
        field = "memory_gb" if workload.memory_gb else "scale_up_accelerators"
        yield field, f"{listed(counted, 'and', 4)} have not the memory, or not the scale-up domain, that it asks for"
    priced = [s for s in large if not workload.price_by_system or s in workload.price_by_system]
    if not priced:
        yield "price_by_system", f"{listed(workload.price_by_system, 'and', 4)} neither stand nor are on offer"
    yield "regions", f"{listed(priced, 'and', 4)} cannot stand at a site in {listed(workload.regions)}"


def orders_can_be_paid(subject: Subject) -> Iterator[Doubt]:
    """There is money before anything is earned: from the start, from owners, or from lenders.

    What is ordered is paid at the start of a month, before the income of that month.
    """
    coefficients = subject.coefficients
    spare = (
        coefficients.budget.opening_cash
        - coefficients.budget.minimum_cash[0]
        + sum(max(0.0, amount) for amount in coefficients.budget.funding.values())
    )
    is_lent = any(terms.limit > 0 and terms.drawable for terms in coefficients.loans.values())
    comes_at_once = any(
        cost > 0 and coefficients.units.ready[unit] == unit[2] for unit, cost in coefficients.units.cost.items()
    )
    if spare > 0 or is_lent or coefficients.vintages.fleet or not comes_at_once:
        return
    what = f"{subject.case.finance.opening_cash.words} at the start, and no owner or lender brings any"
    why = "orders are paid at the start of a month, before its income, so nothing can be ordered"
    remedy = "state the cash, the funding or the loan that pays for the first orders"
    yield Doubt(("finance", "opening_cash"), what, why, remedy)
