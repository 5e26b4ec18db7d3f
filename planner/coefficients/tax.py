"""Tax: how the profit of each fiscal year is taxed, how credits can be used, and how large a result can be."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.finance import Tax as Terms
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.groups import Tax
from planner.coefficients.money import Exchange
from planner.coefficients.records import CreditTerms, LapseTerms, LoanTerms, TaxYearTerms
from planner.finance.tax import interim_tax
from planner.vocabulary.keys import Demand, FiscalYear


def tax_of(case: Case, exchange: Exchange, known: Coefficients) -> Tax:
    """The terms of tax; nothing where profit is not taxed."""
    tax = case.finance.tax
    if tax is None:
        return Tax()
    years = _years(case, tax, known)
    before, owed_before = _of_year_before(case, exchange, tax)
    return Tax(
        years=years,
        before=before,
        owed_before=owed_before,
        opening_loss=exchange.money(tax.opening_loss, 0)
        + sum(exchange.money(loss, 0) for loss in tax.opening_losses.values()),
        lapses=_lapses(exchange, tax, years),
        loss_use_limit=tax.loss_use_limit,
        end_rate=years[-1].rate if case.finance.terminal_value else 0.0,
        credits=_credits(case, known, years),
    )


def _years(case: Case, tax: Terms, known: Coefficients) -> tuple[TaxYearTerms, ...]:
    calendar, largest = case.calendar, largest_results(case, known)
    found, months = [], len(calendar.months)
    for year, periods in calendar.fiscal_years.items():
        paid_in = _rest_due(case, tax, periods)
        parts = [(paid_in, 1.0)]
        after = calendar.periods_of(FiscalYear(year.number + 1))
        if tax.interim is not None and after:
            advance = interim_tax(1.0, tax.interim.share, len(periods) * calendar.months_per_period)
            parts += [(_advance_due(case, tax, after), advance), (_rest_due(case, tax, after), -advance)]
        due = tuple((month, part) for month, part in parts if month < months)
        found.append(
            TaxYearTerms(
                name=year,
                periods=periods,
                rate=tax.rate.at(calendar.starts[periods[0]]) or 0.0,
                paid_in=paid_in if paid_in < months else None,
                due=due,
                owed=sum(part for month, part in parts if month >= months),
                largest=sum(largest[t] for t in periods),
            )
        )
    return tuple(found)


def _rest_due(case: Case, tax: Terms, periods: tuple[int, ...]) -> int:
    """Number of the month in which what is left of the tax of a year is due; may lie after the horizon."""
    return case.calendar.months_of(periods[-1])[-1] + tax.payment_lag.months


def _advance_due(case: Case, tax: Terms, periods: tuple[int, ...]) -> int:
    """Number of the month in which tax is due in advance for a year that begins within the horizon."""
    assert tax.interim is not None
    return case.calendar.months_of(periods[0])[0] + tax.interim.after.months - 1 + tax.payment_lag.months


def _of_year_before(case: Case, exchange: Exchange, tax: Terms) -> tuple[tuple[tuple[int, float], ...], float]:
    """What is paid in advance for the first year, by the tax of the one before the horizon, and taken off its rest."""
    calendar = case.calendar
    if tax.interim is None or calendar.start.month != calendar.fiscal_year_start_month:
        return (), 0.0
    advance = interim_tax(exchange.money(tax.interim.tax_of_year_before, 0), tax.interim.share)
    first = next(iter(calendar.fiscal_years.values()))
    parts = [(_advance_due(case, tax, first), advance), (_rest_due(case, tax, first), -advance)]
    due = tuple((month, part) for month, part in parts if part and month < len(calendar.months))
    return due, sum(part for month, part in parts if month >= len(calendar.months))


def _lapses(exchange: Exchange, tax: Terms, years: tuple[TaxYearTerms, ...]) -> tuple[LapseTerms, ...]:
    """Losses lapse at the end of the last year in which they may be used."""
    if tax.loss_years is None:
        return ()
    found = []
    for year in years:
        last = year.name.number - tax.loss_years
        before = sum(exchange.money(loss, 0) for made, loss in tax.opening_losses.items() if made.number <= last)
        found.append(LapseTerms(year.name, before, tuple(one.name for one in years if one.name.number <= last)))
    return tuple(one for one in found if one.before or one.made_in)


def _credits(case: Case, known: Coefficients, years: tuple[TaxYearTerms, ...]) -> dict[str, CreditTerms]:
    """How the credits can be used that anything can earn."""
    earned: dict[str, int] = {}
    for name, investment in known.claims.terms:
        earned[name] = min(earned.get(name, len(known.periods)), known.units.ready[investment])
    return {
        name: CreditTerms(
            limit=programme.tax_limit,
            kept_years=programme.carry_forward.months // 12,
            years=tuple(year.name for year in years if year.periods[-1] >= earned[name]),
        )
        for name, programme in case.programmes.items()
        if programme.aid.is_off_tax and name in earned
    }


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
    paid, taxed = _largest_milestones(case, known), largest_property_tax(known, fits)
    return [
        usual * (systems + blocks) + _largest_operation(known, fits, t) + owed + paid[t] + taxed[t]
        for t in known.periods
    ]


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


def _largest_operation(known: Coefficients, fits: dict[tuple[str, str], int], t: int) -> float:
    """The highest revenue of a period and the highest running cost, one added to the other."""
    hourly: dict[str, float] = {}
    for (workload, system, period), revenue in known.demand.revenue.items():
        if period == t:
            hourly[workload] = max(hourly.get(workload, 0.0), revenue / known.demand.throughput[workload, system])
    earned = sum(known.demand.amount.get(Demand(workload, t), 0.0) * each for workload, each in hourly.items())
    return earned + largest_running_costs(known, fits, t)


def largest_running_costs(known: Coefficients, fits: dict[tuple[str, str], int], t: int) -> float:
    """What all systems cost to run in a period that fit at all."""
    running = 0.0
    for (system, site), count in fits.items():
        key = (system, site, t)
        costs = (known.sites.energy_idle, known.sites.energy_work, known.sites.rent, known.sites.operations)
        if key in known.sites.energy_idle:
            running += count * (sum(cost[key] for cost in costs) + _dearest_maintenance(known, system, t))
    return running


def _dearest_maintenance(known: Coefficients, system: str, t: int) -> float:
    """The dearest maintenance of one system in a period, whatever its age."""
    more = (cost for (s, _, u), cost in known.vintages.maintenance.items() if (s, u) == (system, t))
    return known.sites.maintenance[system, t] + max(0.0, max(more, default=0.0))
