"""Japanese books and pages say money, counts and metrics as Japanese does, in cells and within sentences.

What a user wrote in his case stays as he wrote it: the sheet of the case file, and paths in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from planner.case.quantities import Month
from planner.outcome import Outcome
from planner.planning import plan_case
from planner.report.actuals import Planned, write_actuals
from planner.report.compare import comparison, frontier
from planner.report.compare.tables import Section
from planner.report.compare.workbook import write_sections
from planner.report.page.compare_page import compare_page
from planner.report.page.frontier_page import frontier_page
from planner.report.page.plan_page import plan_page
from planner.report.page.pool_page import pool_page
from planner.report.page.robust_page import robust_page
from planner.report.page.stress_page import stress_page
from planner.report.pool import sections as pool_sections
from planner.report.robust import sections as robust_sections
from planner.report.stress import sections as stress_sections
from planner.report.template.book import write_template
from planner.report.voice import Voice
from planner.report.workbook.book import write_workbook
from planner.studies.compare import compare_tasks
from tests.cases.toy import mn, programme, toy, yearly
from tests.pool.pools import grant, operator, planned, pool
from tests.robust.futures import future, reading, robust
from tests.studies import test_frontier, test_stress
from tests.studies.budgets import budget
from tests.studies.changed import engine, task

SCALED = re.compile(r"\b(?:tn|bn|mn|k) [A-Z]{3}\b|\d (?:tn|bn|mn)\b")
"""Money with its scale as English says it."""
ENGLISH = re.compile(
    rf"{SCALED.pattern}|\d [A-Z]{{3}}\b"
    r"|\d (?:month|year|day|system|accelerator|block)s?\b|\b(?:bf16|fp8|fp4|fp64)_pflops\b"
)
"""Amounts as English says them."""
OWN = "ケースファイル"
"""The sheet of what the user wrote."""
VOICE = Voice("ja", "JPY")
DEAR = {"systems__cube__price__typical": mn(120)}
AID = programme(0.5, payment_lag="6 months", obligations=[{"metric": "bf16_pflops", "floor": 1, "from": "2026-01"}])
type Made = tuple[Sequence[Section], str]
"""The sections of a book, and its page."""


@cache
def outcome() -> Outcome:
    case = toy(
        programmes={"aid": AID},
        workloads__training__amount=4,
        workloads__training__metric="bf16_pflops",
        finance__opening_cash=mn(150),
        sites__east__capacity__power="3 kW",
    )
    return plan_case(case, gap=0.0)


def compared(_folder: Path) -> Made:
    base = outcome().case
    dear = base.model_copy(
        update={"systems": toy(**DEAR).systems, "finance": toy(finance__opening_cash=mn(90)).finance}
    )
    alone = base.model_copy(update={"programmes": {}})
    found = compare_tasks([task(base), task(dear, "dear"), task(alone, "alone")], engine(gap=0.0))
    told = comparison.sections(found, VOICE)
    return told, compare_page(found, told, "ja")


def turned(folder: Path) -> Made:
    path = budget(folder, programmes={"aid": programme(0.1)}, workloads__training__price=yearly(20))
    rate, price = ("programmes.aid.rate", "0 %", "60 %"), ("systems.cube.price.typical", "80 mn JPY", "100 mn JPY")
    found = test_frontier.turns(path, rate, price, points=2, lines=2)
    told = frontier.sections(found, VOICE)
    return told, frontier_page(found, told, "ja")


def pooled(folder: Path, **objective: str | int) -> Made:
    operators = {"a": operator(amount=1), "b": operator(amount=2, earns=30)}
    aid = {"aid": grant(0.5, total_cap="150 mn JPY")}
    found = planned(folder, pool(operators, programmes=aid, **({"objective": objective} if objective else {})))
    told = pool_sections.sections_of(found, VOICE)
    return told, pool_page(found, told, "ja")


def robustly(folder: Path) -> Made:
    none, poor = future("none", 0.4, workloads__training__amount=0), future("poor", 0.3, finance__opening_cash=mn(90))
    found = robust(reading(folder), none, poor, future("same", 0.3))
    told = robust_sections.sections_of(found, VOICE)
    return told, robust_page(found, told, "ja")


def stressed(folder: Path) -> Made:
    short = test_stress.read(folder, finance__opening_cash=mn(100))
    dear = future("dear", 0.5, **DEAR)
    found = test_stress.tried(short, dear, future("cheap", 0.5, workloads__training__price=yearly(30)))
    told = stress_sections.sections_of(found, VOICE.speaker)
    return told, stress_page(found, told, "ja")


def pooled_by_the_yen(folder: Path) -> Made:
    return pooled(folder, kind="compute_per_public_yen", installed_by="2025-06", least=3)


KINDS = {
    "compare": compared,
    "frontier": turned,
    "pool": pooled,
    "pool by the yen": pooled_by_the_yen,
    "robust": robustly,
    "stress": stressed,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_japanese_study_says_no_amount_in_english(kind: str, tmp_path: Path) -> None:
    made: Callable[[Path], Made] = KINDS[kind]
    told, page = made(tmp_path)
    write_sections(told, tmp_path / "book.xlsx", title="toy", currency="JPY", run_id="0", language="ja")
    assert [one for one in (*of_book(tmp_path / "book.xlsx"), *of_page(page)) if ENGLISH.search(one)] == []


def test_a_japanese_plan_says_no_amount_in_english(tmp_path: Path) -> None:
    write_workbook(outcome(), tmp_path / "plan.xlsx", "ja")
    assert [one for one in of_book(tmp_path / "plan.xlsx") if ENGLISH.search(one)] == []
    assert [one for one in of_page(plan_page(outcome(), "ja")) if ENGLISH.search(one)] == []


def test_a_japanese_template_says_no_amount_in_english(tmp_path: Path) -> None:
    """But for what may be typed there, which it shows by examples."""
    write_template(tmp_path / "template.xlsx", language="ja")
    assert [one for one in of_book(tmp_path / "template.xlsx") if SCALED.search(one)] == []
    plan = outcome()
    of_plan = Planned(plan.case, plan.input_hash, plan.decisions, plan.audit)
    write_actuals(tmp_path / "actuals.xlsx", of_plan, Month.parse("2026-01"), "ja")
    assert [one for one in of_book(tmp_path / "actuals.xlsx") if ENGLISH.search(one)] == []


def test_english_amounts_are_seen() -> None:
    told = ("評価は158.81 mn JPY", "50.10 bn", "0 JPY", "+10 accelerators", "6 months", "7000 bf16_pflops")
    assert all(ENGLISH.search(one) for one in told)
    assert not any(ENGLISH.search(one) for one in ("1.5億円", "2024-10 まで", "8 MW", "programmes.aid.rate", "H200-8"))


def of_book(path: Path) -> Iterator[str]:
    """Every text of a book, with those within its formulas, and the names of its sheets."""
    book = openpyxl.load_workbook(path)
    yield from book.sheetnames
    for sheet in book:
        if sheet.title == OWN:
            continue
        for row in sheet.iter_rows():
            for text in (cell.value for cell in row if isinstance(cell.value, str)):
                yield from re.findall(r'"((?:[^"]|"")*)"', text) if text.startswith("=") else (text,)


def of_page(text: str) -> Iterator[str]:
    """Every text of a page, with what stands in the attributes that are read out."""
    body = re.sub(r"<(style|script)\b.*?</\1>", "", text.partition("<body")[2], flags=re.DOTALL)
    yield from map(html.unescape, re.findall(r'\b(?:title|aria-label|alt|data-words)="([^"]*)"', body))
    yield from (html.unescape(one).strip() for one in re.split(r"<[^>]*>", body) if one.strip())
