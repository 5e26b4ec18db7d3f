"""Workings of the cash flow: what used systems fetch when they are sold."""

from __future__ import annotations

from planner.case.calendar import first_day
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Now, Spot, Stack, month_number
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.report.workbook.physical.placements import arrival_words
from planner.vocabulary.message import say


def lay_curve(ledger: Ledger, sheet: Sheet) -> None:
    """The curve as a first share and bends: what a share of it is, is then one sum over the bends."""
    curve = ledger.case.finance.resale
    order = sorted(range(len(curve)), key=lambda position: curve[position].age.months)
    if not order:
        return
    ages: list[Term] = [Spot(f"finance.resale.{position}.age") for position in order]
    shares: list[Term] = [Spot(f"finance.resale.{position}.share") for position in order]
    shares.insert(0, call("IF", ages[0].compare("=", 0), shares[0], 1))
    ages.insert(0, Literal(0))
    note = "a new system fetches its whole price unless the curve says otherwise"
    sheet.workings("resale curve")
    for n, age in enumerate(ages):
        sheet.line(Key("age", n), say("age at point {number}", number=n), "months", note if n == 0 else "", value=age)
    for n, share in enumerate(shares):
        sheet.line(Key("share", n), say("share of the typical price at point {number}", number=n), "share", value=share)
    for n in range(len(ages)):
        slope: Term = Literal(0)
        if n + 1 < len(ages):
            months = Spot(Key("age", n + 1)) - Spot(Key("age", n))
            slope = (Spot(Key("share", n + 1)) - Spot(Key("share", n))) / months
            if n == 0:  # the first point of the case may be that of a new system
                slope = call("IF", months.compare("=", 0), 0, slope)
        label = say("change of the share per month after point {number}", number=n)
        sheet.line(Key("slope", n), label, "factor", value=slope)
    for n in range(len(ages)):
        bend = Spot(Key("slope", n)) - Spot(Key("slope", n - 1)) if n else Spot(Key("slope", 0))
        label = say("bend at point {number}", number=n)
        sheet.line(Key("bend", n), label, "factor", "slope after - slope before", value=bend)


def share_at(ledger: Ledger, age: Term) -> Term:
    """What a system of an age fetches, as a share of its typical price: straight lines between the points."""
    count = sum(1 for key in range(len(ledger.case.finance.resale) + 1) if Key("age", key) in ledger.grid)
    if not count:
        return 0 * age
    ages = Stack(tuple(Key("age", n) for n in range(count)), VALUE)
    bends = Stack(tuple(Key("bend", n) for n in range(count)), VALUE)
    return Spot(Key("share", 0)) + call("SUMPRODUCT", age.compare(">", ages) * (age - ages) * bends)


def lay_proceeds(ledger: Ledger, sheet: Sheet) -> None:
    """Each vintage that is sold: its age by period, its share, and the money for what exits."""
    exits = ledger.choices.exits
    months = sorted({vintage.arrival.month for vintage in exits})
    if not months:
        return
    sheet.workings("age of systems that exit; value column: at the end of the horizon")
    for month in months:
        label = say("arrived {month}", month=month)
        sheet.line(Key("arrived", month), label, "date", kind="decision", value=serial(first_day(month)))
    for month in months:
        label, note = say("arrived {month}: number of that month", month=month), "year x 12 + month"
        sheet.line(Key("month", month), label, "month number", note, value=month_number(Spot(Key("arrived", month))))
    for month in months:
        number = Spot(Key("month", month))
        label, note = say("age of what arrived {month}", month=month), "months since arrival"
        value = Spot("time.end_month") - number
        sheet.line(Key("old", month), label, "months", note, value=value, series=Now("time.month") - number)
    sheet.workings("share of the typical price that they fetch; value column: at the end of the horizon")
    for month in months:
        label, note = say("share for what arrived {month}", month=month), "from the resale curve"
        series = share_at(ledger, Now(Key("old", month)))
        value = share_at(ledger, Spot(Key("old", month)))
        sheet.line(Key("fetches", month), label, "share", note, value=value, series=series)
    sheet.workings("proceeds of exits")
    for vintage in exits:
        system, site, arrival = vintage
        label = say("{system} that arrived {vintage}", system=system, vintage=arrival_words(arrival))
        note = "exits x share x typical price"
        as_new = Now(Key("exit", *vintage)) * Now(Key("fetches", arrival.month))
        series = at_typical_price(ledger, system, as_new)
        sheet.flow(Key("resale", *vintage), label, note, at_site(system, site), series=series)


def at_typical_price(ledger: Ledger, system: str, as_new: Term, period: int | None = None) -> Term:
    """What so many new systems cost at the typical price, in our own currency; nothing where the catalogue has none."""
    price = ledger.case.systems[system].price.typical
    if price is None:
        return as_new * 0
    return times(as_new, Spot(f"systems.{system}.price.typical"), ledger.rate(price.currency, period))
