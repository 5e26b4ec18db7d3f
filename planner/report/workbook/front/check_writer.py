"""How one check is laid: left, right, room, tolerance and status, all of one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Term, call
from planner.vocabulary.message import Text, message_of, say, verbatim

CHECK, SUBJECT, UNIT, LEFT, SENSE, RIGHT, ROOM, TOLERANCE, FAILED, STATUS, LASTING = range(11)
ONE_UNIT_OF_MONEY = 1.0
"""How far two ways to the same amount of money may differ."""


class Check(NamedTuple):
    """One row: two sides that are to stand to each other as ``sense`` says, but for a tolerance."""

    label: Text
    subject: Text
    unit: Text
    left: Term | float
    sense: str
    right: Term | float
    tolerance: float = 0.0
    lasting: bool = True
    """Whether it holds for any inputs that the decisions fit; the others only hold as the plan was made."""


@dataclass
class CheckWriter:
    """Lays one check a row, all of one form."""

    ledger: Ledger
    sheet: Sheet

    def __post_init__(self) -> None:
        self.keys: list[Key] = []
        """Keys of the cells that say whether a check failed."""

    def check(self, check: Check) -> None:
        """Lays left and right, and the room between them; negative on the wrong side."""
        row, key = self.sheet.next_row, Key("check", len(self.keys))
        self.sheet.next_row += 1
        put = self.sheet.put
        put(row, CHECK, check.label, "label")
        put(row, SUBJECT, verbatim(check.subject) if isinstance(check.subject, str) else check.subject, "label")
        put(row, UNIT, check.unit, "unit", check.unit)
        put(row, SENSE, check.sense, "check")
        for column, side, name in ((LEFT, check.left, "left"), (RIGHT, check.right, "right")):
            kind = "calculation" if isinstance(side, Term) else "constant"
            put(row, column, side, kind, check.unit, key=Key(key, name))
        one, other = Spot(Key(key, "left")), Spot(Key(key, "right"))
        room = {"=": 0 - call("ABS", one - other), "<=": other - one, ">=": one - other}[check.sense]
        put(row, ROOM, room, "calculation", check.unit, key=Key(key, "room"))
        put(row, TOLERANCE, check.tolerance, "constant", "tolerance", key=Key(key, "tolerance"))
        kept = call("IF", (Spot(Key(key, "room")) + Spot(Key(key, "tolerance"))).compare(">=", 0), 0, 1)
        put(row, FAILED, call("IFERROR", kept, 1), "calculation", "flag", key=key)
        put(row, STATUS, call("IF", Spot(key).compare("=", 0), "OK", "FAILED"), "verdict", "text")
        put(row, LASTING, float(check.lasting), "constant", "flag", key=Key(key, "lasting"))
        self.keys.append(key)

    def audited(self, label: Text, left: Term, amount: float, subject: Text = "", by: str = "the audit's") -> None:
        """A check that money is what it was worked out to be when the plan was made, to one unit of it."""
        unit, label = self.ledger.currency, say(f"{{figure}} = {by}", figure=message_of(label)) if by else label
        self.check(Check(label, subject, unit, left, "=", amount, ONE_UNIT_OF_MONEY, lasting=False))

    def limit(self, label: Text, room: Term, subject: Text) -> None:
        """A check that room is left, with the audit's widest tolerance for loans."""
        tolerance = max((limit.tolerance for limit in self.ledger.audit.limits if "loan" in limit.rule), default=0.0)
        self.check(Check(label, subject, self.ledger.currency, room, ">=", 0.0, tolerance))

    def money(self, label: Text, left: Term | float, sense: str, right: Term | float, subject: Text = "") -> None:
        """A check of two amounts of our currency, to one unit of it."""
        self.check(Check(label, subject, self.ledger.currency, left, sense, right, ONE_UNIT_OF_MONEY))
