"""What is frozen, held against the decisions by formulas that move with the inputs."""

from __future__ import annotations

from collections.abc import Iterator

from planner.audit.limits.kinds import QUANTITY_TOLERANCE
from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Band, Spot, Whole
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.front.check_writer import ONE_UNIT_OF_MONEY, Check
from planner.report.workbook.physical.frozen import Pin, pins
from planner.vocabulary.message import say

DECIDED = {
    "orders": "ordered in {month} as frozen",
    "blocks": "started in {month} as frozen",
    "exits": "leaving in {month} as frozen",
    "claims": "claimed of {month} as frozen",
    "draws": "drawn in {month} as frozen",
    "repayments": "repaid from {month} on as frozen",
}
BESIDES = {
    "orders": "ordered up to {month}, nothing besides what is frozen",
    "blocks": "started up to {month}, nothing besides what is frozen",
    "claims": "claimed up to {month}, nothing besides what is frozen",
    "draws": "drawn up to {month}, nothing besides what is frozen",
    "repayments": "repaid up to {month}, nothing besides what is frozen",
}
"""What of a list is all that there is; of claims and loans where the list is complete."""


def frozen_checks(ledger: Ledger) -> Iterator[Check]:
    """Each number that is frozen is what was decided, and up to the month there is nothing besides."""
    frozen = ledger.case.frozen
    if frozen is None:
        return
    found = [*pins(ledger, frozen)]
    for field, template in DECIDED.items():
        own = [pin for pin in found if pin.field == field]
        for pin in own:
            label = say(template, month=pin.month)
            asked = Spot(pin.how_much)
            yield Check(label, pin.name, pin.unit, _decided(ledger, pin), "=", asked, _tolerance(ledger, pin.unit))
        if field in ("orders", "blocks") or (frozen.complete and field in BESIDES):
            unit = own[0].unit if own else {"orders": "systems", "blocks": "blocks", "claims": "units"}.get(field)
            unit = unit or ledger.currency
            asked_in_all: Term = call("SUM", Band(own[0].how_much, own[-1].how_much)) if own else Literal(0)
            so_far = call("SUM", Whole(Key("so far", field)))
            label = say(BESIDES[field], month=str(frozen.until))
            yield Check(label, say("in all"), unit, so_far, "=", asked_in_all, _tolerance(ledger, unit))
    for name in frozen.programmes:
        entered: Term = Spot(Key("join", name)) if Key("join", name) in ledger.grid else Literal(0)
        yield Check("entered as frozen", name, "yes = 1", entered, "=", Spot(f"frozen.programmes.{name}"))


def _decided(ledger: Ledger, pin: Pin) -> Term:
    """What was decided in the month that an entry names."""
    if pin.row not in ledger.grid:
        return Literal(0)
    return call("SUMIFS", Whole(pin.row), Whole("time.month"), Spot(pin.when))


def _tolerance(ledger: Ledger, unit: str) -> float:
    """Money to one unit of it; parts of systems as the audit has them."""
    if unit == ledger.currency:
        return ONE_UNIT_OF_MONEY
    frozen = ledger.case.frozen
    most = max((claim.units for claim in frozen.claims), default=0.0) if frozen is not None else 0.0
    return QUANTITY_TOLERANCE * max(1.0, most) if unit == "units" else 0.0
