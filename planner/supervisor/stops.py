"""Requests to end, such as Ctrl-C: heard at any moment, acted upon where it is safe."""

from __future__ import annotations

import math
import signal
import sys
import time
from types import FrameType
from typing import Any, Self

NAMES = {"SIGINT": "Ctrl-C", "SIGBREAK": "Ctrl-Break", "SIGTERM": "a request to end (SIGTERM)", "SIGHUP": "SIGHUP"}
"""Signals that ask a program to end, and how people call them; not every system has all of them."""
NUMBERS = tuple(getattr(signal, name) for name in NAMES if hasattr(signal, name))
AT_ONCE_AFTER = 0.3
"""Seconds after which another request is a second one: wrappers pass on what the terminal sends to all."""


def words(number: int) -> str:
    """How people call a signal."""
    name = signal.Signals(number).name
    return NAMES.get(name, name)


def exit_status(number: int) -> int:
    """The exit status of a run that was asked to end, as shells count it: 130 for Ctrl-C, 143 for SIGTERM."""
    return 128 + number


class Stopped(KeyboardInterrupt):
    """Somebody asked for the end, where nothing has to be brought home; carries the number of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(words(number))
        self.number = number


def _say_nothing(_lost: object) -> None:
    """A message that was cut in half complains as it is thrown away; whoever stopped the work need not hear of it."""


def raise_stopped() -> None:
    """From now on a request to end raises ``Stopped`` in the main thread, so that all is tidied up on the way out."""

    since = -math.inf

    def heard(number: int, _frame: FrameType | None) -> None:
        nonlocal since
        last, since = since, time.monotonic()
        if since - last > AT_ONCE_AFTER:  # else a wrapper's echo of the same request, which must not hurt the tidying
            sys.unraisablehook = _say_nothing
            raise Stopped(number)

    for number in NUMBERS:
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup, or a shell's background job
            signal.signal(number, heard)


def ignore() -> None:
    """From now on requests to end are left to the process that watches this one."""
    for number in NUMBERS:
        signal.signal(number, signal.SIG_IGN)


class Stops:
    """Counts requests to end while it is entered."""

    def __init__(self) -> None:
        self.number = 0
        """The signal of the first request; zero while there is none."""
        self.at_once = False
        """Whether there was a second request."""
        self._since = 0.0
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        for number in NUMBERS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _heard(self, number: int, _frame: FrameType | None) -> None:
        if not self.number:
            self.number, self._since = number, time.monotonic()
        elif time.monotonic() - self._since > AT_ONCE_AFTER:
            self.at_once = True
