"""The keys of the sheet Decisions: every name comes back as it was, and what is no key of the case is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from planner.case.case import Case
from planner.case.quantities import Month
from planner.errors import InputError
from planner.reading.workbook.decisions import decision_rows, decisions_of_book
from planner.reading.workbook.keys import Keys, key_column, key_text
from planner.reading.workbook.layout import DECISIONS
from planner.reading.xlsx.book import Book, Found, open_book
from planner.report.workbook.book import write_workbook
from planner.vocabulary.decisions import STORED
from planner.vocabulary.keys import Arrival
from tests.report import example

ODD = {"h200-direct": "データ.β_1-x", "ishikari": "1.2_-.", "hall-2": "ß..hall_", "national": "_x0041_".strip("_")}
ROWS = {
    "order": ("h200-direct", "ishikari"),
    "expand": ("hall-2",),
    "exit": ("H200-8", "ishikari", Arrival(Month.of(2024, 10), "h200-direct")),
    "serve": ("inference", "H200-8", "ishikari"),
    "failover": ("tokyo", "inference", "H200-8", "ishikari"),
    "claim": ("national", "hall-2", "ishikari"),
    "join": ("national",),
    "draw": ("bank",),
    "repay": ("credit-line",),
    "claimed_exit": ("national", "h200-direct", "ishikari", 11),
    "overlap": ("regional", "national", "h200-direct", "ishikari"),
    "overlap_exit": ("regional", "national", "h200-direct", "ishikari", 3),
    "credit": ("national",),
    "dividend": (),
}


def renamed(text: str) -> str:
    for old, new in ODD.items():
        text = text.replace(old, new)
    return text


def odd_name(name: object) -> object:
    match name:
        case Arrival(month, offer):
            return Arrival(month, renamed(offer))
        case str():
            return renamed(name)
    return name


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "plan.xlsx"
    write_workbook(example.outcome(), path)
    return path


@pytest.fixture(scope="module")
def case() -> Case:
    return example.outcome().case


@pytest.fixture(scope="module")
def book(path: Path) -> Book:
    return open_book(path, (DECISIONS,))


@pytest.mark.parametrize("kind", STORED)
def test_every_name_comes_back_as_it_was(kind: str) -> None:
    odd = Case.model_validate(json.loads(renamed(json.dumps(example.CASE, ensure_ascii=False))))
    names = tuple(odd_name(name) for name in ROWS[kind])
    assert Keys(odd).read(key_text(kind, names, odd.calendar)) == (kind, names)


def test_what_is_there_without_an_order_has_its_month_alone(case: Case) -> None:
    names = ("H200-8", "ishikari", Arrival(Month.of(2022, 10)))
    assert key_text("exit", names, case.calendar) == '["exit","H200-8","ishikari",["2022-10"]]'
    assert Keys(case).read(key_text("exit", names, case.calendar)) == ("exit", names)


def at(book: Book, case: Case, row: int) -> tuple[int, int]:
    return decision_rows(book, case)[row].row, key_column(case.calendar)


def with_cells(book: Book, cells: Mapping[tuple[int, int], Found]) -> Book:
    return replace(book, sheets={**book.sheets, DECISIONS: {**book.sheets[DECISIONS], **cells}})


WRONG = {
    "no text": (Found(5.0), "5.0 is no key of a decision", "a key such as"),
    "no list": (Found("order|h200-direct|ishikari"), "is no key of a decision", "a key such as"),
    "cut off": (Found('["order","h200-direct"'), "is no key of a decision", "a key such as"),
    "far too deep": (Found("[" * 100_000), "is no key of a decision", "a key such as"),
    "an empty list": (Found("[]"), "is no key of a decision", "a key such as"),
    "a list in place of the kind": (Found('[["order"],"h200-direct","ishikari"]'), "is no key", "a key such as"),
    "another kind": (Found('["lease","h200-direct","ishikari"]'), "'lease' is no kind of decision", "order, expand"),
    "a name too few": (Found('["order","h200-direct"]'), "has 1 names behind its kind, not 2", "order, offer and site"),
    "no such offer": (Found('["order","h100","ishikari"]'), "'h100' is no offer of the case", "h200-direct, h200-"),
    "names in another order": (Found('["order","tokyo","h200-direct"]'), "'tokyo' is no offer", "h200-direct"),
    "a list for a name": (Found('["order",["h200-direct"],"tokyo"]'), "is no offer of the case", "h200-direct"),
    "a period as a number": (Found('["leave","national","h200-direct","tokyo",3]'), "3 is no period", "2024-04"),
    "a period beyond": (Found('["leave","national","h200-direct","tokyo","2099-01"]'), "is no period", "2024-04"),
    "a lot in one text": (Found('["exit","H200-8","tokyo","2024-10"]'), "is no cohort", "a list such as"),
    "a lot of no month": (Found('["exit","H200-8","tokyo",["24-10"]]'), "'24-10' is no month", "2024-10"),
    "a lot of another offer": (Found('["exit","H200-8","tokyo",["2024-10","x"]]'), "'x' is no offer", "h200-direct"),
    "a formula": (Found('["order","h200-direct","tokyo"]', True), "a formula stands for the key", "as the planner"),
    "nothing": (Found(None), "the key of this row is gone", "as the planner wrote it"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_key_that_does_not_fit_the_case_is_refused_at_its_cell(name: str, book: Book, case: Case) -> None:
    cell, found, allowed = WRONG[name]
    where = at(book, case, 0)
    with pytest.raises(InputError) as caught:
        decisions_of_book(with_cells(book, {where: cell}), case)
    (fault,) = caught.value.faults
    assert fault.place == book.place(DECISIONS, *where)
    assert found in fault.found and allowed in fault.allowed
    assert fault.remedy == "take an unchanged copy of the workbook, or plan again"


def test_a_key_that_stands_twice_is_refused_and_so_is_every_other_fault_at_once(book: Book, case: Case) -> None:
    first, second, third = (at(book, case, row) for row in range(3))
    twice = book.sheets[DECISIONS][first]
    with pytest.raises(InputError) as caught:
        decisions_of_book(with_cells(book, {second: twice, third: Found("x")}), case)
    told = {fault.place: fault.found for fault in caught.value.faults}
    assert set(told) == {book.place(DECISIONS, *second), book.place(DECISIONS, *third)}
    assert (
        f"stands twice: in {book.place(DECISIONS, *first).file.rpartition('!')[2]}"
        in told[book.place(DECISIONS, *second)]
    )


def test_labels_are_not_read(book: Book, case: Case) -> None:
    labels = {where: Found("whatever") for where in book.sheets[DECISIONS] if where[1] <= 2}
    assert decisions_of_book(with_cells(book, labels), case) == decisions_of_book(book, case) == example.decisions()


def test_amounts_without_a_key_are_not_lost(book: Book, case: Case) -> None:
    row, column = at(book, case, 0)
    with pytest.raises(InputError, match="the key of this row is gone"):
        decisions_of_book(with_cells(book, {(row + 500, column - 1): Found(5.0)}), case)
