"""Loans, owners and tax: what is owed fits its loan, what is carried forward can be used, and what owners expect is
known where that is to be judged by."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.currencies import in_currency_of_results
from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.finance import Covenants, Finance
from planner.case.quantities import Money, Month


def debt_stays_within_its_limit(draft: Draft) -> Iterator[Finding]:
    """No more is owed at the start than the loan allows, and every loan can be drawn or has something to repay."""
    if draft.finance is None or draft.calendar is None:
        return
    for name, loan in draft.finance.loans.items():
        path: Path = ("finance", "loans", name)
        with as_far_as_known():
            limit = _at_start(loan.limit, draft.finance, draft.calendar.start)
            owed = _at_start(loan.outstanding, draft.finance, draft.calendar.start)
            if limit is not None and owed is not None and owed > limit:
                remedy = "raise the limit to what may be owed, or correct what is owed"
                found = f"{loan.outstanding} is owed already, more than the limit of {loan.limit}"
                yield Finding((*path, "outstanding"), found, f"at most {loan.limit}", remedy)
        with as_far_as_known():
            last = loan.draw_window.last
            if not loan.owes and last is not None and last < draft.calendar.start:
                found = f"the last month to draw, {last}, is before the horizon, and nothing is outstanding"
                remedy = "remove the loan, move the window, or state what is `outstanding`"
                yield Finding((*path, "draw_window"), found, f"{draft.calendar.start} or later", remedy)


def loans_are_repaid_within_their_term(draft: Draft) -> Iterator[Finding]:
    """Interest alone is paid for no longer than the term, and a share at its end is beside parts before it."""
    if draft.finance is None:
        return
    for name, loan in draft.finance.loans.items():
        path: Path = ("finance", "loans", name)
        if loan.grace is not None and loan.grace.months > loan.term.months:
            found = f"interest alone would be paid for {loan.grace}, longer than the term of {loan.term}"
            remedy = "shorten the grace period, or lengthen the term, which holds it"
            yield Finding((*path, "grace"), found, f"at most {loan.term}", remedy)
        if loan.balloon and loan.repayment == "at_end":
            found = "a balloon stands beside parts that fall due before, and with at_end all falls due at the end"
            remedy = "write repayment: equal_parts or level_payment, or remove the balloon"
            yield Finding((*path, "balloon"), found, "with equal_parts or level_payment only", remedy)


def interest_is_capitalised_before_anything_falls_due(draft: Draft) -> Iterator[Finding]:
    """Interest is added to what is owed in months of the horizon, before the first part of what may be owed first."""
    if draft.finance is None or draft.calendar is None:
        return
    start = draft.calendar.start
    for name, loan in draft.finance.loans.items():
        last, path = loan.interest_capitalised_until, ("finance", "loans", name, "interest_capitalised_until")
        if last is None:
            continue
        if last < start:
            yield Finding(path, f"{last} is before the horizon", f"{start} or later", "remove it")
            continue
        drawn = loan.first_owed(start)
        latest = drawn.plus(loan.free_months - 1)
        if last > latest:
            found = f"what is owed from {drawn} on begins to fall due before {last}"
            allowed = f"{latest} or earlier" if latest >= drawn else "none without a grace period"
            remedy = "state a longer `grace:`, or let interest be paid sooner"
            yield Finding(path, found, allowed, remedy)


def _at_start(money: Money | None, finance: Finance, start: Month) -> float | None:
    return None if money is None else in_currency_of_results(money, finance, start)


def covenants_have_a_loan(draft: Draft) -> Iterator[Finding]:
    """What lenders ask for is stated only where there is a loan."""
    finance = draft.finance
    if finance is None or finance.covenants is None or finance.loans:
        return
    for name in Covenants.model_fields:
        with as_far_as_known():
            if name != "source" and getattr(finance.covenants, name) is not None:
                remedy = "state `loans:` of finance, or remove the covenant"
                yield Finding(("finance", "covenants", name), "there is no loan", "covenants beside loans only", remedy)


def covenants_on_balances_have_one_set_of_books(draft: Draft) -> Iterator[Finding]:
    """What is asked of the balance sheet is told by the books that the plan goes by, and not by others beside them."""
    finance = draft.finance
    if finance is None or finance.covenants is None or finance.tax is None or finance.tax.depreciation is None:
        return
    for name in ("most_loan_to_value", "most_debt_to_equity"):
        if getattr(finance.covenants, name) is not None:
            found = "tax has books of its own, and the plan goes by those"
            remedy = "remove the covenant, or `depreciation:` of tax, so that there is one set of books"
            yield Finding(("finance", "covenants", name), found, "without finance.tax.depreciation only", remedy)


def losses_can_be_used(draft: Draft) -> Iterator[Finding]:
    """Losses of earlier years are stated only where some share of a profit may be set against them."""
    tax = draft.finance.tax if draft.finance is not None else None
    if tax is None or tax.opening_loss is None:
        return
    if tax.opening_loss.amount > 0 and tax.loss_use_limit == 0:
        found = f"no part of a profit may be set against the losses of {tax.opening_loss}"
        remedy = "remove opening_loss, or state the share that may be used"
        yield Finding(("finance", "tax", "loss_use_limit"), found, "more than 0 %", remedy)


def losses_that_lapse_say_when_they_were_made(draft: Draft) -> Iterator[Finding]:
    """Where losses lapse, each of the earlier ones has its year, and can still be used in the first one."""
    tax, calendar = draft.finance.tax if draft.finance is not None else None, draft.calendar
    if tax is None or calendar is None:
        return
    path: Path = ("finance", "tax")
    with as_far_as_known():
        if tax.opening_loss is not None and (tax.loss_years is not None or tax.opening_losses):
            found = "it does not say in which year the losses were made, and losses lapse"
            if tax.opening_losses:
                found = "opening_losses are stated as well"
            remedy = "state each by its year, such as `opening_losses: {FY2023: 2 bn JPY}`"
            yield Finding((*path, "opening_loss"), found, "opening_losses by fiscal year", remedy)
    with as_far_as_known():
        if tax.loss_years == 0:
            yield Finding((*path, "loss_years"), "0 years", "1 or more", "write loss_use_limit: 0 % if none is used")
    first = calendar.fiscal_year(calendar.start).number
    for year in tax.opening_losses:
        with as_far_as_known():
            if year.number >= first:
                found = f"{year} is no year before the horizon, which begins in FY{first}"
                yield Finding((*path, "opening_losses", str(year)), found, f"FY{first - 1} or earlier")
            elif tax.loss_years is not None and year.number + tax.loss_years < first:
                found = f"losses of {year} lapsed before the horizon, which begins in FY{first}"
                yield Finding((*path, "opening_losses", str(year)), found, f"FY{first - tax.loss_years} or later")


def interim_tax_falls_into_its_year(draft: Draft) -> Iterator[Finding]:
    """Tax is paid in advance for a part of a year, and by the tax of a year before that is a whole one."""
    tax, calendar = draft.finance.tax if draft.finance is not None else None, draft.calendar
    if tax is None or tax.interim is None:
        return
    path: Path = ("finance", "tax", "interim")
    with as_far_as_known():
        if not 0 < tax.interim.after.months < 12:
            found = f"{tax.interim.after} is no part of a year"
            yield Finding((*path, "after"), found, "from 1 to 11 months", "write 6 months for half a year")
    with as_far_as_known():
        cut = calendar is not None and calendar.start.month != calendar.fiscal_year_start_month
        if cut and tax.interim.tax_of_year_before is not None:
            found = "the horizon begins within a fiscal year, of which no advance is counted"
            remedy = "remove it, or begin the horizon with a fiscal year"
            yield Finding((*path, "tax_of_year_before"), found, "left out", remedy)


def value_to_the_owners_has_a_rate(draft: Draft) -> Iterator[Finding]:
    """The objective equity needs the rate at which what owners get is discounted."""
    if draft.objective.kind == "equity" and draft.finance is not None and draft.finance.cost_of_equity is None:
        found = "equity asks for the value to the owners, and finance.cost_of_equity is not stated"
        remedy = "state `cost_of_equity:` of finance, such as 9 %, or write kind: npv"
        yield Finding(("objective", "kind"), found, "equity with finance.cost_of_equity only", remedy)


def tax_periods_fill_the_year(draft: Draft) -> Iterator[Finding]:
    """A fiscal year has a whole number of tax periods of consumption tax."""
    terms = draft.finance.consumption_tax if draft.finance is not None else None
    if terms is None:
        return
    with as_far_as_known():
        months = terms.tax_period.months
        if months == 0 or 12 % months:
            found = f"a year has no whole number of tax periods of {terms.tax_period}"
            remedy = "write 3 months, or 1 year"
            allowed = "1, 2, 3, 4, 6 or 12 months"
            yield Finding(("finance", "consumption_tax", "tax_period"), found, allowed, remedy)
