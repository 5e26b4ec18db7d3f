"""Jobs of another kind than planning, for the tests of engines: small, and each leaves a mark where it was done."""

from __future__ import annotations

import dataclasses
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from planner.errors import AuditError
from planner.studies.jobs import Record, record_of_none


@dataclasses.dataclass(frozen=True)
class Square:
    """The square of a number; a mark in a folder for every time that it was worked out."""

    number: float
    marks: Path

    @property
    def name(self) -> str:
        return f"square of {self.number:g}"

    def question(self) -> Mapping[str, Any]:
        return {"number": self.number}

    def answer(self) -> Record:
        self._mark()
        return {"square": self.number**2, "third": self.number / 3, "pair": (self.number, {"negative": -self.number})}

    def _mark(self) -> None:
        made = len([*self.marks.glob(f"{self.number:g}-*")])
        (self.marks / f"{self.number:g}-{made}-{os.getpid()}").touch()

    @property
    def times(self) -> int:
        """How often it was worked out."""
        return len([*self.marks.glob(f"{self.number:g}-*")])


class Cube(Square):
    """Another kind that is asked the same."""

    def answer(self) -> Record:
        return {"cube": self.number**3}


class Slow(Square):
    """Takes its time."""

    def answer(self) -> Record:
        record = super().answer()
        time.sleep(0.4)
        return record


class Stuck(Square):
    """Never ends."""

    def answer(self) -> Record:
        self._mark()
        time.sleep(600)
        raise AssertionError


class Unfound(Square):
    """Was not found in time."""

    def answer(self) -> Record:
        self._mark()
        return record_of_none("nothing was found in time", proven=False)


class Refused(Square):
    """Fails."""

    def answer(self) -> Record:
        raise AuditError("the figures do not agree")


class Broken(Square):
    """Is a defect."""

    def answer(self) -> Record:
        raise ZeroDivisionError("a defect")


class DiesOnce(Square):
    """The first process that works on it is killed."""

    def answer(self) -> Record:
        first = not self.times
        record = super().answer()
        if first:
            os.kill(os.getpid(), signal.SIGKILL)
        return record


class AlwaysDies(Square):
    """Every process that works on it is killed."""

    def answer(self) -> Record:
        super().answer()
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError
