"""Which rules a set of rows about depreciation follows, and what its rows are called."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.depreciation import Depreciation, DepreciationTerms
from planner.case.programme import CostCategory
from planner.report.workbook.books.register import Asset
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.vocabulary.message import Message, say


@dataclass(frozen=True)
class Rules:
    """How cost is written off, and where on Inputs that stands."""

    said: Depreciation
    path: str
    for_tax: bool = False
    """Whether these are the books of tax, where they are apart."""

    @classmethod
    def of(cls, ledger: Ledger) -> Rules:
        """Those of the books."""
        return cls(ledger.case.finance.depreciation, "finance.depreciation")

    @classmethod
    def of_tax(cls, ledger: Ledger) -> Rules:
        """Those of tax."""
        return cls(ledger.case.finance.tax_depreciation, "finance.tax.depreciation", for_tax=True)

    def key(self, *names: object) -> Key:
        """What one of its rows is called."""
        return Key("tax", *names) if self.for_tax else Key(*names)

    def row(self, name: str) -> RowKey:
        """What the one row of a kind is called."""
        return Key("tax", name) if self.for_tax else name

    def title(self, text: str) -> Message:
        """What stands over some rows."""
        return say("for tax: {what}", what=say(text)) if self.for_tax else say(text)

    def terms(self, asset: Asset) -> DepreciationTerms:
        """How an asset is written off."""
        return self.said.of(asset.category, asset.life)

    def is_straight(self, asset: Asset) -> bool:
        """Whether an asset is written off in a straight line."""
        return self.terms(asset).method == "straight_line"

    def life(self, asset: Asset) -> str:
        """Where its life stands on Inputs."""
        if asset.life is not None:
            return f"expansions.{asset.key[0]}.depreciation_life"
        return self.life_of(asset.category)

    def life_of(self, category: CostCategory) -> str:
        """Where the life of a category stands on Inputs."""
        is_own = category != "additions" or self.said.additions is not None
        return f"{self.path}.{category if is_own else 'systems'}"

    def pace(self, asset: Asset) -> Key:
        """The row of the share of its cost that is written off in a period, of what goes in a straight line."""
        if asset.paths:
            return self.key("pace", asset.key)
        return self.key("pace", asset.category if asset.life is None else asset.key[0])
