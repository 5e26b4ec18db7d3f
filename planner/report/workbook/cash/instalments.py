"""Workings of the cash flow: prices that are paid in instalments, and what of them is still to be paid."""

from __future__ import annotations

from dataclasses import dataclass

from planner.case.offer import PriceInstalment
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, Whole, falling, period_holding, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call, times
from planner.report.workbook.physical.placements import with_additions
from planner.vocabulary.message import Message, about, say


@dataclass(frozen=True)
class Parts:
    """What is bought in instalments."""

    name: str
    path: str
    """Where its instalments stand on Inputs."""
    instalments: tuple[PriceInstalment, ...]
    currency: str


def parts_of_price(ledger: Ledger, name: str) -> Parts | None:
    """The instalments of an offer or an expansion; None where its price is paid otherwise."""
    case = ledger.case
    if name in case.offers:
        offer = case.offers[name]
        payment, path = offer.payment, f"offers.{name}.payment.instalments"
        by_month = offer.effective_price(case.systems[offer.system])
        assert by_month is not None
        currency = by_month.values()[0].currency
    else:
        payment, path = case.expansions[name].payment, f"expansions.{name}.payment.instalments"
        currency = case.expansions[name].capex.values()[0].currency
    return Parts(name, path, payment.instalments, currency) if payment.instalments else None


def bought_in_parts(ledger: Ledger) -> list[Parts]:
    """All that is bought in instalments."""
    names = (*ledger.choices.offers, *ledger.choices.expansions)
    return [parts for name in names if (parts := parts_of_price(ledger, name))]


def keys_of(parts: Parts, row: str) -> list[RowKey]:
    """The rows of a kind, one for each instalment."""
    return [Key(row, number, parts.name) for number in range(len(parts.instalments))]


def lay_instalments(ledger: Ledger, sheet: Sheet, parts: Parts) -> None:
    """Lays when each instalment is due, and what it comes to."""
    name = parts.name
    sheet.workings(about(name, "instalments: when they are paid"))
    for number, one in enumerate(parts.instalments):
        own, ordered = f"{parts.path}.{number}", one.event == "order"
        note = "month of the order + lag" if ordered else "month of delivery + lag - advance, not before the order"
        since = Now("time.first_month" if ordered else Key("delivered", name))
        due = call("MAX", Now("time.first_month"), since + Spot(f"{own}.lag") - Spot(f"{own}.advance"))
        label = _about(name, "part {number} of the price, paid in month", number)
        sheet.line(Key("inst_month", number, name), label, "month number", note, series=due)
    for number in range(len(parts.instalments)):
        label, note = _about(name, "part {number} of the price, paid in period", number), "the one that holds the month"
        series = period_holding(Now(Key("inst_month", number, name)))
        sheet.line(Key("inst_in", number, name), label, "period", note, series=series)
    sheet.workings(about(name, "instalments: share x exchange rate of the payment, by period of the order"))
    for number in range(len(parts.instalments)):
        weight = times(Spot(f"{parts.path}.{number}.share"), _rate(ledger, parts, number))
        label, note = _about(name, "part {number} of the price", number), "of the last period at the latest"
        sheet.line(Key("inst_weight", number, name), label, "factor", note, series=weight)
    sheet.workings(about(name, "instalments: to be paid, by period of the order"))
    for number in range(len(parts.instalments)):
        label = _about(name, "part {number} of the price", number)
        amount = Now(Key("value", name)) * Now(Key("inst_weight", number, name))
        sheet.flow(Key("inst", number, name), label, "value x share x exchange rate", series=amount)
    sheet.workings(about(name, "instalments: paid, by period of payment"))
    for number in range(len(parts.instalments)):
        label = _about(name, "part {number} of the price", number)
        paid = falling(Key("inst", number, name), Key("inst_in", number, name))
        sheet.flow(Key("inst_paid", number, name), label, "parts that are due in the period", series=paid)


def _about(name: str, template: str, number: int) -> Message:
    return about(name, say(template, number=number + 1))


def _rate(ledger: Ledger, parts: Parts, number: int) -> Term | None:
    """The exchange rate at which an instalment is paid; None for our own currency."""
    if parts.currency == ledger.currency:
        return None
    path = f"finance.exchange_rates.{parts.currency}"
    if ledger.case.finance.exchange_rates[parts.currency].is_constant:
        return ledger.rate(parts.currency)
    inside = call("MIN", Now(Key("inst_in", number, parts.name)), Spot("time.periods"))
    return call("INDEX", Whole(path), inside)


def lay_unpaid(ledger: Ledger, sheet: Sheet) -> None:
    """Lays what is still to be paid at the end of each period for what is in use then."""
    bought = bought_in_parts(ledger)
    for parts in bought:
        name = parts.name
        sheet.workings(about(name, "instalments: still to be paid for what is in use"))
        label, series = about(name, "in use from period"), Now(Key("arrival", name))
        sheet.line(Key("inst_use", name), label, "period", "by period of the order", series=series)
        for number in range(len(parts.instalments)):
            label = _about(name, "part {number} of the price", number)
            note = "in use by the period, and due after it"
            sheet.money(Key("inst_open", number, name), label, note, series=_open(name, number))
    sheet.workings("still to be paid for investments that are in use, additions included")
    for parts in bought:
        owed = times(total(keys_of(parts, "inst_open")), with_additions(ledger, parts.name))
        sheet.money(Key("unpaid", parts.name), about(parts.name, "still to be paid"), "sum of the parts", series=owed)
    all_of_it = total([Key("unpaid", parts.name) for parts in bought])
    words, note = "still to be paid for investments", "at the end of the period"
    sheet.money("unpaid", words, note, kind="total", opening=0, series=all_of_it)


def _open(name: str, number: int) -> Term:
    """What of an instalment is owed at the end of the period, of all that is in use by then."""
    in_use = Whole(Key("inst_use", name)).compare("<=", Header("number"))
    later = Whole(Key("inst_in", number, name)).compare(">", Header("number"))
    return call("SUMPRODUCT", Whole(Key("inst", number, name)) * in_use * later)
