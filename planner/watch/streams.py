"""Standard streams that outlive their readers, and are there even where they were closed."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any

_READER_GONE = (errno.EPIPE, errno.ESHUTDOWN, errno.EIO, *((errno.EINVAL,) if os.name == "nt" else ()))
"""What writing comes to when nobody reads any more; Windows calls a closed pipe an invalid argument."""


class _Patient(io.RawIOBase):
    """Hands on what is written as long as there is a reader. That one stops reading is no error: files are written."""

    def __init__(self, raw: Any, *, forgive_all: bool) -> None:  # noqa: ANN401 - the system's own kind of stream
        super().__init__()
        self._raw, self._forgive_all, self._gone = raw, forgive_all, False

    def write(self, data: Any) -> int:  # noqa: ANN401 - anything with bytes
        if not self._gone:
            try:
                written = self._raw.write(data)
                return 0 if written is None else int(written)
            except OSError as error:
                self._gone = True  # what is left must not fail again on the way out
                if not self._forgive_all and error.errno not in _READER_GONE:
                    raise
        return memoryview(data).nbytes

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return int(self._raw.fileno())

    def isatty(self) -> bool:
        return bool(self._raw.isatty())


def prepare() -> None:
    """Makes stdout and stderr fit for any reader and any code page.

    A reader that stops reading (``plan BUDGET | head -1``) is no error, a code page without ✓ must not turn a finished
    plan into one, and a stream that was closed before the start must not hand its number to a file opened later.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        _fill(number)
        if getattr(sys, name) is None:
            stream = open(number, "r" if number == 0 else "w", encoding="utf-8", closefd=False)  # noqa: SIM115
            _replace(name, stream)
    if not captured():
        _replace("stdout", _patient(sys.stdout, forgive_all=False))
        _replace("stderr", _patient(sys.stderr, forgive_all=True))  # there is nobody left to tell


def _replace(name: str, stream: Any) -> None:  # noqa: ANN401 - a text stream
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


def captured() -> bool:
    """Whether a program around this one collects what is printed, which it can only within this process."""
    return sys.stdout is not sys.__stdout__ or sys.stderr is not sys.__stderr__


def _fill(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != number:
            os.dup2(opened, number)
            os.close(opened)
        os.set_inheritable(number, True)


def _patient(stream: Any, *, forgive_all: bool) -> Any:  # noqa: ANN401 - a text stream, or what a test put there
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    encoding, lines = stream.encoding, stream.line_buffering
    with contextlib.suppress(OSError):
        stream.flush()
    below = stream.detach()
    raw = below.detach() if isinstance(below, io.BufferedWriter) else below
    buffer = io.BufferedWriter(_Patient(raw, forgive_all=forgive_all))
    return io.TextIOWrapper(buffer, encoding=encoding, errors="replace", line_buffering=lines)
