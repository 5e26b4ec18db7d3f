"""Workings of the cash flow: property tax, from when it is assessed and due to what is assessed at each site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.report.workbook.cash.property_tax_paid import (
    OWED,
    PAID,
    PRIOR,
    instalments,
    priors,
    tax_path,
    taxed_sites,
)
from planner.report.workbook.cash.spared_tax import lay_spared
from planner.report.workbook.cash.taxed_lots import Lot, lots_at
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, Whole, less, period_holding, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Part, Term, call
from planner.vocabulary.message import Message, Text, about, say, verbatim


def lay_property_tax(ledger: Ledger, sheet: Sheet) -> None:
    """Lays dates and instalments of each property tax, what is assessed site by site, and what is paid of it."""
    sites = taxed_sites(ledger)
    for name in dict.fromkeys(sites.values()):
        _dates(ledger, sheet, name)
        if any(priors(ledger, site) for site, tax in sites.items() if tax == name):
            _dates_before(ledger, sheet, name)
    _reduction_rates(ledger, sheet, sites)
    for site, name in sites.items():
        _assessed(ledger, sheet, site, name)
    PAID.lay(ledger, sheet)
    OWED.lay(ledger, sheet)


def _month_of_year(start: Part, name: str) -> Term:
    """Months from the start of a period to the next start of a month in which is assessed."""
    own, month = Spot(tax_path(name, "assessed_in")), call("MONTH", start)
    return own - month + 12 * own.compare("<", month)


def _dates(ledger: Ledger, sheet: Sheet, name: str) -> None:
    sheet.workings(say("property tax {name}: months of assessment and of payment", name=name))
    label: Text = "months until a month in which is assessed"
    series = _month_of_year(Header("start"), name)
    until = Now(sheet.line(Key("until_assessed", name), label, "months", "from the start of the period", series=series))
    inside = until.compare("<", Spot("calendar.period"))
    label, note = "month at whose start is assessed", "none: 0; counted from the start of the horizon"
    series = call("IF", inside, Now("time.first_month") + until, 0)
    sheet.line(Key("assessed_month", name), label, "month number", note, series=series)
    for j in PRIOR:
        first = _month_of_year(Spot("calendar.start"), name) + 1
        value = (first if j == 1 else Spot(Key("prior_month", name, j - 1))) - 12
        label = say("assessment {number} before the horizon, in month", number=j)
        sheet.line(Key("prior_month", name, j), label, "month number", "12 months earlier", value=value)
    for n in instalments(ledger, name):
        month = Now(Key("assessed_month", name))
        due = call("IF", month.compare("=", 0), 0, month + Spot(tax_path(name, "instalments", n, "lag")))
        label = say("instalment {number} is due in month", number=n + 1)
        sheet.line(Key("property_due", name, n), label, "month number", "month of assessment + lag", series=due)
    for n in instalments(ledger, name):
        series = period_holding(Now(Key("property_due", name, n)))
        label = say("instalment {number} is due in period", number=n + 1)
        sheet.line(Key("property_due_period", name, n), label, "period", "the one that holds that month", series=series)
    table = ledger.case.finance.property_taxes[name].assessed_shares
    for n in range(len(table)):
        label, share = say("share of the cost at assessment {number}", number=n + 1), Spot(_table_path(name, n))
        sheet.line(Key("assessed_share", name, n), label, "share", "see Inputs", value=share)


def _dates_before(ledger: Ledger, sheet: Sheet, name: str) -> None:
    """Lays when the instalments of the assessments before the horizon are due."""
    sheet.workings(say("property tax {name}: when assessments before the horizon are paid", name=name))
    places = [(n, j) for n in instalments(ledger, name) for j in PRIOR]
    for n, j in places:
        due = Spot(Key("prior_month", name, j)) + Spot(tax_path(name, "instalments", n, "lag"))
        label = say("instalment {number} of assessment {assessment}, in month", number=n + 1, assessment=j)
        sheet.line(Key("property_due", name, n, j), label, "month number", "month of assessment + lag", value=due)
    for n, j in places:
        due = period_holding(Spot(Key("property_due", name, n, j)))
        label = say("instalment {number} of assessment {assessment}, in period", number=n + 1, assessment=j)
        sheet.line(Key("property_due_period", name, n, j), label, "period", "the one that holds that month", value=due)


def _table_path(name: str, n: int) -> str:
    return tax_path(name, "assessed_shares", n, "share")


def _reduction_rates(ledger: Ledger, sheet: Sheet, sites: dict[str, str]) -> None:
    """By which share values fall each year, by life; to three decimals, as the statutory table has them."""
    statutory = [site for site, name in sites.items() if _valuation(ledger, name) == "japan"]
    lives = dict.fromkeys(lot.life for site in statutory for lot in lots_at(ledger, site))
    if lives:
        sheet.workings("statutory reduction rate of a year, by life")
    for life in lives:
        left = Spot("constants.left_after_life") ** (12 / Spot(life))
        value = call("IF", Spot(life).compare("=", 0), 1, call("ROUND", 1 - left, 3))
        note = "1 - share left after the life ^ (12 / life)"
        sheet.line(Key("reduction", life), _words_of(life), "share", note, value=value)


def _words_of(life: str) -> Message:
    """What has a life that stands there on Inputs."""
    group, name, field = life.split(".", 1)[0], life.split(".", 1)[1].rpartition(".")[0], life.rpartition(".")[2]
    return say(field) if group == "finance" else verbatim(name)


def _valuation(ledger: Ledger, name: str) -> str:
    return ledger.case.finance.property_taxes[name].valuation


def _assessed(ledger: Ledger, sheet: Sheet, site: str, name: str) -> None:
    """What is assessed at a site at each date, lot by lot, and the tax on it."""
    lots = lots_at(ledger, site)
    sheet.workings(say("property tax at {site}: month of arrival of a lot", site=site))
    for lot in lots:
        note = "counted from the start of the horizon"
        sheet.line(Key("lot_came", lot.key), lot.label, "month number", note, value=lot.came)
    lots = [replace(lot, came=Spot(Key("lot_came", lot.key))) for lot in lots]
    month = Now(Key("assessed_month", name))
    sheet.workings(say("property tax at {site}: which assessment it is of a lot, from the first on", site=site))
    for lot in lots:
        series = _number(month, lot)
        sheet.line(Key("assessment", lot.key), lot.label, "number", "years since arrival, begun", series=series)
    _what_has_left(sheet, site, lots, month)
    sheet.workings(say("property tax at {site}: cost of a lot", site=site))
    for lot in lots:
        sheet.money(Key("lot_cost", lot.key), lot.label, "as paid, before grants", value=lot.cost)
    sheet.workings(say("property tax at {site}: share of the cost by age, before the least share", site=site))
    for lot in lots:
        series = _share(ledger, name, lot, Now(Key("assessment", lot.key)), month)
        sheet.line(Key("lot_part", lot.key), lot.label, "share", "by its age", series=series)
    sheet.workings(say("property tax at {site}: share of the cost that is assessed", site=site))
    for lot in lots:
        series = _at_least(name, Now(Key("assessment", lot.key)), Now(Key("lot_part", lot.key)))
        note = "at least the least share, once it is assessed"
        sheet.line(Key("lot_share", lot.key), lot.label, "share", note, series=series)
    bought = [lot for lot in lots if lot.is_bought]
    if bought:
        sheet.workings(say("property tax at {site}: share of the value that relief leaves", site=site))
    for lot in bought:
        early = Now(Key("assessment", lot.key)).compare("<=", Spot(tax_path(name, "relief_years")))
        series, note = 1 - Spot(tax_path(name, "relief")) * early, "1 - relief, in its years"
        sheet.line(Key("after_relief", lot.key), lot.label, "share", note, series=series)
    spared = lay_spared(ledger, sheet, site, lots, month)
    sheet.workings(say("property tax at {site}: value that is assessed", site=site))
    rows = []
    for lot in lots:
        stays: Term = Spot(Key("lot_cost", lot.key))
        if lot.exits is not None:
            stays = stays * (1 - Now(Key("left_before", lot.key)) / lot.units)
        if lot.retires is not None:
            stays = stays * Now(Key("still_there", lot.key))
        assessed: Term = stays * Now(Key("lot_share", lot.key))
        if lot.is_bought:
            assessed = assessed * Now(Key("after_relief", lot.key))
        note = "cost of what stands x share of its age"
        if lot.key in spared:
            note = "cost of what stands x share of its age, less what is spared"
            assessed = less(assessed, spared[lot.key])
        rows.append(sheet.money(Key("assessed_value", lot.key), lot.label, note, series=assessed))
    rate = tax_path(name, "rate")
    label, series = say("property tax assessed at {site}", site=site), total(rows) * Now(rate)
    sheet.flow(Key("property_assessed", site), label, "value x rate", kind="total", series=series)
    _assessed_before(ledger, sheet, site, name, lots)


def _what_has_left(sheet: Sheet, site: str, lots: Sequence[Lot], month: Term) -> None:
    """What of each lot left before a day of assessment, and whether blocks that retire still stand there then."""
    leaving = [lot for lot in lots if lot.exits is not None]
    if leaving:
        sheet.workings(say("property tax at {site}: systems of a lot that left before that day", site=site))
    for lot in leaving:
        assert lot.exits is not None
        series = call("SUMPRODUCT", Whole(lot.exits) * Whole("time.first_month").compare("<", month))
        sheet.line(Key("left_before", lot.key), lot.label, "systems", "exits of earlier periods", series=series)
    retiring = [lot for lot in lots if lot.retires is not None]
    if retiring:
        sheet.workings(say("property tax at {site}: whether blocks have not retired before that day", site=site))
    for lot in retiring:
        assert lot.retires is not None
        series, note = lot.retires.compare(">=", month) * 1, "1: they stand there; what retires on the day is assessed"
        sheet.line(Key("still_there", lot.key), lot.label, "yes = 1", note, series=series)


def _assessed_before(ledger: Ledger, sheet: Sheet, site: str, name: str, lots: Sequence[Lot]) -> None:
    """The same at the dates before the horizon, of what stood there: instalments of it fall into the horizon."""
    there = [lot for lot in lots if lot.stood_before]
    if not there:
        return
    for j in PRIOR:
        month = Spot(Key("prior_month", name, j))
        sheet.workings(say("property tax at {site}: assessment {number} before the horizon", site=site, number=j))
        for lot in there:
            label = about(lot.label, "which assessment it is")
            sheet.line(Key("assessment", j, lot.key), label, "number", value=_number(month, lot))
        for lot in there:
            part = _share(ledger, name, lot, Spot(Key("assessment", j, lot.key)), month)
            label = about(lot.label, "share before the least share")
            sheet.line(Key("lot_part", j, lot.key), label, "share", "by its age", value=part)
        for lot in there:
            share = _at_least(name, Spot(Key("assessment", j, lot.key)), Spot(Key("lot_part", j, lot.key)))
            label, note = about(lot.label, "share"), "at least the least share, once it is assessed"
            sheet.line(Key("lot_share", j, lot.key), label, "share", note, value=share)
        for lot in there:
            value = Spot(Key("lot_cost", lot.key)) * Spot(Key("lot_share", j, lot.key))
            label, note = about(lot.label, "value that is assessed"), "cost x share of its age"
            sheet.money(Key("assessed_value", j, lot.key), label, note, value=value)
    sheet.workings(say("property tax at {site}: assessed before the horizon", site=site))
    for j in PRIOR:
        rows = tuple(Key("assessed_value", j, lot.key) for lot in there)
        value = call("SUM", Stack(rows, VALUE)) * Spot(tax_path(name, "rate"), 0)
        label = say("assessment {number} before the horizon", number=j)
        sheet.money(Key("property_assessed", j, site), label, "value x rate", value=value)


def _number(month: Term, lot: Lot) -> Term:
    """Which assessment of a lot falls into a month, counted from the first; nothing before it came."""
    after = (lot.came - month) / 12
    return call("IF", month.compare(">", lot.came), 0 - call("INT", after), 0)


def _share(ledger: Ledger, name: str, lot: Lot, number: Term, month: Term) -> Term:
    """The share of the cost of a lot by its age, before the least share and any relief."""
    valuation = _valuation(ledger, name)
    if valuation == "straight_line":
        life = Spot(lot.life)
        return call("IF", life.compare("=", 0), 0, 1 - (month - lot.came) / life)
    if valuation == "japan":
        falls = Spot(Key("reduction", lot.life))
        share = (1 - falls * Spot("constants.first_year_part")) * (1 - falls) ** (number - 1)
    else:
        shares = range(len(ledger.case.finance.property_taxes[name].assessed_shares))
        table = Stack(tuple(Key("assessed_share", name, n) for n in shares), VALUE)
        share = call("INDEX", table, call("MIN", number, call("COUNT", table)))
    return call("IF", number.compare("=", 0), 0, share)


def _at_least(name: str, number: Term, share: Term) -> Term:
    """The share of the cost of a lot that is assessed: never below the least one, and none before it is assessed."""
    return call("IF", number.compare("=", 0), 0, call("MAX", share, Spot(tax_path(name, "least_share"))))
