"""What a row of the sheet Decisions says, by the kind of its decisions and the names that tell it from others."""

from __future__ import annotations

from typing import NamedTuple

from planner.case.case import Case
from planner.reading.workbook.keys import Names
from planner.report.workbook.engine.ledger import at_site
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Arrival

SYSTEMS, BLOCKS, UNITS, MONEY = "systems", "blocks", "systems or blocks", "money"


class RowWords(NamedTuple):
    """The first columns of a row: what is decided, about what, and in which unit."""

    label: str
    subject: str
    unit: str


_ROWS = {
    "order": RowWords("order through {offer}", "offer", SYSTEMS),
    "expand": RowWords("start blocks of {expansion}", "expansion", BLOCKS),
    "exit": RowWords("exit of {system} that arrived {cohort}", "system", SYSTEMS),
    "serve": RowWords("serve {workload}", "system", SYSTEMS),
    "claim": RowWords("claim under {programme}", "investment", UNITS),
    "both": RowWords("claim under {programme} and before it under {earlier}", "investment", UNITS),
    "leave": RowWords("leave with the grant of {programme}, ordered in period {period}", "offer", SYSTEMS),
    "leave_both": RowWords(
        "leave with the grants of {programme} and before it of {earlier}, ordered in period {period}", "offer", SYSTEMS
    ),
    "draw": RowWords("draw on {loan}", "loan", MONEY),
    "repay": RowWords("repay {loan}", "loan", MONEY),
    "credit": RowWords("use the tax credit of {programme}", "programme", MONEY),
    "join": RowWords("enter {programme}", "programme", "yes = 1"),
}
"""The label of each kind of decision, and the field that is its subject."""


def row_words(kind: str, names: Names, case: Case) -> RowWords:
    """What the row of some decisions says."""
    row, parts = _ROWS[kind], dict(zip(STORED[kind].names, names, strict=True))
    said = {field: arrival_words(name) if isinstance(name, Arrival) else str(name) for field, name in parts.items()}
    if "period" in parts:
        said["period"] = str(int(said["period"]) + 1)  # people count periods from 1
    name = said[row.subject]
    site = case.expansions[name].site if kind == "expand" else said.get("site")
    units = {MONEY: case.finance.currency, UNITS: SYSTEMS if name in case.offers else BLOCKS}
    subject = name if site is None else at_site(name, site)
    return RowWords(row.label.format(**said), subject, units.get(row.unit, row.unit))


def arrival_words(arrival: Arrival) -> str:
    """The month of an arrival, and the offer where it came through one.

    >>> arrival_words(Arrival(Month.of(2024, 10), "b200-market")), arrival_words(Arrival(Month.of(2024, 6)))
    ('2024-10 through b200-market', '2024-06')
    """
    return f"{arrival.month} through {arrival.offer}" if arrival.offer else str(arrival.month)
