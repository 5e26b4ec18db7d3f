"""Part of the sheet Subsidies: when what a programme gives comes: a grant in one sum or in parts, the rest at once."""

from __future__ import annotations

from planner.case.programme import Milestone
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Header, Now, Spot, falling, first_month_of, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.programmes.aid import claims_of, counted_key, net_key
from planner.vocabulary.message import Text, about, say


def lay_payment(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """Lays when a grant is paid, or by period of delivery what tax credits and special depreciation come to."""
    rules = ledger.case.programmes[programme]
    if rules.aid.counts == "on delivery":
        _on_delivery(ledger, sheet, programme)
        return
    if rules.milestones:
        _milestones(ledger, sheet, programme, rules.milestones)
    else:
        _in_one_sum(ledger, sheet, programme)
    keys = [Key("granted", programme, name, site) for name, site in claims_of(ledger, programme)]
    label = about(programme, "grant paid")
    sheet.flow(Key("granted", programme), label, "by period of payment", kind="total", series=total(keys), by_year=True)


def _in_one_sum(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    claims = claims_of(ledger, programme)
    sheet.heading(about(programme, "grant paid"))
    lag = Spot(f"programmes.{programme}.payment_lag")
    _lag(sheet, Key("lag", programme), "periods from delivery to payment", lag)
    for name in sorted({name for name, _ in claims}):
        note = "period of delivery + lag"
        series = Now(Key("arrival", name)) + Spot(Key("lag", programme))
        sheet.line(Key("paid_in", programme, name), about(name, "paid in period"), "period", note, series=series)
        words, note = about(name, "paid in month"), "first month of the period of delivery + lag"
        _month(sheet, Key("paid_month", programme, name), words, note, first_month_of(Now(Key("arrival", name))) + lag)
    for name, site in claims:
        paid = falling(net_key(ledger, programme, name, site), Key("paid_in", programme, name))
        label, note = say("paid by {programme}", programme=programme), "grants whose lag is over"
        sheet.flow(Key("granted", programme, name, site), label, note, at_site(name, site), series=paid)


def _milestones(ledger: Ledger, sheet: Sheet, programme: str, milestones: tuple[Milestone, ...]) -> None:
    """Each part of the grant by its own date; parts that come after the horizon are in no period."""
    claims, path = claims_of(ledger, programme), f"programmes.{programme}.milestones"
    awarded = [net_key(ledger, programme, name, site) for name, site in claims]
    sheet.heading(about(programme, "when the parts of the grant are paid"))
    for n, part in enumerate(milestones):
        words = say(f"part {{number}}: periods from {part.event} to payment", number=n + 1)
        _lag(sheet, Key("lag", programme, n), words, Spot(f"{path}.{n}.lag"))
    for name in sorted({name for name, _ in claims}):
        for n, part in enumerate(milestones):
            since = Header("number") if part.event == "order" else Now(Key("arrival", name))
            note = f"period of {part.event} + lag"
            series = since + Spot(Key("lag", programme, n))
            label = about(name, say("part {number} paid in period", number=n + 1))
            sheet.line(Key("paid_in", programme, n, name), label, "period", note, series=series)
            month = first_month_of(since) + Spot(f"{path}.{n}.lag")
            label = about(name, say("part {number} paid in month", number=n + 1))
            note = f"first month of the period of {part.event} + lag"
            _month(sheet, Key("paid_month", programme, n, name), label, note, month)
    sheet.heading(about(programme, "parts of the grant, by period of payment"))
    for (name, site), key in zip(claims, awarded, strict=True):
        for n in range(len(milestones)):
            note = "share x grants whose lag is over"
            label = say("part {number} of the grant of {programme}", number=n + 1, programme=programme)
            series = falling(key, Key("paid_in", programme, n, name)) * Spot(f"{path}.{n}.share")
            sheet.flow(Key("part", programme, n, name, site), label, note, at_site(name, site), series=series)
    sheet.heading(about(programme, "whole grant, all parts, be they paid within the horizon or not"))
    label, note = about(programme, "whole grant"), "by period of the order or start"
    sheet.flow(Key("awarded", programme), label, note, kind="total", series=total(awarded), by_year=True)
    sheet.heading(about(programme, "grant paid"))
    for name, site in claims:
        keys = [Key("part", programme, n, name, site) for n in range(len(milestones))]
        label, note = say("paid by {programme}", programme=programme), "sum of the parts"
        sheet.flow(Key("granted", programme, name, site), label, note, at_site(name, site), series=total(keys))


def _on_delivery(ledger: Ledger, sheet: Sheet, programme: str) -> None:
    """A tax credit is earned, and cost is written off at once, in the period of delivery."""
    word, own = say(ledger.case.programmes[programme].aid.label), counted_key(ledger, programme)
    gives = say("{what} of {programme}", what=word, programme=programme)
    sheet.heading(about(programme, say("{what}, by period of delivery", what=word)))
    keys = [
        sheet.flow(
            Key(own, name, site),
            gives,
            "of what is delivered",
            at_site(name, site),
            series=falling(net_key(ledger, programme, name, site), Key("arrival", name)),
        )
        for name, site in claims_of(ledger, programme)
    ]
    label, note = about(programme, word), "by period of delivery"
    sheet.flow(own, label, note, kind="total", series=total(keys), by_year=True)


def _lag(sheet: Sheet, key: RowKey, label: Text, lag: Term) -> None:
    sheet.line(key, label, "period", "lag, rounded down", value=call("INT", lag / Spot("calendar.period")))


def _month(sheet: Sheet, key: RowKey, label: Text, note: str, month: Term) -> None:
    """The number of the month in which something is paid, by period of the order or start."""
    sheet.line(key, label, "month number", note, series=month)
