"""What a study keeps of its runs: told when it is asked to end, and where what was kept is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from planner.errors import PlannerError
from planner.supervisor import stops

if TYPE_CHECKING:
    from rich.console import Console

    from planner.studies.tasks import Engine


class StoppedError(PlannerError):
    """The command was asked to end before it was ready."""

    def __init__(self, number: int, kept: str) -> None:
        super().__init__(f"stopped by {stops.words(number)}; {kept}")
        self.exit_status = stops.exit_status(number)


@contextmanager
def keeping_runs(engine: Engine, console: Console) -> Iterator[None]:
    """While a study plans: a request to end says how many of its plans the journal keeps.

    Raises:
        StoppedError: the end was asked for.
    """
    if not engine.secret:
        console.print(f"{_not_kept()}: a study that is stopped begins anew", markup=False, soft_wrap=True)
    try:
        yield
    except stops.Stopped as asked:
        raise StoppedError(asked.number, _kept_words(engine)) from None
    if engine.unconfirmed and engine.secret:
        console.print(_unconfirmed_words(engine), markup=False, soft_wrap=True)


def settings_folder() -> Path:
    """The user's own folder of settings for this program."""
    return Path(typer.get_app_dir("gpu-capacity-planner", roaming=False))


def _kept_words(engine: Engine) -> str:
    if not engine.secret:
        return f"{_not_kept()}, and nothing was written"
    count = sum(path.exists() for path in engine.finished)
    if not count:
        return "no plan was finished yet, and nothing was written"
    plans = "1 finished plan is kept" if count == 1 else f"{count} finished plans are kept"
    return f"{plans} in {engine.journal}: the same command goes on from there"


def _not_kept() -> str:
    return f"finished plans are not kept, since nothing can be kept in {settings_folder()} to know them by"


def _unconfirmed_words(engine: Engine) -> str:
    """Which kept runs were not believed; the runs themselves were planned like all others."""
    count = len(engine.unconfirmed)
    runs, were = ("1 run", "was") if count == 1 else (f"{count} runs", "were")
    return (
        f"{runs} kept in {engine.journal} {were} not made here, or changed since, and could not be confirmed: "
        f"{'it was' if count == 1 else 'they were'} planned again"
    )
