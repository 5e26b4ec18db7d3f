"""The plan of the reference case, found once for all tests of the reports and workers that run them."""

import os
import pickle
import time

import pytest

from planner.outcome import Outcome
from planner.planning import plan
from planner.reading.budget import read_case
from tests.places import REFERENCE

WIDE_GAP = 0.1
"""The workbook of a plan that is far from the best shows as much as that of the best, and is there sooner."""
PATIENCE_SECONDS = 600


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One worker plans; the others wait for what it found."""
    shared = (
        tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else tmp_path_factory.mktemp("r")
    )
    found, claimed = shared / "reference.pickle", shared / "reference.claimed"
    try:
        os.close(os.open(claimed, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        waited_until = time.monotonic() + PATIENCE_SECONDS
        while not found.exists():
            assert time.monotonic() < waited_until, "the worker that plans the reference case did not finish"
            time.sleep(0.2)
        return pickle.loads(found.read_bytes())
    outcome = plan(read_case(REFERENCE), gap=WIDE_GAP)
    part = shared / "reference.part"
    part.write_bytes(pickle.dumps(outcome))
    part.replace(found)
    return outcome
