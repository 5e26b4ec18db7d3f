"""Part of the sheet Fixed assets: systems of one lot that leave from several sites, below each other to be added up."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.references import Now, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term
from planner.vocabulary.message import Text


@dataclass(frozen=True)
class Leavers:
    """What leaves of one lot: a row of the decisions for each of its sites."""

    key: Key
    label: Text
    exits: tuple[tuple[str, Key], ...]
    """(site, row of the decisions) of what leaves there."""
    whole: Term
    """All units of the lot, those that stay included."""
    subject: Text = ""

    @property
    def rows(self) -> list[Key]:
        """Rows to be added up: the decision itself where there is one only, else a copy of each, below each other."""
        decisions = [row for _, row in self.exits]
        return decisions if len(decisions) == 1 else [Key("from", decision) for decision in decisions]


def lay_leavers(sheet: Sheet, name: str, lots: list[Leavers], by_site: str, title: str) -> None:
    """Lays what leaves of each lot, over all sites, with the whole of the lot in the value column."""
    _by_site(sheet, by_site, lots)
    if lots:
        sheet.workings(title)
    for lot in lots:
        note = "sum over sites"
        sheet.line(Key(name, lot.key), lot.label, "systems", note, lot.subject, value=lot.whole, series=total(lot.rows))


def _by_site(sheet: Sheet, title: str, lots: list[Leavers]) -> None:
    """Lays the copies. On Decisions the rows of a lot do not stand together, and a sum of single cells grows long."""
    several = [lot for lot in lots if len(lot.exits) > 1]
    if several:
        sheet.workings(title)
    for lot in several:
        for row, (site, decision) in zip(lot.rows, lot.exits, strict=True):
            sheet.line(row, lot.label, "systems", "see Decisions", site, series=Now(decision))
