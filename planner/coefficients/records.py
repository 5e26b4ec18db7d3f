"""The records that coefficients are grouped in: programmes and what they give, loans, and the tax of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from planner.vocabulary.aid import AidRecord
from planner.vocabulary.keys import FiscalYear


class Part(NamedTuple):
    """A part of what a programme gives."""

    month: int
    """Number of the month in which it is paid, or counts."""
    period: int
    """The period of that month."""
    share: float


class Due(NamedTuple):
    """A part of a price."""

    month: int
    """Number of the month in which it is paid; may lie past the horizon."""
    amount: float


Payments = tuple[Due, ...]
"""All parts of the price of one unit."""


@dataclass(frozen=True)
class ClaimTerms:
    """What one unit of an investment earns under a programme, and when; money in money units."""

    aid: AidRecord
    rate: float
    """Share of the eligible cost that it earns."""
    eligible: float
    """Eligible cost."""
    parts: tuple[Part, ...]
    """Each part that is paid within the horizon; all of what is not paid out, on delivery."""
    taken_off: float
    """Share of each part that is taken off book value in its period: all of it, none, or of a tax credit a share."""
    clawback_share: dict[int, float]
    """Share that goes back where a system leaves, by period of leaving; none where it may not leave."""

    @property
    def lowers_book_value(self) -> bool:
        """Whether anything of it is taken off book value."""
        return self.taken_off > 0

    @property
    def is_charged(self) -> bool:
        """Whether what is taken off is a charge on profit as well; a lower basis of a tax credit is none."""
        return self.aid.charge is not None

    @property
    def amount(self) -> float:
        """The grant, the tax credit, or the cost that is written off at once."""
        return self.rate * self.eligible


@dataclass(frozen=True)
class CreditTerms:
    """How a tax credit may be used."""

    limit: float
    """Most of the tax of a year that it may take off."""
    kept_years: int
    """Further years for which it is kept."""
    years: tuple[FiscalYear, ...]
    """Fiscal years in which it can be used: from the first in which it can be earned."""


@dataclass(frozen=True)
class Obligation:
    """A floor of installed capability, in the periods in which it holds."""

    programme: str
    metric: str
    floor: float
    periods: tuple[int, ...]
    value: dict[str, float]
    """What one system counts, by system."""


@dataclass(frozen=True)
class LoanTerms:
    """What a loan allows and asks for; money in money units."""

    limit: float
    """Most that may be drawn in all, what is outstanding included; of a revolving loan, most that may be owed."""
    revolving: bool
    outstanding: float
    """Owed at the start of the horizon."""
    drawable: tuple[int, ...]
    """Periods in which money may be drawn."""
    interest: tuple[float, ...]
    """Interest of a whole period on one unit of money, by t."""
    capitalised: tuple[float, ...]
    """Interest of a whole period on one unit of money that is added to what is owed at its end, by t."""
    growth: tuple[float, ...]
    """What one unit of money that is owed from the start of a period on comes to by such interest in the end, by t, and
    behind the last period."""
    arrangement_fee: float
    """Fee on one unit of money that is drawn."""
    commitment_fee: tuple[float, ...]
    """Fee of a whole period on one unit of money that may still be drawn, by t."""
    due: dict[tuple[int, int], float]
    """Share of what was drawn in one period that must be repaid by the end of another, by u,t, with the interest that
    is added to it; zero is left out."""
    share_of_investment: float | None
    """Most that all draws may be of all capital expenditure so far."""


@dataclass(frozen=True)
class CoverTerms:
    """What a covenant, or a lock-up, asks of the debt service cover of one whole fiscal year; in money units."""

    name: FiscalYear
    periods: tuple[int, ...]
    least: float | None
    """How many times cash from operations pays for the debt service at least; None where only a lock-up asks."""
    largest_scheduled: Mapping[str, float]
    """No more of a loan can be scheduled to be repaid in the year, by f."""
    largest_service: float
    """No debt service of the year can be larger."""
    largest_deficit: float
    """Operations can take no more cash than this in the year."""


@dataclass(frozen=True)
class AssessmentTerms:
    """When the property tax of one assessment is due."""

    stood_in: int
    """The last period before it: what leaves at its start is not assessed; below 0 before the horizon."""
    due: tuple[tuple[int, float], ...]
    """Month of payment and share of the tax, of what is paid within the horizon."""
    owed: float
    """Share of the tax that is due after the horizon."""


@dataclass(frozen=True)
class YearEndTerms:
    """What covenants ask of the balances at the end of one fiscal year; money in money units."""

    name: FiscalYear
    last: int
    """Its last period."""
    least_liquidity: float | None
    """Least cash, with what may still be drawn; None where nothing is asked for."""
    lines: tuple[str, ...]
    """Loans of which what may still be drawn counts as cash."""
    loan_to_value: float | None
    """Most debt, as a share of book value."""
    debt_to_equity: float | None
    """Most debt, as a multiple of equity."""
    put_in: float
    """Equity at the start of the horizon, and what owners have brought since."""
    largest_debt: float
    """No more can be owed."""
    lowest_value: float
    """Book value can be no further below nothing."""
    lowest_equity: float
    """Equity can be no further below nothing."""

    @property
    def asks_debtors_only(self) -> bool:
        """Whether a year without debt keeps something that it might not keep with debt."""
        of_value = self.loan_to_value is not None and self.lowest_value > 0
        return self.least_liquidity is not None or self.debt_to_equity is not None or of_value


@dataclass(frozen=True)
class DividendTerms:
    """What may be paid to owners for one fiscal year, within the horizon; money in money units."""

    name: FiscalYear
    periods: tuple[int, ...]
    month: int
    """Number of the month at whose end it is paid."""
    stated: float | None
    """What is paid; None where the plan decides."""
    most: float
    """No more can be paid."""
    share: float | None
    """Most of the profit after tax of the year that may be paid; None where nothing is asked for."""
    lowest_retained: float
    """Profit that is kept, less all dividends, can be no further below nothing; nor can the profit of the year."""
    lock_up: float | None
    """How many times cash from operations pays for the debt service; None where nothing is asked for."""

    @property
    def last(self) -> int:
        """Its last period."""
        return self.periods[-1]


@dataclass(frozen=True)
class Dividends:
    """What owners may be paid; nothing where the case does not say it."""

    is_stated: bool = False
    """Whether the value to owners is what they get, and not what is earned for them."""
    opening: float = 0.0
    """Profit of earlier years that may still be paid at the start; below nothing where losses come first."""
    years: tuple[DividendTerms, ...] = ()
    """Fiscal years for which something may be paid within the horizon, in order."""


@dataclass(frozen=True)
class LapseTerms:
    """Which losses lapse at the end of a fiscal year, as far as they are not used by then."""

    name: FiscalYear
    before: float
    """Those of years before the horizon, in money units."""
    made_in: tuple[FiscalYear, ...]
    """The years of the horizon of which they are."""


@dataclass(frozen=True)
class TaxYearTerms:
    """How the profit of one fiscal year is taxed."""

    name: FiscalYear
    periods: tuple[int, ...]
    rate: float
    due: tuple[tuple[int, float], ...]
    """Month and part of the tax, of all that is paid within the horizon because of it: the tax itself, and where tax is
    paid in advance what it adds to that of the next year, and takes off the rest of that."""
    owed: float
    """The part of the tax that is due after the horizon."""
    largest: float
    """No profit and no loss of the year can be larger, in money units."""
