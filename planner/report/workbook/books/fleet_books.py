"""Part of the sheet Fixed assets: systems that are there, or come under a contract, without an order of the plan."""

from __future__ import annotations

from planner.report.workbook.books.register import Asset, fleet_assets, fleet_money
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Stack
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.physical.placements import fleets
from planner.vocabulary.message import Message, Text, about, say


def lay_fleet_books(ledger: Ledger, sheet: Sheet) -> None:
    """Lays book values at the start: fixed assets where they stand there, advances where they are still to come."""
    assets = fleet_assets(ledger)
    paths = [(path, asset) for asset in assets for path in asset.paths]
    sheet.workings("systems without an order at the start of the horizon")
    for path, asset in paths:
        early = Spot(Key("month", path)).compare("<", Spot("time.month", 0))
        label, how = about(_arrived(asset), "stands there already"), "arrives before the first month"
        sheet.line(Key("there", path), label, "yes = 1", how, asset.subject, value=call("IF", early, 1, 0))

    def block(key: str, title: str, values: list[Term], note: Text) -> None:
        sheet.workings(say(title))
        rows = [
            sheet.money(Key(key, path), asset.label, note, asset.subject, value=value)
            for (path, asset), value in zip(paths, values, strict=True)
        ]
        sheet.money(key, "all of them", kind="total", value=_sum(rows))

    standing = {path: fleet for path, (_, fleet) in fleets(ledger).items()}
    money = [fleet_money(ledger, path, standing[path]) for path, _ in paths]
    there = [Spot(Key("there", path)) for path, _ in paths]
    block("books", "book value at the start of systems without an order", [book for book, _ in money], "see Inputs")
    books = [Spot(Key("books", path)) for path, _ in paths]
    standing_now = [book * stands for book, stands in zip(books, there, strict=True)]
    block("books_there", "fixed assets at the start", standing_now, "book value where it stands there already")
    to_come = [book * (1 - stands) for book, stands in zip(books, there, strict=True)]
    block("books_coming", "advances at the start", to_come, "book value where it is still to come")
    costs = [book + due for book, (_, due) in zip(books, money, strict=True)]
    block("books_cost", "cost of systems without an order", costs, "book value + what is still to be paid")
    if assets:
        sheet.workings("cost of systems without an order, by month of arrival")
    for asset in assets:
        cost = _sum([Key("books_cost", path) for path in asset.paths])
        sheet.money(Key("fleet_cost", asset.key), about(_arrived(asset), "cost"), subject=asset.subject, value=cost)
        fixed = _sum([Key("books_there", path) for path in asset.paths])
        label = about(_arrived(asset), "of that, fixed asset at the start")
        sheet.money(Key("fleet_there", asset.key), label, subject=asset.subject, value=fixed)


def _sum(keys: list[Key]) -> Term:
    """The sum of the value column of rows that stand below each other."""
    return call("SUM", Stack(tuple(keys), VALUE)) if keys else Literal(0)


def _arrived(asset: Asset) -> Message:
    """An asset within longer words."""
    system, _, month = asset.key
    return say("{system} that arrives {month}", system=str(system), month=str(month))
