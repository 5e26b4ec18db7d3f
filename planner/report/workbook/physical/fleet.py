"""Sheet Fleet and placement: what arrives, leaves and stands where; its second half is in ``serving.py``."""

from __future__ import annotations

from planner.report.workbook.engine.choices import Choices
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import (
    Header,
    Now,
    Spot,
    falling,
    month_number,
    period_holding,
    total,
)
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import call
from planner.report.workbook.physical.frozen import lay_frozen
from planner.report.workbook.physical.placements import (
    arrival_rows,
    fleet_paths,
    fleets,
    sites_of,
    systems_placed,
)
from planner.report.workbook.physical.serving import lay_serving
from planner.report.workbook.physical.site_loss import lay_site_loss
from planner.vocabulary.message import Message, about, say, verbatim

FLEET = Entry(
    "Fleet and placement",
    "what arrives, stands and works where",
    "An order arrives a lead time later. What arrives or leaves counts from the start of a period.",
)


def lay_fleet(ledger: Ledger) -> None:
    """Lays arrivals, exits and installed systems, and then what they do."""
    sheet = ledger.time_sheet(FLEET)
    choices = ledger.choices
    sheet.heading("When orders arrive")
    for offer in choices.offers:
        arrival_rows(sheet, offer, ledger.case.offers[offer].place_of(offer, "lead_time"))
    _supply(ledger, sheet, choices)
    _existing(ledger, sheet)
    _deliveries(ledger, sheet, choices)
    _balance(ledger, sheet, choices)
    lay_serving(ledger, sheet)
    lay_site_loss(ledger, sheet)
    lay_frozen(ledger, sheet)


def _supply(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    """What could still be ordered: of a period's supply, and of what is allocated up to it."""
    offers = ledger.case.offers
    limited = [offer for offer in choices.offers if offers[offer].available or offers[offer].allocation]
    if limited:
        sheet.heading("Supply left")
    for offer in limited:
        if offers[offer].available is not None:
            left = Now(f"offers.{offer}.available") - Now(Key("ordered", offer))
            label = about(offer, "left in the period")
            sheet.line(Key("supply", offer), label, "systems", "available - ordered", series=left)
        if offers[offer].allocation is not None:
            so_far = Key("so_far", offer)
            series = Now(so_far, -1) + Now(Key("ordered", offer))
            sheet.line(so_far, about(offer, "ordered so far"), "systems", "before + ordered", opening=0, series=series)
            left = Now(f"offers.{offer}.allocation") - Now(so_far)
            sheet.line(Key("allocated", offer), about(offer, "left of the allocation"), "systems", series=left)


def _existing(ledger: Ledger, sheet: Sheet) -> None:
    sheet.heading("Systems already there or under contract: period of arrival, below 1 where they stand there before")
    for path, (site, fleet) in fleets(ledger).items():
        label = say("{system} that arrives {month}", system=fleet.system, month=str(fleet.arrives))
        words, note = about(label, "number of that month"), "year x 12 + month"
        value = month_number(Spot(f"{path}.arrives"))
        sheet.line(Key("month", path), words, "month number", note, at_site(fleet.system, site), value=value)
        words, note = about(label, "period of arrival"), "first period that starts in that month or later"
        value = 1 - call("INT", (Spot("time.month", 0) - Spot(Key("month", path))) / Spot("calendar.period"))
        sheet.line(Key("number", path), words, "period", note, at_site(fleet.system, site), value=value)
        if fleet.unpaid is not None:
            _due(sheet, path, label, at_site(fleet.system, site))


def _due(sheet: Sheet, path: str, label: Message, subject: Message) -> None:
    """When what is unpaid under a contract is due."""
    words, note = about(label, "paid in month"), "month of arrival, at the earliest the first; counted from the start"
    value = call("MAX", 1, Spot(Key("month", path)) - Spot("time.month", 0) + 1)
    sheet.line(Key("due_month", path), words, "month number", note, subject, value=value)
    words, note = about(label, "paid in period"), "the one that holds that month"
    value = period_holding(Spot(Key("due_month", path)))
    sheet.line(Key("due_period", path), words, "period", note, subject, value=value)


def _deliveries(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    sheet.heading("Deliveries by source")
    for system, site in ledger.placements:
        for path in fleet_paths(ledger, system, site):
            count, number = Spot(f"{path}.quantity"), Spot(Key("number", path))
            before, now = count * number.compare("<", 1), count * Header("number").compare("=", number)
            key = Key("delivery", path)
            label = say("{system} under contract", system=system)
            note = "all in the period of arrival"
            sheet.line(key, label, "systems", note, at_site(system, site), opening=before, series=now, add_up=True)
        for offer, place in choices.orders:
            if place == site and ledger.case.offers[offer].system == system:
                arrived = falling(Key("order", offer, site), Key("arrival", offer))
                note = "orders that arrive in the period"
                key, label = Key("delivery", offer, site), say("{system} through {offer}", system=system, offer=offer)
                sheet.line(key, label, "systems", note, at_site(system, site), series=arrived, add_up=True)


def delivery_keys(ledger: Ledger, system: str, site: str) -> list[Key]:
    """Rows of the deliveries of a system to a site."""
    orders = ledger.choices.orders
    bought = [offer for offer, place in orders if place == site and ledger.case.offers[offer].system == system]
    paths = fleet_paths(ledger, system, site)
    return [*(Key("delivery", path) for path in paths), *(Key("delivery", offer, site) for offer in bought)]


def _balance(ledger: Ledger, sheet: Sheet, choices: Choices) -> None:
    places = ledger.placements
    sheet.heading("Delivered")
    for system, site in places:
        key, label, note = Key("delivered", system, site), about(system, "delivered"), "sum of the sources"
        sources = total(delivery_keys(ledger, system, site))
        sheet.line(key, label, "systems", note, at_site(system, site), opening=sources, series=sources, add_up=True)
    sheet.heading("Exits")
    for system, site in places:
        lots = [Key("exit", *vintage) for vintage in choices.exits if (vintage.system, vintage.site) == (system, site)]
        key, label, note = Key("exits", system, site), about(system, "retired or sold"), "sum over lots"
        sheet.line(key, label, "systems", note, at_site(system, site), series=total(lots), add_up=True)
    sheet.heading("Installed")
    for system, site in places:
        key, label, note = Key("installed", system, site), about(system, "installed"), "before + delivered - exits"
        delivered = Now(Key("delivered", system, site))
        series = Now(key, -1) + delivered - Now(Key("exits", system, site))
        sheet.line(key, label, "systems", note, at_site(system, site), opening=delivered, series=series)
    sheet.heading("Installed, all sites")
    for system in systems_placed(ledger):
        keys = [Key("installed", system, site) for site in sites_of(ledger, system)]
        label = verbatim(system)
        sheet.line(Key("standing", system), label, "systems", kind="total", opening=total(keys), series=total(keys))
