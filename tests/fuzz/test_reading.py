"""The readers under fire: never a traceback, never slow, never large; what they accept goes out and in unchanged.

A short run every day. ``PLANNER_FUZZ_SECONDS=3600 pytest tests/fuzz -n 0`` makes a long one for each reader, of other
inputs, from ``PLANNER_FUZZ_FROM`` on, and prints what came of it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from planner.errors import InputError
from planner.planning import plan
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from planner.reading.case.text import case_text
from planner.reading.pool.file import PoolReading, read_pool
from planner.reading.workbook.layout import CASE_FILE, DECISIONS, INPUTS
from planner.report.template.book import write_template
from planner.report.workbook.book import write_workbook
from planner.verification.finished import Verdict, verify_workbook
from tests.fuzz.mangle import ODD, POOLS, text_of
from tests.fuzz.mangle_books import Book, book_of, taken_apart
from tests.places import ROOT

TINY, PROGRAMMES = (ROOT / "tests" / "cases" / name for name in ("tiny.yaml", "programmes.yaml"))
FIRST_OF_A_LONG_RUN = 1_000_000
MOST_SECONDS = 2.0
"""Of processor time: what else a machine does is no fault of the reader."""
MOST_MEGABYTES = 500


@dataclass(frozen=True)
class Reader:
    """What is under fire: how a file is read that a number makes, and what the rest of the program does with it."""

    file: str
    content: Callable[[int], bytes]
    read: Callable[[Path, int], object]
    every_day: int


def read_case_file(path: Path, number: int) -> Reading:
    """Reads a file, now and then with a scenario and an override that make as little sense."""
    chance = Random(-number)
    scenario = chance.choice([None] * 6 + ["no-grant", "weak-yen", chance.choice(ODD)])
    overrides = {}
    if chance.random() < 0.1:
        targets = ["finance.discount_rate", "offers", "sites.north.fleet.0", "a.b", "", ".", chance.choice(ODD)]
        overrides[chance.choice(targets)] = chance.choice(ODD)
    return read_case(path, scenario, overrides)


def read_pool_file(path: Path, _: int) -> PoolReading:
    """Reads a pool."""
    return read_pool(path)


def verify(path: Path, _: int) -> Verdict:
    """Holds the decisions of a workbook against its inputs."""
    return verify_workbook(path)


@cache
def budgets() -> list[Book]:
    """A filled template of each of two cases, and the workbook of a plan."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "budget.xlsx"
        books = []
        for case in (TINY, PROGRAMMES):
            write_template(path, read_case(case))
            books.append(taken_apart(path))
        write_workbook(plan(read_case(TINY)), path)
        return [*books, taken_apart(path, INPUTS, INPUTS, INPUTS, CASE_FILE)]


@cache
def results() -> list[Book]:
    """The workbook of each of two plans."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        books = []
        for case in (TINY, PROGRAMMES):
            write_workbook(plan(read_case(case)), path)
            books.append(taken_apart(path, *[DECISIONS] * 6, INPUTS, INPUTS, "Cash flow", CASE_FILE))
        return books


READERS = {
    "case file": Reader("case.yaml", text_of, read_case_file, 1_200),
    "pool": Reader("pool.yaml", lambda number: text_of(number, POOLS), read_pool_file, 120),
    "workbook": Reader("budget.xlsx", lambda number: book_of(number, budgets()), read_case_file, 80),
    "verified workbook": Reader("plan.xlsx", lambda number: book_of(number, results()), verify, 40),
}


def outcome_of(reader: Reader, number: int, folder: Path) -> str:
    """What came of an input: 'accepted' or 'refused'. Anything but a good answer fails."""
    path = folder / reader.file
    path.write_bytes(reader.content(number))
    start = time.process_time()
    try:
        reading = reader.read(path, number)
    except InputError as error:
        answer_is_good(error)
        outcome = "refused"
    else:
        goes_out_and_in(reading, folder)
        outcome = "accepted"
    seconds = time.process_time() - start
    assert seconds < MOST_SECONDS, f"took {seconds:.1f} s"
    return outcome


def answer_is_good(error: InputError) -> None:
    """Every fault has a place and says something, in few lines that any terminal can show."""
    assert error.faults
    for fault in error.faults:
        assert fault.place.file
        assert fault.found.strip()
        text = str(fault)
        assert len(text) < 5_000
        assert text.count("\n") <= 2
        assert all(character.isprintable() or character == "\n" for character in text), ascii(text)
    str(error).encode()


def goes_out_and_in(reading: object, folder: Path) -> None:
    """A case that was accepted, written out and read again, is the same case."""
    if isinstance(reading, Reading):
        path = folder / "again.yaml"
        path.write_text(case_text(reading.case, reading.provenance), encoding="utf-8")
        again = read_case(path)
        assert again.input_hash == reading.input_hash


def fire(reader: Reader, numbers: range, seconds: float, folder: Path) -> Counter[str]:
    """Reads one input after the other, until time is up."""
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    for number in numbers:
        if time.monotonic() > end:
            break
        try:
            outcomes[outcome_of(reader, number, folder)] += 1
        except Exception as error:
            raise AssertionError(f"input {number}: {type(error).__name__}: {error}") from error
    return outcomes


def largest_megabytes() -> float:
    """The most memory that this process has held."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 if sys.platform != "darwin" else 1024**2)


@pytest.mark.parametrize("name", READERS)
def test_every_input_is_answered_in_words(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    reader, before = READERS[name], largest_megabytes()
    long_run = float(os.environ.get("PLANNER_FUZZ_SECONDS", "0"))
    if long_run:
        first = int(os.environ.get("PLANNER_FUZZ_FROM", str(FIRST_OF_A_LONG_RUN)))
        outcomes = fire(reader, range(first, sys.maxsize), long_run, tmp_path)
        with capsys.disabled():
            sys.stdout.write(f"\n{name}: {dict(outcomes)}, {largest_megabytes():.0f} MB at most\n")
    else:
        outcomes = fire(reader, range(reader.every_day), float("inf"), tmp_path)
    assert outcomes["accepted"] > 5
    assert outcomes["refused"] > 20
    assert largest_megabytes() - before < MOST_MEGABYTES
