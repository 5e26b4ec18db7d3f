"""Tax that is paid in advance, as far as Liquidity by month and Profit and tax both need to know of it."""

from __future__ import annotations

from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger


def has_interim(ledger: Ledger) -> bool:
    """Whether tax is paid in advance."""
    tax = ledger.case.finance.tax
    return tax is not None and tax.interim is not None


def rest_of_tax(ledger: Ledger) -> RowKey:
    """The row of what of the tax of a year is paid after its end, in the year's last period."""
    return Key("rest", "tax") if has_interim(ledger) else "tax_charge"


def rest_of_shield(ledger: Ledger) -> RowKey:
    """The same of the tax that interest saves."""
    return Key("rest", "shield") if has_interim(ledger) else "shield"
