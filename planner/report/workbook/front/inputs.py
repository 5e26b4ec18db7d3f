"""Sheet Inputs: every assumption once, with unit, source, its value as solved, and whether it changed since."""

from __future__ import annotations

from typing import Any

from planner.case.quantities.per_period import WORDS
from planner.language import Speaker
from planner.reading.workbook.figures import SHARES
from planner.reading.workbook.layout import AS_SOLVED_HEADING, INPUTS
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.grid import CHANGED, FIRST, NOTE, SOLVED, VALUE
from planner.report.workbook.engine.input_figures import DEFINITION, InputFigure
from planner.report.workbook.engine.keys import Key, RowKey
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.references import Band, Header, Now, Spot, Whole, first_month_of, month_number
from planner.report.workbook.engine.sheet import Cell, Sheet
from planner.report.workbook.engine.terms import call
from planner.report.workbook.engine.writer import Writer
from planner.vocabulary.message import Message, Part, joined, say, verbatim

INPUTS_SHEET = Entry(
    INPUTS,
    "every assumption, with unit and source; change it here",
    "Change the blue cells only. A change counts at once in all sheets; the decisions stay as they were chosen.",
    raw=True,
)


def lay_inputs(ledger: Ledger) -> None:
    """Lays all figures of the case, and the calendar that follows from them."""
    sheet = ledger.time_sheet(INPUTS_SHEET)
    over_time: list[InputFigure] = []
    changed: list[Key] = []
    for section, figures in ledger.figures.items():
        if not figures:
            continue
        sheet.heading(section)
        for figure in figures:
            _figure(sheet, figure)
            changed.append(Key("changed", figure.path))
            if isinstance(figure.value, tuple):
                over_time.append(figure)
    _calendar(sheet)
    _as_solved(sheet, over_time)
    _count_changes(sheet, changed)


def _figure(sheet: Sheet, figure: InputFigure) -> None:
    row = sheet.next_row
    note = _note(figure)
    if isinstance(figure.value, tuple):
        sheet.line(figure.path, figure.label, figure.unit, note, figure.path, kind="input", series=figure.value)
        periods_changed = call("SUMPRODUCT", Whole(figure.path).compare("<>", Whole(Key("solved", figure.path))) * 1)
        changed = call("IF", periods_changed.compare("=", 0), 0, 1)
    else:
        sheet.line(figure.path, figure.label, figure.unit, note, figure.path, kind="input", value=figure.value)
        sheet.put(row, SOLVED, figure.value, "constant", figure.unit, key=Key("solved", figure.path))
        changed = call("IF", Spot(figure.path).compare("=", Spot(Key("solved", figure.path))), 0, 1)
    sheet.put(row, CHANGED, call("IFERROR", changed, 1), "calculation", "flag", key=Key("changed", figure.path))


def _note(figure: InputFigure) -> Message:
    """How the case file writes a figure, and where it comes from; a source is the user's own text."""
    source: Part = say(figure.source) if figure.source == DEFINITION else figure.source
    return verbatim(joined((part for part in (figure.written, source) if part), "; "))


def _calendar(sheet: Sheet) -> None:
    sheet.heading("Calendar that follows")
    months = Spot("calendar.period")
    label, note = "periods on these sheets", "as many as were planned: more or fewer need another plan"
    sheet.line("time.periods", label, "periods", note, value=call("MAX", Whole("time.number")))
    label, note = "first month after the period", "start of the period, plus its months"
    sheet.line("time.end", label, "date", note, series=call("EDATE", Header("start"), months))
    label = "fiscal year of the month after the period"
    series = call("YEAR", call("EDATE", Now("time.end"), 1 - Spot("calendar.fiscal_year_start_month")))
    sheet.line("time.year_after", label, "fiscal year", "as the fiscal year in the header", series=series)
    goes_on = Now("time.year_after").compare("=", Header("fiscal_year"))
    inside = Header("number").compare("<>", Spot("time.periods"))
    label, note = "last period of a fiscal year", "the last period of the horizon closes a year as well"
    sheet.line("time.closes", label, "yes = 1", note, opening=1, series=1 - goes_on * inside)
    note = "follows the last period of a year"
    sheet.line("time.opens", "first period of a fiscal year", "yes = 1", note, series=Now("time.closes", -1))
    sheet.line("time.days", "days", "days", "of the real calendar", series=Now("time.end") - Header("start"))
    series = month_number(Header("start"))
    sheet.line("time.month", "number of the first month", "month number", "year x 12 + month", series=series)
    label, note = "number of the month after the horizon", "first month of the last period + months in a period"
    sheet.line("time.end_month", label, "month number", note, value=Spot("time.month", -1) + months)
    label, note = "first month of the period, as counted from the start", "the first month of the horizon is 1"
    sheet.line("time.first_month", label, "month number", note, series=first_month_of(Header("number")))
    label, note = "last month of the period, as counted from the start", "period x months in a period"
    sheet.line("time.last_month", label, "month number", note, series=Header("number") * months)
    series = Now("time.days") * Spot("constants.hours_per_day")
    sheet.line("time.hours", "hours", "hours", "days x hours in a day", series=series)


def _as_solved(sheet: Sheet, figures: list[InputFigure]) -> None:
    """What figures over time were when the plan was made; figures of one cell have theirs beside them."""
    if not figures:
        return
    sheet.heading(AS_SOLVED_HEADING)
    for figure in figures:
        assert isinstance(figure.value, tuple)
        sheet.line(
            Key("solved", figure.path),
            figure.label,
            figure.unit,
            subject=figure.path,
            kind="constant",
            series=figure.value,
        )


def _count_changes(sheet: Sheet, changed: list[Key]) -> None:
    sheet.heading("Changes")
    label, note = "figures that differ from what the plan was made with", "sum of the column Changed?"
    sheet.line("changes", label, "checks", note, value=call("SUM", Band(changed[0], changed[-1])))


WHOLE_NUMBERS = (
    *("systems", "accelerators", "blocks", "months", "periods", "month of year"),
    *(f"systems per {time}" for time in WORDS.values()),
)
NOT_LIVE = "not live: run the plan again"
CHECKS_ONLY = "moves checks only"
RESULTS: tuple[RowKey, ...] = (
    *("npv", "owners_value", "cash", "cash_at_end", "cash_after_payments", "capex", "net_profit", "tax_charge"),
    *("own_cost", "present_hours", "present_pflops_hours", "lowest_cover", "whole_utilisation", "counted"),
    Key("line", "grants"),
)
"""What a reader of results looks at: an input that none of it rests on moves checks only."""
ALWAYS_LIVE = ("calendar.start", "calendar.period", "calendar.fiscal_year_start_month")
"""Figures that stand behind the headers over the periods, which formulas read without a key."""
LARGEST = 1e15
"""Amounts of money beyond this are no longer exact to one unit."""


def add_validation(ledger: Ledger, writer: Writer) -> None:
    """Lets each blue cell take only what the case file would take in its place."""
    worksheet, last_period = writer.worksheet(INPUTS), ledger.grid.columns_over_time(INPUTS).last
    for figure in (figure for figures in ledger.figures.values() for figure in figures):
        row = ledger.grid.line_of(figure.path).row
        is_one = not isinstance(figure.value, tuple)
        first, last = (VALUE, VALUE) if is_one else (FIRST, last_period)
        rule = _allowed(figure, ledger.grid.speaker)
        if worksheet.data_validation(row, first, row, last, rule) != 0:
            raise ValueError(f"{figure.path}: the validation was not taken")


def say_what_is_not_live(ledger: Ledger) -> None:
    """Marks figures that no formula reads, since only the optimiser does, and those that move nothing but checks.

    Each of the three kinds of inputs has a look and, but for the live ones, words beside its source.
    """
    sheet, moving, read = ledger.grid.sheets[INPUTS_SHEET.name], ledger.grid.behind(RESULTS), ledger.grid.read()
    for figure in (figure for figures in ledger.figures.values() for figure in figures):
        if figure.path in moving or figure.path in ALWAYS_LIVE:
            continue
        is_read = figure.path in read
        row = ledger.grid.line_of(figure.path).row
        source = sheet.cells[row, NOTE].content
        words = ledger.grid.say(CHECKS_ONLY if is_read else NOT_LIVE)
        sheet.put(row, NOTE, verbatim(f"{words}; {source}" if source else words), "note")
        look = "input of checks" if is_read else "input to plan"
        for column in range(VALUE, ledger.grid.columns_over_time(INPUTS).last + 1):
            cell = sheet.cells.get((row, column))
            if cell is not None and cell.look.kind == "input":
                sheet.cells[row, column] = Cell(cell.content, cell.look._replace(kind=look))


def mark_changes(ledger: Ledger, writer: Writer) -> None:
    """Colours the flags of figures that differ from what the plan was made with."""
    rows = [ledger.grid.line_of(figure.path).row for figures in ledger.figures.values() for figure in figures]
    look = writer.book.add_format({"bg_color": "#C00000", "font_color": "#FFFFFF"})
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": look}
    writer.worksheet(INPUTS).conditional_format(min(rows), CHANGED, max(rows), CHANGED, rule)


def _allowed(figure: InputFigure, speaker: Speaker) -> dict[str, Any]:
    """What a cell may hold, by the unit of its figure, and what a person is told who types something else."""
    kind, least, most, words = _range(figure)
    said = speaker.say(words)
    between = {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
    return {
        **between,
        "input_title": speaker.unit(figure.unit)[:32],
        "input_message": said,
        "error_title": speaker.say("Not possible here"),
        "error_message": speaker.say(say("This cell takes {what}.", what=say(words))),
    }


def _range(figure: InputFigure) -> tuple[str, float, float, str]:
    """Kind, least and most of what a cell may hold, and the same in words."""
    if figure.unit in SHARES:
        return ("decimal", 0, 1, "a share between 0 and 100 %")
    if figure.unit == "yes = 1":
        return ("integer", 0, 1, "1 for yes or 0 for no")
    if figure.unit == "date":
        return ("decimal", 1, 120000, "a date: the first day of a month")
    if figure.unit in WHOLE_NUMBERS:
        return ("integer", 0, 10_000_000, "a whole number of zero or more")
    may_be_negative = figure.path.startswith(("finance.opening_cash", "finance.funding"))
    words = "an amount" if may_be_negative else "a number of zero or more"
    return ("decimal", -LARGEST if may_be_negative else 0, LARGEST, words)
