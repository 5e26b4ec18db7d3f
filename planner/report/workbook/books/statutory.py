"""Part of the sheet Fixed assets: the rates and tables of law that methods of depreciation go by."""

from __future__ import annotations

from planner.finance.depreciation import DECLINING_BALANCE, MACRS, YEAR
from planner.report.workbook.books.register import Asset
from planner.report.workbook.books.rules import Rules
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.references import Stack
from planner.report.workbook.engine.sheet import Sheet
from planner.vocabulary.message import say

STATUTORY = ("life", "rate", "revised", "guaranteed")
"""Figures of the statutory rates, each a block of rows."""


def lay_tables(sheet: Sheet, rules: list[tuple[Rules, list[Asset]]]) -> None:
    """Lays the statutory rates and tables that some asset goes by; they are facts of law, the same in every case."""
    methods = {one.terms(asset).method for one, assets in rules for asset in assets}
    if "declining_balance" in methods:
        _statutory(sheet)
    if "macrs" in methods:
        _macrs(sheet)


def _statutory(sheet: Sheet) -> None:
    words = {
        "life": "lives with statutory rates of the declining balance",
        "rate": "rate: share of what is left that a fiscal year writes off",
        "revised": "revised rate: share of what was left when it was turned to",
        "guaranteed": "guaranteed rate: a fiscal year below this share of the cost turns to the revised rate",
    }
    for name in STATUTORY:
        sheet.workings(words[name])
        for years, rates in DECLINING_BALANCE.items():
            value = years * YEAR if name == "life" else getattr(rates, name)
            label, unit = say("life of {years} years", years=str(years)), "months" if name == "life" else "share"
            key = Key("statutory", name, years)
            sheet.line(key, label, unit, "statutory table", kind="constant", value=float(value))


def statutory_stack(name: str) -> Stack:
    """One figure of the statutory rates, for all lives."""
    return Stack(tuple(Key("statutory", name, years) for years in DECLINING_BALANCE), VALUE)


def _macrs(sheet: Sheet) -> None:
    places = [(years, number) for years, shares in MACRS.items() for number in range(len(shares))]
    for name, unit in (("life", "months"), ("year", "count"), ("share", "share")):
        title = {
            "life": "MACRS tables: life", "year": "MACRS tables: fiscal year of use", "share": "MACRS tables: share",
        }[name]  # fmt: skip
        sheet.workings(title)
        for years, number in places:
            value = {"life": years * YEAR, "year": number + 1, "share": MACRS[years][number]}[name]
            label = say("year {number} of {years} years", number=str(number + 1), years=str(years))
            sheet.line(Key("macrs", name, years, number), label, unit, "IRS Publication 946, table A-1",
                       kind="constant", value=float(value))  # fmt: skip


def macrs_stack(name: str) -> Stack:
    """One figure of the MACRS tables, for all their lives and years."""
    places = tuple(Key("macrs", name, years, n) for years, shares in MACRS.items() for n in range(len(shares)))
    return Stack(places, VALUE)
