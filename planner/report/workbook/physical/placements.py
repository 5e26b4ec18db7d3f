"""Which systems ever stand where, and rows that several sheets share."""

from __future__ import annotations

from planner.case.case import Case
from planner.case.site import Fleet
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, period_holding
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import Message, about, say, verbatim


def systems_placed(ledger: Ledger) -> list[str]:
    """Systems that ever stand anywhere."""
    return sorted({system for system, _ in ledger.placements})


def sites_of(ledger: Ledger, system: str) -> list[str]:
    """Sites where a system ever stands."""
    return [site for name, site in ledger.placements if name == system]


def fleets(ledger: Ledger) -> dict[str, tuple[str, Fleet]]:
    """Site and systems that it has, or gets under contract, by where they stand on Inputs."""
    return {
        f"sites.{site}.fleet.{at}": (site, fleet)
        for site, place in ledger.case.sites.items()
        for at, fleet in enumerate(place.fleet)
    }


def fleet_paths(ledger: Ledger, system: str, site: str) -> list[str]:
    """Where the systems of a kind that a site has, or gets under contract, stand on Inputs."""
    return [path for path, (place, fleet) in fleets(ledger).items() if (fleet.system, place) == (system, site)]


def bought_row(ledger: Ledger, name: str, site: str) -> tuple[Key, str]:
    """The row of the decisions on what is bought through an offer for a site, or of an expansion, and its unit."""
    return (Key("order", name, site), "systems") if name in ledger.case.offers else (Key("expand", name), "blocks")


def metric_label(metric: str) -> str:
    """A metric in words."""
    return metric.replace("_", " ").replace("pflops", "PFLOPS, dense").replace("bf16", "BF16").replace("fp", "FP")


def arrival_period(case: Case, offer: str, t: int) -> int:
    """The period in which what was ordered in a period arrived, as solved."""
    terms, calendar = case.offers[offer], case.calendar
    lead = terms.effective_lead_time(case.systems[terms.system])
    assert lead is not None
    return calendar.first_period_from(calendar.starts[t].plus(lead.months))


def arrival_rows(sheet: Sheet, name: str, lead: str) -> None:
    """When something ordered in each period arrives: the first period that starts a lead time later, from which it is
    in use, and the month in which it is delivered and the rest of its price is due, which may lie before that."""
    note = "lead time over months in a period, rounded up"
    value = 0 - call("INT", 0 - Spot(lead) / Spot("calendar.period"))
    sheet.line(Key("shift", name), about(name, "periods from order to arrival"), "period", note, value=value)
    words, note = about(name, "arrives in period"), "period of the order plus the shift"
    sheet.line(Key("arrival", name), words, "period", note, series=Header("number") + Spot(Key("shift", name)))
    words, note = about(name, "delivered in month"), "first month of the period of the order + lead time"
    series = Now("time.first_month") + Spot(lead)
    sheet.line(Key("delivered", name), words, "month number", note, series=series)
    words, note = about(name, "paid in full in period"), "the one that holds the month of delivery"
    series = period_holding(Now(Key("delivered", name)))
    sheet.line(Key("due_in", name), words, "period", note, series=series)


def retirement_row(sheet: Sheet, name: str, life: str) -> None:
    """When blocks started in each period retire: the first period that starts a useful life after they are ready."""
    value = 0 - call("INT", 0 - Spot(life) / Spot("calendar.period"))
    note = "useful life over months in a period, rounded up"
    sheet.line(Key("serves", name), about(name, "periods of use"), "period", note, value=value)
    words, note = about(name, "retires in period"), "period of arrival + periods of use"
    series = Now(Key("arrival", name)) + Spot(Key("serves", name))
    sheet.line(Key("retires", name), words, "period", note, series=series)


def additions_key(ledger: Ledger, offer: str) -> str | None:
    """Where the share of network, storage and installation stands on Inputs; None where there is none."""
    path = ledger.case.offers[offer].place_of(offer, "additions")
    return path if path in ledger.grid else None


def with_additions(ledger: Ledger, name: str) -> Term | None:
    """What a price is multiplied by for network, storage and installation; None where there are none, as of blocks."""
    share = additions_key(ledger, name) if name in ledger.case.offers else None
    return 1 + Spot(share) if share else None


def arrival_words(arrival: Arrival) -> Message:
    """The month of an arrival, and the offer where it came through one.

    >>> from planner.case.quantities import Month
    >>> str(arrival_words(Arrival(Month.of(2024, 10), "b200-market"))), str(arrival_words(Arrival(Month.of(2024, 6))))
    ('2024-10 through b200-market', '2024-06')
    """
    if not arrival.offer:
        return verbatim(str(arrival.month))
    return say("{month} through {offer}", month=str(arrival.month), offer=arrival.offer)
