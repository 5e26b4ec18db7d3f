"""Captions of the profit statement, by the standard by which the operator keeps its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standard = Literal["jgaap", "ifrs", "usgaap"]
"""jgaap: Japan. ifrs: International Financial Reporting Standards. usgaap: United States."""


@dataclass(frozen=True)
class Captions:
    """What the lines of a profit statement are called, and whether special items stand apart."""

    special_apart: bool
    """Whether special items stand behind ordinary profit, after interest; otherwise they are part of operating
    profit, since no item may be called extraordinary."""
    before_depreciation: str
    operating_profit: str
    special: str
    grants: str
    compression: str
    grants_repaid: str
    special_depreciation: str
    profit: str
    tax: str
    net_profit: str


_JAPAN = Captions(
    special_apart=True,
    before_depreciation="operating profit before depreciation",
    operating_profit="operating profit",
    special="Special items",
    grants="grants: special profit",
    compression="reduction of book value by grants: special loss",
    grants_repaid="grants repaid: special loss",
    special_depreciation="special depreciation: special loss",
    profit="profit before tax",
    tax="tax on profit",
    net_profit="net profit",
)
_OTHERS: dict[str, str] = {
    "special": "Other income and expenses",
    "grants": "grants: other income",
    "compression": "reduction of book value by grants: other expense",
    "grants_repaid": "grants repaid: other expense",
    "special_depreciation": "special depreciation: other expense",
    "tax": "income tax expense",
}
CAPTIONS: dict[Standard, Captions] = {
    "jgaap": _JAPAN,
    "ifrs": Captions(
        special_apart=False,
        before_depreciation="operating profit before depreciation and other items",
        operating_profit="operating profit",
        profit="profit before tax",
        net_profit="profit for the period",
        **_OTHERS,
    ),
    "usgaap": Captions(
        special_apart=False,
        before_depreciation="operating income before depreciation and other items",
        operating_profit="operating income",
        profit="income before income taxes",
        net_profit="net income",
        **_OTHERS,
    ),
}
"""By standard. What neither recurs nor belongs to operations is special in Japan; International Accounting Standard 1,
paragraph 87, and Accounting Standards Update 2015-01 of the United States know no extraordinary items."""
