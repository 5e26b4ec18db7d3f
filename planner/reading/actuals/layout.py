"""Where the workbook of actuals holds what: agreed here once, between who writes it and who reads it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["name", "month", "whole", "number", "text"]

FRONT = "Actuals"
"""First sheet: the plan that it belongs to, and cash."""
AS_OF, PLAN, CASH_PLANNED, CASH = "as of", "plan", "cash as planned", "cash"
"""Labels of the first sheet."""
LOANS, WHAT = "Loans", "what"
"""The sheet of loans, and its column that says whether money was drawn or repaid."""
WHOLE = "whole number"
"""The unit of what is counted, where a language has another word for a number of things than for the things."""
LABEL_COLUMN, VALUE_COLUMN = 0, 1
FIRST_LABEL_ROW, HEADER_ROW, FIRST_ROW = 3, 3, 4
"""Rows count from 0."""


class Field(NamedTuple):
    """A column of a sheet."""

    header: str
    kind: Kind
    is_planned: bool = False
    """Whether it says what was planned, and is not read but where the actual figure is left empty."""
    falls_back: str = ""
    """The header of what was planned, which counts where the cell is empty."""


class Sheet(NamedTuple):
    """A sheet of entries."""

    name: str
    what: str
    fields: tuple[Field, ...]


def _planned(header: str, kind: Kind) -> Field:
    return Field(f"{header} as planned", kind, is_planned=True)


def _actual(header: str, kind: Kind) -> Field:
    return Field(header, kind, falls_back=f"{header} as planned")


SHEETS = (
    Sheet(
        "Orders",
        "Orders up to the date: what was ordered, and when it was delivered or is to come now.",
        (
            Field("offer", "name"), Field("site", "name"), Field("month", "month"),
            _planned("systems", "whole"), _actual("systems", "whole"),
            _planned("delivered", "month"), _actual("delivered", "month"),
        ),
    ),
    Sheet(
        "Blocks",
        "Blocks up to the date: what was started, and when it was ready or will be now.",
        (
            Field("expansion", "name"), Field("month", "month"),
            _planned("blocks", "whole"), _actual("blocks", "whole"),
            _planned("ready", "month"), _actual("ready", "month"),
        ),
    ),
    Sheet(
        "Exits",
        "Systems that left up to the date, before the end of their life. An empty offer: they stood there before.",
        (
            Field("system", "name"), Field("site", "name"), Field("arrived", "month"), Field("offer", "text"),
            Field("month", "month"), _planned("systems", "whole"), _actual("systems", "whole"),
        ),
    ),
    Sheet(
        "Claims",
        "What was claimed of what was ordered up to the date.",
        (
            Field("programme", "name"), Field("investment", "name"), Field("site", "name"), Field("month", "month"),
            _planned("units", "number"), _actual("units", "number"),
        ),
    ),
    Sheet(
        LOANS,
        "What was drawn and repaid up to the date.",
        (
            Field("loan", "name"), Field(WHAT, "name"), Field("month", "month"),
            _planned("money", "number"), _actual("money", "number"),
        ),
    ),
    Sheet(
        "Grants",
        "Grants that were to be paid up to the date, by period. Received from the date on: expected then.",
        (
            Field("programme", "name"), Field("month", "month"),
            _planned("money", "number"), _actual("money", "number"), Field("received", "month"),
        ),
    ),
    Sheet(
        "Cash flow",
        "Lines of the cash flow up to the date, by period; fill in what is known to be otherwise than planned.",
        (Field("line", "name"), Field("month", "month"), _planned("money", "number"), Field("money", "number")),
    ),
    Sheet(
        "Changes",
        "Figures of the case that are otherwise from a month on, such as workloads.training.amount, 2026-08, 800.",
        (Field("path", "name"), Field("from", "month"), Field("value", "text"), Field("why", "text")),
    ),
)  # fmt: skip
"""All sheets of entries, in the order of the book."""
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
DRAWN, REPAID = "drawn", "repaid"
