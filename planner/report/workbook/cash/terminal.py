"""Workings of the cash flow: the terminal value of what is still installed at the end of the horizon."""

from __future__ import annotations

from planner.report.workbook.cash.contingent_clawback import lay_contingent_clawback
from planner.report.workbook.cash.property_tax_paid import OWED
from planner.report.workbook.cash.resale import at_price_when_new, by_terms, kinds_of, lay_share, own_terms
from planner.report.workbook.cash.total_contingent_clawback import lay_total_contingent_clawback
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, Stack, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.physical.placements import arrival_words, fleets, systems_placed
from planner.report.workbook.programmes.aid import net_key
from planner.vocabulary.message import Text, about, say, verbatim

END = Spot("time.end_month")
"""Number of the first month after the horizon."""
RATE = Spot("finance.discount_rate")


def lay_terminal(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the terminal value: systems as good as new, by source, less what exited; then blocks of expansions."""
    _ages(ledger, sheet)
    sheet.workings("systems at the end, counted as new ones: arrivals less exits, each x its share")
    as_new = {system: _as_new(ledger, sheet, system) for system in systems_placed(ledger)}
    lives = _block_shares(ledger, sheet)
    owed = lay_contingent_clawback(ledger, sheet)
    sheet.workings("terminal value")
    keys: list[RowKey] = []
    for system, rows in as_new.items():
        value = at_price_when_new(ledger, system, call("SUM", Stack(tuple(rows), VALUE)), -1)
        keys.append(sheet.money(Key("terminal", system), verbatim(system), "as new x price when new", value=value))
    keys += lay_total_contingent_clawback(ledger, sheet, owed)
    for name in lives:
        value = call(
            "SUMPRODUCT", Whole(Key("ordered", name)), Whole(Key("unit_cost", name)), Whole(Key("remains", name))
        )
        keys.append(sheet.money(Key("terminal", name), verbatim(name), "cost x share that remains", value=value))
        keys += _less_grants(ledger, sheet, name)
    label, note = "terminal value, at the end of the horizon", "counted where the case says so"
    figure = (call("SUM", Stack(tuple(keys), VALUE)) if keys else Literal(0)) * Spot("finance.terminal_value")
    if not_yet_due := OWED.laid(ledger):
        value = call("SUM", Stack(not_yet_due, VALUE))
        words = "less property tax that is not yet due"
        figure = figure - Spot(sheet.money("property_tax_owed", words, "counted in any case", value=value))
    sheet.money("terminal_value", label, note, kind="total", value=figure)


def _less_grants(ledger: Ledger, sheet: Sheet, name: str) -> list[Key]:
    """What grants paid of a block is not left at the end: only the operator's own part of the cost is."""
    return [
        sheet.money(
            Key("terminal", name, programme),
            about(name, say("less grants of {programme}", programme=programme)),
            "grants x share that remains",
            value=0 - call("SUMPRODUCT", Whole(net_key(ledger, programme, name, site)), Whole(Key("remains", name))),
        )
        for programme, claimed, site in ledger.choices.claims
        if claimed == name and ledger.case.programmes[programme].aid.is_paid_out
    ]


def _ages(ledger: Ledger, sheet: Sheet) -> None:
    sheet.workings("age at the end of the horizon, and what a system of that age fetches")
    sheet.line(Key("old", "end"), "arrived in the period: age at the end", "months", series=END - Now("time.month"))
    words = "share of the price when new"
    for own, system in kinds_of(ledger, systems_placed(ledger) or [*ledger.case.systems][:1]).items():
        label: Text = about(own, words) if own else words
        lay_share(ledger, sheet, by_terms("fetches", own, "end"), label, system, series=Now(Key("old", "end")))
    for path, (site, fleet) in fleets(ledger).items():
        age, label = END - Spot(Key("month", path)), say("{system} under contract", system=fleet.system)
        old, subject, at_end = Key("old", path), at_site(fleet.system, site), about(label, "share at the end")
        sheet.line(old, about(label, "age at the end"), "months", subject=subject, value=age)
        lay_share(ledger, sheet, Key("fetches", path), at_end, fleet.system, subject=subject, value=Spot(old))


def _as_new(ledger: Ledger, sheet: Sheet, system: str) -> list[Key]:
    """One row for each source of a system, and for each vintage that exits."""
    choices, rows = ledger.choices, []

    def add(key: RowKey, label: Text, site: str, value: Term) -> None:
        rows.append(sheet.line(Key("new", key), label, "systems as new", subject=at_site(system, site), value=value))

    for offer, site in choices.orders:
        if ledger.case.offers[offer].system == system:
            fetches = Whole(by_terms("fetches", own_terms(ledger, system), "end"))
            value = call("SUMPRODUCT", Whole(Key("delivery", offer, site)), fetches)
            add(Key(offer, site), say("{system} through {offer}", system=system, offer=offer), site, value)
    for path, (site, fleet) in fleets(ledger).items():
        if fleet.system == system:
            inside = Spot(Key("number", path)).compare("<=", Spot("time.periods"))
            label = say("{system} under contract", system=system)
            add(path, label, site, Spot(f"{path}.quantity") * inside * Spot(Key("fetches", path)))
    for vintage in choices.exits:
        if vintage.system == system:
            exits, arrival = Key("exit", *vintage), vintage.arrival
            gone = Spot(exits) * Spot(by_terms("fetches", own_terms(ledger, system), arrival.month))
            label = say("less exits of what arrived {vintage}", vintage=arrival_words(arrival))
            add(exits, label, vintage.site, 0 - gone)
    return rows


def _block_shares(ledger: Ledger, sheet: Sheet) -> list[str]:
    """Blocks lose their value over their life, from the period in which they are ready."""
    expansions = ledger.case.expansions
    names = [name for name in ledger.choices.expansions if expansions[name].terminal_life is not None]
    if names:
        sheet.workings("share of the cost of blocks that remains at the end, by period of their start")
    for name in names:
        used = (Spot("time.periods") - Now(Key("arrival", name)) + 1) * Spot("calendar.period")
        sheet.line(Key("used", name), about(name, "months in use"), "months", "from ready to the end", series=used)
        if expansions[name].terminal_method == "annuity":
            _annuity(sheet, name)
            continue
        series = call("MAX", 0, 1 - Now(Key("used", name)) / Spot(f"expansions.{name}.terminal_life"))
        sheet.line(Key("remains", name), about(name, "share that remains"), "share", "1 - months / life", series=series)
    return names


def _annuity(sheet: Sheet, name: str) -> None:
    """What is left by the annuity method: equal payments that are still to come, against those of a whole life."""
    life = Spot(f"expansions.{name}.terminal_life")
    rate = Spot(sheet.line(Key("annuity_rate", name), about(name, "rate"), "share per year", "see Inputs", value=RATE))

    def worth(years: Term) -> Term:
        return call("IF", rate.compare("=", 0), years, (1 - (1 + rate) ** (0 - years)) / rate)

    years = Spot(sheet.line(Key("life_years", name), about(name, "years of the life"), "years", value=life / 12))
    words, note = about(name, "one yearly payment over the life is worth"), "(1 - (1 + rate) ^ -years) / rate"
    whole = Spot(sheet.line(Key("annuity", name), words, "ratio", note, value=worth(years)))
    words, note = about(name, "years left"), "(life - months in use) / 12"
    series = call("MAX", 0, (life - Now(Key("used", name))) / 12)
    left = Now(sheet.line(Key("years_left", name), words, "years", note, series=series))
    words, note = about(name, "one yearly payment over the years left is worth"), "(1 - (1 + rate) ^ -years) / rate"
    there = Now(sheet.line(Key("annuity_left", name), words, "ratio", note, series=worth(left)))
    words, note = about(name, "share that remains"), "of the years left / of the life"
    sheet.line(Key("remains", name), words, "share", note, series=there / whole)
