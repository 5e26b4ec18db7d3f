"""Sheet Run log: what ran, with which options and tolerances, and what was proven.

No wall times: the same input gives the same bytes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.case.calendar import Calendar
from planner.decisions import Decisions
from planner.outcome import Outcome
from planner.reading.workbook.keys import Names, key_text
from planner.reading.workbook.layout import DOING_NOTHING, NOT_KNOWN, PROVEN, RUN_LOG
from planner.report.workbook.engine.entry import Entry
from planner.report.workbook.engine.ledger import Ledger
from planner.report.workbook.engine.sheet import Content, Sheet
from planner.report.workbook.engine.widths import code_height
from planner.vocabulary.decisions import TIMED
from planner.vocabulary.keys import flat
from planner.vocabulary.message import Message, verbatim

RUN_LOG_SHEET = Entry(RUN_LOG, "versions, options, tolerances and proof of the run", over_time=False, raw=True)
WIDTHS = (50, 80, 20)


def lay_run_log(ledger: Ledger) -> None:
    """Lays the record of the run."""
    sheet = ledger.plain_sheet(RUN_LOG_SHEET, WIDTHS)
    outcome, proof = ledger.outcome, ledger.proof
    run = (("input hash", outcome.input_hash), ("scenario", outcome.scenario))
    _part(sheet, "Run", [(name, verbatim(value), "") for name, value in run])
    _part(sheet, "Versions", [(name, verbatim(version), "") for name, version in sorted(outcome.versions.items())])
    _part(sheet, "Options", [(name, verbatim(value), "") for name, value in sorted(outcome.options.items())])
    _part(
        sheet,
        "Proof",
        [
            ("label", proof.label, ""),
            ("what stands behind it", outcome.gap_words, ""),
            ("solver", verbatim(proof.solver), ""),
            ("kind of objective", proof.kind, ""),
            ("objective", proof.objective, proof.unit),
            ("bound", proof.bound, proof.unit),
            ("bound in exact arithmetic", proof.bound_check, ""),
            *([] if proof.checked_bound is None else [(PROVEN, proof.checked_bound, proof.unit)]),
            ("gap", proof.gap, proof.unit),
            ("gap as a share of the objective", proof.relative_gap, "ratio"),
            ("gap asked for", proof.gap_requested, "ratio"),
        ],
    )
    _nothing(sheet, outcome)
    sizes = (("rows", proof.rows), ("columns", proof.columns), ("non-zeros", proof.non_zeros))
    _part(sheet, "Size of the model", [(name, float(size), "checks") for name, size in sizes])
    tolerances: dict[str, float] = {}
    for limit in ledger.audit.limits:
        tolerances[limit.told_rule] = max(tolerances.get(limit.told_rule, 0.0), limit.tolerance)
    rows = [(rule.replace("_", " "), tolerance, "tolerance") for rule, tolerance in tolerances.items()]
    _part(sheet, "Widest tolerance of each rule, in the unit of its limits", rows)


def _nothing(sheet: Sheet, outcome: Outcome) -> None:
    """The plan that this one is held against, row by row: from it ``plan verify`` works out again what is added."""
    nothing = outcome.doing_nothing
    if nothing is None:
        if outcome.no_doing_nothing:
            _part(sheet, DOING_NOTHING, [(NOT_KNOWN, verbatim(outcome.no_doing_nothing), "")])
        return
    proof, calendar = nothing.proof, nothing.case.calendar
    _part(sheet, DOING_NOTHING, [("label", proof.label, ""), ("bound", proof.bound, proof.unit)])
    for key, amounts in _rows_of_nothing(nothing.decisions, calendar):
        sheet.put(sheet.next_row, 0, key, "code", "text")
        sheet.put(sheet.next_row, 1, amounts, "code", "text")
        sheet.heights[sheet.next_row] = max(code_height(key, WIDTHS[0]), code_height(amounts, WIDTHS[1]))
        sheet.next_row += 1


def _part(sheet: Sheet, title: str, rows: Sequence[tuple[str, Content | Message, str]]) -> None:
    sheet.heading(title)
    for label, content, unit in rows:
        sheet.put(sheet.next_row, 0, label, "label")
        sheet.put(sheet.next_row, 1, content, "wrapped", unit)
        if unit and unit != "tolerance":
            sheet.put(sheet.next_row, 2, unit, "unit", unit)
        sheet.next_row += 1


def _rows_of_nothing(decisions: Decisions, calendar: Calendar) -> Iterator[tuple[str, str]]:
    """The key of each row and its amounts by period, as texts."""
    for one in TIMED:
        rows: dict[Names, dict[str, float]] = defaultdict(dict)
        for key, amount in sorted(getattr(decisions, one.kind).items()):
            *names, period = flat(key)
            if amount and isinstance(period, int):
                rows[tuple(names)][calendar.label(period)] = amount
        for row, amounts in rows.items():
            yield key_text(one.kind, row, calendar), json.dumps(amounts, separators=(",", ":"))
