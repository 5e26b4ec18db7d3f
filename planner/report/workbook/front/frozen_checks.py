"""What is frozen, held against the decisions by formulas that move with the inputs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.case.frozen import Frozen
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger, at_site
from planner.report.workbook.engine.references import Spot, Whole, month_number
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.front.check_writer import Check
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import say


def frozen_checks(ledger: Ledger) -> Iterator[Check]:
    """Each number that is frozen is what was decided, and up to the month there is nothing besides."""
    frozen = ledger.case.frozen
    if frozen is None:
        return
    yield from _orders(ledger, frozen)
    yield from _blocks(ledger, frozen)
    for number, leaving in enumerate(frozen.exits):
        path = f"frozen.exits.{number}"
        row = Key("exit", leaving.system, leaving.site, Arrival(leaving.arrived, leaving.offer or ""))
        subject = at_site(leaving.system, leaving.site)
        label = say("leaving in {month} as frozen", month=str(leaving.month))
        yield Check(label, subject, "systems", _in_month(ledger, row, path), "=", Spot(f"{path}.systems"))
    for name in frozen.programmes:
        entered: Term = Spot(Key("join", name)) if Key("join", name) in ledger.grid else Literal(0)
        yield Check("entered as frozen", name, "yes = 1", entered, "=", Spot(f"frozen.programmes.{name}"))


def _orders(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    for number, order in enumerate(frozen.orders):
        path = f"frozen.orders.{number}"
        decided = _in_month(ledger, Key("order", order.offer, order.site), path)
        label = say("ordered in {month} as frozen", month=str(order.month))
        subject = at_site(order.offer, order.site)
        yield Check(label, subject, "systems", decided, "=", Spot(f"{path}.systems"))
    rows = [Key("order", *names) for names in ledger.choices.orders]
    listed = [f"frozen.orders.{number}.systems" for number in range(len(frozen.orders))]
    label = say("ordered up to {month}, nothing besides what is frozen", month=str(frozen.until))
    yield Check(label, say("all offers"), "systems", _so_far(rows), "=", _sum(listed))


def _blocks(ledger: Ledger, frozen: Frozen) -> Iterator[Check]:
    for number, start in enumerate(frozen.blocks):
        path = f"frozen.blocks.{number}"
        label = say("started in {month} as frozen", month=str(start.month))
        decided = _in_month(ledger, Key("expand", start.expansion), path)
        yield Check(label, start.expansion, "blocks", decided, "=", Spot(f"{path}.blocks"))
    if ledger.case.expansions:
        rows = [Key("expand", name) for name in ledger.choices.expansions]
        listed = [f"frozen.blocks.{number}.blocks" for number in range(len(frozen.blocks))]
        label = say("started up to {month}, nothing besides what is frozen", month=str(frozen.until))
        yield Check(label, say("all expansions"), "blocks", _so_far(rows), "=", _sum(listed))


def _in_month(ledger: Ledger, row: Key, path: str) -> Term:
    """What was decided in the month that an entry names."""
    if row not in ledger.grid:
        return Literal(0)
    return call("SUMPRODUCT", Whole(row) * Whole("time.month").compare("=", month_number(Spot(f"{path}.month"))))


def _so_far(rows: list[Key]) -> Term:
    """What was decided up to the month until which all is frozen."""
    then = Whole("time.month").compare("<=", month_number(Spot("frozen.until")))
    return sum((call("SUMPRODUCT", Whole(row) * then) for row in rows), Literal(0))


def _sum(paths: list[str]) -> Term:
    return sum((Spot(path) for path in paths), Literal(0))
