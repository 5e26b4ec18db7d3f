"""Taxes: losses can be used and lapse by their year, and what is paid and settled within a year fits into it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known


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
