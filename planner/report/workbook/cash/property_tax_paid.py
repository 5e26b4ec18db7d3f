"""Workings of property tax: which instalments fall due when, by period and by month, and which after the horizon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.report.workbook.cash.taxed_lots import lots_at
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import Message, Text, say

PRIOR = (1, 2)
"""Assessments before the horizon of which instalments may fall into it: lags are less than two years."""


def taxed_sites(ledger: Ledger) -> dict[str, str]:
    """The property tax of each site at which something is assessed."""
    named = {name: place.property_tax for name, place in ledger.case.sites.items()}
    return {site: tax for site, tax in named.items() if tax is not None and lots_at(ledger, site)}


def tax_path(name: str, *field: object) -> str:
    """Where a figure of a property tax stands on Inputs."""
    return ".".join(str(part) for part in ("finance", "property_taxes", name, *field))


def instalments(ledger: Ledger, name: str) -> range:
    """Numbers of the instalments of a property tax."""
    return range(len(ledger.case.finance.property_taxes[name].instalments))


def priors(ledger: Ledger, site: str) -> tuple[int, ...]:
    """Assessments before the horizon, of a site at which something stood then."""
    return PRIOR if any(lot.stood_before for lot in lots_at(ledger, site)) else ()


def instalment_label(n: int) -> Message:
    """What an instalment is called."""
    return say("instalment {number}", number=n + 1)


@dataclass(frozen=True)
class _Dues:
    """A view of what falls due: its rows, which dates it goes by, and its words."""

    rows: Key
    """What its rows are called: Key("paid") has those of what falls due within, before, and in all."""
    dates: str
    """Rows of the dates of instalments."""
    falls: Callable[[Term, Term], Term]
    """What of some amounts falls due, by their dates."""
    title: str
    paid_title: str
    note: str
    over_time: bool = True

    def lay(self, ledger: Ledger, sheet: Sheet) -> None:
        """Lays what falls due of the assessments within the horizon, of those before it, and the instalments of it."""
        sites = taxed_sites(ledger)
        parts = [(site, name, n) for site, name in sites.items() for n in instalments(ledger, name)]
        old = {site for site in sites if priors(ledger, site)}
        before = [part for part in parts if part[0] in old]
        if parts:
            sheet.workings(say("{what}: assessed within the horizon", what=say(self.title)))
        for site, name, n in parts:
            amount = self.falls(Whole(Key("property_assessed", site)), Whole(Key(self.dates, name, n)))
            self._row(sheet, Key(self.rows, "within", site, n), n, "all of what is assessed", site, amount)
        if before:
            sheet.workings(say("{what}: assessed before the horizon", what=say(self.title)))
        for site, name, n in before:
            dates = tuple(Key(self.dates, name, n, j) for j in PRIOR)
            assessed = tuple(Key("property_assessed", j, site) for j in PRIOR)
            amount = self.falls(Stack(assessed, VALUE), Stack(dates, VALUE))
            self._row(sheet, Key(self.rows, "before", site, n), n, "all of what was assessed", site, amount)
        if parts:
            sheet.workings(self.paid_title)
        for site, name, n in parts:
            due: Term = Now(Key(self.rows, "within", site, n))
            if (site, name, n) in before:
                due = due + Now(Key(self.rows, "before", site, n))
            amount = Spot(tax_path(name, "instalments", n, "share")) * due
            self._row(sheet, Key(self.rows, site, n), n, self.note, site, amount)

    def _row(self, sheet: Sheet, key: Key, n: int, note: Text, site: str, amount: Term) -> None:
        if self.over_time:
            sheet.flow(key, instalment_label(n), note, site, series=amount)
        else:
            sheet.money(key, instalment_label(n), note, site, value=amount)

    def laid(self, ledger: Ledger) -> tuple[Key, ...]:
        """Rows of the instalments, one below the other."""
        sites = taxed_sites(ledger).items()
        return tuple(Key(self.rows, site, n) for site, name in sites for n in instalments(ledger, name))


def _in_column(amounts: Term, dates: Term) -> Term:
    return call("SUMIFS", amounts, dates, Header("number"))


def _after_horizon(amounts: Term, dates: Term) -> Term:
    return call("SUMPRODUCT", amounts * dates.compare(">", Spot("time.last_month", -1)))


PAID = _Dues(
    rows=Key("property_paid"), dates="property_due_period", falls=_in_column,
    title="property tax that falls due, by site and instalment",
    paid_title="property tax paid, by site and instalment", note="what falls due x share of the instalment",
)  # fmt: skip
PAID_BY_MONTH = _Dues(
    rows=Key("monthly", "property_paid"), dates="property_due", falls=_in_column,
    title="property tax that falls due, by month", paid_title="property tax, by month of payment",
    note="what falls due x share of the instalment",
)  # fmt: skip
OWED = _Dues(
    rows=Key("property_owed"), dates="property_due", falls=_after_horizon,
    title="property tax that falls due after the horizon",
    paid_title="property tax assessed and not yet due at the end of the horizon",
    note="what falls due x share of the instalment", over_time=False,
)  # fmt: skip
