"""How one check is laid: left, right, room, tolerance and status, all of one form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Spot, Whole
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.engine.verdicts import DIFFERS, OK
from planner.report.workbook.engine.verdicts import FAILED as FAILED_WORD
from planner.vocabulary.message import Message, Text, message_of, say, verbatim

CHECK, SUBJECT, UNIT, LEFT, SENSE, RIGHT, ROOM, TOLERANCE, FAILED, STATUS, KIND = range(11)
NUMBER, POSITION, STEP, SCALE, SHOWN = range(11, 16)
"""Columns of limits alone: how many are broken so far; the column over time in which most is missing, from 0; months
from one such column to the next; what the unit shown is in whole units; that unit in words."""
LIMIT, FIT, BOOKS, AUDITED = "limit of the case", "decisions fit", "whatever the inputs", "as solved"
"""Kinds of checks: a limit of the case; that decisions fit the inputs; what holds for any inputs; and what is held
against figures of the plan as it was made, from which a changed input leads away."""
NOTHING = verbatim("–")
"""Stands where a limit is not over time, and where none is broken."""
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
    over: RowKey = ""
    """The row over time whose highest or lowest figure is the left side, if it is one."""


@dataclass
class CheckWriter:
    """Lays one check a row, all of one form."""

    ledger: Ledger
    sheet: Sheet
    kind: str = BOOKS
    """Of the checks that are laid and last."""

    def __post_init__(self) -> None:
        self.keys: list[Key] = []
        """Keys of the cells that say whether a check failed."""
        self.broken: Term = Literal(0)
        """How many limits are broken so far."""

    def check(self, check: Check) -> None:
        """Lays left and right, and the room between them; negative on the wrong side."""
        row, key = self.sheet.next_row, Key("check", len(self.keys))
        self.sheet.next_row += 1
        put = self.sheet.put
        subject = verbatim(check.subject) if isinstance(check.subject, str) else check.subject
        put(row, CHECK, check.label, "label", key=Key(key, "label"))
        put(row, SUBJECT, subject, "label", key=Key(key, "subject"))
        put(row, UNIT, check.unit, "unit", check.unit)
        put(row, SENSE, check.sense, "check")
        for column, side, name in ((LEFT, check.left, "left"), (RIGHT, check.right, "right")):
            kind = "calculation" if isinstance(side, Term) else "constant"
            put(row, column, side, kind, check.unit, key=Key(key, name))
        one, other = Spot(Key(key, "left")), Spot(Key(key, "right"))
        room = {"=": 0 - call("ABS", one - other), "<=": other - one, ">=": one - other}[check.sense]
        put(row, ROOM, call("IFERROR", room, "error"), "calculation", check.unit, key=Key(key, "room"))
        put(row, TOLERANCE, check.tolerance, "constant", "tolerance", key=Key(key, "tolerance"))
        kept = call("IF", (Spot(Key(key, "room")) + Spot(Key(key, "tolerance"))).compare(">=", 0), 0, 1)
        put(row, FAILED, call("IFERROR", kept, 1), "calculation", "flag", key=key)
        kind = self.kind if check.lasting else AUDITED
        bad = DIFFERS if kind == AUDITED else FAILED_WORD
        put(row, STATUS, call("IF", Spot(key).compare("=", 0), OK, bad), "verdict", "text")
        put(row, KIND, kind, "text", key=Key(key, "kind"))
        if kind in (LIMIT, FIT):
            self._limit(check, row, key)
        self.keys.append(key)

    def _limit(self, check: Check, row: int, key: Key) -> None:
        """What the head of the sheet looks up of a limit that is broken."""
        put, grid = self.sheet.put, self.ledger.grid
        put(row, NUMBER, self.broken + Spot(key), "calculation", "count", key=Key(key, "number"))
        self.broken = Spot(Key(key, "number"))
        position: Term | Message = NOTHING
        months: Term | float = 1.0
        if check.over:
            at = call("MATCH", Spot(Key(key, "left")), Whole(check.over), 0) - 1
            position = call("IF", Spot(key).compare("=", 0), NOTHING, at)
            if grid.columns_over_time(grid.line_of(check.over).sheet).unit == "period":
                months = Spot("calendar.period")
        put(row, POSITION, position, "calculation", "count", key=Key(key, "position"))
        put(row, STEP, months, "calculation", "months", key=Key(key, "step"))
        put(row, SCALE, self.ledger.scale.one_shown(check.unit), "constant", "count", key=Key(key, "scale"))
        shown = self.ledger.scale.shown_unit(check.unit, False)
        put(row, SHOWN, verbatim(shown), "text", key=Key(key, "unit"))

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
