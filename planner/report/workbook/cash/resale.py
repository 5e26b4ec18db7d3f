"""Workings of the cash flow: what used systems fetch when they are sold."""

from __future__ import annotations

from planner.case.calendar import first_day
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, month_number
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.report.workbook.physical.placements import arrival_words, systems_placed
from planner.vocabulary.message import about, say, verbatim


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
        label = say("share of the price when new at point {number}", number=n)
        sheet.line(Key("share", n), label, "share", value=share)
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
    """What a system of an age fetches, as a share of its price when new: straight lines between the points."""
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
    sheet.workings("share of the price when new that they fetch; value column: at the end of the horizon")
    for month in months:
        label, note = say("share for what arrived {month}", month=month), "from the resale curve"
        series = share_at(ledger, Now(Key("old", month)))
        value = share_at(ledger, Spot(Key("old", month)))
        sheet.line(Key("fetches", month), label, "share", note, value=value, series=series)
    sheet.workings("proceeds of exits")
    for vintage in exits:
        system, site, arrival = vintage
        label = say("{system} that arrived {vintage}", system=system, vintage=arrival_words(arrival))
        note = "exits x share x price when new"
        as_new = Now(Key("exit", *vintage)) * Now(Key("fetches", arrival.month))
        series = at_price_when_new(ledger, system, as_new)
        sheet.flow(Key("resale", *vintage), label, note, at_site(system, site), series=series)


def lay_prices_when_new(ledger: Ledger, sheet: Sheet) -> None:
    """What one new system costs in each period: its typical price, or less where the cheapest open offer asks less."""
    for system in systems_placed(ledger):
        price = ledger.case.systems[system].price.typical
        if price is None:
            continue
        sheet.workings(say("price of {system} when new", system=system))
        offers = _with_own_price(ledger, system)
        for offer in offers:
            _open(ledger, sheet, offer)
        typical = times(Spot(f"systems.{system}.price.typical"), ledger.rate(price.currency))
        keys = [sheet.money(Key("typical", system), "typical price", "x exchange rate", series=typical)]
        keys += [_asked(ledger, sheet, offer) for offer in offers]
        label, note = "price when new", "the least of these, without additions"
        least = call("MIN", Stack(tuple(keys))) if offers else Now(keys[0])
        sheet.money(Key("when_new", system), label, note, verbatim(system), kind="total", series=least)


def _with_own_price(ledger: Ledger, system: str) -> list[str]:
    """Offers of a system that state a price; the others ask the typical one."""
    return [name for name, terms in ledger.case.offers.items() if terms.system == system and terms.price is not None]


def _open(ledger: Ledger, sheet: Sheet, offer: str) -> None:
    """Whether an offer takes orders in a period and states its own price for it; always, where it has no such row."""
    terms, start = ledger.case.offers[offer], Header("start")
    window, path = terms.order_window, f"offers.{offer}"
    assert terms.price is not None
    holds = [
        call("ISNUMBER", Now(f"{path}.price")) if terms.price.at(ledger.case.calendar.start) is None else None,
        start.compare(">=", Spot(f"{path}.order_window.from")) if window.first is not None else None,
        start.compare("<=", Spot(f"{path}.order_window.to")) if window.last is not None else None,
    ]
    if any(condition is not None for condition in holds):
        label, note = about(offer, "takes orders at its own price"), "in the first month of the period"
        sheet.line(Key("open", offer), label, "yes = 1", note, series=1 * times(*holds))


def _asked(ledger: Ledger, sheet: Sheet, offer: str) -> Key:
    """What an offer asks for one system, in our own currency; the typical price where it takes no orders."""
    terms = ledger.case.offers[offer]
    assert terms.price is not None
    asks = times(Now(f"offers.{offer}.price"), ledger.rate(terms.price.values()[0].currency))
    if Key("open", offer) in ledger.grid:
        asks = call("IF", Now(Key("open", offer)).compare("=", 1), asks, Now(Key("typical", terms.system)))
    label, note = about(offer, "price"), "x exchange rate; where it takes no orders, the typical price"
    return sheet.money(Key("asks", offer), label, note, series=asks)


def at_price_when_new(ledger: Ledger, system: str, as_new: Term, period: int | None = None) -> Term:
    """What so many new systems cost in the period of the formula or in one period, in our own currency.

    Nothing where the catalogue has no typical price.
    """
    key = Key("when_new", system)
    if key not in ledger.grid:
        return as_new * 0
    return as_new * (Now(key) if period is None else Spot(key, period))
