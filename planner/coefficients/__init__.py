"""Every number that the model sees: read off the case once, on named indexes, scaled in one place.

A coefficient exists only where the thing it describes can be: an order that would arrive after the horizon, a system
that a site cannot cool, or a grant that would be paid too late has no entry, and so no variable and no row.
"""

from __future__ import annotations

from planner.case.case import Case
from planner.coefficients.books import book_figures
from planner.coefficients.claims import claim_figures
from planner.coefficients.coefficients import Coefficients
from planner.coefficients.demand import demand_figures
from planner.coefficients.fleet import fleet_figures
from planner.coefficients.leaving import leaving_figures
from planner.coefficients.loans import loan_figures
from planner.coefficients.money import Exchange, money_unit
from planner.coefficients.ordered import in_order
from planner.coefficients.programmes import programme_figures
from planner.coefficients.records import ClaimTerms, CreditTerms, LoanTerms, Obligation, TaxYearTerms
from planner.coefficients.sites import site_figures

__all__ = [
    "ClaimTerms",
    "Coefficients",
    "CreditTerms",
    "LoanTerms",
    "Obligation",
    "TaxYearTerms",
    "coefficients_of",
    "what_can_be",
]


def coefficients_of(case: Case) -> Coefficients:
    """Works out all coefficients of a case; money in the unit that ``money_unit`` chooses, entries in order of name."""
    figures, case, exchange = _what_can_be(in_order(case))
    book_figures(case, exchange, figures)
    leaving_figures(figures)
    return figures


def what_can_be(case: Case) -> Coefficients:
    """What can be bought, stand, serve, be claimed and be lent; without the books and what leaves early, of which the
    most has to be worked out."""
    return _what_can_be(in_order(case))[0]


def _what_can_be(case: Case) -> tuple[Coefficients, Case, Exchange]:
    exchange = Exchange(case, money_unit(case))
    figures = Coefficients(case.calendar, case.objective, exchange.unit, case.finance.currency)
    fleet_figures(case, exchange, figures)
    site_figures(case, exchange, figures)
    demand_figures(case, exchange, figures)
    claim_figures(case, figures)
    programme_figures(case, exchange, figures)
    loan_figures(case, exchange, figures)
    return figures, case, exchange
