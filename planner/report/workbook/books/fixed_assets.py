"""Sheet Fixed assets: what stands in the books, and the register of assets that it comes from."""

from __future__ import annotations

from planner.case.programme import CostCategory
from planner.report.lines import pays_in_instalments, writes_off_at_once
from planner.report.workbook.books.book_grants import lay_book_grants
from planner.report.workbook.books.exits import AssetExits, lay_exits
from planner.report.workbook.books.fleet_books import lay_fleet_books
from planner.report.workbook.books.register import Asset, assets_of
from planner.report.workbook.books.rules import Rules
from planner.report.workbook.books.statutory import lay_tables
from planner.report.workbook.books.wear import Wear
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, falling, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import with_additions
from planner.vocabulary.message import Text, say, verbatim

FIXED_ASSETS = Entry(
    "Fixed assets",
    "book value lot by lot: depreciation, what leaves, what grants take off",
    "Written off in a straight line from the period in which it is in use; what leaves is written off at once.",
    years=True,
)

BY_METHOD = "Written off by its method from the period in which it is in use; what leaves is written off at once."


def lay_fixed_assets(ledger: Ledger) -> None:
    """Lays the balances of fixed assets and advances, and then the register."""
    assets, rules, apart = assets_of(ledger), Rules.of(ledger), ledger.case.finance.tax_books_apart
    is_usual = all(rules.is_straight(asset) for asset in assets)
    sheet = ledger.time_sheet(FIXED_ASSETS if is_usual else FIXED_ASSETS._replace(remark=BY_METHOD))
    wear = Wear(ledger, sheet, rules, assets)
    _fixed_assets(ledger, sheet)
    _advances(sheet, in_parts=pays_in_instalments(ledger.case))
    lay_fleet_books(ledger, sheet)
    _paces(ledger, sheet, rules, assets)
    lay_tables(sheet, [(rules, assets), *([(Rules.of_tax(ledger), assets)] if apart else [])])
    wear.lay()
    _capitalised(ledger, sheet, assets)
    _leaving(sheet, assets)
    _costs(sheet, assets)
    _written(sheet, rules, wear, assets)
    _charges(sheet, rules, assets)
    lay_book_grants(ledger, sheet, rules)
    if apart:
        _for_tax(ledger, sheet, assets)


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


def _for_tax(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """Lays the same once more as the books of tax have it: all rows by its rules, and what is left in the end."""
    rules = Rules.of_tax(ledger)
    wear = Wear(ledger, sheet, rules, assets)
    _paces(ledger, sheet, rules, assets)
    wear.lay()
    _written(sheet, rules, wear, assets)
    _charges(sheet, rules, assets)
    lay_book_grants(ledger, sheet, rules)
    sheet.heading("Fixed assets in the books of tax")

    def now(name: str) -> Now:
        return Now(rules.row(name))

    label, note = "tax value at the start", "tax value at the end before"
    sheet.money(rules.row("assets_opening"), label, note, series=Now(rules.row("assets"), -1), by_year="start")
    gone = now("gross_depreciation") - now("relief") + now("gross_written_off") - now("relief_left") + now("taken")
    if writes_off_at_once(ledger.case):
        gone = gone + now("taken_at_once")
    label, note = "taken off for tax in all", "depreciation + written off + reduction, for tax"
    sheet.flow(rules.row("assets_gone"), label, note, series=gone, by_year=True)
    series = now("assets_opening") + Now("capitalised") - now("assets_gone")
    label, note = "tax value at the end", "start + capitalised - taken off"
    if rules.row("basis") in ledger.grid:
        series, note = series - now("basis"), "start + capitalised - taken off - basis taken off by tax credits"
    opening = Spot("books_there")
    sheet.money(rules.row("assets"), label, note, kind="total", opening=opening, series=series, by_year="end")


def _advances(sheet: Sheet, *, in_parts: bool) -> None:
    """What is paid and not yet in use; where some is paid after it is in use, that is taken apart."""
    sheet.heading("Advances: paid for what is not yet in use")
    rolled = "advances_net" if in_parts else "advances"
    label, note = "advances at the start", "advances at the end before"
    if in_parts:
        label, note = "advances less what is still to be paid, at the start", "at the end before"
    sheet.money("advances_opening", label, note, series=Now(rolled, -1), by_year="start")
    sheet.flow("advances_paid", "capital expenditure paid", "see Cash flow", series=Now("capex"), by_year=True)
    sheet.flow("advances_used", "capitalised from advances", "see above", series=Now("capitalised"), by_year=True)
    series = Now("advances_opening") + Now("advances_paid") - Now("advances_used")
    label, note, opening = "advances at the end", "start + paid - capitalised", Spot("books_coming")
    if not in_parts:
        sheet.money("advances", label, note, kind="total", opening=opening, series=series, by_year="end")
        return
    words = "advances less what is still to be paid, at the end"
    sheet.money("advances_net", words, note, kind="total", opening=opening, series=series, by_year="end")
    words, owed = "still to be paid for what is in use", Now("unpaid")
    sheet.money("advances_owed", words, "see Cash flow", opening=owed, series=owed, by_year="end")
    held = Now("advances_net") + Now("advances_owed")
    sheet.money("advances", label, "sum of the two", kind="total", opening=held, series=held, by_year="end")


def _paces(ledger: Ledger, sheet: Sheet, rules: Rules, assets: list[Asset]) -> None:
    """How fast each kind of asset is written off in a straight line; what stood there before the plan over the rest of
    its life."""
    fleets = [asset for asset in assets if asset.paths and rules.is_straight(asset)]
    if fleets:
        sheet.workings(rules.title("months of life left of systems without an order"))
    for asset in fleets:
        early = call("MAX", 0, Spot("time.month", 0) - Spot(Key("month", asset.paths[0])))
        left = call("MAX", 0, Spot(rules.life(asset)) - early)
        note = "life - age at the start of the horizon"
        sheet.line(rules.key("life", asset.key), asset.label, "months", note, asset.subject, value=left)
    lives = _lives(ledger, rules)
    if lives or fleets:
        sheet.workings(rules.title("share of the cost that is written off in one period"))
    for name, path in lives.items():
        label = verbatim(name) if name in ledger.case.expansions else say(name)
        _pace(sheet, rules.key("pace", name), label, "", Spot(path))
    for asset in fleets:
        _pace(sheet, rules.pace(asset), asset.label, asset.subject, Spot(rules.key("life", asset.key)))


def _lives(ledger: Ledger, rules: Rules) -> dict[str, str]:
    """Where the life of each kind stands that is written off in a straight line."""
    kinds: tuple[CostCategory, ...] = ("systems", "additions", "facility")
    if not ledger.case.finance.additions_apart:
        kinds = ("systems", "facility")
    straight = [kind for kind in kinds if rules.said.of(kind).method == "straight_line"]
    found: dict[str, str] = {kind: rules.life_of(kind) for kind in straight}
    for name in ledger.choices.expansions:
        if ledger.case.expansions[name].depreciation_life is not None and "facility" in straight:
            found[name] = f"expansions.{name}.depreciation_life"
    return found


def _pace(sheet: Sheet, key: RowKey, label: Text, subject: Text, life: Term) -> None:
    pace = call("IF", life.compare("=", 0), 1, Spot("calendar.period") / life)
    sheet.line(key, label, "share", "months in a period / life", subject, value=pace)


def _capitalised(ledger: Ledger, sheet: Sheet, assets: list[Asset]) -> None:
    """What comes into use, at its whole cost as paid."""
    names = [*ledger.choices.offers, *ledger.choices.expansions]
    if names:
        sheet.workings("whole cost of what is ordered, additions included, by period of the order or start")
    for name in names:
        cost = times(Now(Key("ordered", name)), Now(Key("unit_cost", name)), with_additions(ledger, name))
        sheet.flow(Key("whole_cost", name), verbatim(name), "units x cost as paid", series=cost)
    sheet.workings("capitalised when it comes into use")
    rows = [
        sheet.flow(
            Key("capitalised", name),
            verbatim(name),
            "costs of what arrives",
            series=falling(Key("whole_cost", name), Key("arrival", name)),
        )
        for name in names
    ]
    for asset in (asset for asset in assets if asset.paths):
        new = Spot(Key("fleet_cost", asset.key)) - Spot(Key("fleet_there", asset.key))
        comes = Header("number").compare("=", asset.arrival)
        note = "but for what is a fixed asset already"
        rows.append(sheet.flow(Key("capitalised", asset.key), asset.label, note, asset.subject, series=comes * new))
    sheet.flow("capitalised_all", "all that comes into use", kind="total", series=total(rows))


def _leaving(sheet: Sheet, assets: list[Asset]) -> None:
    leaving = [
        AssetExits(asset.key, asset.label, asset.exits, asset.units, asset.subject, asset.retires)
        for asset in assets
        if asset.leaves
    ]
    title = "systems of a lot that leave; value column: systems of the lot"
    lay_exits(sheet, "gone", leaving, "systems of a lot that leave, by site", title)


def _costs(sheet: Sheet, assets: list[Asset]) -> None:
    """The cost of each asset; where systems of it leave, by period the cost of the others."""
    if assets:
        sheet.workings("cost of a lot; by period of the systems that have not left")
    for asset in assets:
        key, stays = Key("cost", asset.key), None
        if asset.leaves:
            stays = Now(key, -1) - Spot(key) * Now(Key("gone", asset.key)) / Spot(Key("gone", asset.key))
        before = Spot(key) if asset.leaves else None
        sheet.money(
            key, asset.label, "additions included", asset.subject, value=asset.cost, opening=before, series=stays
        )


def _written(sheet: Sheet, rules: Rules, wear: Wear, assets: list[Asset]) -> None:
    if assets:
        sheet.workings(rules.title("share of the cost that is written off by the end of the period"))
    for asset in assets:
        note, key = "periods in use x share of one, the whole at most", rules.key("written", asset.key)
        if rules.is_straight(asset):
            series = call("MIN", 1, call("MAX", 0, Header("number") + 1 - asset.arrival) * Spot(rules.pace(asset)))
        else:
            note, series = "of what was left before the horizon, by its method", wear.written(asset)
        sheet.line(key, asset.label, "share", note, asset.subject, opening=0, series=series)


def _charges(sheet: Sheet, rules: Rules, assets: list[Asset]) -> None:
    """Depreciation of what stays, and the book value of what leaves, both before grants."""

    def block(title: str, sum_key: str, sum_label: Text, rows: list[tuple[Asset, Term]], note: str) -> None:
        sheet.workings(rules.title(title))
        keys = [
            sheet.flow(rules.key(sum_key, asset.key), asset.label, note, asset.subject, series=charge)
            for asset, charge in rows
        ]
        sheet.flow(rules.row(sum_key), sum_label, kind="total", series=total(keys))

    written = {asset.key: rules.key("written", asset.key) for asset in assets}
    parts = {key: Now(row) - Now(row, -1) for key, row in written.items()}
    depreciation = [(asset, Now(Key("cost", asset.key)) * parts[asset.key]) for asset in assets]
    title, note = "depreciation before grants", "cost of what stays x share of the period"
    block(title, "gross_depreciation", "all lots", depreciation, note)
    gone = {one.key: Now(Key("gone", one.key)) / Spot(Key("gone", one.key)) for one in assets if one.leaves}
    written_off = [
        (asset, gone[asset.key] * Spot(Key("cost", asset.key)) * (1 - Now(written[asset.key], -1)))
        for asset in assets
        if asset.leaves
    ]
    title, note = "book value of what leaves, before grants", "cost of what leaves x share not yet written off"
    block(title, "gross_written_off", "all lots that leave", written_off, note)
