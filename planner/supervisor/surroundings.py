"""What a machine may lack: memory, processes, open files. None of it is a defect, and each has its remedy."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from planner.errors import EXIT_NO_PROOF, PlannerError

LEAST_MEMORY_MB = 256
"""Address space in which the smallest case is planned and reported: 160 MB of it are libraries."""
_MB = 2**20
_NOT_MAPPED = ("cannot allocate memory", "failed to map segment")
"""How the loader of libraries says that there is no memory for one."""


@dataclass(frozen=True)
class Lack:
    """Something that the surroundings lack, and what helps."""

    found: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.found}; nothing was proven.\n    fix: {self.remedy}"


_MORE_MEMORY = "let it have more of it, such as by `ulimit -v unlimited`"
_NO_PROCESS = Lack(
    "the system lets this program start no further process or thread",
    "close other programs, or let this user have more of them (ulimit -u, pids.max of the container)",
)
_NO_MORE_FILES = Lack(
    "the system lets this program open no further file",
    "close other programs, or let it open more of them (ulimit -n)",
)
_BY_NUMBER = {errno.EAGAIN: _NO_PROCESS, errno.EMFILE: _NO_MORE_FILES, errno.ENFILE: _NO_MORE_FILES}


class SurroundingsError(PlannerError):
    """What the program needs is not there where it runs."""

    exit_status = EXIT_NO_PROOF


def prepare() -> None:
    """Has libraries start no threads for arithmetic: nothing here gains by them, and each takes memory for itself."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def require_memory() -> None:
    """Refuses to begin in less memory than the program itself takes: libraries would end it without a word of ours.

    Raises:
        SurroundingsError: says how much there may be, and how much is needed.
    """
    limit = memory_limit_mb()
    if limit is not None and limit < LEAST_MEMORY_MB:
        raise SurroundingsError(
            f"this program may take no more than {limit:,} MB of memory here, and needs at least {LEAST_MEMORY_MB} MB; "
            f"nothing was begun.\n    fix: {_MORE_MEMORY}"
        )


def memory_limit_mb() -> int | None:
    """How much address space this process may take, in megabytes; None where nothing limits it."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - not everywhere

    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit // _MB


def lacking(error: BaseException) -> Lack | None:
    """What the surroundings lacked where an error, or one behind it, comes of that; None where it does not."""
    for one in _with_causes(error):
        if isinstance(one, MemoryError) or (isinstance(one, OSError) and one.errno == errno.ENOMEM):
            return _no_memory()
        if isinstance(one, ImportError) and any(words in str(one).lower() for words in _NOT_MAPPED):
            return _no_memory()
        if isinstance(one, OSError) and one.errno in _BY_NUMBER:
            return _BY_NUMBER[one.errno]
        if isinstance(one, RuntimeError) and str(one) == "can't start new thread":
            return _NO_PROCESS
    return None


def _no_memory() -> Lack:
    limit = memory_limit_mb()
    if limit is None:
        remedy = "close other programs, plan on a larger machine, or take longer periods"
        return Lack("there is too little memory for this", remedy)
    return Lack(f"there is too little memory for this, of which it may take {limit:,} MB", _MORE_MEMORY)


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those that it came of; a library may wrap them, or stumble over them."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__
