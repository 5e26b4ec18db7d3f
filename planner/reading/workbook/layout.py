"""Where the workbook holds what is read back from it: agreed here once, between the sheets and their reader.

Rows and columns count from 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from enum import IntEnum

INPUTS, DECISIONS, RUN_LOG, CASE_FILE, WHAT_BINDS = "Inputs", "Decisions", "Run log", "Case file", "What binds"
"""Names of the sheets."""
LABEL, SUBJECT, UNIT, VALUE, SOLVED, CHANGED, NOTE, OPENING, FIRST = range(9)
"""Columns of the time sheets; ``OPENING`` holds what stands before the first period or month, ``FIRST`` is that."""
FIRST_LINE = 6
"""Row of the first line of a time sheet, under the title, the statement of scale and the header over the periods; where
months stand in its columns, their periods take one row more."""
AS_SOLVED_HEADING = "As solved, by period"
"""Heading on Inputs over what the figures over time were when the plan was made."""
SCENARIO_CELL, FINGERPRINT_CELL, FIGURES_CELL = (3, 1), (4, 1), (5, 1)
"""On the sheet Case file: the name of the scenario that the case stands for, the fingerprint of its lines, and that of
the paths of all figures on Inputs in the order of the alphabet: tells whether a row of them is gone or doubled."""
FIRST_TEXT_ROW = 6
"""On the sheet Case file: the first line of the text, in the first column."""
PROVEN = "bound that exact arithmetic proves"
"""On the sheet Run log: label of the bound of the linear programme, which is worked out again from its prices."""
DOING_NOTHING, NOT_KNOWN = "Doing nothing further", "why it is not known"
"""On the sheet Run log: heading over the plan that this one is held against, and label of why there is none."""
FIRST_PRICE = 3
"""On the sheet What binds: row of the first limit."""
NOT_WORKED_OUT, WITHOUT_END, BETWEEN = "Not worked out in this run.", "without end", " – "
"""On the sheet What binds: no limit was priced; a price that always holds; between two periods."""


class PriceColumn(IntEnum):
    """Columns of the sheet What binds."""

    LABEL, PATH, SPAN, VALUE, CHANGE, UNIT, GAIN, REACH, LOSS, REACH_BACK = range(10)


def fingerprint(lines: Sequence[str]) -> str:
    """SHA-256 of the lines of a text: tells whether somebody changed them by hand."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
