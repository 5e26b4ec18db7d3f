"""Plans as files, and single cells and entries of them that somebody has typed over."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from planner.audit import audit
from planner.outcome import Outcome, label_of
from planner.planning import plan_case
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.xlsx.book import Book, Found
from planner.report.summary_file import write_summary
from planner.report.workbook.book import SHEETS, write_workbook
from planner.report.workbook.engine.references import address
from planner.report.workbook.engine.terms import Place
from planner.verification.finished import Verdict
from tests.places import TINY

SCARCE = {"finance.opening_cash": "250 m JPY", "finance.funding": "{}"}
"""With so little money the tiny case has no plan that is as good as the best one in fractions."""
BOUND = 113.5e6
"""Between what the best plan of that case is worth and the bound of the linear programme."""


def scarce(**others: str) -> Reading:
    return read_case(TINY, overrides=SCARCE | {path.replace("__", "."): value for path, value in others.items()})


def hasty() -> Outcome:
    """A plan that orders less than the best one does, with a bound as branching would find it."""
    reading = scarce()
    best = plan_case(reading.case, gap=0.0, input_hash=reading.input_hash, provenance=reading.provenance)
    decisions = plan_case(scarce(offers__maker__available="1").case, gap=0.0).decisions
    audited = audit(reading.case, decisions)
    assert not audited.broken and audited.objective < best.proof.objective < BOUND
    proof = replace(best.proof, objective=audited.objective, gap_requested=0.3)
    options = best.options | {"gap": "0.3"}
    return bounded(replace(best, decisions=decisions, audit=audited, proof=proof, options=options), BOUND)


def bounded(outcome: Outcome, bound: float) -> Outcome:
    """The same with another bound, and with everything that follows from it as the planner would write it."""
    proof = replace(outcome.proof, bound=bound)
    label = label_of(objective=proof.objective, bound=bound, size=1e6)
    return replace(outcome, proof=replace(proof, label=label, message=str(proof.gap_words)))


def written(outcome: Outcome, folder: Path, language: str = "en") -> Path:
    """The folder with both files of a plan."""
    folder.mkdir(exist_ok=True)
    write_workbook(outcome, folder / "plan.xlsx", language)
    write_summary(outcome, folder / "plan.json")
    return folder


def typed(book: Path, target: Path, *cells: tuple[str, int, int, object]) -> Path:
    """A copy of a workbook with values typed over cells (sheet, row and column from 0, value); others stay stored."""
    parts = {f"xl/worksheets/sheet{number}.xml": entry.name for number, (entry, _) in enumerate(SHEETS, 1)}
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            for sheet, row, column, value in cells:
                if parts.get(part) == sheet:
                    where = address(Place(sheet, row, column), "").replace("$", "")
                    content = _typed(content.decode(), where, value).encode()
            new.writestr(part, content)
    return target


def _typed(xml: str, where: str, value: object) -> str:
    cell = re.compile(rf'<c r="{where}"([^>]*?)( t="\w+")?(/>|>.*?</c>)')
    assert cell.search(xml), where
    if isinstance(value, str) and value.startswith("="):
        inside, kind = f"<f>{escape(value[1:])}</f><v>0</v>", ""
    elif isinstance(value, str):
        inside, kind = f"<is><t>{escape(value)}</t></is>", ' t="inlineStr"'
    else:
        inside, kind = ("" if value is None else f"<v>{value!r}</v>"), ""
    return cell.sub(lambda found: f'<c r="{where}"{found[1]}{kind}>{inside}</c>', xml, count=1)


def retyped(book: Book, *cells: tuple[str, str, int, object]) -> Book:
    """An open workbook with values in place of others: (sheet, label of the last such row, column, value)."""
    sheets = {name: dict(found) for name, found in book.sheets.items()}
    for sheet, label, column, value in cells:
        is_formula = isinstance(value, str) and value.startswith("=")
        sheets[sheet][row_of(book, sheet, label), column] = Found(value, is_formula)
    return replace(book, sheets=sheets)


def row_of(book: Book, sheet: str, label: str) -> int:
    return max(row for (row, column), found in book.sheets[sheet].items() if column == 0 and found.value == label)


def edited(summary: Path, target: Path, edit: Callable[[dict[str, Any]], None]) -> Path:
    """A copy of a plan.json with its content changed."""
    content = json.loads(summary.read_bytes())
    edit(content)
    target.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return target


def said(verdict: Verdict) -> str:
    return "\n".join(verdict.words)
