"""Writes files so that the old file or the new one stands there, never a broken one."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from planner.case.quantities import file_names
from planner.defaults import BASE
from planner.errors import Fault, InputError, Place, WriteError
from planner.report.scratch import clear_temporaries, scratch

__all__ = [
    "all_or_none",
    "clear_temporaries",
    "earlier_results",
    "folder_for",
    "json_text",
    "keep_copy",
    "make_folder",
    "replace_content",
    "replace_file",
    "require_room",
    "results_folder",
    "take_away",
    "tell_left",
]

_ELSEWHERE = "name another place for it"
_REMEDIES = {
    errno.ENOSPC: f"the disk is full: free some room, or {_ELSEWHERE}",
    errno.EDQUOT: f"your share of the disk is used up: free some room, or {_ELSEWHERE}",
    errno.EFBIG: f"files may not grow as large there: {_ELSEWHERE}",
    errno.EROFS: f"nothing can be written there: {_ELSEWHERE}",
    errno.EACCES: f"close it where it is open in another program, ask for the right to write there, or {_ELSEWHERE}",
    errno.EPERM: f"close it where it is open in another program, ask for the right to write there, or {_ELSEWHERE}",
    errno.EISDIR: "a folder has the name of the file: rename or remove that folder",
    errno.ENOTDIR: f"a file stands where a folder is needed: {_ELSEWHERE}",
    errno.EEXIST: f"a file stands where a folder is needed: {_ELSEWHERE}",
    errno.ENOENT: "its folder is not there (any more): make it, or name another one",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.EMFILE: "too many files are open: close other programs",
    errno.EIO: f"the disk or the network drive has failed: {_ELSEWHERE}",
}
"""What helps, by what went wrong."""


@dataclass
class _Batch:
    """Files that are put in place together, once all of them are safely on the disk."""

    stack: ExitStack
    ready: list[tuple[Path, Path]] = field(default_factory=list)
    """The new content and where it goes."""
    gone: list[Path] = field(default_factory=list)
    """What is taken away, once all of it is in place."""


_BATCH: ContextVar[_Batch | None] = ContextVar("batch", default=None)


@contextmanager
def all_or_none() -> Iterator[None]:
    """Files that are replaced inside are put in place together at the end, or none of them is; inside of another one
    they belong to that.

    Raises:
        WriteError: one could not be written; what stood there before is unchanged.
    """
    if _BATCH.get() is not None:
        yield
        return
    with ExitStack() as stack:
        batch = _Batch(stack)
        token = _BATCH.set(batch)
        try:
            yield
        finally:
            _BATCH.reset(token)
        for temporary, path in batch.ready:
            with _told_of(path):
                temporary.replace(path)
            with contextlib.suppress(OSError):  # the file is whole either way; a power cut may bring the old one back
                _flush(path.parent)
        for path in batch.gone:
            with _told_of(path, "taken away"):
                path.unlink(missing_ok=True)


def take_away(path: Path) -> None:
    """Takes a file of an earlier run away, together with what is put in place around it.

    Raises:
        WriteError: it could not be taken away.
    """
    with all_or_none():
        batch = _BATCH.get()
        assert batch is not None
        batch.gone.append(path)


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Lets ``write`` fill a temporary file and puts it at ``path`` once it is safely on the disk.

    Other temporary files of ``write`` may go into the folder of the one it is given.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """
    batch = _BATCH.get()
    if batch is None:
        with all_or_none():
            replace_file(path, write)
        return
    require_no_device(path)
    with _told_of(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        temporary = batch.stack.enter_context(scratch(path.parent)) / path.name
        write(temporary)
        _flush(temporary)
        temporary.chmod(0o666 & ~_umask())
    batch.ready.append((temporary, path))


def replace_content(path: Path, content: bytes) -> None:
    """Puts a content in place as ``replace_file`` does.

    Raises:
        WriteError: the file could not be written; what stood there before is unchanged.
    """

    def write(temporary: Path) -> None:
        temporary.write_bytes(content)

    replace_file(path, write)


def json_text(content: object) -> str:
    """A content as the text of a file for other programs."""
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


@contextmanager
def _told_of(path: Path, what: str = "written") -> Iterator[None]:
    """Turns the errors of the operating system into a message with a remedy."""
    try:
        yield
    except OSError as error:
        lines = [f"{path}: could not be {what}: {error.strerror or error}"]
        remedy = _REMEDIES.get(error.errno or 0)
        if remedy:
            lines.append(f"    fix: {remedy}")
        raise WriteError("\n".join(lines)) from error


def _flush(path: Path) -> None:
    """Waits until a file, or the entry of a folder, is on the disk."""
    flags = os.O_RDONLY
    if path.is_dir():
        if os.name == "nt":
            return
    elif os.name == "nt":  # only what is open for writing can be flushed there
        flags = os.O_RDWR | getattr(os, "O_BINARY", 0)
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


def keep_copy(path: Path) -> Path:
    """Copies a file to the next free name beside it: ``plan.before-1.xlsx``, ``plan.before-2.xlsx`` and so on.

    Raises:
        WriteError: the copy could not be written.
    """
    number = 1
    while (copy := path.with_name(f"{path.stem}.before-{number}{path.suffix}")).exists():
        number += 1

    def write(temporary: Path) -> None:
        shutil.copyfile(path, temporary)

    replace_file(copy, write)
    return copy


def results_folder(output: Path | None, case: str, scenario: str) -> Path:
    """Where a run's results go: ``outputs/CASE``, or ``outputs/CASE/SCENARIO``, unless another folder is named."""
    return output or (Path("outputs") / case if scenario == BASE else Path("outputs") / case / scenario)


def folder_for(output: Path | None, case: str, scenario: str) -> Path:
    """The folder of a run's results, made if need be.

    Raises:
        WriteError: the folder cannot be made.
    """
    return make_folder(results_folder(output, case, scenario))


def make_folder(folder: Path) -> Path:
    """Makes a folder, with those above it, unless it is there.

    Raises:
        WriteError: the folder cannot be made. InputError: no system but this one could hold it.
    """
    require_no_device(folder)
    with _told_of(folder, "made"):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def require_room(folder: Path, names: tuple[str, ...]) -> None:
    """Refuses at once where results could not be written after a long search. Makes nothing, so nothing is promised.

    Raises:
        WriteError: says why. InputError: no system but this one could hold it.
    """
    require_no_device(folder)
    there = folder
    with _told_of(folder, "made"):  # a name that is too long cannot even be looked for
        while not there.exists() and there != there.parent:
            there = there.parent
        for name in folder.parts[len(there.parts) :]:
            (there / name).exists()
    with _told_of(folder, "made" if there != folder else "used"):
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    for path in (folder / name for name in names):
        with _told_of(path):
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if os.name == "nt" and path.exists():  # a file that a spreadsheet program holds open cannot be replaced
                with path.open("r+b"):
                    pass


def require_no_device(path: Path) -> None:
    """Refuses a new file or folder that Windows would take for a device; folders that are there may have any name.

    Raises:
        InputError: names it.
    """
    for part in (path, *path.parents):
        if file_names.is_device(part.name) and not part.is_dir():
            found = f"'{part.name}' is the name of a device on Windows, where no file and no folder can have it"
            raise InputError([Fault(Place(str(path)), "", found, file_names.ALLOWED, file_names.REMEDY)])


def tell_left(*paths: Path, quiet: bool) -> None:
    """Names files of an earlier run that this one was asked not to write, so that nobody takes them for its own."""
    if not quiet:
        for path in (one for one in paths if one.exists()):
            sys.stderr.write(f"not of this run, but left from an earlier one: {path}\n")


def earlier_results(folder: Path) -> str:
    """Says which results of an earlier run stand in a folder, so that nobody takes them for those of this one."""
    standing = []
    for name in ("plan.xlsx", "plan.json"):
        with contextlib.suppress(OSError):
            if not (folder / name).is_file():
                continue
            when = time.strftime("%Y-%m-%d %H:%M", time.localtime((folder / name).stat().st_mtime))
            standing.append(f"{folder / name} of {when}")
    return f"not of this run, but left from an earlier one: {' and '.join(standing)}" if standing else ""
