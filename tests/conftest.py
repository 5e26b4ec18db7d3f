"""What holds for every test."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from planner.supervisor import stops
from tests.places import ROOT

if sys.dont_write_bytecode:
    # Where Python leaves no bytecode beside the sources, each of the hundreds of processes that the tests start would
    # compile all libraries again, which takes longer than what it is started for. So they share what one has compiled.
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(ROOT / ".pytest_cache" / "bytecode")
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(autouse=True)
def _requests_to_end_are_heard() -> None:
    """The command leaves requests to end ignored as it ends, and a shell ignores some for what runs in the background;
    every process that a test starts would be as deaf."""
    for number in stops.NUMBERS:
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, stops.NUMBERS)


@pytest.fixture(autouse=True, scope="session")
def _settings_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test touches the settings of whoever runs it."""
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("settings"))
