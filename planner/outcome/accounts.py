"""The money of a plan: the lines of cash flow and profit, the balances, and the tax of each year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.vocabulary.cash_lines import CASH_LINES, CASHLESS_CHARGES, Group
from planner.vocabulary.keys import FiscalYear

LINES = tuple(CASH_LINES)
"""Every line of the cash flow, in the order of the report. Amounts are positive; only ``INFLOWS`` bring money in."""
INFLOWS = tuple(key for key, line in CASH_LINES.items() if line.direction == "in")
"""Lines of the cash flow that bring money in."""


def _lines_of(group: Group) -> tuple[str, ...]:
    return tuple(key for key, line in CASH_LINES.items() if line.group == group)


REVENUES = _lines_of("revenue")
"""Lines of the cash flow that are sales."""
OPERATING_COSTS = _lines_of("operating")
"""Lines of the cash flow that running the fleet costs."""
INVESTMENTS = _lines_of("investment")
"""Lines of the cash flow that are capital expenditure."""
CLAWBACKS = _lines_of("clawback")
"""Lines of the cash flow that go back to programmes, since systems left before their retention ended."""
TAXES = _lines_of("tax")
"""Lines of the cash flow that go to the state."""
WORKING_CAPITAL = _lines_of("working_capital")
"""Lines of the cash flow by which what customers owe, and what is owed to suppliers, grows."""
CONSUMPTION_TAX = _lines_of("consumption_tax")
"""Lines of the cash flow of consumption tax: received, paid, and settled with the state."""
FINANCING = _lines_of("financing")
"""Lines of the cash flow between the operator and its lenders."""
FINANCE_COSTS = tuple(line for line in FINANCING if CASH_LINES[line].in_profit)
"""Lines of the cash flow that borrowing costs."""
DEBT_SERVICE = tuple(line for line in FINANCING if CASH_LINES[line].serves_debt)
"""Lines of the cash flow that lenders are owed every year beside scheduled repayments."""
EARNINGS = tuple(line for line in INFLOWS if CASH_LINES[line].in_profit)
"""Lines of the cash flow that are income of the profit."""
TO_OWNERS = tuple(line for line in LINES if line not in ("interest_on_cash", "dividends"))
"""Lines of the cash flow that are worth something to owners when they move, where the case does not say when owners are
paid: what they leave as cash counts from then on, and interest on it would count it twice."""
CHARGES = tuple(CASHLESS_CHARGES)
"""Lines of the profit without a cash flow of their own."""


class Entry(NamedTuple):
    """One amount of a line of the cash flow and what it is for; all entries of a line add up to the line."""

    line: str
    about: tuple[str, ...]
    """Names: workload, system and site of revenue and of its selling costs; system and site of running costs and
    contracts; site of property tax; offer or expansion and site of investments, with the programme in front for its
    grants; system, site and arrival of resale; the loan; the fiscal year of tax and of a dividend; none for what is
    open between businesses."""
    period: int
    """The period in which it is paid."""
    amount: float
    """In the currency of the case; positive, whichever way the money flows."""
    decided: int | None = None
    """Period of the order or start that it follows from, for investments and grants."""
    month: int | None = None
    """Number of the month in which it is paid; None for what runs over its period."""


@dataclass(frozen=True)
class TaxYear:
    """The tax of one fiscal year, in whole units of currency."""

    profit: float
    """Profit before tax; a loss is negative."""
    loss_used: float
    """Losses of earlier years set against it."""
    tax: float
    """Tax less credits."""
    loss_carried: float
    """Losses that are left for later years."""
    paid_in: int | None
    """Number of the month in which the tax is paid, or what is left of it; None after the horizon."""
    credit: float = 0.0
    """Tax credits set against the tax."""
    loss_lapsed: float = 0.0
    """Losses of earlier years that can no longer be used after its end."""
    advance: float = 0.0
    """What is paid of it in advance; more than the tax where some of it comes back."""
    advance_in: int | None = None
    """Number of the month in which that is paid; None after the horizon, or where nothing is paid in advance."""

    @property
    def payments(self) -> tuple[tuple[int | None, float], ...]:
        """Month and amount of each payment; None after the horizon."""
        rest = (self.paid_in, self.tax - self.advance)
        return ((self.advance_in, self.advance), rest) if self.advance else (rest,)


@dataclass(frozen=True)
class Books:
    """Profit and balances by period, in whole units of the case's currency; see ``CHARGES`` for the lines."""

    charges: dict[str, tuple[float, ...]]
    """Amount by line of ``CHARGES`` and period; positive lowers profit."""
    profit: tuple[float, ...]
    """Profit before tax."""
    tax_charge: tuple[float, ...]
    """Tax on the profit of a fiscal year, charged in its last period."""
    fixed_assets: tuple[float, ...]
    """Book value of systems and facilities at the end of each period, net of grants that were taken off."""
    advances: tuple[float, ...]
    """Paid at the end of each period for what is yet to be delivered."""
    unpaid: tuple[float, ...]
    """Still to be paid for investments that are in use at the end of each period."""
    debt: dict[str, tuple[float, ...]]
    """Owed at the end of each period, by loan."""
    scheduled: dict[str, tuple[float, ...]]
    """What the terms oblige to repay in each period, by loan; see ``scheduled_repayments``."""
    tax_payable: tuple[float, ...]
    """Tax charged and not yet paid at the end of each period."""
    consumption_tax: tuple[float, ...]
    """Consumption tax owed to the state at the end of each period; negative where it is to come back."""
    receivables: tuple[float, ...]
    """Owed by customers at the end of each period."""
    payables: tuple[float, ...]
    """Owed to suppliers at the end of each period, tax apart."""
    prepayments: tuple[float, ...]
    """Paid by customers for work that is not done yet at the end of each period."""
    opening_prepayments: float
    opening_receivables: float
    opening_payables: float
    opening_fixed_assets: float
    opening_advances: float
    opening_debt: float
    years: dict[FiscalYear, TaxYear]
    """Tax by fiscal year."""
    end_tax: float
    """Tax on selling what is still installed on the last day at its terminal value; negative where that is below book
    value and a loss saves tax, at most that of the last fiscal year."""
    taxable_profit: tuple[float, ...] = ()
    """Profit before tax in the books of tax, by period, before losses of earlier years; only where these are apart."""
    tax_value: tuple[float, ...] = ()
    """What fixed assets are worth in the books of tax at the end of each period; only where these are apart."""
    deferred_tax: tuple[float, ...] = ()
    """Tax that is put off at the end of each period, a liability; negative is an asset. Only where books are apart."""

    def deferred_in(self, t: int) -> float:
        """Tax that is put off in a period, or comes back where it is negative."""
        if not self.deferred_tax:
            return 0.0
        return self.deferred_tax[t] - (self.deferred_tax[t - 1] if t else 0.0)


@dataclass(frozen=True)
class Accounts:
    """The money of the plan, by period, in whole units of the case's currency."""

    lines: dict[str, tuple[float, ...]]
    """Amount by line of ``LINES`` and period; positive, whichever way the money flows."""
    entries: tuple[Entry, ...]
    """Every amount that the lines are made of."""
    by_month: dict[str, tuple[float, ...]]
    """The same by line and month; what runs over a period has its part in each of its months."""
    funding: tuple[float, ...]
    """Money from owners, by month."""
    cash_after_payments: tuple[float, ...]
    """Cash by month, after what is paid and drawn at its start."""
    cash_at_end: tuple[float, ...]
    """Cash at the end of each month."""
    cash: tuple[float, ...]
    """Cash at the end of each period."""
    discount: tuple[float, ...]
    """Discount factors: the value at the start of the horizon of one unit of currency, by turn of months. Turn ``m`` is
    the start of month ``m`` and the end of the month before; the last is the end of the horizon."""
    terminal_value: float
    """Terminal value of what is still installed at the end."""
    shield: tuple[float, ...]
    """What interest saves in tax, by turn of months: that of a fiscal year when its tax is paid, at the last turn where
    that is after the horizon. The line ``tax`` is what is really paid, so the value before financing takes it out."""
    loan_costs: dict[str, float]
    """What each loan costs, by its name: its present value where that is negative, as a positive amount; nothing for
    one that is cheaper than capital. What is owed at the start comes in, what is owed at the end goes out."""
    unlevered: float
    """Value before financing at the start of the horizon: present value of all lines but those of loans, less that of
    the shield, and the end value."""
    npv: float
    """Net present value at the start of the horizon: the value before financing less what each loan costs."""
    equity: float | None
    """Value to the owners at the start of the horizon: all lines, loans included, and the end value less debt, at the
    cost of equity; where the case says when owners are paid, what they get. None where it states no cost of equity."""
    books: Books
    """Profit, tax and balances."""

    @property
    def end_value(self) -> float:
        """What counts at the end of the horizon before debt: the terminal value less tax owed, tax on that value, and
        what is still to be paid for investments, with what customers owe then less what is owed to suppliers
        and of consumption tax."""
        left = self.terminal_value - self.books.tax_payable[-1] - self.books.end_tax - self.books.unpaid[-1]
        return left + self.working_capital

    @property
    def working_capital(self) -> float:
        """What customers owe at the end of the horizon, less what is owed to suppliers and of consumption tax."""
        books = self.books
        return books.receivables[-1] - books.payables[-1] - books.prepayments[-1] - books.consumption_tax[-1]

    @property
    def debt_at_end(self) -> float:
        """Owed on all loans at the end of the horizon."""
        return self.debt_at(-1)

    def debt_at(self, t: int) -> float:
        """Owed on all loans at the end of a period."""
        return sum(owed[t] for owed in self.books.debt.values())

    def at_turns(self, *lines: str) -> list[float]:
        """Money in less money out of some lines, or of all, by turn of months."""
        found = [0.0] * len(self.discount)
        for line in lines or self.by_month:
            record = CASH_LINES[line]
            later = 0 if record.timing == "start" else 1
            for month, amount in enumerate(self.by_month[line]):
                found[month + later] += record.sign * amount
        return found

    def present(self, *lines: str) -> float:
        """Present value of some lines, or of all: money in less money out."""
        return sum(factor * flow for factor, flow in zip(self.discount, self.at_turns(*lines), strict=True))

    @property
    def opening_cash(self) -> float:
        """Cash at the start of the horizon."""
        return self.cash_after_payments[0] - self.funding[0] - self.at_turns()[0]

    @property
    def funding_by_period(self) -> tuple[float, ...]:
        """Money from owners, by period."""
        months = len(self.funding) // len(self.cash)
        return tuple(sum(self.funding[t * months : (t + 1) * months]) for t in range(len(self.cash)))

    @property
    def net(self) -> tuple[float, ...]:
        """Net cash flow of each period before funding."""
        return tuple(
            sum(CASH_LINES[line].sign * amounts[t] for line, amounts in self.lines.items())
            for t in range(len(self.cash))
        )
