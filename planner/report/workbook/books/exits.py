"""Part of the sheet Fixed assets: systems of one asset that leave from several sites, in rows that add up."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.references import Header, Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term
from planner.vocabulary.message import Text


@dataclass(frozen=True)
class AssetExits:
    """What leaves of one asset: a row of the decisions for each of its sites."""

    key: Key
    label: Text
    exits: tuple[tuple[str, Key], ...]
    """(site, row of the decisions) of what leaves there."""
    whole: Term
    """All units of the asset, those that stay included."""
    subject: Text = ""
    retires: Term | None = None
    """Number of the period in which all of it retires; then no decision says what leaves."""

    @property
    def rows(self) -> list[Key]:
        """Rows to be added up: the decision itself where there is one only, else a copy of each, below each other."""
        decisions = [row for _, row in self.exits]
        return decisions if len(decisions) == 1 else [Key("from", decision) for decision in decisions]


def lay_exits(sheet: Sheet, name: str, assets: list[AssetExits], by_site: str, title: str) -> None:
    """Lays what leaves of each asset, over all sites, with the whole of the asset in the value column."""
    _by_site(sheet, by_site, assets)
    if assets:
        sheet.workings(title)
    for asset in assets:
        key = Key(name, asset.key)
        if asset.retires is not None:
            gone = Header("number").compare("=", asset.retires) * Spot(key)
            sheet.line(
                key,
                asset.label,
                "blocks",
                "in the period of their retirement",
                asset.subject,
                value=asset.whole,
                series=gone,
            )
            continue
        series = total(asset.rows)
        sheet.line(key, asset.label, "systems", "sum over sites", asset.subject, value=asset.whole, series=series)


def _by_site(sheet: Sheet, title: str, assets: list[AssetExits]) -> None:
    """Lays the copies. On Decisions rows of an asset stand apart, and a sum of single cells grows long."""
    several = [asset for asset in assets if len(asset.exits) > 1]
    if several:
        sheet.workings(title)
    for asset in several:
        for row, (site, decision) in zip(asset.rows, asset.exits, strict=True):
            sheet.line(row, asset.label, "systems", "see Decisions", site, series=Now(decision))
