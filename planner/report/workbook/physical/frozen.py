"""Last part of the sheet Fleet and placement: what is frozen, and what was decided while all was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planner.case.frozen import Frozen
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.over import OVER
from planner.report.workbook.engine.references import Now, Spot, month_number, more, total
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term
from planner.vocabulary.keys import Arrival
from planner.vocabulary.message import say, verbatim


class Pin(NamedTuple):
    """One entry of what is frozen."""

    field: str
    """The list in which it stands."""
    number: int
    name: str
    """What it is about, first of all."""
    month: str
    row: Key
    """The row of its decision."""
    amount: str
    """The field that says how much."""
    unit: str

    @property
    def path(self) -> str:
        """Where it stands in the case."""
        return f"frozen.{self.field}.{self.number}"

    @property
    def how_much(self) -> Key:
        """The cell with its amount, in our own currency."""
        return Key("frozen number", self.field, self.number)

    @property
    def when(self) -> Key:
        """The cell with the number of its month."""
        return Key("frozen month", self.field, self.number)


def pins(ledger: Ledger, frozen: Frozen) -> Iterator[Pin]:
    """All entries, list by list."""
    for n, one in enumerate(frozen.orders):
        row = Key("order", one.offer, one.site)
        yield Pin("orders", n, one.offer, str(one.month), row, "systems", "systems")
    for n, start in enumerate(frozen.blocks):
        row = Key("expand", start.expansion)
        yield Pin("blocks", n, start.expansion, str(start.month), row, "blocks", "blocks")
    for n, leaving in enumerate(frozen.exits):
        row = Key("exit", leaving.system, leaving.site, Arrival(leaving.arrived, leaving.offer or ""))
        yield Pin("exits", n, leaving.system, str(leaving.month), row, "systems", "systems")
    for n, claim in enumerate(frozen.claims):
        row = Key("claim", claim.programme, claim.investment, claim.site)
        yield Pin("claims", n, claim.investment, str(claim.month), row, "units", "units")
    for n, draw in enumerate(frozen.draws):
        yield Pin("draws", n, draw.loan, str(draw.month), Key("draw", draw.loan), "money", ledger.currency)
    for n, repaid in enumerate(frozen.repayments):
        yield Pin("repayments", n, repaid.loan, str(repaid.month), Key("repay", repaid.loan), "money", ledger.currency)


def lay_frozen(ledger: Ledger, sheet: Sheet) -> None:
    """Lays amounts and months of what is frozen, one below the other, and what was decided up to the month in all."""
    frozen = ledger.case.frozen
    if frozen is None:
        return
    sheet.heading("What is frozen")
    past = Now("time.month").compare("<=", Spot(Key("frozen month", "until")))
    note = "year x 12 + month"
    until = month_number(Spot("frozen.until"))
    sheet.line(Key("frozen month", "until"), "until", "month number", note, value=until)
    sheet.line(Key("frozen", "past"), "all is frozen", "yes = 1", "starts up to that month", series=past * 1)
    gone = Now(Key("frozen", "past")) * Spot("frozen.complete")
    sheet.line(OVER, "all of it has happened", "yes = 1", "nothing is asked of these periods", series=gone)
    found = [*pins(ledger, frozen)]
    for pin in found:
        sheet.line(
            pin.how_much, verbatim(pin.month), pin.unit, "as frozen", pin.name, value=_amount(ledger, frozen, pin)
        )
    for pin in found:
        month = month_number(Spot(f"{pin.path}.month"))
        sheet.line(pin.when, verbatim(pin.month), "month number", note, pin.name, value=month)
    choices = ledger.choices
    lists = (
        ("orders", [Key("order", *names) for names in choices.orders], "systems"),
        ("blocks", [Key("expand", name) for name in choices.expansions], "blocks"),
        ("claims", [Key("claim", *names) for names in choices.claims], "units"),
        ("draws", [Key("draw", *names) for names in choices.rows("draw")], ledger.currency),
        ("repayments", [Key("repay", *names) for names in choices.rows("repay")], ledger.currency),
    )
    for field, rows, unit in lists:
        apart = field in ("draws", "repayments")  # each loan has both, one below the other
        decided = (more(rows) if apart else total(rows)) if rows else Literal(0)
        series = decided * Now(Key("frozen", "past"))
        sheet.line(Key("so far", field), say(field), unit, "decided while all is frozen", series=series, add_up=True)


def _amount(ledger: Ledger, frozen: Frozen, pin: Pin) -> Term:
    if pin.field not in ("draws", "repayments"):
        return Spot(f"{pin.path}.{pin.amount}")
    one = (frozen.draws if pin.field == "draws" else frozen.repayments)[pin.number]
    return ledger.home(one.money, f"{pin.path}.money", ledger.case.calendar.period_containing(one.month))
