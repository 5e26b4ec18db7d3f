"""The sheet What binds: the prices of limits that a workbook tells. Arithmetic on the plan cannot confirm them."""

from __future__ import annotations

import math
from collections.abc import Mapping

from planner.case.calendar import Calendar
from planner.case.quantities import shown
from planner.errors import Fault, InputError
from planner.language import LANGUAGES, Speaker
from planner.outcome import LimitPrice
from planner.reading.claims import number, text
from planner.reading.workbook.layout import BETWEEN, FIRST_PRICE, NOT_WORKED_OUT, WHAT_BINDS, WITHOUT_END, PriceColumn
from planner.reading.xlsx.book import EMPTY, Book


def prices_of_book(book: Book, calendar: Calendar) -> tuple[LimitPrice, ...] | None:
    """The prices of a workbook that was opened with its sheet What binds; None where its run worked none out.

    Raises:
        InputError: the periods of a limit are none of the case.
    """
    cells, say = book.sheets.get(WHAT_BINDS, {}), Speaker(book.language).say
    if cells.get((FIRST_PRICE, 0), EMPTY).value in (None, say(NOT_WORKED_OUT)):
        return None
    labels = {calendar.label(t): t for t in range(calendar.periods)}
    found, row = list[LimitPrice](), FIRST_PRICE
    while cells.get((row, PriceColumn.UNIT), EMPTY).value is not None:
        said = {column: cells.get((row, column), EMPTY).value for column in PriceColumn}
        periods = _periods(text(said[PriceColumn.SPAN]) or "", labels, calendar.periods)
        if periods is None:
            place = book.place(WHAT_BINDS, row, PriceColumn.SPAN)
            words = f"{shown(said[PriceColumn.SPAN])} stands"
            raise InputError([Fault(place, "", words, "periods of the case", "take an unchanged copy of the workbook")])
        endless = say(WITHOUT_END)
        found.append(
            LimitPrice(
                path=text(said[PriceColumn.PATH]) or "",
                keys=(),
                words=text(said[PriceColumn.LABEL]) or "" if book.language == LANGUAGES[0] else "",
                periods=periods,
                unit=text(said[PriceColumn.CHANGE]) or "",
                value=text(said[PriceColumn.VALUE]) or "",
                gain=number(said[PriceColumn.GAIN]),
                reach=_reach(said[PriceColumn.REACH], endless),
                loss=number(said[PriceColumn.LOSS]),
                reach_back=_reach(said[PriceColumn.REACH_BACK], endless),
            )
        )
        row += 1
    return tuple(found)


def _reach(value: object, endless: str) -> float:
    return math.inf if value == endless else number(value) or 0.0


def _periods(span: str, labels: Mapping[str, int], count: int) -> tuple[int, ...] | None:
    """The periods of a limit; None where they are none of the case."""
    if not span:
        return tuple(range(count))
    first, _, last = span.partition(BETWEEN)
    ends = labels.get(first), labels.get(last or first)
    if ends[0] is None or ends[1] is None:
        return None
    return tuple(range(ends[0], ends[1] + 1))
