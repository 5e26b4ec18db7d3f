"""Sheet Fixed assets: what stands in the books, and the register of assets that it comes from."""

from __future__ import annotations

from planner.report.lines import writes_off_at_once
from planner.report.workbook.books.book_grants import lay_book_grants
from planner.report.workbook.books.exits import AssetExits, lay_exits
from planner.report.workbook.books.fleet_books import lay_fleet_books
from planner.report.workbook.books.register import Asset, assets_of
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, Whole, total
from planner.report.workbook.engine.sheet import Line, Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import additions_key
from planner.vocabulary.message import Text, say, verbatim

FIXED_ASSETS = Entry(
    "Fixed assets",
    "book value lot by lot: depreciation, what leaves, what grants take off",
    "Written off in a straight line from the period in which it is in use; what leaves is written off at once.",
    years=True,
)


def lay_fixed_assets(ledger: Ledger) -> None:
    """Lays the balances of fixed assets and advances, and then the register."""
    sheet = ledger.time_sheet(FIXED_ASSETS)
    assets = assets_of(ledger)
    _fixed_assets(ledger, sheet)
    _advances(ledger, sheet)
    lay_fleet_books(ledger, sheet)
    _paces(ledger, sheet, assets)
    _capitalised(ledger, sheet, assets)
    _leaving(sheet, assets)
    _costs(ledger, sheet, assets)
    _written(sheet, assets)
    _charges(ledger, sheet, assets)
    lay_book_grants(ledger, sheet)


def _flow(ledger: Ledger, sheet: Sheet, key: RowKey, label: Text, series: Term, note: str) -> None:
    sheet.line(Line(key, label, ledger.currency, note=note), series=series, add_up=True, by_year=True)


def _fixed_assets(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Fixed assets")
    label, note = "book value at the start", "book value at the end before"
    sheet.line(Line("assets_opening", label, ledger.currency, note=note), series=Now("assets", -1), by_year="start")
    _flow(ledger, sheet, "capitalised", "capitalised", Now("capitalised_all"), "what comes into use")
    depreciation = Now("gross_depreciation") - Now("relief")
    _flow(ledger, sheet, "depreciation", "depreciation", depreciation, "less what grants took off before")
    written_off = Now("gross_written_off") - Now("relief_left")
    _flow(ledger, sheet, "written_off", "written off", written_off, "book value of systems that leave")
    _flow(ledger, sheet, "compression", "reduction of book value by grants", Now("taken"), "when they are paid")
    taken, words = ["depreciation", "written_off", "compression"], "depreciation + written off + reduction"
    if writes_off_at_once(ledger.case):
        _flow(ledger, sheet, "special_depreciation", "special depreciation", Now("taken_at_once"), "on delivery")
        taken, words = [*taken, "special_depreciation"], "depreciation + written off + reduction + special depreciation"
    _flow(ledger, sheet, "assets_gone", "taken off in all", call("SUM", Stack(tuple(taken))), words)
    series = Now("assets_opening") + Now("capitalised") - Now("assets_gone")
    row = Line("assets", "book value at the end", ledger.currency, note="start + capitalised - taken off", kind="total")
    sheet.line(row, opening=Spot("books_there"), series=series, by_year="end")


def _advances(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Advances: paid for what is not yet in use")
    label, note = "advances at the start", "advances at the end before"
    sheet.line(Line("advances_opening", label, ledger.currency, note=note), series=Now("advances", -1), by_year="start")
    _flow(ledger, sheet, "advances_paid", "capital expenditure paid", Now("capex"), "see Cash flow")
    _flow(ledger, sheet, "advances_used", "capitalised from advances", Now("capitalised"), "see above")
    series = Now("advances_opening") + Now("advances_paid") - Now("advances_used")
    row = Line("advances", "advances at the end", ledger.currency, note="start + paid - capitalised", kind="total")
    sheet.line(row, opening=Spot("books_coming"), series=series, by_year="end")


def _paces(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """How fast each kind of asset is written off; what stood there before the plan over the rest of its life."""
    fleets = [asset for asset in assets if asset.paths]
    if fleets:
        sheet.workings("months of life left of systems without an order")
    for asset in fleets:
        early = call("MAX", 0, Spot("time.month", 0) - Spot(Key("month", asset.paths[0])))
        left = call("MAX", 0, Spot("finance.depreciation.systems") - early)
        note = "life - age at the start of the horizon"
        sheet.line(Line(Key("life", asset.key), asset.label, "months", asset.subject, note), value=left)
    sheet.workings("share of the cost that is written off in one period")
    lives = {"systems": "finance.depreciation.systems", "facility": "finance.depreciation.facility"}
    for name in ledger.choices.expansions:
        if ledger.case.expansions[name].depreciation_life is not None:
            lives[name] = f"expansions.{name}.depreciation_life"
    for name, path in lives.items():
        label = verbatim(name) if name in ledger.case.expansions else say(name)
        _pace(sheet, Key("pace", name), label, "", Spot(path))
    for asset in fleets:
        _pace(sheet, asset.pace, asset.label, asset.subject, Spot(Key("life", asset.key)))


def _pace(sheet: Sheet, key: RowKey, label: Text, subject: Text, life: Term) -> None:
    pace = call("IF", life.compare("=", 0), 1, Spot("calendar.period") / life)
    sheet.line(Line(key, label, "share", subject, "months in a period / life"), value=pace)


def _capitalised(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """What comes into use, at its whole cost as paid."""
    names = [*ledger.choices.offers, *ledger.choices.expansions]
    if names:
        sheet.workings("whole cost of what is ordered, additions included, by period of the order or start")
    for name in names:
        share = additions_key(ledger, name) if name in ledger.case.offers else None
        cost = times(Now(Key("ordered", name)), Now(Key("unit_cost", name)), 1 + Spot(share) if share else None)
        note = "units x cost as paid"
        sheet.line(Line(Key("whole_cost", name), verbatim(name), ledger.currency, note=note), series=cost, add_up=True)
    sheet.workings("capitalised when it comes into use")
    rows = [
        sheet.line(
            Line(Key("capitalised", name), verbatim(name), ledger.currency, note="costs of what arrives"),
            series=call("SUMIFS", Whole(Key("whole_cost", name)), Whole(Key("arrival", name)), Header("number")),
            add_up=True,
        )
        for name in names
    ]
    for asset in (asset for asset in assets if asset.paths):
        new = Spot(Key("fleet_cost", asset.key)) - Spot(Key("fleet_there", asset.key))
        comes = Header("number").compare("=", asset.arrival)
        note = "but for what is a fixed asset already"
        row = Line(Key("capitalised", asset.key), asset.label, ledger.currency, asset.subject, note)
        rows.append(sheet.line(row, series=comes * new, add_up=True))
    label = "all that comes into use"
    sheet.line(Line("capitalised_all", label, ledger.currency, kind="total"), series=total(rows), add_up=True)


def _leaving(sheet: Sheet, assets: list[Asset]) -> None:
    leaving = [
        AssetExits(asset.key, asset.label, asset.exits, asset.units, asset.subject) for asset in assets if asset.exits
    ]
    title = "systems of a lot that leave; value column: systems of the lot"
    lay_exits(sheet, "gone", leaving, "systems of a lot that leave, by site", title)


def _costs(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """The cost of each asset; where systems of it leave, by period the cost of the others."""
    if assets:
        sheet.workings("cost of a lot; by period of the systems that have not left")
    for asset in assets:
        key, stays = Key("cost", asset.key), None
        if asset.exits:
            stays = Now(key, -1) - Spot(key) * Now(Key("gone", asset.key)) / Spot(Key("gone", asset.key))
        note = "additions included"
        before = Spot(key) if asset.exits else None
        row = Line(key, asset.label, ledger.currency, asset.subject, note)
        sheet.line(row, value=asset.cost, opening=before, series=stays)


def _written(sheet: Sheet, assets: list[Asset]) -> None:
    if assets:
        sheet.workings("share of the cost that is written off by the end of the period")
    for asset in assets:
        used = call("MAX", 0, Header("number") + 1 - asset.arrival)
        note = "periods in use x share of one, the whole at most"
        series = call("MIN", 1, used * Spot(asset.pace))
        sheet.line(Line(Key("written", asset.key), asset.label, "share", asset.subject, note), opening=0, series=series)


def _charges(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """Depreciation of what stays, and the book value of what leaves, both before grants."""

    def block(title: str, sum_key: str, sum_label: Text, rows: list[tuple[Asset, Term]], note: str) -> None:
        sheet.workings(title)
        keys = [
            sheet.line(
                Line(Key(sum_key, asset.key), asset.label, ledger.currency, asset.subject, note),
                series=charge,
                add_up=True,
            )
            for asset, charge in rows
        ]
        sheet.line(Line(sum_key, sum_label, ledger.currency, kind="total"), series=total(keys), add_up=True)

    parts = {asset.key: Now(Key("written", asset.key)) - Now(Key("written", asset.key), -1) for asset in assets}
    depreciation = [(asset, Now(Key("cost", asset.key)) * parts[asset.key]) for asset in assets]
    title, note = "depreciation before grants", "cost of what stays x share of the period"
    block(title, "gross_depreciation", "all lots", depreciation, note)
    written_off = [
        (asset, _share_gone(asset) * Spot(Key("cost", asset.key)) * (1 - Now(Key("written", asset.key), -1)))
        for asset in assets
        if asset.exits
    ]
    title, note = "book value of what leaves, before grants", "cost of what leaves x share not yet written off"
    block(title, "gross_written_off", "all lots that leave", written_off, note)


def _share_gone(asset: Asset) -> Term:
    return Now(Key("gone", asset.key)) / Spot(Key("gone", asset.key))
