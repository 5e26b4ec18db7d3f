"""Every figure on Inputs, one after the other: a changed cell changes that figure of the case and no other."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from planner.errors import InputError
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.workbook.file import reading_of_book
from planner.reading.workbook.layout import CASE_FILE, FIRST, INPUTS, SOLVED, SUBJECT, VALUE
from planner.reading.xlsx.book import Book, open_book
from planner.reading.xlsx.stored import Found
from planner.report.workbook.book import write_workbook
from tests.places import TINY

PROGRAMMES = TINY.with_name("programmes.yaml")


def written(case: Path, folder: Path) -> Book:
    write_workbook(plan(read_case(case)), folder / "plan.xlsx")
    return open_book(folder / "plan.xlsx", (CASE_FILE, INPUTS))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return written(TINY, tmp_path_factory.mktemp("figures"))


@pytest.fixture(scope="module")
def programmes(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return written(PROGRAMMES, tmp_path_factory.mktemp("programmes"))


def with_cell(book: Book, row: int, column: int, value: object) -> Book:
    inputs = {**book.sheets[INPUTS], (row, column): Found(value)}
    return replace(book, sheets={**book.sheets, INPUTS: inputs})


def other(value: object) -> object:
    """Another value of the same kind."""
    if isinstance(value, datetime.datetime):
        return value.replace(year=value.year + value.month // 12, month=value.month % 12 + 1)
    assert isinstance(value, int | float)
    return value / 2 if 0 < value <= 1 else value + 1 if value > 1 else 0.5


def leaves(value: Any, path: str = "") -> dict[str, Any]:
    """Every value of a case by its dotted path."""
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        return {key: leaf for name, below in entries for key, leaf in leaves(below, f"{path}.{name}").items()}
    return {path.removeprefix("."): value}


def said_by(book: Book) -> dict[str, Any]:
    return leaves(reading_of_book(book).now.case.model_dump(mode="json", by_alias=True))


@pytest.mark.parametrize("case", ["book", "programmes"])
def test_each_cell_changes_its_own_figure_and_no_other(case: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(case)
    cells, before = book.sheets[INPUTS], said_by(book)
    changed, refused = 0, 0
    for row in sorted(row for row, column in cells if column == SUBJECT and (row, SOLVED) in cells and row > 5):
        path = str(cells[row, SUBJECT].value)
        edited = with_cell(book, row, VALUE, other(cells[row, VALUE].value))
        try:
            after = said_by(edited)
        except InputError as error:  # a figure may have no other value that fits the rest of the case
            refused += 1
            assert all(f": {INPUTS}!" in fault.place.file for fault in error.faults), str(error)
            continue
        changed += 1
        differing = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        if path.endswith(".month"):
            assert all(key.startswith("finance.funding.") for key in differing) and len(differing) == 2
        else:
            assert differing == {path}
    assert changed > 40 and refused < changed / 2, (changed, refused)


def test_each_period_changes_its_own_month(book: Book) -> None:
    cells = book.sheets[INPUTS]
    before = reading_of_book(book).solved.case
    row = next(row for row, column in cells if column == SUBJECT and cells[row, SUBJECT].value == "offers.maker.price")
    for t in range(before.calendar.periods):
        value = cells[row, FIRST + t].value
        assert isinstance(value, int | float)
        price = reading_of_book(with_cell(book, row, FIRST + t, value + 1000)).now.case.offers["maker"].price
        old = before.offers["maker"].price
        assert price is not None and old is not None
        for number, month in enumerate(before.calendar.starts):
            now, then = price.at(month), old.at(month)
            assert now is not None and then is not None
            assert now.amount == then.amount + (1000 if number == t else 0)


def test_the_place_of_a_figure_that_no_longer_fits_is_its_own_cell(book: Book) -> None:
    """Fewer periods leave a duty behind the horizon: the message leads to the cell of that duty."""
    cells = book.sheets[INPUTS]
    row = {str(cells[row, SUBJECT].value): row for row, column in sorted(cells) if column == SUBJECT and row < 100}
    with pytest.raises(InputError) as caught:
        reading_of_book(with_cell(book, row["calendar.periods"], VALUE, 1))
    (fault,) = [one for one in caught.value.faults if one.field == "programmes.grant.obligations.0.from"]
    assert fault.place == book.place(INPUTS, row["programmes.grant.obligations.0.from"], VALUE)


def test_shares_that_are_not_the_whole_lead_to_the_first_of_them(programmes: Book) -> None:
    cells = programmes.sheets[INPUTS]
    rows = {str(cells[row, SUBJECT].value): row for row, column in sorted(cells) if column == SUBJECT}
    shares = [f"programmes.ministry.milestones.{number}.share" for number in range(3)]
    more = with_cell(programmes, rows[shares[1]], VALUE, 0.5)
    with pytest.raises(InputError) as caught:
        reading_of_book(more)
    (fault,) = caught.value.faults
    assert fault.place == programmes.place(INPUTS, rows[shares[0]], VALUE)
    assert "add up to 90 %" in fault.found
    parts = reading_of_book(with_cell(more, rows[shares[0]], VALUE, 0.4)).now.case.programmes["ministry"].milestones
    assert [part.share for part in parts] == [0.4, 0.5, 0.1]


def test_the_path_of_the_file_is_in_every_place(book: Book) -> None:
    assert book.place(INPUTS, 13, 4).file == f"{Path(book.path)}: Inputs!E14"
