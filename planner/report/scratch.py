"""Folders for what is being written, that no run mistakes for its own and no killed run leaves behind for long.

Each holds a lock that the operating system takes away when its process ends, however it ends. That tells what a killed
run left from what another one is writing at this moment.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TEMPORARY_PREFIX = ".planner-"
"""How the folders start, beside the file that is to be written."""
LOCK = "lock"
"""The file in each that its writer holds locked."""
STRAY_AFTER_SECONDS = 3600
"""Where files cannot be locked, what nobody wrote to for so long was left by a run that is gone."""
TRIES = 8
"""How often a folder is made anew that a run which tidies up took for a stray before it was locked."""


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A new folder inside ``folder``, gone afterwards with all it holds.

    Raises:
        OSError: it cannot be made.
    """
    place, lock = _own(folder)
    try:
        yield place
    finally:
        if os.name == "nt":  # an open file cannot be removed there, and nobody else can remove it either
            os.close(lock)
            shutil.rmtree(place, ignore_errors=True)
        else:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)


def clear_temporaries(folder: Path) -> None:
    """Removes what killed runs left in a folder; what a run is writing right now stays."""
    for leftover in sorted(folder.glob(f"{TEMPORARY_PREFIX}*")):
        with contextlib.suppress(OSError):
            if leftover.is_dir():
                _clear_unless_held(leftover)
            elif _is_old(leftover):
                leftover.unlink()


def _own(folder: Path) -> tuple[Path, int]:
    for _ in range(TRIES):
        place = Path(tempfile.mkdtemp(prefix=TEMPORARY_PREFIX, dir=folder))
        try:
            lock = os.open(place / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        except FileNotFoundError:  # cleared away before it could be locked
            continue
        except OSError:
            shutil.rmtree(place, ignore_errors=True)
            raise
        if _is_locked(lock, place / LOCK) is not False:
            return place, lock
        os.close(lock)
    raise OSError(errno.EAGAIN, "other runs keep clearing it away", str(folder))


def _clear_unless_held(place: Path) -> None:
    lock = os.open(place / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        locked = _is_locked(lock, place / LOCK)
        stray = _is_old(place) if locked is None else locked
        if stray and os.name != "nt":
            shutil.rmtree(place, ignore_errors=True)
    finally:
        os.close(lock)
    if stray and os.name == "nt":
        shutil.rmtree(place, ignore_errors=True)


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > STRAY_AFTER_SECONDS


def _is_locked(descriptor: int, path: Path) -> bool | None:
    """Locks an open file, without waiting.

    Returns:
        Whether it is now ours and still stands under its name; None where files cannot be locked at all.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        return False if error.errno in _HELD else None
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


_HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
