"""Workings of the cash flow: what used systems fetch when they are sold."""

from __future__ import annotations

from collections.abc import Iterable

from planner.case.calendar import first_day
from planner.case.system import ResalePoint
from planner.report.workbook.engine.functions import serial
from planner.report.workbook.engine.grid import VALUE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, Stack, month_number
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call, times
from planner.report.workbook.physical.placements import arrival_words, systems_placed
from planner.vocabulary.message import Message, Text, about, message_of, say, verbatim


def own_terms(ledger: Ledger, system: str) -> str:
    """The system where it has a curve or a market of its own; nothing where those of all systems hold."""
    one = ledger.case.systems[system]
    return system if one.resale or one.resale_factor is not None else ""


def by_terms(row: str, own: str, *of: object) -> Key:
    """The key of a row that all systems share but for those with terms of their own."""
    return Key(row, own, *of) if own else Key(row, *of)


def lay_curve(ledger: Ledger, sheet: Sheet) -> None:
    """Each curve as a first share and bends: what a share of it is, is then one sum over the bends."""
    systems = systems_placed(ledger)
    _curve(sheet, "finance.resale", "", ledger.case.finance.resale)
    for system in systems:
        _curve(sheet, f"systems.{system}.resale", system, ledger.case.systems[system].resale)
    markets = dict.fromkeys(path for system in systems if (path := _market(ledger, system)))
    if markets:
        sheet.workings("resale: factor on the shares, by period of the sale")
    for path in markets:
        own = path.removeprefix("systems.").removesuffix(".resale_factor") if path.startswith("systems.") else ""
        label: Text = about(own, "factor on the shares") if own else "factor on the shares"
        sheet.line(Key("market", path), label, "factor", "see Inputs", series=Now(path))


def _market(ledger: Ledger, system: str) -> str:
    """Where the factor on the shares of a system stands on Inputs; nothing where they stay as they are."""
    if ledger.case.systems[system].resale_factor is not None:
        return f"systems.{system}.resale_factor"
    return "finance.resale_factor" if ledger.case.finance.resale_factor is not None else ""


def _curve(sheet: Sheet, path: str, own: str, curve: tuple[ResalePoint, ...]) -> None:
    order = sorted(range(len(curve)), key=lambda position: curve[position].age.months)
    if not order:
        return
    ages: list[Term] = [Spot(f"{path}.{position}.age") for position in order]
    shares: list[Term] = [Spot(f"{path}.{position}.share") for position in order]
    shares.insert(0, call("IF", ages[0].compare("=", 0), shares[0], 1))
    ages.insert(0, Literal(0))

    def key(row: str, number: int) -> Key:
        return by_terms(row, own, number)

    note = "a new system fetches its whole price unless the curve says otherwise"
    sheet.workings(about(own, "resale curve") if own else "resale curve")
    for n, age in enumerate(ages):
        sheet.line(key("age", n), say("age at point {number}", number=n), "months", note if n == 0 else "", value=age)
    for n, share in enumerate(shares):
        label = say("share of the price when new at point {number}", number=n)
        sheet.line(key("share", n), label, "share", value=share)
    for n in range(len(ages)):
        slope: Term = Literal(0)
        if n + 1 < len(ages):
            months = Spot(key("age", n + 1)) - Spot(key("age", n))
            slope = (Spot(key("share", n + 1)) - Spot(key("share", n))) / months
            if n == 0:  # the first point of the case may be that of a new system
                slope = call("IF", months.compare("=", 0), 0, slope)
        label = say("change of the share per month after point {number}", number=n)
        sheet.line(key("slope", n), label, "factor", value=slope)
    for n in range(len(ages)):
        bend = Spot(key("slope", n)) - Spot(key("slope", n - 1)) if n else Spot(key("slope", 0))
        label = say("bend at point {number}", number=n)
        sheet.line(key("bend", n), label, "factor", "slope after - slope before", value=bend)


def lay_share(
    ledger: Ledger, sheet: Sheet, key: Key, label: Text, system: str, *, note: str = "", subject: Message | str = "",
    series: Term | None = None, value: Term | None = None, of_sale: bool = False,
) -> None:  # fmt: skip
    """Lays what a system of an age fetches, as a share of its price when new: straight lines between the points.

    Times the factor of the last period, the whole price at most; ``of_sale``: by period times that of the period.
    """
    own = system if ledger.case.systems[system].resale else ""
    points = len(ledger.case.systems[system].resale or ledger.case.finance.resale)
    count = sum(1 for n in range(points + 1) if by_terms("age", own, n) in ledger.grid)
    at, market = {"series": series, "value": value}, Key("market", _market(ledger, system))
    if not count:
        none = {where: 0 * age for where, age in at.items() if age is not None}
        sheet.line(key, label, "share", note, subject, series=none.get("series"), value=none.get("value"))
        return
    ages = Stack(tuple(by_terms("age", own, n) for n in range(count)), VALUE)
    bends = Stack(tuple(by_terms("bend", own, n) for n in range(count)), VALUE)

    def change(age: Term | None) -> Term | None:
        return None if age is None else call("SUMPRODUCT", age.compare(">", ages) * (age - ages) * bends)

    def share(changed: Term, factor: Term) -> Term:
        whole = Spot(by_terms("share", own, 0)) + changed
        return call("MIN", 1, whole * factor) if market in ledger.grid else whole

    since, words = Key("since_new", key), about(message_of(label), "change since it was new")
    how = "months after each point x bend there"
    sheet.line(since, words, "share", how, subject, series=change(series), value=change(value))
    by_period = None if series is None else share(Now(since), Now(market) if of_sale else Spot(market, -1))
    at_end = None if value is None else share(Spot(since), Spot(market, -1))
    sheet.line(key, label, "share", note, subject, series=by_period, value=at_end)


def kinds_of(ledger: Ledger, systems: Iterable[str]) -> dict[str, str]:
    """A system for each set of terms: one for those of all, and each that has its own."""
    found: dict[str, str] = {}
    for system in systems:
        found.setdefault(own_terms(ledger, system), system)
    return dict(sorted(found.items()))


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
    sold = sorted({(own_terms(ledger, one.system), one.arrival.month) for one in exits})
    systems = kinds_of(ledger, [one.system for one in exits])
    for own, month in sold:
        label, note = say("share for what arrived {month}", month=month), "from the resale curve"
        age, key, words = Key("old", month), by_terms("fetches", own, month), about(own, label) if own else label
        lay_share(ledger, sheet, key, words, systems[own], note=note, series=Now(age), value=Spot(age), of_sale=True)
    sheet.workings("proceeds of exits")
    for vintage in exits:
        system, site, arrival = vintage
        label = say("{system} that arrived {vintage}", system=system, vintage=arrival_words(arrival))
        note = "exits x share x price when new"
        share = by_terms("fetches", own_terms(ledger, system), arrival.month)
        as_new = Now(Key("exit", *vintage)) * Now(share)
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
