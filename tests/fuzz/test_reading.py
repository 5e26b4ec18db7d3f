"""The reader under fire: never a traceback, never slow, never large; what it accepts goes out and in unchanged.

A short run every day. ``PLANNER_FUZZ_SECONDS=3600 pytest tests/fuzz -n 0`` makes a long one of other inputs, from
``PLANNER_FUZZ_FROM`` on, and prints what came of it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from planner.errors import InputError
from planner.reading.case_file import Reading, read_case
from planner.reading.case_text import case_text
from tests.fuzz.mangle import ODD, text_of

EVERY_DAY = 1_200
FIRST_OF_A_LONG_RUN = 1_000_000
MOST_SECONDS = 2.0
"""Of processor time: what else a machine does is no fault of the reader."""
MOST_MEGABYTES = 500


def read(path: Path, number: int) -> Reading:
    """Reads a file, now and then with a scenario and an override that make as little sense."""
    chance = Random(-number)
    scenario = chance.choice([None] * 6 + ["no-grant", "weak-yen", chance.choice(ODD)])
    overrides = {}
    if chance.random() < 0.1:
        targets = ["finance.discount_rate", "offers", "sites.north.fleet.0", "a.b", "", ".", chance.choice(ODD)]
        overrides[chance.choice(targets)] = chance.choice(ODD)
    return read_case(path, scenario, overrides)


def outcome_of(number: int, folder: Path) -> str:
    """What came of an input: 'accepted' or 'refused'. Anything but a good answer fails."""
    path = folder / "case.yaml"
    path.write_bytes(text_of(number))
    start = time.process_time()
    try:
        reading = read(path, number)
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


def goes_out_and_in(reading: Reading, folder: Path) -> None:
    """A case that was accepted, written out and read again, is the same case."""
    path = folder / "again.yaml"
    path.write_text(case_text(reading.case, reading.provenance), encoding="utf-8")
    again = read_case(path)
    assert again.input_hash == reading.input_hash


def fire(numbers: range, seconds: float, folder: Path) -> Counter[str]:
    """Reads one input after the other, until time is up."""
    outcomes: Counter[str] = Counter()
    end = time.monotonic() + seconds
    for number in numbers:
        if time.monotonic() > end:
            break
        try:
            outcomes[outcome_of(number, folder)] += 1
        except Exception as error:
            raise AssertionError(f"input {number}: {type(error).__name__}: {error}") from error
    return outcomes


def largest_megabytes() -> float:
    """The most memory that this process has held."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 if sys.platform != "darwin" else 1024**2)


def test_every_input_is_answered_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    before = largest_megabytes()
    long_run = float(os.environ.get("PLANNER_FUZZ_SECONDS", "0"))
    if long_run:
        first = int(os.environ.get("PLANNER_FUZZ_FROM", str(FIRST_OF_A_LONG_RUN)))
        outcomes = fire(range(first, sys.maxsize), long_run, tmp_path)
        with capsys.disabled():
            sys.stdout.write(f"\n{dict(outcomes)}, {largest_megabytes():.0f} MB at most\n")
    else:
        outcomes = fire(range(EVERY_DAY), float("inf"), tmp_path)
    assert outcomes["accepted"] > 20
    assert outcomes["refused"] > 20
    assert largest_megabytes() - before < MOST_MEGABYTES
