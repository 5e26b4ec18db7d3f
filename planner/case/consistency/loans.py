"""Loans and owners: what is owed fits its loan and falls due within its term, and what lenders and owners expect has
something to be judged by."""

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


def value_to_the_owners_has_a_rate(draft: Draft) -> Iterator[Finding]:
    """The objective equity needs the rate at which what owners get is discounted."""
    if draft.objective.kind == "equity" and draft.finance is not None and draft.finance.cost_of_equity is None:
        found = "equity asks for the value to the owners, and finance.cost_of_equity is not stated"
        remedy = "state `cost_of_equity:` of finance, such as 9 %, or write kind: npv"
        yield Finding(("objective", "kind"), found, "equity with finance.cost_of_equity only", remedy)
