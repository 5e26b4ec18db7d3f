"""Sheet Case file: the case as text, so that the planner can read this book in place of the file it came from."""

from __future__ import annotations

from planner.reading.case.text import case_text
from planner.reading.workbook.layout import (
    CASE_FILE,
    FIGURES_CELL,
    FINGERPRINT_CELL,
    FIRST_TEXT_ROW,
    SCENARIO_CELL,
    fingerprint,
)
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.widths import code_height
from planner.vocabulary.message import verbatim

CASE_FILE_SHEET = Entry(
    CASE_FILE, "the case as text: `plan plan.xlsx` plans again from it and from Inputs", over_time=False
)
WIDTHS = (110, 40)
"""Together what a page holds at nine points; longer lines are wrapped."""
REMARK = (
    "The case as the plan was made for it, one line a row, not to be changed here: changes belong on Inputs. "
    "`plan plan.xlsx` reads this sheet and Inputs, and plans again."
)


def lay_case_file(ledger: Ledger) -> None:
    """Lays the text, and in front of it what tells that nobody changed it."""
    sheet = ledger.grid.sheet(CASE_FILE_SHEET)
    sheet.widths = WIDTHS
    sheet.put(0, 0, ledger.titled("Case file"), "title")
    sheet.put(1, 0, REMARK, "statement")
    lines = case_text(ledger.case, ledger.outcome.provenance).removesuffix("\n").split("\n")
    figures = sorted(figure.path for section in ledger.figures.values() for figure in section)
    for cell, label, text in (
        (SCENARIO_CELL, "scenario", verbatim(ledger.outcome.scenario)),
        (FINGERPRINT_CELL, "fingerprint of the lines", verbatim(fingerprint(lines))),
        (FIGURES_CELL, "fingerprint of the figures", verbatim(fingerprint(figures))),
    ):
        sheet.put(cell[0], 0, label, "label")
        sheet.put(*cell, text, "wrapped", "text")
        sheet.heights[cell[0]] = code_height(sheet.text(*cell), WIDTHS[1])
    for number, line in enumerate(lines):
        if line:
            sheet.put(FIRST_TEXT_ROW + number, 0, line, "code", "text")
            sheet.heights[FIRST_TEXT_ROW + number] = code_height(line, WIDTHS[0])
