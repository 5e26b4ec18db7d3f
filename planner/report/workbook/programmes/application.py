"""Part of the sheet Subsidies in the shape an application form asks for: category of cost by fiscal year.

Amounts exclude consumption tax. Each amount applied for is rounded down to 1,000, as the forms want it; what rounding
takes away is stated, with the most that it can come to. Where a programme stands after another, what that one leaves
of all categories together is applied for, and each category only says what it would bring before.
"""

from __future__ import annotations

from planner.case.programme import CostCategory
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Now, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.programmes.aid import overlaps_of
from planner.vocabulary.message import Text, about, say

CATEGORIES: tuple[CostCategory, ...] = ("systems", "additions", "facility")
WHOLE_THOUSANDS = -3
"""Digits of ROUNDDOWN: amounts applied for are whole thousands."""
ALONE = {"cost": "total cost", "eligible": "eligible cost", "asked": "grant applied for", "lost": "lost by rounding"}
"""Rows that are summed over the categories."""
NOT_ALONE = {"cost": "total cost", "eligible": "eligible cost", "before": "grant before what comes first"}
"""The same of a programme that stands after another."""


def lay_application(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """Lays the form of one programme, in the columns of the fiscal years; its sums stand in the value column."""
    form = _Form(ledger, sheet, programme)
    sheet.heading(about(programme, "application form, by fiscal year of the order or start, without consumption tax"))
    for category in CATEGORIES:
        form.category(category)
    sheet.heading(about(programme, "application form, all categories"))
    form.sums()


class _Form:
    """Lays the rows of the form."""

    def __init__(self, ledger: Ledger, sheet: Sheet, programme: str) -> None:
        self.ledger, self.sheet, self.programme = ledger, sheet, programme
        self.path = f"programmes.{programme}"
        self.stands_after = bool(overlaps_of(ledger, programme))

    def key(self, row: str, category: str = "all") -> Key:
        return Key("form", self.programme, row, category)

    def category(self, category: CostCategory) -> None:
        """Whole cost, eligible cost, rate, amount applied for, and what rounding takes away."""
        own, eligible = Key("eligible", self.programme, category), Now(self.key("eligible", category))
        whole = call("IF", Spot(f"{self.path}.eligible_share").compare("=", 0), 0, self._whole(own))
        self._row("cost", category, about(say(category), "total cost"), whole, "eligible cost / eligible share")
        self._row("eligible", category, about(say(category), "eligible cost"), 1 * Now(own), "see above")
        label = say("{category}: rate", category=say(category))
        value = Spot(f"{self.path}.rate")
        self.sheet.line(self.key("rate", category), label, "share", "see Inputs", self.programme, value=value)
        grant = eligible * Spot(self.key("rate", category))
        if self.stands_after:
            self._row(
                "before", category, about(say(category), "grant before what comes first"), grant, "rate x eligible cost"
            )
            return
        asked = call("ROUNDDOWN", grant, WHOLE_THOUSANDS)
        self._row(
            "asked", category, about(say(category), "grant applied for"), asked, "rate x eligible cost, rounded down"
        )
        lost = grant - Now(self.key("asked", category))
        self._row("lost", category, about(say(category), "lost by rounding"), lost, "below 1,000 a figure", exact=True)

    def _whole(self, own: Key) -> Term:
        return Now(own) / Spot(f"{self.path}.eligible_share")

    def sums(self) -> None:
        """The same over all categories, and the most that rounding can come to."""
        for row, label in (NOT_ALONE if self.stands_after else ALONE).items():
            added: Term = Now(self.key(row, CATEGORIES[0]))
            for category in CATEGORIES[1:]:
                added = added + Now(self.key(row, category))
            self._row(
                row, "all", about(say("all categories"), label), added, "sum of the categories", exact=row == "lost"
            )
        if self.stands_after:
            self._taken_off()
        rounded = ("all",) if self.stands_after else CATEGORIES
        figures = call("COUNT", *(self.ledger.grid.all_years(self.key("asked", category)) for category in rounded))
        words, note = "most that rounding can come to", "figures applied for x 1,000"
        value = figures * Spot("constants.per_thousand")
        self.sheet.money(self.key("most", "all"), words, note, self.programme, value=value)

    def _taken_off(self) -> None:
        """What programmes that come first pay is no eligible cost here."""
        off, all_of_them = 1 * Now(Key("overlap_cost", self.programme)), say("all categories")
        self._row("off", "all", "all categories: eligible cost that other programmes pay for", off, "see above")
        left = Now(self.key("eligible")) - Now(self.key("off"))
        self._row("left", "all", "all categories: eligible cost after that", left, "eligible cost - paid by others")
        grant = Now(self.key("left")) * Spot(f"{self.path}.rate")
        asked = call("ROUNDDOWN", grant, WHOLE_THOUSANDS)
        self._row("asked", "all", about(all_of_them, "grant applied for"), asked, "rate x eligible cost, rounded down")
        lost = grant - Now(self.key("asked"))
        self._row("lost", "all", about(all_of_them, "lost by rounding"), lost, "below 1,000 a figure", exact=True)

    def _row(self, row: str, category: str, label: Text, years: Term, note: str, *, exact: bool = False) -> None:
        """A figure for each fiscal year and their sum, in thousands, or exactly where thousands would hide it."""
        key, at = self.key(row, category), self.sheet.next_row
        unit = self.ledger.scale.to_the_unit if exact else self.ledger.scale.thousands
        self.sheet.line(
            key,
            label,
            unit,
            note,
            self.programme,
            kind="total" if category == "all" else "calculation",
            series=[None] * len(self.ledger.periods),
            years=years,
        )
        kind = "total" if category == "all" else "calculation"
        self.sheet.put(at, VALUE, call("SUM", self.ledger.grid.all_years(key)), kind, unit)
