"""The budget: currency, exchange rates, cash, and what a later yen is worth today."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from planner.case.consumption_tax import ConsumptionTax
from planner.case.depreciation import Depreciation
from planner.case.dividends import Dividends
from planner.case.offer import Window
from planner.case.property_tax import PropertyTax
from planner.case.quantities import (
    Amount,
    Count,
    Duration,
    DurationText,
    FiscalYear,
    MoneyText,
    Month,
    Name,
    Noun,
    PositiveMoney,
    Share,
    Text,
    YesNo,
    kind,
    refuse,
)
from planner.case.system import ResalePoint
from planner.case.timeline import Timeline
from planner.case.working_capital import WorkingCapital
from planner.vocabulary.captions import Standard


def parse_currency(value: object) -> str:
    """Reads an ISO 4217 currency code."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
        raise refuse(f"{kind(value)}, not a currency", "a currency code of three capital letters, such as JPY")
    return value


Currency = Annotated[str, BeforeValidator(parse_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})]


class InterimTax(Noun):
    """Tax that is paid in advance, by the tax of the year before; what was paid too much comes back with the rest."""

    share: Share = 0.5
    """Share of the tax of the year before that is paid in advance; of a year that the horizon cuts at its start, as
    much as it would be for twelve months. Half in Japan."""
    after: DurationText = Duration(value=6, unit="month")
    """From the start of a fiscal year to the end of the part of it that is paid for; less than a year. The payment
    follows after the ``payment_lag``: in November where a year begins in April and the lag is two months."""
    tax_of_year_before: PositiveMoney | None = None
    """Tax of the fiscal year before the horizon, of which the advance for the first year is a share; for a horizon that
    begins with a fiscal year. What is still unpaid of it at the start goes out as negative ``funding``."""


class Tax(Noun):
    """Corporate tax on the profit of a fiscal year."""

    rate: Timeline[Share]
    """Rate by month; the rate at the start of a fiscal year holds for all of it."""
    payment_lag: DurationText = Duration(value=2, unit="month")
    """From the end of the fiscal year to the payment."""
    interim: InterimTax | None = None
    """Payment in advance within the year; without it all of a year's tax is paid after its end."""
    opening_loss: PositiveMoney | None = None
    """Losses of earlier years that may still be set against profit."""
    opening_losses: dict[FiscalYear, PositiveMoney] = {}
    """The same by the fiscal year in which each was made, in place of ``opening_loss``, where losses lapse."""
    loss_years: Count | None = None
    """For how many further fiscal years a loss may be set against profit, the oldest first; ten in Japan. Without it
    losses do not lapse."""
    loss_use_limit: Share = 1.0
    """Share of a year's profit that losses of earlier years may offset; half for large companies in Japan."""
    depreciation: Depreciation | None = None
    """How cost is written off for tax, where that is not as in the books; deferred tax is told then. Blocks with a life
    of their own have it in both."""
    source: Text = ""
    """Where the figures come from."""


class Loan(Noun):
    """A credit facility; index letter ``f``. Money is drawn at the start of a period and repaid at its end."""

    limit: PositiveMoney
    """Most that may be drawn in all, what is outstanding included; of a revolving loan, most that may be owed."""
    revolving: YesNo = False
    """Whether what has been repaid may be drawn again."""
    rate: Timeline[Share]
    """Interest per year on what is owed, by month."""
    arrangement_fee: Share | None = None
    """Share of each draw that is paid to the lender when it is drawn; none where it is left out."""
    commitment_fee: Share | None = None
    """Share per year of what may still be drawn, paid in the months of the draw window; none where it is left out."""
    term: DurationText
    """From a draw to the end of its repayment. Where it ends inside a period, what is left is repaid at the end of that
    period, with interest until then: choose periods that are no longer than the shortest term."""
    repayment: Literal["at_end", "equal_parts", "level_payment"] = "at_end"
    """Whether a draw falls due as a whole at the end of its term, in equal parts over it, or in parts that grow so that
    each is the same sum together with its interest; earlier is allowed."""
    balloon: Share | None = None
    """Share of a draw that falls due at the end of its term and not in parts before; none where it is left out."""
    grace: DurationText | None = None
    """Months of the term, from a draw on, in which interest alone is paid; none where it is left out."""
    interest_capitalised_until: Month | None = None
    """Last month whose interest is added to what is owed, at the end of its period, and not paid; counts against the
    limit. Nothing may fall due before. Without it all interest is paid."""
    draw_window: Window = Window()
    """Months in which money may be drawn."""
    outstanding: PositiveMoney | None = None
    """Owed at the start of the horizon; falls due like a draw of the first month."""
    share_of_investment: Share | None = None
    """Most that all draws together may be of all capital expenditure paid so far; without it no such limit."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def owes(self) -> bool:
        """Whether anything is owed at the start of the horizon."""
        return self.outstanding is not None and self.outstanding.amount > 0

    def first_owed(self, start: Month) -> Month:
        """The month of a horizon that begins in ``start`` from which on something may be owed."""
        first = self.draw_window.first
        return start if self.owes or first is None else max(start, first)

    @property
    def free_months(self) -> int:
        """Months from a draw on in which nothing of it falls due."""
        return self.term.months if self.repayment == "at_end" else 0 if self.grace is None else self.grace.months


class Covenants(Noun):
    """What lenders ask of every fiscal year, as limits of the plan; a year in which it has no meaning keeps it."""

    least_debt_service_cover: Amount | None = None
    """How many times revenue less running costs and tax pays for interest, commitment fees and scheduled repayments at
    least, in each fiscal year that lies in the horizon as a whole and has any of these."""
    least_liquidity: PositiveMoney | None = None
    """Cash at the end of each fiscal year at which anything is owed, at least; what revolving loans without a share of
    investment may still be drawn for in the month after counts as cash."""
    most_loan_to_value: Share | None = None
    """Most that may be owed at the end of each fiscal year, as a share of the book value of what stands there."""
    most_debt_to_equity: Amount | None = None
    """Most that may be owed at the end of each fiscal year, as a multiple of the equity in the books."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def of_the_balance_sheet(self) -> bool:
        """Whether anything is asked for that the books have to tell."""
        return self.most_loan_to_value is not None or self.most_debt_to_equity is not None


AssetGrants = Literal["income", "reduce_book_value"]
"""Whether a grant counts as income when it is paid, or lowers the book value of what it paid for."""


class Finance(Noun):
    """The operator's budget and its terms."""

    currency: Currency
    """Currency of all results."""
    exchange_rates: dict[Currency, Timeline[MoneyText]] = {}
    """Price of one unit of a foreign currency, in the currency of the results, by month."""
    opening_cash: MoneyText
    """Cash at the start of the horizon."""
    funding: dict[Month, MoneyText] = {}
    """Money that comes in from owners, by month; money that goes back to them is negative."""
    minimum_cash: PositiveMoney
    """Cash that must be left at any time: after the payments at the start of each month, and at its end."""
    capex_limits: dict[FiscalYear, PositiveMoney] = {}
    """Most capital expenditure paid in a fiscal year, such as FY2025; a year that is left out has no limit."""
    discount_rate: Share
    """Weighted average cost of capital per year, after tax; flows before financing are discounted at it."""
    cost_of_equity: Share | None = None
    """What owners expect per year; with it the value to them is told as well."""
    interest_on_cash: Timeline[Share] | None = None
    """Interest per year on cash, after tax, by month: on what is left after the payments at the start of a month, and
    paid at its end; none where it is left out."""
    resale: tuple[ResalePoint, ...] = ()
    """What a used system fetches by age, straight lines between the points; nothing without points. A system may have a
    curve of its own."""
    resale_factor: Timeline[Amount] | None = None
    """By how much the shares of the curve are multiplied, by month of the sale; the whole price at most. Without it
    they stay as they are."""
    terminal_value: YesNo = True
    """Whether what is still installed at the end counts at its resale value."""
    public_money_ceiling: Share = 1.0
    """Most that all grants and tax credits together may pay of the cost of one investment."""
    loans: dict[Name, Loan] = {}
    """Loans that may be drawn, by name."""
    covenants: Covenants | None = None
    """What lenders ask of every fiscal year; without it nothing."""
    dividends: Dividends | None = None
    """When and of what owners are paid, so that the value to them is what they get; without it nothing is paid within
    the horizon, and what is earned counts for them at once."""
    depreciation: Depreciation = Depreciation()
    """How investments are written off."""
    asset_grants: AssetGrants = "income"
    """How grants are booked: as income when paid, or against book value, which puts tax off and does not waive it."""
    accounts: Standard = "jgaap"
    """Standard whose words the profit statement of the workbook has: jgaap, ifrs or usgaap. Under the latter two what
    is special in Japan (grants, sales of systems) stands above operating profit. No figure of the plan changes."""
    tax: Tax | None = None
    """Corporate tax; without it none is counted."""
    property_taxes: dict[Name, PropertyTax] = {}
    """Property taxes on depreciable assets, by a name that sites give; without them none is counted."""
    consumption_tax: ConsumptionTax | None = None
    """Consumption tax (VAT) on sales and purchases; without it none is counted."""
    working_capital: WorkingCapital | None = None
    """How late customers pay and suppliers are paid; without it all is paid in the month of its sale or use."""
    source: Text = ""
    """Where the figures come from."""

    @property
    def tax_depreciation(self) -> Depreciation:
        """How cost is written off for tax: as in the books where nothing else is said."""
        return self.depreciation if self.tax is None else self.tax.depreciation or self.depreciation

    @property
    def tax_books_apart(self) -> bool:
        """Whether tax has books of its own."""
        return self.tax is not None and self.tax.depreciation is not None

    @property
    def keeps_books(self) -> bool:
        """Whether the plan goes by its books: they are taxed, paid out of, or asked about by lenders."""
        asked = self.covenants is not None and self.covenants.of_the_balance_sheet
        return self.tax is not None or self.dividends is not None or asked

    @property
    def additions_apart(self) -> bool:
        """Whether additions are written off in another way than systems, in the books or for tax."""
        return self.depreciation.additions_apart or self.tax_depreciation.additions_apart
