"""Tax: how the profit of each fiscal year is taxed, and how credits can be used."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.finance import Tax as Terms
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.groups import Tax
from planner.coefficients.largest import largest_results
from planner.coefficients.money import Exchange
from planner.coefficients.records import CreditTerms, LapseTerms, TaxYearTerms
from planner.finance.tax import interim_tax
from planner.vocabulary.keys import FiscalYear


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
        parts = [(_rest_due(case, tax, periods), 1.0)]
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
