"""Depreciation: over which life and by which method cost is written off."""

from __future__ import annotations

from typing import Literal, NamedTuple

from planner.case.programme import CostCategory
from planner.case.quantities import Duration, DurationText, Noun, Share, Text

DepreciationMethod = Literal["straight_line", "declining_balance", "macrs", "table"]
"""How cost is spread over the years of its life."""


class YearShare(Noun):
    """One year of a table of depreciation."""

    share: Share
    """Share of the cost that is written off in that fiscal year; the first one is the fiscal year in which use
    begins. All years together are 100 %."""


class DepreciationTerms(NamedTuple):
    """How the cost of one category is written off."""

    method: DepreciationMethod
    life_months: int
    """Its life; a table says by itself how long it is."""
    shares: tuple[float, ...]
    """Share of the cost by fiscal year, of a table of the case; empty for every other method."""


class Depreciation(Noun):
    """How cost is written off: systems, what is added to them, and facilities.

    straight_line: in equal months over the life. declining_balance: the 200 % method of Japan (定率法), by the
    statutory rates of lives of 2 to 20 years, in the first fiscal year by months. macrs: the tables of the United
    States for lives of 5 and 15 years, half-year convention. table: the shares by fiscal year that the case gives.
    """

    systems: DurationText = Duration(value=5, unit="year")
    """Life of systems, and of their network, storage and installation where these have none of their own; five years
    is the statutory life of servers in Japan. Not read where the method is a table."""
    systems_method: DepreciationMethod = "straight_line"
    """Method for systems, those of the fleet included."""
    systems_table: tuple[YearShare, ...] = ()
    """Shares by fiscal year, where the method for systems is a table."""
    additions: DurationText | None = None
    """Life of network, storage and installation; without it that of systems."""
    additions_method: DepreciationMethod | None = None
    """Method for network, storage and installation; without it that of systems."""
    additions_table: tuple[YearShare, ...] = ()
    """Shares by fiscal year, where the method for network, storage and installation is a table of its own."""
    facility: DurationText = Duration(value=15, unit="year")
    """Life of blocks of an expansion that state none of their own; fifteen years is usual for building equipment. Not
    read where the method is a table."""
    facility_method: DepreciationMethod = "straight_line"
    """Method for blocks of an expansion."""
    facility_table: tuple[YearShare, ...] = ()
    """Shares by fiscal year, where the method for blocks is a table."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def additions_apart(self) -> bool:
        """Whether network, storage and installation are written off in another way than systems."""
        return self.of("additions") != self.of("systems")

    def of(self, category: CostCategory, life: Duration | None = None) -> DepreciationTerms:
        """The terms of a category of cost; a life of its own stands before that of the category."""
        if category == "additions":
            own, table = self.additions or self.systems, self.additions_table or self.systems_table
            return _terms(self.additions_method or self.systems_method, life or own, table)
        if category == "facility":
            return _terms(self.facility_method, life or self.facility, self.facility_table)
        return _terms(self.systems_method, life or self.systems, self.systems_table)


def _terms(method: DepreciationMethod, life: Duration, table: tuple[YearShare, ...]) -> DepreciationTerms:
    if method == "table":
        return DepreciationTerms(method, 12 * len(table), tuple(year.share for year in table))
    return DepreciationTerms(method, life.months, ())
