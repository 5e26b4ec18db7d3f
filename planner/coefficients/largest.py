"""How large what a plan comes to can be: generous bounds on results and on what goes out, period by period.

Rows that hold in some years only need a number that is larger than whatever they let pass in the others.
"""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.records import LoanTerms
from planner.vocabulary.keys import Demand


def largest_results(case: Case, known: Coefficients) -> list[float]:
    """A generous bound on the profit or loss of each period.

    All systems of a site fit into it at once, whatever they are; so what arrives, leaves or is written off in one
    period is worth no more than the dearest systems that fill every site.
    """
    dearest: dict[str, float] = {}
    for (system, _, _), cost in known.books.cost.items():
        dearest[system] = max(dearest.get(system, 0.0), cost)
    for (system, _, _), proceeds in known.vintages.resale.items():
        dearest[system] = max(dearest.get(system, 0.0), proceeds)
    fits = most_that_fits(known)
    systems = sum(most * dearest.get(system, 0.0) for (system, _), most in fits.items())
    blocks = sum(
        known.blocks.limit[expansion] * max(known.units.cost[key] for key in known.units.cost if key.name == expansion)
        for expansion in dict.fromkeys(name for name, _ in known.blocks.ready)
    )
    owed = sum(loan.limit + loan.outstanding + _largest_fees(loan) for loan in known.loans.values())
    usual = 4 + _further_charges(known)
    earned, running = _largest_revenue(known), largest_running_costs(known, fits)
    paid, taxed = _largest_milestones(case, known), largest_property_tax(known, fits)
    return [usual * (systems + blocks) + (earned[t] + running[t]) + owed + paid[t] + taxed[t] for t in known.periods]


def most_that_fits(known: Coefficients) -> dict[tuple[str, str], int]:
    """A generous bound on the systems that stand at a site at once, by s,d."""
    fits: dict[tuple[str, str], int] = {}
    for (offer, site, _), most in known.sites.order_limit.items():
        key = (known.offers.system_of[offer], site)
        fits[key] = max(fits.get(key, 0), most)
    for (system, site, _), (_, count) in known.vintages.fleet.items():
        fits[system, site] = fits.get((system, site), 0) + count
    return fits


def _largest_fees(loan: LoanTerms) -> float:
    """What the fees of a loan come to in a period at most."""
    return loan.limit * (loan.arrangement_fee + max(loan.commitment_fee, default=0.0))


def _further_charges(known: Coefficients) -> int:
    """How often everything that stands there can be charged once more: where programmes write its cost off at once,
    or take a grant back, perhaps with one that is paid in the same period to who has left already."""
    at_once = {j for (j, _), terms in known.claims.terms.items() if terms.aid.is_written_off}
    taken_back = {j for (j, _), terms in known.claims.terms.items() if terms.clawback_share}
    return len(at_once) + 2 * len(taken_back)


def _largest_milestones(case: Case, known: Coefficients) -> list[float]:
    """What programmes with milestones can pay in each period, and take back in it from systems that have left."""
    found = [0.0] * len(known.periods)
    for (name, investment), terms in known.claims.terms.items():
        if case.programmes[name].milestones:
            units = known.sites.order_limit.get(investment, known.blocks.limit.get(investment.name, 0))
            for part in terms.parts:
                found[part.period] += 2 * units * part.share * terms.amount
    return found


def largest_property_tax(known: Coefficients, fits: dict[tuple[str, str], int]) -> list[float]:
    """The highest property tax that can be paid in each period: on the dearest of all that fits, at every date."""
    found = [0.0] * len(known.periods)
    for assessment, terms in known.property_taxes.assessments.items():
        most: dict[str, float] = {}
        for (vintage, one), tax in known.property_taxes.on_system.items():
            if one == assessment:
                most[vintage.system] = max(most.get(vintage.system, 0.0), tax)
        assessed = sum(fits.get((system, assessment.site), 0) * tax for system, tax in most.items())
        for (start, one), tax in known.property_taxes.on_block.items():
            if one == assessment:
                assessed += known.blocks.limit[start.expansion] * tax
        for month, share in terms.due:
            found[known.calendar.period_of(month)] += share * assessed
    return found


def _largest_revenue(known: Coefficients) -> list[float]:
    """The highest revenue of each period."""
    hourly: dict[tuple[str, int], float] = {}
    for (workload, system, t), revenue in known.demand.revenue.items():
        each = revenue / known.demand.throughput[workload, system]
        hourly[workload, t] = max(hourly.get((workload, t), 0.0), each)
    found = [0.0] * len(known.periods)
    for (workload, t), each in hourly.items():
        found[t] += known.demand.amount.get(Demand(workload, t), 0.0) * each
    return found


def largest_running_costs(known: Coefficients, fits: dict[tuple[str, str], int]) -> list[float]:
    """What all systems cost to run in each period that fit at all."""
    found, more = [0.0] * len(known.periods), _dearer_maintenance(known)
    costs = (known.sites.energy_idle, known.sites.energy_work, known.sites.rent, known.sites.operations)
    for (system, site), count in fits.items():
        for t in known.periods:
            key = (system, site, t)
            if key in known.sites.energy_idle:
                maintenance = known.sites.maintenance[system, t] + more.get((system, t), 0.0)
                found[t] += count * (sum(cost[key] for cost in costs) + maintenance)
    return found


def _dearer_maintenance(known: Coefficients) -> dict[tuple[str, int], float]:
    """How much more maintenance of one system costs at the dearest age than at an old one, by s,t; never less."""
    found: dict[tuple[str, int], float] = {}
    for (system, _, t), more in known.vintages.maintenance.items():
        found[system, t] = max(found.get((system, t), 0.0), more)
    return found
