"""Property tax on depreciable assets: a yearly tax on what stands at a site on one day of the year."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.case.quantities import Count, Duration, DurationText, Noun, Share, Text
from planner.case.timeline import Timeline

Valuation = Literal["japan", "straight_line", "table"]
"""How the assessed value falls with age."""


class AssessedShare(Noun):
    """What is assessed of a cost at one assessment, counted from the first after arrival."""

    share: Share
    """Share of the cost."""


class Instalment(Noun):
    """A part of a year's property tax, and when it is due."""

    lag: DurationText
    """From the month of assessment to the payment; less than two years."""
    share: Share
    """Share of the tax; the shares of all instalments are 100 % together."""


def _quarter(months: int) -> Instalment:
    return Instalment(lag=Duration(value=months, unit="month"), share=0.25)


class PropertyTax(Noun):
    """A yearly tax on systems and blocks that stand at a site on the day of assessment, whoever paid for them."""

    rate: Timeline[Share]
    """Share of the assessed value that is paid for a year, by month of assessment; 1.4 % is the standard rate in
    Japan."""
    valuation: Valuation = "japan"
    """japan: the statutory declining value of Japan: each year the reduction rate of the life under ``depreciation``,
    half of it at the first assessment. straight_line: cost less what has
    passed of that life. table: the shares under ``assessed_shares``. Always of the whole cost, before any grant."""
    assessed_shares: tuple[AssessedShare, ...] = ()
    """With valuation table: share of the cost at the first assessment after arrival, the second, and so on; the last
    one holds from then on."""
    least_share: Share = 0.05
    """Least share of the cost at which anything that stands is assessed; 5 % in Japan."""
    assessed_in: Annotated[Count, Field(ge=1, le=12)] = 1
    """Month of the year at whose start is assessed what has arrived before it and has not left before it; 1 is January,
    as in Japan."""
    instalments: tuple[Instalment, ...] = (_quarter(3), _quarter(6), _quarter(11), _quarter(13))
    """Parts in which the tax of an assessment is paid, at the end of their months; without them a quarter each in
    April, July, December and February after an assessment in January, the months of the Local Tax Act."""
    relief: Share = 0.0
    """Share of the assessed value of what the plan buys that is not taxed at its first assessments; half for
    equipment that raises productivity, as many municipalities in Japan grant it."""
    relief_years: Count = 0
    """At how many assessments, from the first on, that relief is given; three in that case."""
    source: Text = ""
    """Where the figures come from."""
