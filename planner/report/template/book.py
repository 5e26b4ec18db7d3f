"""The whole template: what it says first, one sheet for each group of entries, and the lists to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.case.quantities import CURRENCIES
from planner.language import LANGUAGES, Speaker
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.cells.kinds import Kind
from planner.reading.packaged import CATALOGUE, STARTER, packaged
from planner.reading.template.file import CONTENTS
from planner.reading.template.tables import (
    CASE,
    EXAMPLE,
    EXAMPLE_VALUE,
    FIELD,
    FROM_MONTH,
    LISTS,
    MEANING,
    READ_ME,
    RESULTS,
    SOURCE,
    UNIT,
    VALUE,
    Column,
    Table,
    tables,
)
from planner.reading.tree.parse import parse_tree
from planner.report.files import replace_file
from planner.report.template.looks import allowed, note_of, number_format
from planner.report.template.rows import Line, cell_of, fields_of_reading, lines_of, month_of, value_at
from planner.report.template.sheets import FIRST_ROW, LAST_ROW, TITLE, Template, as_text
from planner.report.xlsx.book import Page
from planner.report.xlsx.measures import letters_wide

MOST_EXAMPLES = 3
"""Rows of an example on one sheet: an entry and its steps."""
CASE_HEADERS = (FIELD, VALUE, UNIT, FROM_MONTH, EXAMPLE_VALUE, SOURCE, MEANING)
HOW_TO = (
    "Fill in the sheet Case and as many of the other sheets as the plan needs; then: plan check FILE, and: plan FILE.",
    "One row is one entry. Orange headers and bold labels must be filled; every other cell may stay empty.",
    "Grey rows are examples. They are not read as long as they stay as they are: overwrite them, or clear them.",
    "Where a figure changes over time: a further row with the same name, the month under 'from month', the new value.",
    "Amounts are bare numbers in the currency that the row states under 'amounts in'; 5000 USD or 20 億円 may be typed "
    "as well.",
    "Another unit in a header, such as lead time [weeks] or capex [kUSD], is read or refused; no figure is read in a "
    "unit that is not written beside it.",
    "Columns for notes of your own may be added; head them 'notes'. Totals, hidden rows and merged cells are refused, "
    "so that nothing is counted that nobody sees.",
    "A mistake is told by its sheet and cell, all of them at once, and nothing is written.",
)


def write_template(path: Path, reading: Reading | None = None, language: str = LANGUAGES[0]) -> None:
    """Writes the template in a language, empty with examples, or filled with a case that was read.

    Raises:
        WriteError: it could not be written; what stood there before is unchanged.
    """
    replace_file(path, lambda temporary: _write(temporary, reading, Speaker(language)))


def _write(path: Path, reading: Reading | None, speaker: Speaker) -> None:
    examples = fields_of_reading(read_case(packaged(STARTER)))
    template = Template(path, speaker)
    intro = template.sheet(READ_ME, speaker.say(TITLE), speaker.say("What to buy, when and for which site."))
    lists = _lists()
    _ranges(template, lists)
    fields = fields_of_reading(reading) if reading else {}
    _lay_case(template, tables()[0], _Known(fields, _sources(reading), examples))
    marks: dict[str, str] = {CASE: "-"}
    for table in tables()[1:]:
        lines = list(lines_of(table, fields)) if reading else _examples(table, examples, speaker.caption(EXAMPLE))
        marks[table.sheet] = template.table(table, lines, examples=reading is None) if lines or reading else ""
        if reading or not lines:
            marks[table.sheet] = "-"
        if not lines and not reading:
            template.table(table, [], examples=False)
    _lay_lists(template, lists)
    _lay_intro(template, intro, marks)
    template.close()


def _examples(table: Table, fields: dict[str, Any], mark: str) -> list[Line]:
    """The first entry of the starter case, marked as an example."""
    lines = list(lines_of(table, fields))
    first = table.headers[0]
    if table.keys:
        keys = [key.header for key in table.keys]
        lines = [line for line in lines if [line[k] for k in keys] == [lines[0][k] for k in keys]]
    return [{**line, first: f"{mark}{as_text(line[first])}"} for line in lines[:MOST_EXAMPLES]]


def _lists() -> dict[str, list[str]]:
    """What is chosen from lists that no sheet of entries holds."""
    root, _ = parse_tree(packaged(CATALOGUE).read_text(encoding="utf-8"), CATALOGUE)
    return {"currency": list(CURRENCIES), "system": list(root.group["systems"].group)}


def _ranges(template: Template, lists: dict[str, list[str]]) -> None:
    """Where the names of sites, workloads and the like are chosen from: the sheets that declare them."""
    title = template.speaker.sheet
    for number, (name, items) in enumerate(lists.items()):
        letter = "ABC"[number]
        template.lists[name] = f"='{title(LISTS)}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + len(items)}"
    for table in tables():
        if len(table.path) == 2 and table.path[1] == "*":
            name = table.path[0].removesuffix("s")
            template.lists.setdefault(name, f"='{title(table.sheet)}'!$A${FIRST_ROW + 1}:$A${LAST_ROW + 1}")


@dataclass(frozen=True)
class _Known:
    """What a case says by field, where its figures come from by path, and what the example says by field."""

    fields: dict[str, Any]
    sources: dict[str, str]
    examples: dict[str, Any]


def _lay_case(template: Template, table: Table, known: _Known) -> None:
    speaker = template.speaker
    statement = "One figure a row; bold labels must be filled. Amounts are in the currency of the results."
    sheet = template.sheet(CASE, speaker.say("Calendar, budget and objective"), speaker.say(statement))
    for number, header in enumerate(CASE_HEADERS):
        template.put(sheet, FIRST_ROW - 1, number, speaker.caption(header), "header")
    for number, width in enumerate((36, 24, 16, 12, 24, 30, 90)):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(FIRST_ROW, 1)
    row, section = FIRST_ROW, ""
    for column in table.columns:
        if column.path[0] != section and len(column.path) > 1:
            section = column.path[0]
            template.put(sheet, row, 0, speaker.say(f"{section.capitalize()}:"), "heading")
            row += 1
        for month, value in _values(column, known.fields):
            _lay_field(template, sheet, row, column, month, value, known)
            row += 1


def _values(column: Column, fields: dict[str, Any]) -> list[tuple[str, Any]]:
    """The values of a field with the months from which they hold; one without a month where it never changes."""
    raw = value_at(fields, column.path)
    return sorted(raw.items()) if isinstance(raw, dict) else [("", raw)]


def _sources(reading: Reading | None) -> dict[str, str]:
    return {path: origin.source for path, origin in reading.provenance.items()} if reading else {}


def _lay_field(
    template: Template,
    sheet: Page,
    row: int,
    column: Column,
    month: str,
    value: Any,  # noqa: ANN401
    known: _Known,
) -> None:
    path = ".".join((*column.path, *((month,) if month else ())))
    sample = _cell(column.kind, value_at(known.examples, column.path), known.examples)
    shown = number_format(column.kind)
    speaker = template.speaker
    unit = speaker.caption(RESULTS if column.kind.shape == "money" else column.unit)
    header = f"{speaker.caption(column.header)}{' *' if column.required else ''}"
    template.put(sheet, row, 0, header, "must" if column.required else "label")
    template.put(sheet, row, 1, template.worded(column.kind, _cell(column.kind, value, known.fields)), "input", shown)
    template.put(sheet, row, 2, unit, "unit")
    template.put(
        sheet, row, 3, month_of(month) if month else "", "input" if column.kind.by_month else "label", "yyyy-mm"
    )
    template.put(sheet, row, 4, template.worded(column.kind, sample), "example", shown)
    template.put(sheet, row, 5, known.sources.get(path, ""), "column", "@")
    template.put(sheet, row, 6, f"{speaker.say(column.meaning)} {note_of(column, speaker)}".strip(), "help")
    sheet.data_validation(row, 1, row, 1, allowed(column, template.lists, speaker))


def _cell(kind: Kind, raw: Any, fields: dict[str, Any]) -> Any:  # noqa: ANN401
    currency = str(value_at(fields, ("finance", "currency")) or "")
    if raw is None:
        return None
    return cell_of(kind, next(iter(raw.values())) if isinstance(raw, dict) else raw, currency)


def _lay_lists(template: Template, lists: dict[str, list[str]]) -> None:
    speaker = template.speaker
    statement = speaker.say("What the cells of other sheets are chosen from; not read.")
    sheet = template.sheet(LISTS, speaker.sheet(LISTS), statement)
    for number, (name, items) in enumerate(lists.items()):
        template.put(sheet, FIRST_ROW - 1, number, speaker.caption(name), "header")
        sheet.set_column(number, number, 24)
        for at, item in enumerate(items):
            template.put(sheet, FIRST_ROW + at, number, item, "label")


def _lay_intro(template: Template, sheet: Any, marks: dict[str, str]) -> None:  # noqa: ANN401
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    sheet.set_column(2, 2, 30)
    say = template.speaker.say
    for number, words in enumerate(say(text) for text in HOW_TO):
        template.put(sheet, 3 + number, 0, f"{number + 1}.", "label")
        template.put(sheet, 3 + number, 1, words, "wrapped")
        sheet.set_row(3 + number, 15 * (1 + letters_wide(words) // 105))
    top = 4 + len(HOW_TO)
    for column, header in enumerate((CONTENTS, "what it holds", "examples, as written")):
        template.put(sheet, top, column, template.speaker.caption(header), "header")
    for number, table in enumerate(tables(), 1):
        template.book.link(sheet, top + number, 0, template.speaker.sheet(table.sheet))
        template.put(sheet, top + number, 1, say(table.meaning), "wrapped")
        template.put(sheet, top + number, 2, marks[table.sheet], "unit")
