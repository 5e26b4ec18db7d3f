"""Checks that the decisions still fit the inputs: what a changed date or term would make of them is another plan."""

from __future__ import annotations

from planner.audit.dates import life_end_period, period_in_use, vintage_of
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.terms import Literal, call
from planner.report.workbook.front.check_writer import Check, CheckWriter
from planner.report.workbook.physical.placements import fleet_paths, fleets
from planner.report.workbook.programmes.aid import Part, claims_of, credited, parts_of
from planner.report.workbook.programmes.claimed_exits import exits_of, orders_that_leave
from planner.vocabulary.keys import Arrival, Claim, Investment
from planner.vocabulary.message import say

NAMED = "what leaves arrives in the month that its exit names"


def lay_fit_checks(ledger: Ledger, writer: CheckWriter) -> None:
    """Lays them, under a heading of their own."""
    writer.sheet.heading("The decisions fit the inputs")
    months = float(ledger.case.calendar.months_per_period)
    writer.check(Check("months in a period, as planned", "", "months", Spot("calendar.period"), "=", months))
    _arrivals(ledger, writer)
    _claims(ledger, writer)
    _retentions(ledger, writer)
    for programme in credited(ledger):
        chosen = Key("credit", programme)
        if chosen in ledger.grid:
            at_the_end = call("SUMPRODUCT", Whole(chosen), Whole("time.closes"))
            writer.money("credit is used where a fiscal year ends", at_the_end, "=", Spot(chosen), programme)


def _arrivals(ledger: Ledger, writer: CheckWriter) -> None:
    """What leaves is named by the month in which it came, and an age follows from that."""
    for order in orders_that_leave(ledger):
        offer, site, t = order
        since = (Spot(Key("arrival", offer), t) - 1) * Spot("calendar.period")
        came = Spot(Key("month", vintage_of(ledger.case, order).arrival.month))
        writer.check(Check(NAMED, at_site(offer, site), "month number", Spot("time.month", 0) + since, "=", came))
    arrives = {path: Arrival(fleet.arrives) for path, (_, fleet) in fleets(ledger).items()}
    for vintage in ledger.choices.exits:
        system, site, arrival = vintage
        paths = [path for path in fleet_paths(ledger, system, site) if arrives[path] == arrival]
        for path in paths:
            arrived, came = Spot(Key("month", path)), Spot(Key("month", arrival.month))
            writer.check(Check(NAMED, at_site(system, site), "month number", arrived, "=", came))
        if paths and life_end_period(ledger.case, vintage) < len(ledger.periods):
            gone, label = Spot(Key("exit", *vintage)), "gone by the end of its life, of what was there"
            there = sum((Spot(f"{path}.quantity") for path in paths), Literal(0))
            writer.check(Check(label, at_site(system, site), "systems", gone, ">=", there))


def _claims(ledger: Ledger, writer: CheckWriter) -> None:
    """A grant of which nothing is paid within the horizon cannot be claimed: held against the part that comes first."""
    for programme, rules in ledger.case.programmes.items():
        if not rules.aid.is_paid_out:
            continue
        for name, site in claims_of(ledger, programme):
            part, latest = min(_latest(ledger, programme, name, site), key=lambda found: found[1])
            if latest < len(ledger.periods):
                late = Whole(Key("paid_in", part.key, name)).compare(">", Spot("time.periods"))
                label = "claimed, and paid after the end only"
                subject = say("{programme}, {subject}", programme=programme, subject=at_site(name, site))
                claimed = call("SUMPRODUCT", Whole(Key("claim", programme, name, site)) * late)
                writer.check(Check(label, subject, "units", claimed, "=", 0.0))


def _latest(ledger: Ledger, programme: str, name: str, site: str) -> list[tuple[Part, int]]:
    """Each part of a grant, and the latest period in which it is paid for what was claimed."""
    case, calendar = ledger.case, ledger.case.calendar
    rules = case.programmes[programme]
    terms = [(part.event, part.lag) for part in rules.milestones] or [("delivery", rules.payment_lag)]
    claimed = [i.period for j, i in ledger.decisions.claim if (j, i.name, i.site) == (programme, name, site)]
    found = []
    for part, (event, lag) in zip(parts_of(ledger, programme), terms, strict=True):
        since = claimed if event == "order" else [period_in_use(case, Investment(name, site, t)) for t in claimed]
        found.append((part, max(calendar.period_containing(calendar.starts[t].plus(lag.months)) for t in since)))
    return found


def _retentions(ledger: Ledger, writer: CheckWriter) -> None:
    """Which systems leave before a retention ends decides what goes back, and who must be named among them."""
    programmes, decisions = ledger.case.programmes, ledger.decisions
    for order in orders_that_leave(ledger):
        own = vintage_of(ledger.case, order)
        arrived = own.arrival.month
        for programme, rules in programmes.items():
            if not rules.aid.is_paid_out or not decisions.claim.get(Claim(programme, order)):
                continue
            early = Whole(Key("old", arrived)).compare("<", Spot(f"programmes.{programme}.retention"))
            kept_until = arrived.plus(rules.retention.months)
            leaving = {t: n for (vintage, t), n in decisions.exit.items() if vintage == own}
            as_planned = sum(n for t, n in leaving.items() if ledger.case.calendar.starts[t] < kept_until)
            label = "leave before the retention ends, as planned"
            sense = "<=" if rules.early_exit == "forbidden" else "="
            subject = say("{programme}, {subject}", programme=programme, subject=at_site(*order[:2]))
            gone = call("SUMPRODUCT", Whole(exits_of(ledger, order)) * early)
            writer.check(Check(label, subject, "systems", gone, sense, float(as_planned)))
