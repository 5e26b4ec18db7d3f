"""Lines of cash: one record for each, and one for each charge of the profit that moves no cash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Group = Literal[
    "revenue",
    "aid",
    "resale",
    "operating",
    "investment",
    "clawback",
    "tax",
    "working_capital",
    "consumption_tax",
    "financing",
]
"""What a line is for: sales; money of programmes, and what of it goes back (clawback); systems sold on; running the
fleet; capital expenditure; the state; customers and suppliers who pay or are paid later; tax that is
passed on; lenders, the bank that holds the cash, and what owners are paid."""
Timing = Literal["start", "end", "hours", "months"]
"""When a line moves: at the start or at the end of the month in which it is due; or over the months of its period, each
with its share of the hours or with an equal part, at their ends."""
CostPart = Literal[
    "", "systems", "additions", "facility", "energy", "other running costs", "grants", "grants repaid", "resale"
]
"""Parts of the cost of an accelerator-hour, in the order of its chart; what is earned and lent is none."""


@dataclass(frozen=True)
class CashLine:
    """One line of the cash flow; its amounts are positive, whichever way the money flows.

    Only changes of what is open between businesses, and what is settled with the state, may be negative.
    """

    key: str
    """Its name in plan.json and in tables."""
    direction: Literal["in", "out"]
    group: Group
    timing: Timing
    label: str
    in_profit: bool = False
    """Whether it is an income of the profit before tax, or as an outflow a charge, in the period of the payment."""
    part: CostPart = ""
    """Part of the cost of an accelerator-hour; none for what is no cost of it."""
    short: str = ""
    """What a bar of a chart is called, where that is shorter."""
    workings: str = "the workings below"
    """Where the workbook works it out, seen from its sheet Cash flow."""
    serves_debt: bool = False
    """Whether it is part of what lenders are owed every year, debt service beside scheduled repayments: added to it, or
    as an inflow taken off it."""
    optional: bool = False
    """Whether only some cases have it: others do not tell it at all, not even as zeros."""

    @property
    def sign(self) -> float:
        """1 for what comes in, -1 for what goes out."""
        return 1.0 if self.direction == "in" else -1.0

    @property
    def is_dated(self) -> bool:
        """Whether each amount has one month; otherwise it runs over the months of its period."""
        return self.timing in ("start", "end")

    @property
    def bar(self) -> str:
        """What a bar of a chart is called."""
        return self.short or self.label


@dataclass(frozen=True)
class Charge:
    """A line of the profit without a cash flow of its own; positive amounts lower the profit."""

    key: str
    label: str


_SUBSIDIES = "Subsidies"
_BY_MONTH = "Liquidity by month"
_LINES = (
    CashLine("revenue", "in", "revenue", "hours", "revenue", in_profit=True),
    CashLine("grants", "in", "aid", "end", "grants paid", in_profit=True, workings=_SUBSIDIES, part="grants"),
    CashLine("resale", "in", "resale", "end", "resale of systems", in_profit=True, part="resale"),
    CashLine("loans_drawn", "in", "financing", "start", "loans drawn"),
    CashLine(
        "interest_capitalised",
        "in",
        "financing",
        "months",
        "interest added to what is owed",
        serves_debt=True,
        optional=True,
    ),
    CashLine("energy", "out", "operating", "hours", "energy", in_profit=True, part="energy"),
    CashLine("rent", "out", "operating", "months", "rent", in_profit=True, part="other running costs"),
    CashLine("operations", "out", "operating", "months", "operations", in_profit=True, part="other running costs"),
    CashLine(
        "maintenance",
        "out",
        "operating",
        "months",
        "maintenance and support",
        in_profit=True,
        part="other running costs",
    ),
    CashLine(
        "selling_costs",
        "out",
        "operating",
        "hours",
        "selling costs",
        in_profit=True,
        part="other running costs",
        optional=True,
    ),
    CashLine(
        "property_tax",
        "out",
        "operating",
        "end",
        "property tax",
        in_profit=True,
        part="other running costs",
        optional=True,
    ),
    CashLine("system_price", "out", "investment", "start", "price of systems", part="systems"),
    CashLine("additions", "out", "investment", "start", "network, storage and installation", part="additions"),
    CashLine("expansion", "out", "investment", "start", "expansion of sites", part="facility"),
    CashLine("contracted", "out", "investment", "start", "systems under contract, still unpaid", part="systems"),
    CashLine(
        "grants_repaid",
        "out",
        "clawback",
        "end",
        "grants repaid",
        in_profit=True,
        workings=_SUBSIDIES,
        part="grants repaid",
    ),
    CashLine("tax", "out", "tax", "end", "corporate tax paid", short="tax", workings="Profit and tax"),
    CashLine(
        "receivables_increase",
        "out",
        "working_capital",
        "end",
        "increase in receivables",
        workings=_BY_MONTH,
        optional=True,
    ),
    CashLine(
        "payables_increase", "in", "working_capital", "end", "increase in payables", workings=_BY_MONTH, optional=True
    ),
    CashLine(
        "prepayments_increase",
        "in",
        "working_capital",
        "end",
        "increase in prepayments of customers",
        workings=_BY_MONTH,
        optional=True,
    ),
    CashLine("output_tax", "in", "consumption_tax", "hours", "consumption tax on sales", optional=True),
    CashLine(
        "input_tax_energy", "out", "consumption_tax", "hours", "consumption tax on energy and selling", optional=True
    ),
    CashLine(
        "input_tax_operation",
        "out",
        "consumption_tax",
        "months",
        "consumption tax on rent, operations and maintenance",
        optional=True,
    ),
    CashLine("input_tax_investment", "out", "consumption_tax", "start", "consumption tax on investment", optional=True),
    CashLine("tax_settled", "out", "consumption_tax", "end", "consumption tax settled", optional=True),
    CashLine(
        "interest", "out", "financing", "months", "interest paid", in_profit=True, short="interest", serves_debt=True
    ),
    CashLine(
        "arrangement_fees",
        "out",
        "financing",
        "start",
        "arrangement fees of loans",
        in_profit=True,
        short="arrangement fees",
        optional=True,
    ),
    CashLine(
        "commitment_fees",
        "out",
        "financing",
        "months",
        "commitment fees of loans",
        in_profit=True,
        short="commitment fees",
        serves_debt=True,
        optional=True,
    ),
    CashLine("loans_repaid", "out", "financing", "end", "loans repaid"),
    CashLine("interest_on_cash", "in", "financing", "end", "interest on cash", workings=_BY_MONTH, optional=True),
    CashLine(
        "dividends", "out", "financing", "end", "dividends paid", short="dividends", workings=_BY_MONTH, optional=True
    ),
)
CASH_LINES: dict[str, CashLine] = {line.key: line for line in _LINES}
"""Every line of the cash flow, in the order of plan.json."""
COST_PARTS: dict[CostPart, tuple[str, ...]] = {
    part: tuple(line.key for line in _LINES if line.part == part) for part in get_args(CostPart) if part
}
"""Parts of the cost of an accelerator-hour and the lines of the cash flow that they come from."""

_CHARGES = (
    Charge("depreciation", "depreciation"),
    Charge("written_off", "written off"),
    Charge("compression", "reduced by grants"),
    Charge("special_depreciation", "special depreciation"),
)
CASHLESS_CHARGES: dict[str, Charge] = {charge.key: charge for charge in _CHARGES}
"""Straight-line depreciation, the book value of systems that leave, the book value that grants take off (basis
reduction), and cost that a programme lets write off at once (bonus depreciation); the first two are net of what the
last two took off already."""
