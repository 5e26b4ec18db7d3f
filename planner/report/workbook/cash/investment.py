"""Workings of the cash flow: what orders, blocks and contracts cost, and when it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.lines import pays_in_instalments
from planner.report.workbook.cash.instalments import keys_of, lay_instalments, lay_unpaid, parts_of_price
from planner.report.workbook.engine.choices import Choices
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, Whole, falling, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import additions_key, fleets
from planner.vocabulary.message import say, unit_of, verbatim


@dataclass(frozen=True)
class Purchase:
    """Something that is bought in units: systems through an offer, or blocks of an expansion."""

    name: str
    unit: str
    quantity: Term
    price: RowKey
    """Key of the row or cell with the price of one unit."""
    currency: str
    at_order: str
    """Key of the share that is paid with the order."""
    duty: str = ""
    """Key of the duty on the price; nothing where there is none."""

    @property
    def with_duty(self) -> Term | None:
        """What a price is multiplied by for the duty on it; None where there is none."""
        return 1 + Now(self.duty) if self.duty else None


def lay_investment(ledger: Ledger, sheet: Sheet) -> None:
    """Lays the payments for systems, additions, blocks and systems under contract."""
    choices = ledger.choices
    _late_prices(ledger, sheet, choices)
    offers = [_order(ledger, offer, choices) for offer in choices.offers]
    blocks = [_block(ledger, name) for name in choices.expansions]
    _rates(ledger, sheet, [*offers, *blocks])
    _payments(ledger, sheet, "systems", offers)
    _additions(ledger, sheet, choices.offers)
    _payments(ledger, sheet, "expansions", blocks)
    _unit_costs(ledger, sheet, [*offers, *blocks])
    if pays_in_instalments(ledger.case):
        lay_unpaid(ledger, sheet)
    _contracted(ledger, sheet)


def _late_prices(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    """Before the first step of an offer's price the catalogue's typical price holds."""
    late = [offer for offer in choices.offers if _is_typical_at_first(ledger, offer)]
    if late:
        sheet.workings("price of one system, typical before the offer states its own")
    for offer in late:
        terms, own = ledger.case.offers[offer], Now(f"offers.{offer}.price")
        stated = call("IF", call("ISNUMBER", own), own, Spot(f"systems.{terms.system}.price.typical"))
        label, note = verbatim(offer), "its own price, or the typical one"
        sheet.line(Key("price", offer), label, _currency(ledger, offer), note, series=stated)


def _is_typical_at_first(ledger: Ledger, offer: str) -> bool:
    """Whether an offer's own price begins later than the plan, and the typical price can stand in its row until then.

    A row has one currency: beside a typical price in another, or none, it is empty until then, as nothing is ordered.
    """
    terms, start = ledger.case.offers[offer], ledger.case.calendar.start
    first = terms.price_at(ledger.case.systems[terms.system], start)
    is_late = terms.price is not None and terms.price.at(start) is None
    return is_late and first is not None and first.currency == _currency(ledger, offer)


def _currency(ledger: Ledger, offer: str) -> str:
    terms = ledger.case.offers[offer]
    by_month = terms.effective_price(ledger.case.systems[terms.system])
    assert by_month is not None
    return by_month.values()[0].currency


def _order(ledger: Ledger, offer: str, choices: Choices) -> Purchase:
    stated = ledger.case.offers[offer].place_of(offer, "price")
    price: RowKey = Key("price", offer) if _is_typical_at_first(ledger, offer) else stated
    quantity = total([Key("order", name, site) for name, site in choices.orders if name == offer])
    currency = _currency(ledger, offer)
    at_order, has_duty = f"offers.{offer}.payment.at_order", ledger.case.offers[offer].import_duty is not None
    duty = f"offers.{offer}.import_duty" if has_duty else ""
    return Purchase(offer, "systems", quantity, price, currency, at_order, duty)


def _block(ledger: Ledger, name: str) -> Purchase:
    currency = ledger.case.expansions[name].capex.values()[0].currency
    at_order = f"expansions.{name}.payment.at_order"
    return Purchase(name, "blocks", Now(Key("expand", name)), f"expansions.{name}.capex", currency, at_order)


def _payments(ledger: Ledger, sheet: Sheet, title: str, purchases: list[Purchase]) -> None:
    """Step by step, each step for all purchases, so that the last one adds up to a line of the cash flow."""
    if not purchases:
        return
    sheet.workings(say("{what} ordered, all sites", what=say(title)))
    for it in purchases:
        note = "sum over sites"
        sheet.line(Key("ordered", it.name), verbatim(it.name), it.unit, note, series=it.quantity, add_up=True)
    sheet.workings(say("value of {what} ordered, in the currency of the price", what=say(title)))
    for it in purchases:
        value = times(Now(Key("ordered", it.name)) * Now(it.price), it.with_duty)
        note = "ordered x price x (1 + duty)" if it.duty else "ordered x price"
        sheet.line(Key("value", it.name), verbatim(it.name), it.currency, note, series=value, add_up=True)
    at_once = [it for it in purchases if parts_of_price(ledger, it.name) is None]
    if at_once:
        _order_and_delivery(ledger, sheet, title, at_once)
    for it in purchases:
        if parts := parts_of_price(ledger, it.name):
            lay_instalments(ledger, sheet, parts)
    sheet.workings(say("{what}, paid, at the exchange rate of the payment", what=say(title)))
    for it in purchases:
        parts = parts_of_price(ledger, it.name)
        series = total(keys_of(parts, "inst_paid")) if parts else Now(Key("first", it.name)) + Now(Key("due", it.name))
        note = "sum of the parts" if parts else "with the order + on delivery"
        sheet.flow(Key("paid", it.name), verbatim(it.name), note, series=series)


def _order_and_delivery(ledger: Ledger, sheet: Sheet, title: str, purchases: list[Purchase]) -> None:
    """What is paid with the order, and the rest on delivery."""
    sheet.workings(say("{what}, paid with the order", what=say(title)))
    for it in purchases:
        first = times(Now(Key("value", it.name)), Spot(it.at_order), ledger.rate(it.currency))
        sheet.flow(Key("first", it.name), verbatim(it.name), "value x share with order x exchange rate", series=first)
    sheet.workings(say("{what}, to be paid on delivery, by period of the order", what=say(title)))
    for it in purchases:
        rest = times(Now(Key("value", it.name)), 1 - Spot(it.at_order), _later_rate(ledger, it))
        note = "value x (1 - share with order) x exchange rate then"
        sheet.flow(Key("rest", it.name), verbatim(it.name), note, series=rest)
    sheet.workings(say("{what}, due on delivery, by period of delivery", what=say(title)))
    for it in purchases:
        due = falling(Key("rest", it.name), Key("due_in", it.name))
        sheet.flow(Key("due", it.name), verbatim(it.name), "rests that are due in the period", series=due)


def _additions(ledger: Ledger, sheet: Sheet, offers: list[str]) -> None:
    if not offers:
        return
    sheet.workings("network, storage and installation, paid with the systems")
    for offer in offers:
        share = additions_key(ledger, offer)
        added = Now(Key("paid", offer)) * (Spot(share) if share else 0)
        sheet.flow(Key("additions", offer), verbatim(offer), "share of the price paid", series=added)


def _rates(ledger: Ledger, sheet: Sheet, purchases: list[Purchase]) -> None:
    """The exchange rates at which the rest is paid, where they change."""
    for it in purchases:
        if it.currency == ledger.currency or ledger.case.finance.exchange_rates[it.currency].is_constant:
            continue
        if parts_of_price(ledger, it.name):
            continue  # each instalment has a rate of its own
        sheet.workings(say("exchange rate when what is ordered through {name} is delivered", name=it.name))
        latest = call("MIN", Now(Key("due_in", it.name)), Spot("time.periods"))
        sheet.line(Key("inside", it.name), "period of that payment, the last at most", "period", series=latest)
        sheet.line(
            Key("rate", it.name),
            verbatim(it.name),
            unit_of("{currency} per {other}", currency=unit_of(ledger.currency), other=unit_of(it.currency)),
            "of that period",
            series=call("INDEX", Whole(f"finance.exchange_rates.{it.currency}"), Now(Key("inside", it.name))),
        )


def _later_rate(ledger: Ledger, it: Purchase) -> Term | None:
    """The exchange rate at which the rest of what is ordered in the period is paid; None for our own currency."""
    later = Key("rate", it.name)
    return Now(later) if later in ledger.grid else ledger.rate(it.currency)


def _unit_costs(ledger: Ledger, sheet: Sheet, purchases: list[Purchase]) -> None:
    """What one unit costs as paid, in our own currency; grants and shares of spend are worked out on it."""
    if purchases:
        sheet.workings("price of one unit as paid, by period of the order")
    for it in purchases:
        mixed = ledger.rate(it.currency)
        if parts := parts_of_price(ledger, it.name):
            mixed = total(keys_of(parts, "inst_weight"))
        elif mixed is not None and Key("rate", it.name) in ledger.grid:
            share = Spot(it.at_order)
            mixed = share * mixed + (1 - share) * Now(Key("rate", it.name))
        note = "price x exchange rates of payment" + (" x (1 + duty)" if it.duty else "")
        sheet.money(
            Key("unit_cost", it.name), verbatim(it.name), note, series=times(Now(it.price), mixed, it.with_duty)
        )


def _contracted(ledger: Ledger, sheet: Sheet) -> None:
    unpaid = [(path, *there) for path, there in fleets(ledger).items() if there[1].unpaid is not None]
    if unpaid:
        sheet.workings("still to be paid for systems under contract")
    for path, site, fleet in unpaid:
        assert fleet.unpaid is not None
        falls_due = Header("number").compare("=", Spot(Key("due_period", path)))
        note = "in the period that holds the month of arrival, at the earliest the first"
        series = times(falls_due, Spot(f"{path}.unpaid"), ledger.rate(fleet.unpaid.currency))
        sheet.flow(Key("contracted", path), verbatim(fleet.system), note, at_site(fleet.system, site), series=series)
