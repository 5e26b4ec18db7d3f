"""Sheet Fixed assets: what stands in the books, and the register of lots that it comes from."""

from __future__ import annotations

from planner.report.lines import writes_off_at_once
from planner.report.workbook.books.book_grants import lay_book_grants
from planner.report.workbook.books.fleet_books import lay_fleet_books
from planner.report.workbook.books.leavers import Leavers, lay_leavers
from planner.report.workbook.books.lots import Lot, lots_of
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, Whole, total
from planner.report.workbook.engine.sheet import Sheet
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
    lots = lots_of(ledger)
    _fixed_assets(ledger, sheet)
    _advances(sheet)
    lay_fleet_books(ledger, sheet)
    _paces(ledger, sheet, lots)
    _capitalised(ledger, sheet, lots)
    _leaving(sheet, lots)
    _costs(sheet, lots)
    _written(sheet, lots)
    _charges(sheet, lots)
    lay_book_grants(ledger, sheet)


def _fixed_assets(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Fixed assets")
    label, note = "book value at the start", "book value at the end before"
    sheet.money("assets_opening", label, note, series=Now("assets", -1), by_year="start")
    sheet.flow("capitalised", "capitalised", "what comes into use", series=Now("capitalised_all"), by_year=True)
    depreciation = Now("gross_depreciation") - Now("relief")
    sheet.flow("depreciation", "depreciation", "less what grants took off before", series=depreciation, by_year=True)
    written_off = Now("gross_written_off") - Now("relief_left")
    sheet.flow("written_off", "written off", "book value of systems that leave", series=written_off, by_year=True)
    sheet.flow(
        "compression", "reduction of book value by grants", "when they are paid", series=Now("taken"), by_year=True
    )
    taken, words = ["depreciation", "written_off", "compression"], "depreciation + written off + reduction"
    if writes_off_at_once(ledger.case):
        sheet.flow(
            "special_depreciation", "special depreciation", "on delivery", series=Now("taken_at_once"), by_year=True
        )
        taken, words = [*taken, "special_depreciation"], "depreciation + written off + reduction + special depreciation"
    sheet.flow("assets_gone", "taken off in all", words, series=call("SUM", Stack(tuple(taken))), by_year=True)
    series = Now("assets_opening") + Now("capitalised") - Now("assets_gone")
    label, note = "book value at the end", "start + capitalised - taken off"
    sheet.money("assets", label, note, kind="total", opening=Spot("books_there"), series=series, by_year="end")


def _advances(sheet: Sheet) -> None:
    sheet.heading("Advances: paid for what is not yet in use")
    label, note = "advances at the start", "advances at the end before"
    sheet.money("advances_opening", label, note, series=Now("advances", -1), by_year="start")
    sheet.flow("advances_paid", "capital expenditure paid", "see Cash flow", series=Now("capex"), by_year=True)
    sheet.flow("advances_used", "capitalised from advances", "see above", series=Now("capitalised"), by_year=True)
    series = Now("advances_opening") + Now("advances_paid") - Now("advances_used")
    label, note = "advances at the end", "start + paid - capitalised"
    sheet.money("advances", label, note, kind="total", opening=Spot("books_coming"), series=series, by_year="end")


def _paces(ledger: Ledger, sheet: Sheet, lots: list[Lot]) -> None:
    """How fast each kind of lot is written off; what stood there before the plan over the rest of its life."""
    fleets = [lot for lot in lots if lot.paths]
    if fleets:
        sheet.workings("months of life left of systems without an order")
    for lot in fleets:
        early = call("MAX", 0, Spot("time.month", 0) - Spot(Key("month", lot.paths[0])))
        left = call("MAX", 0, Spot("finance.depreciation.systems") - early)
        note = "life - age at the start of the horizon"
        sheet.line(Key("life", lot.key), lot.label, "months", note, lot.subject, value=left)
    sheet.workings("share of the cost that is written off in one period")
    lives = {"systems": "finance.depreciation.systems", "facility": "finance.depreciation.facility"}
    for name in ledger.choices.expansions:
        if ledger.case.expansions[name].depreciation_life is not None:
            lives[name] = f"expansions.{name}.depreciation_life"
    for name, path in lives.items():
        label = verbatim(name) if name in ledger.case.expansions else say(name)
        _pace(sheet, Key("pace", name), label, "", Spot(path))
    for lot in fleets:
        _pace(sheet, lot.pace, lot.label, lot.subject, Spot(Key("life", lot.key)))


def _pace(sheet: Sheet, key: RowKey, label: Text, subject: Text, life: Term) -> None:
    pace = call("IF", life.compare("=", 0), 1, Spot("calendar.period") / life)
    sheet.line(key, label, "share", "months in a period / life", subject, value=pace)


def _capitalised(ledger: Ledger, sheet: Sheet, lots: list[Lot]) -> None:
    """What comes into use, at its whole cost as paid."""
    names = [*ledger.choices.offers, *ledger.choices.expansions]
    if names:
        sheet.workings("whole cost of what is ordered, additions included, by period of the order or start")
    for name in names:
        share = additions_key(ledger, name) if name in ledger.case.offers else None
        cost = times(Now(Key("ordered", name)), Now(Key("unit_cost", name)), 1 + Spot(share) if share else None)
        sheet.flow(Key("whole_cost", name), verbatim(name), "units x cost as paid", series=cost)
    sheet.workings("capitalised when it comes into use")
    rows = [
        sheet.flow(
            Key("capitalised", name),
            verbatim(name),
            "costs of what arrives",
            series=call("SUMIFS", Whole(Key("whole_cost", name)), Whole(Key("arrival", name)), Header("number")),
        )
        for name in names
    ]
    for lot in (lot for lot in lots if lot.paths):
        new = Spot(Key("fleet_cost", lot.key)) - Spot(Key("fleet_there", lot.key))
        comes = Header("number").compare("=", lot.arrival)
        note = "but for what is a fixed asset already"
        rows.append(sheet.flow(Key("capitalised", lot.key), lot.label, note, lot.subject, series=comes * new))
    sheet.flow("capitalised_all", "all that comes into use", kind="total", series=total(rows))


def _leaving(sheet: Sheet, lots: list[Lot]) -> None:
    leaving = [Leavers(lot.key, lot.label, lot.exits, lot.units, lot.subject) for lot in lots if lot.exits]
    title = "systems of a lot that leave; value column: systems of the lot"
    lay_leavers(sheet, "gone", leaving, "systems of a lot that leave, by site", title)


def _costs(sheet: Sheet, lots: list[Lot]) -> None:
    """The cost of each lot; where systems of it leave, by period the cost of the others."""
    if lots:
        sheet.workings("cost of a lot; by period of the systems that have not left")
    for lot in lots:
        key, stays = Key("cost", lot.key), None
        if lot.exits:
            stays = Now(key, -1) - Spot(key) * Now(Key("gone", lot.key)) / Spot(Key("gone", lot.key))
        before = Spot(key) if lot.exits else None
        sheet.money(key, lot.label, "additions included", lot.subject, value=lot.cost, opening=before, series=stays)


def _written(sheet: Sheet, lots: list[Lot]) -> None:
    if lots:
        sheet.workings("share of the cost that is written off by the end of the period")
    for lot in lots:
        note = "periods in use x share of one, the whole at most"
        series = call("MIN", 1, call("MAX", 0, Header("number") + 1 - lot.arrival) * Spot(lot.pace))
        sheet.line(Key("written", lot.key), lot.label, "share", note, lot.subject, opening=0, series=series)


def _charges(sheet: Sheet, lots: list[Lot]) -> None:
    """Depreciation of what stays, and the book value of what leaves, both before grants."""

    def block(title: str, sum_key: str, sum_label: Text, rows: list[tuple[Lot, Term]], note: str) -> None:
        sheet.workings(title)
        keys = [sheet.flow(Key(sum_key, lot.key), lot.label, note, lot.subject, series=charge) for lot, charge in rows]
        sheet.flow(sum_key, sum_label, kind="total", series=total(keys))

    parts = {lot.key: Now(Key("written", lot.key)) - Now(Key("written", lot.key), -1) for lot in lots}
    depreciation = [(lot, Now(Key("cost", lot.key)) * parts[lot.key]) for lot in lots]
    title, note = "depreciation before grants", "cost of what stays x share of the period"
    block(title, "gross_depreciation", "all lots", depreciation, note)
    gone = {lot.key: Now(Key("gone", lot.key)) / Spot(Key("gone", lot.key)) for lot in lots if lot.exits}
    written_off = [
        (lot, gone[lot.key] * Spot(Key("cost", lot.key)) * (1 - Now(Key("written", lot.key), -1)))
        for lot in lots
        if lot.exits
    ]
    title, note = "book value of what leaves, before grants", "cost of what leaves x share not yet written off"
    block(title, "gross_written_off", "all lots that leave", written_off, note)
