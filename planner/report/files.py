"""Writes files so that the old file or the new one stands there, never a broken one."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from planner.defaults import BASE
from planner.errors import WriteError

TEMPORARY_PREFIX = ".planner-"
"""How temporary files start, so that what a killed run left behind can be told and cleared."""
STRAY_AFTER_SECONDS = 3600
"""A temporary file that nobody wrote to for so long was left by a run that is gone."""


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Lets ``write`` fill a temporary file beside ``path`` and puts it in place once it is safely on the disk.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f"{TEMPORARY_PREFIX}{path.stem}-", suffix=path.suffix, dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        _flush(temporary)
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        _flush(path.parent)
    except OSError as error:
        raise WriteError(f"{path}: could not be written: {error.strerror or error}") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def replace_content(path: Path, content: bytes) -> None:
    """Puts a content in place as ``replace_file`` does.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    replace_file(path, write)


def _flush(path: Path) -> None:
    """Waits until a file, or the entry of a folder, is on the disk."""
    flags = os.O_RDONLY | (getattr(os, "O_BINARY", 0) if path.is_file() else 0)
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _umask() -> int:
    """The mask that new files of this process get; a temporary file is made stricter than that."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def folder_for(output: Path | None, case: str, scenario: str) -> Path:
    """The folder of a run's results, made if need be: ``outputs/CASE``, or ``outputs/CASE/SCENARIO``.

    Raises:
        WriteError: the folder cannot be made.
    """
    folder = output or (Path("outputs") / case if scenario == BASE else Path("outputs") / case / scenario)
    return make_folder(folder)


def make_folder(folder: Path) -> Path:
    """Makes a folder, with those above it, unless it is there.

    Raises:
        WriteError: the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{folder}: could not be made: {error.strerror or error}") from error
    return folder


def clear_temporaries(folder: Path) -> None:
    """Removes temporary files that killed runs left in a folder; a run that writes right now keeps its own."""
    for leftover in sorted(folder.glob(f"{TEMPORARY_PREFIX}*")):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > STRAY_AFTER_SECONDS:
                leftover.unlink()
