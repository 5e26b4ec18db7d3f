"""Head of the sheet Checks: the master check with its states, and the limits that are broken, one by one.

As solved; changed, with every limit kept; a limit broken. Figures that are no longer those of the plan as solved are
counted by themselves: a changed input moves them, which is no fault.
"""

from __future__ import annotations

from collections.abc import Sequence

from planner.report.workbook.engine.keys import Key
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Band, Spot
from planner.report.workbook.engine.sheet import Sheet
from planner.report.workbook.engine.terms import Literal, Term, call
from planner.report.workbook.engine.verdicts import BROKEN, CHANGED, OK, UNFIT, WRONG
from planner.report.workbook.front.check_writer import (
    AUDITED,
    BOOKS,
    CHECK,
    FIT,
    KIND,
    LEFT,
    NOTHING,
    NUMBER,
    POSITION,
    RIGHT,
    ROOM,
    SCALE,
    STEP,
    SUBJECT,
    UNIT,
)
from planner.vocabulary.message import verbatim

MOST_BROKEN = 5
"""Broken limits that are named at the head of the sheet; below, each of them has its row."""
PLAN_AGAIN = "plan again"
"""What stands for a figure of decisions that no longer fit the inputs."""
PARTS = {
    CHECK: "label", SUBJECT: "subject", UNIT: "unit", ROOM: "room", POSITION: "position", STEP: "step", SCALE: "scale",
}  # fmt: skip
"""What is looked up of a limit that is broken, by the column that it stands in here as it does there."""
FIRST_ROW = 3
ROWS = (
    "Master check",
    "Inputs that differ from those the plan was made with",
    "Checks",
    "Limits broken, and decisions that no longer fit",
    "Of these, decisions that no longer fit",
    "Checks failed of what must hold whatever the inputs",
    "Figures that are no longer those of the plan as solved",
    "Checks failed, all of them",
)
SAYS = (
    "What the checks say of unchanged inputs",
    "What is said where inputs changed",
    "What they say of changed inputs",
    "What they say while no limit is broken",
    "What is said where decisions no longer fit",
    "What is said where a limit is broken",
    "The limit that is broken first",
)
BROKEN_ROW = FIRST_ROW + len(ROWS) + 1
SAYS_ROW = BROKEN_ROW + 1 + MOST_BROKEN + 2
FIRST_CHECK_ROW = SAYS_ROW + len(SAYS)
"""Row behind the head of the sheet, from 0."""


def lay_master_check(ledger: Ledger, sheet: Sheet, keys: Sequence[Key]) -> None:
    """Lays the head of the sheet over checks that are laid already, by the keys of the cells that say what failed."""
    put, failed = sheet.put, Band(keys[0], keys[-1])
    for position, text in enumerate(ROWS):
        put(FIRST_ROW + position, CHECK, text, "strong")
    for position, text in enumerate(SAYS):
        put(SAYS_ROW + position, CHECK, text, "label")
    kinds = Band(Key(keys[0], "kind"), Key(keys[-1], "kind"))
    limits = [key for key in keys if Key(key, "number") in ledger.grid]
    last: Term = Spot(Key(limits[-1], "number")) if limits else Literal(0)
    counts: tuple[tuple[Term, str], ...] = (
        (Spot("changes"), "changes_here"),
        (call("COUNT", failed), "checks"),
        (1 * last, "broken"),
        (call("SUMIFS", failed, kinds, FIT), "unfit"),
        (call("SUMIFS", failed, kinds, BOOKS), "unbalanced"),
        (call("SUMIFS", failed, kinds, AUDITED), "differing"),
        (call("SUM", failed), "failures"),
    )
    for position, (term, key) in enumerate(counts):
        put(FIRST_ROW + 1 + position, LEFT, term, "strong", "count", key=key)
    says: tuple[tuple[Term | str, str], ...] = (
        (call("IF", Spot("failures").compare("=", 0), OK, WRONG), "checks_say"),
        (CHANGED, "changes_say"),
        (call("IF", Spot("unbalanced").compare("=", 0), Spot("changes_say"), Spot("unfit_says")), "changed_now"),
        (call("IF", Spot("changes_here").compare("=", 0), Spot("checks_say"), Spot("changed_now")), "kept_says"),
        (UNFIT, "unfit_says"),
        (BROKEN, "broken_says"),
    )
    for position, (content, key) in enumerate(says):
        put(SAYS_ROW + position, LEFT, content, "text", key=key)
    master = call("IF", Spot("broken").compare("=", 0), Spot("kept_says"), Spot("broken_says"))
    put(FIRST_ROW, LEFT, call("IFERROR", master, WRONG), "verdict", key="master")
    again = (Spot("unfit") + Spot("unbalanced")) * Spot("changes_here").compare(">", 0)
    put(SAYS_ROW - 1, LEFT, again, "text", "count", key="plan_again")
    put(SAYS_ROW - 1, CHECK, "Checks that say: plan again", "label")
    _lay_broken(ledger, sheet, keys)


def _lay_broken(ledger: Ledger, sheet: Sheet, keys: Sequence[Key]) -> None:
    """The first limits that are broken: which, where, by how much, when."""
    put = sheet.put
    for column, title in (
        (CHECK, "Limits broken now"),
        (SUBJECT, "Subject"),
        (UNIT, "Unit"),
        (LEFT, "Broken by"),
        (RIGHT, "first in"),
    ):
        put(BROKEN_ROW, column, title, "heading")
    limits = [key for key in keys if Key(key, "number") in ledger.grid]
    if not limits:
        return

    def found(part: str, place: Spot) -> Term:
        return call("INDEX", Band(Key(limits[0], part), Key(limits[-1], part)), place)

    put(SAYS_ROW + len(SAYS) - 1, LEFT, _told(), "text", key="broken_told")
    numbers = Band(Key(limits[0], "number"), Key(limits[-1], "number"))
    for number in range(MOST_BROKEN):
        row, here = BROKEN_ROW + 1 + number, Key("broken", number)
        put(row, KIND, float(number + 1), "constant", "count", key=Key(here, "rank"))
        at = call("IFERROR", call("MATCH", Spot(Key(here, "rank")), numbers, 0), 0)
        put(row, NUMBER, at, "calculation", "count", key=Key(here, "place"))
        place = Spot(Key(here, "place"))
        for column, part in PARTS.items():
            kind = "label" if column <= UNIT else "calculation"
            put(row, column, call("IF", place.compare("=", 0), NOTHING, found(part, place)), kind, key=Key(here, part))
        room, scale = Spot(Key(here, "room")), Spot(Key(here, "scale"))
        amount = call("IFERROR", call("ROUND", 0 - room / scale, 3), room)
        put(row, LEFT, amount, "calculation", key=Key(here, "amount"))
        months = Spot(Key(here, "position")) * Spot(Key(here, "step"))
        when = call("IFERROR", call("EDATE", Spot("calendar.start"), months), NOTHING)
        put(row, RIGHT, when, "calculation", "date", key=Key(here, "when"))


def _told() -> Term:
    """The limit that is broken first: which, where, and by how much; nothing where none is."""
    parts = {part: Spot(Key("broken", 0, part)) for part in ("label", "subject", "amount", "unit", "place")}
    words = (
        parts["label"].joined(verbatim(" – ")).joined(parts["subject"]).joined(verbatim(": ")).joined(parts["amount"])
    )
    return call("IF", parts["place"].compare("=", 0), NOTHING, words.joined(verbatim(" ")).joined(parts["unit"]))


def while_fit(figure: Term) -> Term:
    """A figure of the plan while its decisions fit the inputs: of decisions that do not, no sheet can tell."""
    return call("IF", Spot("plan_again").compare("=", 0), figure, PLAN_AGAIN)
