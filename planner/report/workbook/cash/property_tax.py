"""Workings of the cash flow: property tax, from what is assessed at each site to what is paid and still owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.report.workbook.cash.taxed_lots import Lot, lots_at
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, Whole, falling, period_holding, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Part, Term, call
from planner.vocabulary.message import Message, Text, about, say, verbatim

PRIOR = (1, 2)
"""Assessments before the horizon of which instalments may fall into it: lags are less than two years."""


def taxed_sites(ledger: Ledger) -> dict[str, str]:
    """The property tax of each site at which something is assessed."""
    named = {name: place.property_tax for name, place in ledger.case.sites.items()}
    return {site: tax for site, tax in named.items() if tax is not None and lots_at(ledger, site)}


def tax_path(name: str, *field: object) -> str:
    """Where a figure of a property tax stands on Inputs."""
    return ".".join(str(part) for part in ("finance", "property_taxes", name, *field))


def instalments(ledger: Ledger, name: str) -> range:
    """Numbers of the instalments of a property tax."""
    return range(len(ledger.case.finance.property_taxes[name].instalments))


def paid_rows(ledger: Ledger) -> list[RowKey]:
    """Rows that add up to the property tax of a period."""
    return [
        Key("property_paid", site, n) for site, tax in taxed_sites(ledger).items() for n in instalments(ledger, tax)
    ]


def lay_property_tax(ledger: Ledger, sheet: Sheet) -> None:
    """Lays dates and instalments of each property tax, what is assessed site by site, and what is paid of it."""
    sites = taxed_sites(ledger)
    for name in dict.fromkeys(sites.values()):
        _dates(ledger, sheet, name)
    _reduction_rates(ledger, sheet, sites)
    for site, name in sites.items():
        _assessed(ledger, sheet, site, name)
    if sites:
        sheet.workings("property tax paid, by site and instalment")
    for site, name in sites.items():
        for n in instalments(ledger, name):
            due = Key("property_due_period", name, n)
            when: list[tuple[int, Term]] = [
                (j, period_holding(_prior_due(name, j, n)).compare("=", Header("number")))
                for j in _priors(ledger, site)
            ]
            series = instalment(site, name, n, falling(Key("property_assessed", site), due), when)
            label = say("instalment {number}", number=n + 1)
            sheet.flow(Key("property_paid", site, n), label, "assessed x share, in its period", site, series=series)
    if sites:
        sheet.workings("property tax assessed and not yet due at the end of the horizon")
    for site, name in sites.items():
        _owed(ledger, sheet, site, name)


def instalment(site: str, name: str, n: int, assessed: Term, prior: Sequence[tuple[int, Term]]) -> Term:
    """One instalment: its share of what falls due of assessments within the horizon, and of those before it."""
    for j, falls in prior:
        assessed = assessed + Spot(Key("property_assessed", j, site)) * falls
    return Spot(tax_path(name, "instalments", n, "share")) * assessed


def prior_by_month(ledger: Ledger, site: str, name: str, n: int) -> list[tuple[int, Term]]:
    """Whether an instalment of each assessment before the horizon falls into the month of the formula."""
    return [(j, _prior_due(name, j, n).compare("=", Header("number"))) for j in _priors(ledger, site)]


def _prior_due(name: str, j: int, n: int) -> Term:
    return Spot(Key("prior_month", name, j)) + Spot(tax_path(name, "instalments", n, "lag"))


def _priors(ledger: Ledger, site: str) -> tuple[int, ...]:
    """Assessments before the horizon, of a site at which something stood then."""
    return PRIOR if any(lot.stood_before for lot in lots_at(ledger, site)) else ()


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
    leaving = [lot for lot in lots if lot.exits is not None]
    if leaving:
        sheet.workings(say("property tax at {site}: systems of a lot that left before that day", site=site))
    for lot in leaving:
        assert lot.exits is not None
        series = call("SUMPRODUCT", Whole(lot.exits) * Whole("time.first_month").compare("<", month))
        sheet.line(Key("left_before", lot.key), lot.label, "systems", "exits of earlier periods", series=series)
    sheet.workings(say("property tax at {site}: cost of a lot", site=site))
    for lot in lots:
        sheet.money(Key("lot_cost", lot.key), lot.label, "as paid, before grants", value=lot.cost)
    sheet.workings(say("property tax at {site}: share of the cost that is assessed", site=site))
    for lot in lots:
        number = Now(Key("assessment", lot.key))
        series = call("IF", number.compare("=", 0), 0, _share(ledger, name, lot, number, month))
        sheet.line(Key("lot_share", lot.key), lot.label, "share", "by its age", series=series)
    sheet.workings(say("property tax at {site}: value that is assessed", site=site))
    rows = []
    for lot in lots:
        stays: Term = Spot(Key("lot_cost", lot.key))
        if lot.exits is not None:
            stays = stays * (1 - Now(Key("left_before", lot.key)) / lot.units)
        assessed: Term = stays * Now(Key("lot_share", lot.key))
        if lot.is_bought:
            early = Now(Key("assessment", lot.key)).compare("<=", Spot(tax_path(name, "relief_years")))
            assessed = assessed * (1 - Spot(tax_path(name, "relief")) * early)
        note = "cost of what stands x share of its age"
        rows.append(sheet.money(Key("assessed_value", lot.key), lot.label, note, series=assessed))
    rate = tax_path(name, "rate")
    label, series = say("property tax assessed at {site}", site=site), total(rows) * Now(rate)
    sheet.flow(Key("property_assessed", site), label, "value x rate", kind="total", series=series)
    _assessed_before(ledger, sheet, site, name, lots)


def _assessed_before(ledger: Ledger, sheet: Sheet, site: str, name: str, lots: Sequence[Lot]) -> None:
    """The same at the dates before the horizon, of what stood there: instalments of it fall into the horizon."""
    there = [lot for lot in lots if lot.stood_before]
    for j in _priors(ledger, site):
        month = Spot(Key("prior_month", name, j))
        sheet.workings(say("property tax at {site}: assessment {number} before the horizon", site=site, number=j))
        for lot in there:
            label = about(lot.label, "which assessment it is")
            sheet.line(Key("assessment", j, lot.key), label, "number", value=_number(month, lot))
        rows = []
        for lot in there:
            number = Spot(Key("assessment", j, lot.key))
            share = call("IF", number.compare("=", 0), 0, _share(ledger, name, lot, number, month))
            of = sheet.line(Key("lot_share", j, lot.key), about(lot.label, "share"), "share", "by its age", value=share)
            value = Spot(Key("lot_cost", lot.key)) * Spot(of)
            label, note = about(lot.label, "value that is assessed"), "cost x share of its age"
            rows.append(sheet.money(Key("assessed_value", j, lot.key), label, note, value=value))
        label = say("property tax assessed at {site}", site=site)
        value = call("SUM", Stack(tuple(rows), VALUE)) * Spot(tax_path(name, "rate"), 0)
        sheet.money(Key("property_assessed", j, site), label, "value x rate", kind="total", value=value)


def _number(month: Term, lot: Lot) -> Term:
    """Which assessment of a lot falls into a month, counted from the first; nothing before it came."""
    after = (lot.came - month) / 12
    return call("IF", month.compare(">", lot.came), 0 - call("INT", after), 0)


def _share(ledger: Ledger, name: str, lot: Lot, number: Term, month: Term) -> Term:
    """The share of the cost of a lot that is assessed, before any relief."""
    valuation = _valuation(ledger, name)
    if valuation == "japan":
        falls = Spot(Key("reduction", lot.life))
        share = (1 - falls * Spot("constants.first_year_part")) * (1 - falls) ** (number - 1)
    elif valuation == "straight_line":
        life = Spot(lot.life)
        share = call("IF", life.compare("=", 0), 0, 1 - (month - lot.came) / life)
    else:
        keys = [
            Key("assessed_share", name, n) for n in range(len(ledger.case.finance.property_taxes[name].assessed_shares))
        ]
        table = Stack(tuple(keys), VALUE)
        share = call("INDEX", table, call("MIN", number, call("COUNT", table)))
    return call("MAX", share, Spot(tax_path(name, "least_share")))


def _owed(ledger: Ledger, sheet: Sheet, site: str, name: str) -> None:
    last = Spot("time.periods") * Spot("calendar.period")
    keys = []
    for n in instalments(ledger, name):
        late = Whole(Key("property_due", name, n)).compare(">", last)
        owed = call("SUMPRODUCT", Whole(Key("property_assessed", site)) * late)
        prior = [(j, _prior_due(name, j, n).compare(">", last)) for j in _priors(ledger, site)]
        value = instalment(site, name, n, owed, prior)
        label, note = say("instalment {number}", number=n + 1), "assessed x share, due after the last month"
        keys.append(sheet.money(Key("property_owed", site, n), label, note, site, value=value))


def owed_rows(ledger: Ledger) -> tuple[RowKey, ...]:
    """Rows of what is owed at the end, one below the other."""
    return tuple(
        Key("property_owed", site, n) for site, tax in taxed_sites(ledger).items() for n in instalments(ledger, tax)
    )
