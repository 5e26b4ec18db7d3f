"""The futures of the reference case: each of them can be read, and a thousand are drawn in two seconds."""

from __future__ import annotations

import os
import time
from functools import cache

import pytest

from planner.futures import futures_of, named_futures, one_at_a_time
from planner.reading.budget import read_case
from planner.reading.case.file import Reading
from tests.places import INPUTS, REFERENCE

READ = int(os.environ.get("PLANNER_FUTURES", "16"))
"""Futures of the reference case that are read."""


@cache
def reference() -> Reading:
    return read_case(REFERENCE)


def test_every_future_is_read():
    drawn = futures_of(reference(), samples=READ)
    hashes = {reference().with_(future.changes, name=future.name).input_hash for future in drawn}
    assert len(hashes) == READ


def test_the_plan_is_that_of_the_case_without_futures():
    assert reference().with_({"futures": None}).input_hash == reference().input_hash


def test_one_driver_at_a_time_is_read():
    for _, low, high in one_at_a_time(reference()):
        for future in (low, high):
            reference().with_(future.changes)


def test_a_thousand_futures_are_drawn_in_two_seconds():
    futures_of(reference(), samples=1)  # the libraries are loaded
    start = time.process_time()
    futures_of(reference(), samples=1000)
    assert time.process_time() - start < 4  # 1 second on a machine that does nothing else


def test_shocks_are_futures_with_weights():
    shocks = named_futures(read_case(INPUTS / "supply-shocks.yaml"))
    assert sum(one.weight for one in shocks) == pytest.approx(1)
    assert shocks[0].name == "base"
    assert shocks[0].weight == 0.3
    assert "second-source" not in [one.name for one in shocks]
