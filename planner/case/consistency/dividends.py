"""Dividends: there are books and lenders that say what may be paid, and what is stated is paid within the horizon."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known

PATH: Path = ("finance", "dividends")


def dividends_have_one_set_of_books(draft: Draft) -> Iterator[Finding]:
    """Owners are paid out of the profit in their books, which are those that the plan goes by."""
    finance = draft.finance
    if finance is None or finance.dividends is None or finance.tax is None or finance.tax.depreciation is None:
        return
    found = "tax has books of its own, and the plan goes by those"
    remedy = "remove it, or `depreciation:` of tax, so that there is one set of books"
    yield Finding(PATH, found, "without finance.tax.depreciation only", remedy)


def stated_dividends_are_paid_in_the_horizon(draft: Draft) -> Iterator[Finding]:
    """A dividend that is stated is for a year that ends, and is paid for, within the horizon."""
    terms, calendar = draft.finance.dividends if draft.finance is not None else None, draft.calendar
    if terms is None or calendar is None:
        return
    for year in terms.stated:
        with as_far_as_known():
            periods = calendar.periods_of(year)
            if not periods:
                continue  # told of all fiscal years
            month = calendar.starts[periods[-1]].plus(calendar.months_per_period - 1 + terms.payment_lag.months)
            if year not in calendar.ended_years or month >= calendar.end:
                last = calendar.end.plus(-1)
                found = f"the dividend for {year} would be paid after the horizon, which ends with {last}"
                yield Finding((*PATH, "stated", str(year)), found, f"paid in {last} or earlier", "remove it")


def a_lock_up_has_a_loan(draft: Draft) -> Iterator[Finding]:
    """Lenders lock something up only where there is a loan."""
    finance = draft.finance
    if finance is None or finance.dividends is None or finance.dividends.lock_up_cover is None or finance.loans:
        return
    remedy = "state `loans:` of finance, or remove it"
    yield Finding((*PATH, "lock_up_cover"), "there is no loan", "beside loans only", remedy)
