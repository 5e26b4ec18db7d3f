"""A request to end, such as Ctrl-C, as an error with a message: what was kept, and how to go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.errors import PlannerError
from planner.watch import stops

if TYPE_CHECKING:
    from planner.studies.tasks import Engine


class StoppedError(PlannerError):
    """The command was asked to end before it was ready."""

    def __init__(self, number: int, kept: str) -> None:
        super().__init__(f"stopped by {stops.words(number)}; {kept}")
        self.exit_status = stops.exit_status(number)


@contextmanager
def keeping_runs(engine: Engine) -> Iterator[None]:
    """While a study plans: a request to end says how many of its plans the journal keeps.

    Raises:
        StoppedError: the end was asked for.
    """
    try:
        yield
    except stops.Stopped as asked:
        raise StoppedError(asked.number, _kept_words(engine)) from None


def _kept_words(engine: Engine) -> str:
    count = sum(path.exists() for path in engine.finished)
    if not count:
        return "no plan was finished yet, and nothing was written"
    plans = "1 finished plan is kept" if count == 1 else f"{count} finished plans are kept"
    return f"{plans} in {engine.journal}: the same command goes on from there"
