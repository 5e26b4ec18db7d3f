"""Every number that the model sees: read off the case once, on named indexes, scaled in one place.

A coefficient exists only where the thing it describes can be: an order that would arrive after the horizon, a system
that a site cannot cool, or a grant that would be paid too late has no entry, and so no variable and no row.
"""

from __future__ import annotations

from dataclasses import replace

from planner.case.case import Case
from planner.coefficients.aid import aid_of
from planner.coefficients.blocks import blocks_of
from planner.coefficients.books import books_of
from planner.coefficients.budget import budget_of
from planner.coefficients.claims import claims_of
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.consumption_tax import consumption_tax_of
from planner.coefficients.covenants import covers_of, year_ends_of
from planner.coefficients.demand import demand_of
from planner.coefficients.discount import Discount
from planner.coefficients.dividends import dividends_of
from planner.coefficients.frozen import frozen_of
from planner.coefficients.leaving import claimed_exit_periods_of
from planner.coefficients.loans import loans_of
from planner.coefficients.money import Exchange, money_unit
from planner.coefficients.offers import offers_of
from planner.coefficients.ordered import in_order
from planner.coefficients.property_taxes import property_taxes_of
from planner.coefficients.records import (
    ClaimTerms,
    CoverTerms,
    DividendTerms,
    Due,
    LapseTerms,
    TaxYearTerms,
    YearEndTerms,
)
from planner.coefficients.sites import sites_of
from planner.coefficients.tax import tax_of
from planner.coefficients.trade import trade_of
from planner.coefficients.units import units_of
from planner.coefficients.vintages import vintages_of

__all__ = [
    "ClaimTerms",
    "Coefficients",
    "CoverTerms",
    "Discount",
    "DividendTerms",
    "Due",
    "LapseTerms",
    "TaxYearTerms",
    "YearEndTerms",
    "coefficients_of",
    "what_can_be",
]


def coefficients_of(case: Case) -> Coefficients:
    """Works out all coefficients of a case; money in the unit that ``money_unit`` chooses, entries in order of name."""
    case = in_order(case)
    exchange = Exchange(case, money_unit(case))
    found = _what_can_be(case, exchange)
    found = replace(found, books=books_of(case, exchange, found))
    found = replace(found, property_taxes=property_taxes_of(case, exchange, found))
    found = replace(found, tax=tax_of(case, exchange, found), claimed_exit_periods=claimed_exit_periods_of(found))
    found = replace(found, covers=covers_of(case, found), year_ends=year_ends_of(case, exchange, found))
    return replace(found, dividends=dividends_of(case, exchange, found))


def what_can_be(case: Case) -> Coefficients:
    """What can be bought, stand, serve, be claimed and be lent; without the books and what leaves early, of which the
    most has to be worked out."""
    case = in_order(case)
    return _what_can_be(case, Exchange(case, money_unit(case)))


def _what_can_be(case: Case, exchange: Exchange) -> Coefficients:
    offers = offers_of(case, exchange)
    vintages = vintages_of(case, exchange, offers)
    blocks = blocks_of(case, exchange)
    sites = sites_of(case, exchange, offers, blocks)
    units = units_of(offers, blocks)
    claims = claims_of(case, offers, vintages, units)
    frozen = frozen_of(case, exchange)
    return Coefficients(
        calendar=case.calendar,
        objective=case.objective,
        money_unit=exchange.unit,
        currency=case.finance.currency,
        offers=offers,
        vintages=vintages,
        blocks=blocks,
        sites=sites,
        demand=demand_of(case, exchange, sites),
        units=units,
        claims=claims,
        aid=aid_of(case, exchange, sites, blocks, claims, frozen),
        budget=budget_of(case, exchange, frozen),
        loans=loans_of(case, exchange),
        trade=trade_of(case, exchange),
        consumption_tax=consumption_tax_of(case),
        frozen=frozen,
    )
