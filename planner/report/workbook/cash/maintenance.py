"""Workings of the cash flow: maintenance that changes with the age of systems, lot by lot."""

from __future__ import annotations

from dataclasses import dataclass

from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Header, Now, Spot, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.report.workbook.physical.placements import arrival_period, fleets, systems_placed
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import Message, about, say


@dataclass(frozen=True)
class Lot:
    """Systems of one kind that arrive together, at whatever site."""

    key: Key
    label: Message
    units: Term
    """How many arrive."""
    arrival: Term
    """Number of the first period in which they stand there."""
    month: Term
    """Number of their month of arrival, as year x 12 + month."""
    exits: tuple[tuple[str, RowKey], ...]
    """Site, and row of the decisions on those that leave it."""


def maintained_by_age(ledger: Ledger) -> list[str]:
    """Systems that ever stand anywhere and whose maintenance changes with age."""
    return [system for system in systems_placed(ledger) if ledger.case.systems[system].maintenance_by_age]


def lay_maintenance_by_age(ledger: Ledger, sheet: Sheet, system: str) -> RowKey:
    """Lays how many systems are maintained, each counted by the factor of its age, and gives the row of their sum."""
    steps = _steps(ledger, sheet, system)
    lots, rows = [*_orders(ledger, system), *_fleets(ledger, system)], list[RowKey]()
    for lot in lots:
        sheet.workings(about(system, say("maintenance by age of {lot}", lot=lot.label)))
        old, own = Key("lot_age", lot.key), Key("lot_stands", lot.key)
        month, note = Key("lot_month", lot.key), "year x 12 + month"
        sheet.line(month, "number of the month of arrival", "month number", note, value=lot.month)
        first = sheet.line(Key("lot_first", lot.key), "in use from period", "period", value=lot.arrival)
        units = sheet.line(Key("lot_units", lot.key), "systems of the lot", "systems", value=lot.units)
        age = Now("time.month") + Spot("calendar.period") - Spot(month)
        sheet.line(old, "age at the end of the period", "months", "from the month of arrival", series=age)
        parts = [sheet.line(Key("lot_factor", lot.key, 0), "before the first step", "factor", value=Spot(steps[0]))]
        for number, jump in enumerate(steps[1:], 1):
            since = Spot(f"systems.{system}.maintenance_by_age.{number - 1}.age")
            share = call("MAX", 0, call("MIN", 1, (Now(old) - since) / Spot("calendar.period")))
            label, note = say("step {number}", number=number), "change x share of the period after it"
            parts.append(
                sheet.line(Key("lot_factor", lot.key, number), label, "factor", note, series=share * Spot(jump))
            )
        left = [
            sheet.line(
                Key("lot_left", lot.key, n), about(site, "have left"), "systems", "see Decisions", series=Now(row)
            )
            for n, (site, row) in enumerate(lot.exits)
        ]
        stands = Now(own, -1) + Spot(units) * Header("number").compare("=", Spot(first))
        stands = stands - total(left) if left else stands
        sheet.line(own, "installed", "systems", "before + arrived - left", opening=0, series=stands)
        factor = Spot(parts[0]) + total(parts[1:])
        sheet.line(Key("lot_mean", lot.key), "mean factor of the period", "factor", "sum of the steps", series=factor)
    sheet.workings(about(system, "systems that are maintained, by the factor of their age"))
    for lot in lots:
        weighed = Now(Key("lot_stands", lot.key)) * Now(Key("lot_mean", lot.key))
        note = "installed x mean factor"
        rows.append(sheet.line(Key("lot_weighed", lot.key), lot.label, "systems", note, series=weighed))
    label = about(system, "all lots")
    return sheet.line(Key("weighed", system), label, "systems", kind="total", series=total(rows))


def _steps(ledger: Ledger, sheet: Sheet, system: str) -> list[RowKey]:
    """The factor before the first step, and by how much each step changes it."""
    path, count = f"systems.{system}.maintenance_by_age", len(ledger.case.systems[system].maintenance_by_age)
    sheet.workings(about(system, "maintenance by age: changes of the factor"))
    first, words, note = Key("step", system, 0), "before the first step", "the yearly maintenance itself"
    rows: list[RowKey] = [sheet.line(first, words, "factor", note, kind="constant", value=1)]
    for number in range(count):
        before = Spot(f"{path}.{number - 1}.factor") if number else Spot(Key("step", system, 0))
        change = Spot(f"{path}.{number}.factor") - before
        label, note = say("step {number}", number=number + 1), "factor - factor before"
        rows.append(sheet.line(Key("step", system, number + 1), label, "factor", note, value=change))
    return rows


def _orders(ledger: Ledger, system: str) -> list[Lot]:
    found, case = [], ledger.case
    for offer, t in ledger.choices.orders_by_period:
        if case.offers[offer].system == system:
            arrival = Arrival(case.calendar.starts[arrival_period(case, offer, t)], offer)
            number = Spot(Key("arrival", offer), t)
            found.append(
                Lot(
                    Key(offer, t),
                    say("{name} ordered {month}", name=offer, month=case.calendar.label(t)),
                    Spot(Key("ordered", offer), t),
                    number,
                    Spot("time.month", 0) + (number - 1) * Spot("calendar.period"),
                    _exits(ledger, system, arrival),
                )
            )
    return found


def _fleets(ledger: Ledger, system: str) -> list[Lot]:
    """What came without an order, by month of arrival; systems that come after the horizon never stand there."""
    by_month: dict[Arrival, list[str]] = {}
    for path, (_, fleet) in fleets(ledger).items():
        if fleet.system == system:
            by_month.setdefault(Arrival(fleet.arrives), []).append(path)
    return [
        Lot(
            Key(system, str(arrival.month)),
            say("{name} that arrives {month}", name=system, month=str(arrival.month)),
            call("SUM", *(Spot(f"{path}.quantity") for path in paths)),
            call("MAX", 1, Spot(Key("number", paths[0]))),
            Spot(Key("month", paths[0])),
            _exits(ledger, system, arrival),
        )
        for arrival, paths in by_month.items()
    ]


def _exits(ledger: Ledger, system: str, arrival: Arrival) -> tuple[tuple[str, RowKey], ...]:
    exits = [one for one in ledger.choices.exits if (one.system, one.arrival) == (system, arrival)]
    return tuple((one.site, Key("exit", *one)) for one in exits)
