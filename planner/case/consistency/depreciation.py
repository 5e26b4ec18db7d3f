"""Depreciation: every method has the life or the table that it works by, and none that it does not read."""

from __future__ import annotations

import math
from collections.abc import Iterator

from planner.case.consistency.draft import Draft, Finding, Path
from planner.case.consistency.unknown import as_far_as_known
from planner.case.consistency.whole import WHOLE
from planner.case.depreciation import Depreciation, DepreciationTerms
from planner.case.programme import CostCategory
from planner.case.quantities import Duration

DECLINING_YEARS = range(2, 21)
"""Lives, in years, of which the statutory rates of the declining balance are known here."""
MACRS_YEARS = (5, 15)
CATEGORIES: tuple[CostCategory, ...] = ("systems", "additions", "facility")


def depreciation_has_what_its_method_needs(draft: Draft) -> Iterator[Finding]:
    """Lives have statutory rates or tables where a method goes by them, and tables of the case are whole."""
    if draft.finance is None:
        return
    path: Path = ("finance", "depreciation")
    with as_far_as_known():
        yield from _of_all(draft, path, draft.finance.depreciation)
    with as_far_as_known():
        if draft.finance.tax is not None and draft.finance.tax.depreciation is not None:
            yield from _of_all(draft, ("finance", "tax", "depreciation"), draft.finance.tax.depreciation)
            covenants = draft.finance.covenants
            if covenants is not None and covenants.of_the_balance_sheet:
                found = (
                    "stands beside a covenant of the balance sheet, whose book values a plan keeps for tax alone then"
                )
                allowed = "books of tax apart, or most_loan_to_value and most_debt_to_equity"
                remedy = "remove the covenant, or let the books go by the methods of tax"
                yield Finding(("finance", "tax", "depreciation"), found, allowed, remedy)


def _of_all(draft: Draft, path: Path, said: Depreciation) -> Iterator[Finding]:
    for category in CATEGORIES:
        with as_far_as_known():
            table, own = getattr(said, f"{category}_table"), getattr(said, f"{category}_method")
            terms = said.of(category)
            yield from _table(path, category, table, terms, own)
            if category == "additions" and own is None and said.additions is None:
                continue  # all of it is that of systems
            if terms.method != "table":
                field = "systems" if category == "additions" and said.additions is None else category
                yield from _life((*path, field), getattr(said, field), terms)
            elif category == "additions" and said.additions is not None:
                found = f"{said.additions} stands beside a table, which says by itself how long it is"
                yield Finding((*path, "additions"), found, "a life or a table", "remove the life")
    for name, expansion in draft.expansions.items():
        with as_far_as_known():
            life = expansion.depreciation_life
            where: Path = ("expansions", name, "depreciation_life")
            if life is None:
                continue
            terms = said.of("facility", life)
            if terms.method == "table":
                found = f"{life} stands beside the table for facilities, which says by itself how long it is"
                yield Finding(where, found, "a life or a table", "remove the life")
            else:
                yield from _life(where, life, terms)


def _life(path: Path, life: Duration, terms: DepreciationTerms) -> Iterator[Finding]:
    years, rest = divmod(terms.life_months, 12)
    if terms.method == "declining_balance" and (rest or years not in DECLINING_YEARS):
        allowed = f"whole years from {DECLINING_YEARS[0]} to {DECLINING_YEARS[-1]}"
        remedy = "correct the life, or take the method straight_line or table"
        yield Finding(path, f"the declining balance has no statutory rate for a life of {life}", allowed, remedy)
    if terms.method == "macrs" and (rest or years not in MACRS_YEARS):
        remedy = "correct the life, or give the shares as a table"
        yield Finding(path, f"MACRS has no table here for a life of {life}", "5 years or 15 years", remedy)


def _table(
    path: Path, category: CostCategory, table: tuple[object, ...], terms: DepreciationTerms, own: str | None
) -> Iterator[Finding]:
    """A table is there where the method asks for one, stands nowhere else, and writes off all of the cost."""
    where = (*path, f"{category}_table")
    if terms.method != "table":
        if table:
            found = f"a table is given, but the method is {terms.method}"
            remedy = f"write `{category}_method: table`, or remove the table"
            yield Finding(where, found, f"with {category}_method: table only", remedy)
    elif not terms.shares and own:
        field = f"{category}_method"
        remedy = f"give `{category}_table:`, such as [{{share: 60 %}}, {{share: 40 %}}], or take another method"
        yield Finding((*path, field), "the method is a table, and none is given", "a table of shares by year", remedy)
    elif table and abs(math.fsum(terms.shares) - 1) > WHOLE:
        found = f"the shares of all years are {math.fsum(terms.shares) * 100:.6g} % together"
        yield Finding(where, found, "100 % together", "correct the shares")
    elif table and terms.shares[-1] <= 0:
        found = "nothing is written off in the last year"
        yield Finding((*where, str(len(table) - 1), "share"), found, "more than 0 %", "remove the last year")
